# ruff: noqa: E501 - tables read best with many in a line
"""From the form through the database to the page and back into the form, byte for byte."""

import html
import re
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import PersonFactory, ask
from tests.hostile.forms import Fields
from youthvoice.kit.text import seen
from youthvoice.questions.choices import COMMENT_MOST
from youthvoice.questions.models import Comment, Question

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
#: CJK extensions B to I, compatibility ideographs, emoji and their joiners, marks, signs that
#: turn the writing, and what is no character at all.
BLOCKS = [
    (0x20000, 0x2A6DF), (0x2A700, 0x2B739), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0),
    (0x30000, 0x3134A), (0x31350, 0x323AF), (0x2EBF0, 0x2EE5D), (0xF900, 0xFAD9), (0x2F800, 0x2FA1D),
    (0x1F300, 0x1FAFF), (0x1F1E6, 0x1F1FF), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x300, 0x36F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069), (0x1100, 0x11FF), (0xE000, 0xE0FF), (0x61, 0x7A),
]  # fmt: skip
SIGNS = st.one_of([st.characters(min_codepoint=a, max_codepoint=b) for a, b in BLOCKS])
WORDS = st.one_of(
    st.text(SIGNS, min_size=1, max_size=60),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60),
    st.sampled_from(
        ["👩\u200d👩\u200d👧\u200d👦", "🏴\U000e0067\U000e0062\U000e007f", "葛\U000e0100", "Z̷̧̢̛͔͇̤̀ȁ̶l̸g̵o̴"]
    ),
).filter(seen)
MANY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def even(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.fixture
def asker(house, client):
    person = PersonFactory.create()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


@pytest.fixture
def asked(asker):
    return ask(by=asker)


def test_a_comment_comes_back(asked, client, held_reads):
    url = asked.get_absolute_url()

    @MANY
    @given(WORDS)
    def said(words):
        Comment.objects.all().delete()
        # "keep": some of these look like numbers that lead to a person.
        body = urlencode({"text": words, "personal": "keep"}, encoding="utf-8")
        assert client.post(f"{url}comment/", body, FORM).status_code == 302

        page = client.get(url).content.decode()
        shown = re.search(r'<div class="comment__text">(.*?)</div>', page, re.DOTALL)[1]
        text = html.unescape(re.sub("</?(?:bdi|span|a)\\b[^>]*>", "", shown).replace("<br>", "\n"))

        assert Comment.objects.get().text == even(words)
        # A page's own text can't hold these as they are.
        assert text.replace("\x85", "") == even(words).replace("\x85", "")

    said()


def test_a_question_comes_back_into_its_form(asked, client):
    @MANY
    @given(WORDS)
    def changed(words):
        body = urlencode({"title": "标题是这样的", "text": words, "personal": "keep"})
        assert client.post(f"/q/{asked.pk}/edit/", body, FORM).status_code == 302

        assert Question.objects.get(pk=asked.pk).text == even(words)
        page = Fields(client.get(f"/q/{asked.pk}/edit/").content.decode())
        assert page.values["text"] == even(words)

    changed()


@pytest.mark.parametrize("length", [COMMENT_MOST, COMMENT_MOST + 1, 200_000])
def test_long_words_are_taken_or_refused_with_a_sentence(asked, client, length):
    sent = client.post(f"/q/{asked.pk}/comment/", {"text": "𠀀" * length})

    if length <= COMMENT_MOST:
        assert (sent.status_code, Comment.objects.get().text) == (302, "𠀀" * length)
    else:
        assert sent.status_code == 422
        assert str(COMMENT_MOST) in sent.context["form"].errors["text"][0]


def test_nul_is_refused_in_the_form_itself(asked, client):
    sent = client.post(f"/q/{asked.pk}/comment/", b"text=%E9%97%AE%00", FORM)

    assert (sent.status_code, "文字里有无法保存的字符" in sent.content.decode()) == (422, True)
