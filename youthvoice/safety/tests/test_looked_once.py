"""What an act's listeners look for in the same words again is found once, and never wrongly."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY
from youthvoice.safety import queries, signs
from youthvoice.safety.matching import Matcher
from youthvoice.safety.models import ListedWord

pytestmark = pytest.mark.django_db
DANGER = "我不想活了，今晚就跳楼"
PLAIN = "补贴的材料交上去三个星期了，窗口说还在走流程。"


def test_listed_words_follow_the_words_and_the_list(bare, monkeypatch):
    word = ListedWord.objects.create(word="刷单", kind="fraud", changed_at=MONDAY)
    looked = []
    find = Matcher.find
    monkeypatch.setattr(Matcher, "find", lambda self, text: looked.append(text) or find(self, text))

    for text, found in [("来刷单", 1), ("来刷单", 1), (PLAIN, 0), ("来刷单", 1)]:
        assert len(queries.listed_words(text)) == found
    assert looked == ["来刷单", PLAIN, "来刷单"]

    ListedWord.objects.filter(pk=word.pk).update(
        is_active=False, changed_at=MONDAY + timedelta(hours=1)
    )
    assert queries.listed_words("来刷单") == []


def test_what_is_given_is_the_askers_own(bare):
    ListedWord.objects.create(word="刷单", kind="fraud", changed_at=MONDAY)

    queries.listed_words("来刷单").clear()

    assert len(queries.listed_words("来刷单")) == 1


def test_signs_follow_the_words():
    for text in (DANGER, PLAIN, DANGER, PLAIN):
        # As after an act, and without one.
        assert signs.is_found(text) is (text == DANGER)
        assert bool(signs.find(text)) is (text == DANGER)
        assert signs.is_found(text) is (text == DANGER)
