"""Writing under a name needs both consents; nothing that was written is lost by being asked."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import PersonFactory, agree_for, answer, ask, member
from youthvoice.journal.models import Entry
from youthvoice.kit.receipts import code_for
from youthvoice.people import policy
from youthvoice.people.choices import VERSIONS, Document, Version
from youthvoice.people.models import Consent
from youthvoice.pictures.tests.photos import upload
from youthvoice.questions.models import Answer, Comment, Question

pytestmark = pytest.mark.django_db
KEY = "4" * 32
BOTH = {"consent": ["rules", "privacy"], "consent_asked": "1"}


def form(**changes):
    return {
        "kind": "help",
        "field": "life",
        "title": "押金“不退”怎么办",
        "text": "第一行 <b>\n\n第二行",
        "name_choice": "named",
        "key": KEY,
    } | changes


@pytest.fixture
def person(house, client):
    """Signed in, has agreed to nothing."""
    found = PersonFactory(consents=False)
    client.force_login(found)
    return found


def test_who_has_agreed_to_nothing_reads_and_is_asked_before_the_first_writing(client, person):
    question = ask()
    assert client.get(f"/q/{question.pk}/answer/").status_code == 200

    refused = client.post(f"/q/{question.pk}/answer/", {"text": "先看合同。"})

    assert refused.status_code == 403
    assert refused.text.count('type="checkbox"') == 2
    assert "checked" not in refused.text
    assert not Answer.objects.exists()
    assert not Consent.objects.exists()


def test_what_was_written_is_carried_and_sent_with_the_consent(client, person):
    refused = client.post("/ask/", form())
    carried = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', refused.text)
    assert "第一行 &lt;b&gt;\n\n第二行" in dict(carried)["text"]
    assert 'action="/ask/"' in refused.text

    sent = client.post("/ask/", form(**BOTH))

    assert sent.status_code == 200
    question = Question.objects.get()
    assert (question.author, question.title) == (person, "押金“不退”怎么办")
    assert policy.missing_consents(person) == []
    given = Entry.objects.filter(verb="consent.given").order_by("seq")
    assert [e.data["what"] for e in given] == ["rules", "privacy"]


def test_one_box_is_not_enough(client, person):
    client.post("/ask/", form())

    again = client.post("/ask/", form(consent="rules", consent_asked="1"))

    assert again.status_code == 403
    assert "还有没勾的" in again.text
    assert again.text.count('type="checkbox"') == 1
    assert policy.missing_consents(person) == [Document.PRIVACY]
    assert not Question.objects.exists()


def test_pictures_wait_for_the_consent(client, person):
    refused = client.post("/ask/", form(pictures=[upload()]))

    assert refused.status_code == 403
    assert "1 张图片会一起发出去" in refused.text
    held = re.findall(r'name="held" value="([^"]+)"', refused.text)
    client.post("/ask/", form(held=held, **BOTH))
    assert Question.objects.get().pictures.count() == 1


def test_pictures_that_can_not_wait_are_asked_for_anew(client, person, settings):
    settings.HELD_BYTES_MOST = 1
    refused = client.post("/ask/", form(pictures=[upload()]))

    assert refused.status_code == 403
    assert '<input type="file"' in refused.text
    assert 'enctype="multipart/form-data"' in refused.text
    client.post("/ask/", form(pictures=[upload()], **BOTH))
    assert Question.objects.get().pictures.count() == 1


def test_another_version_is_asked_for_at_the_next_writing(house, client, monkeypatch):
    client.force_login(PersonFactory())
    question = ask()
    assert client.post(f"/q/{question.pk}/follow/").status_code == 302
    monkeypatch.setitem(VERSIONS, Document.RULES, Version("2027-01-01", "x"))

    assert client.get(f"/q/{question.pk}/").status_code == 200
    refused = client.post(f"/q/{question.pk}/comment/", {"text": "我也是。"})

    assert refused.status_code == 403
    assert refused.text.count('type="checkbox"') == 1
    client.post(f"/q/{question.pk}/comment/", {"text": "我也是。", "consent": "rules"})
    assert Comment.objects.exists()


def test_a_small_act_of_a_script_leads_to_the_page_of_consents(client, person):
    question = ask()

    refused = client.post(f"/q/{question.pk}/follow/", headers={"HX-Request": "true"})

    assert (refused.status_code, refused["HX-Redirect"]) == (403, "/accounts/consents/")


def test_after_withdrawing_one_reads_and_takes_back_but_does_not_write(house, client):
    person = PersonFactory()
    client.force_login(person)
    question, other = ask(by=person), ask()
    said = answer(other, by=person)
    client.post("/accounts/consents/", {"what": "privacy", "act": "withdraw"})

    assert client.get("/mine/").status_code == 200
    assert client.post(f"/q/{other.pk}/comment/", {"text": "我也是。"}).status_code == 403
    assert client.post(f"/q/{question.pk}/outcome/", {"outcome": "solved"}).status_code == 403
    assert client.post(f"/a/{said.pk}/delete/").status_code == 302
    assert client.post(f"/q/{question.pk}/delete/").status_code == 302

    client.post("/accounts/consents/", {"what": "privacy", "act": "give"})
    assert client.post(f"/q/{other.pk}/comment/", {"text": "我也是。"}).status_code == 302


def test_without_a_name_nobody_is_asked_and_nothing_is_noted(client, person):
    before = Entry.objects.count()

    assert client.post("/ask/", form(name_choice="nameless")).status_code == 200

    assert not Consent.objects.exists()
    assert not Entry.objects.filter(seq__gt=before, actor=person.pk).exists()


def test_the_holder_of_a_receipt_is_not_asked_and_others_things_need_consent(client, person):
    client.post("/ask/", form(name_choice="nameless"))
    question, other = Question.objects.get(), ask()
    said = answer(question, by=PersonFactory())
    elsewhere = answer(other, by=PersonFactory())
    client.post("/receipt/", {"code": code_for(KEY)})
    words = {"text": "补充一句。", "title": "押金的事情", "outcome": "solved"}

    mine = [
        client.post(path, words).status_code
        for path in (
            f"/q/{question.pk}/comment/",
            f"/a/{said.pk}/comment/",
            f"/q/{question.pk}/edit/",
            f"/q/{question.pk}/outcome/",
            f"/a/{said.pk}/accept/",
            "/receipt/close/",
        )
    ]
    client.post("/receipt/", {"code": code_for(KEY)})
    others = [
        client.post(path, words).status_code
        for path in (
            f"/q/{other.pk}/comment/",
            f"/a/{elsewhere.pk}/comment/",
            f"/a/{elsewhere.pk}/accept/",
            f"/q/{question.pk}/answer/",
            f"/a/{said.pk}/useful/",
        )
    ]

    assert (mine, others) == ([302] * 6, [403] * 5)
    assert not Comment.objects.exclude(author=None).exists()


def test_staff_are_asked_like_everybody(house, client):
    client.force_login(member(house.city, consents=False))
    question = ask()

    body = {"text": "请来窗口。", "sign_as": str(house.city.pk)}
    assert client.post(f"/q/{question.pk}/answer/", body).status_code == 403


def test_a_child_is_not_helped_by_ticking(house, client):
    child = PersonFactory(age_band="under-14", consents=False)
    client.force_login(child)

    refused = client.post("/ask/", form(**BOTH))

    assert (refused.status_code, "还在等监护人同意" in refused.text) == (403, True)
    assert 'type="checkbox"' not in refused.text
    assert not Consent.objects.exists()
    agree_for(child)
    assert client.post("/ask/", form(**BOTH)).status_code == 200


def test_strange_forms_are_carried_without_harm(client, person):
    question = ask()
    body = {
        '"><script>': "</form><script>alert(1)</script>",
        "text": "\x00",
        "file": SimpleUploadedFile("a.txt", b"x"),
    }

    refused = client.post(f"/q/{question.pk}/comment/?next=%22%3E%3Cscript%3E", body)

    assert refused.status_code == 403
    assert "<script>" not in refused.text
    assert "alert(1)" in refused.text
