"""A packet holds all of one's own and nothing of others', and is taken once."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.journal.models import Entry
from youthvoice.kit.recounting import recount
from youthvoice.moderation import actions as moderation
from youthvoice.pictures.queries import path_of
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Picture
from youthvoice.questions.policy import Viewer
from youthvoice.yours import actions, nameless
from youthvoice.yours.models import Export

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def lived(house, youth):
    """Somebody who has done a bit of everything, among others who have, too."""
    other = PersonFactory(nickname="别人")
    mine = ask(by=youth, title="=1+1 我的标题", text="改之前的内容")
    viewer = Viewer(youth)
    questions.edit_question(
        question=mine, title="=1+1 我的标题", text="我的内容", by=viewer, at=MONDAY
    )
    theirs = ask(by=other, title="别人的标题", text="别人的内容")
    nobodys = ask(title="匿名的标题", text="匿名的内容")
    answer(mine, by=other, text="别人的回答")
    answer(theirs, by=youth, text="我的回答")
    for question in (mine, nobodys):
        questions.comment(question=question, answer=None, text="我的评论", by=viewer, at=MONDAY)
    questions.follow(question=theirs, by=viewer, at=MONDAY)
    hidden = ask(by=youth, title="被隐藏的标题", text="被隐藏的内容")
    questions.hide(words=hidden, reason=HideReason.SPAM, by=member(house.province), at=MONDAY)
    picture = Picture.objects.create(
        question=mine, position=0, name="ab" * 16, width=9, height=9, thumb_width=9, thumb_height=9
    )
    path = path_of(f"{picture.name}.jpg")
    default_storage.delete(path)
    default_storage.save(path, ContentFile(b"a picture"))
    Picture.objects.create(
        question=mine, position=1, name="cd" * 16, width=9, height=9, thumb_width=9, thumb_height=9
    )
    return youth


def packed(person, at=MONDAY):
    export = actions.ask_export(person=person, at=at)
    made = actions.make_export(number=export.pk)
    assert made is not None
    return made


def opened(packet):
    with packet, zipfile.ZipFile(packet) as found:
        return {name: found.read(name) for name in found.namelist()}


def rows(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_packet_holds_everything_of_ones_own_and_nothing_of_others(lived):
    export = packed(lived)
    files = opened(actions.take_export(export=export, by=lived, at=MONDAY))

    told = json.loads(files["全部.json"])
    assert told["账号"][0]["昵称"] == "小麦"
    assert [q["标题"] for q in told["提问"]] == ["=1+1 我的标题", ""]
    assert told["提问"][0]["类型"] == "求助"
    assert told["提问改之前的样子"][0]["内容"] == "改之前的内容"
    assert told["被隐藏的提问"][0]["内容"] == "被隐藏的内容"
    assert [a["内容"] for a in told["回答"]] == ["我的回答"]
    assert len(told["评论"]) == 2
    assert len(told["我也想问的"]) == 1
    assert files[f"图片/{'ab' * 16}.jpg"] == b"a picture"
    assert f"图片/{'cd' * 16}.jpg" not in files
    text = b"".join(files.values()).decode("utf-8", "replace")
    assert "匿名的提问也不在里面" in files["说明.txt"].decode()
    assert [
        w for w in ("别人的", "匿名的标题", "匿名的内容") if w in text.replace("别人写的话", "")
    ] == []


def test_what_only_keyed_marks_say_is_ones_own_is_in_it_too(lived, client):
    """Reports and devices: no column says whose they are."""
    other = PersonFactory()
    question = ask(by=other)
    for person in (lived, PersonFactory()):
        note = f"{person.nickname}写的补充"
        moderation.report(
            words=question, reason=HideReason.ABUSE, note=note, by=Viewer(person), at=MONDAY
        )
        client.force_login(person)

    files = opened(actions.take_export(export=packed(lived), by=lived, at=MONDAY))

    told = json.loads(files["全部.json"])
    assert [(r["提问编号"], r["补充"], r["结果"]) for r in told["举报"]] == [
        (question.pk, "小麦写的补充", "待处理")
    ]
    (device,) = told["登录的设备"]
    assert (device["设备"], device["浏览器"]) == ("其他设备", "浏览器")
    assert device["登录的那一周"] == device["最近用过的那一周"]


def test_each_kind_is_a_table_that_no_spreadsheet_runs(lived):
    files = opened(actions.take_export(export=packed(lived), by=lived, at=MONDAY))

    head, first, *_rest = rows(files["提问.csv"])
    assert head[:3] == ["编号", "标题", "内容"]
    assert first[1] == "'=1+1 我的标题"
    assert len([name for name in files if name.endswith(".csv")]) > 8


def test_a_packet_is_taken_once_and_its_file_is_gone(lived):
    export = packed(lived)
    path = actions.exporting.path_of(export)
    assert path.stat().st_mode & 0o777 == 0o600
    assert export.size == path.stat().st_size

    assert opened(actions.take_export(export=export, by=lived, at=MONDAY))

    assert not path.exists()
    with pytest.raises(actions.UnableToTake, match="已经取走过了"):
        actions.take_export(export=export, by=lived, at=MONDAY)
    assert Entry.objects.filter(verb="person.exported", actor=lived.pk).count() == 1


def test_a_packet_is_its_owners_and_not_for_ever(lived):
    export = packed(lived)

    with pytest.raises(actions.UnableToTake, match="不是你的"):
        actions.take_export(export=export, by=PersonFactory(), at=MONDAY)
    with pytest.raises(actions.UnableToTake, match="过期了"):
        actions.take_export(export=export, by=lived, at=MONDAY + 7 * DAY)
    actions.exporting.path_of(export).unlink()
    with pytest.raises(actions.UnableToTake, match="不在了"):
        actions.take_export(export=export, by=lived, at=MONDAY)


def test_asking_anew_takes_the_place_of_the_last_one(lived):
    first = packed(lived)
    path = actions.exporting.path_of(first)

    second = packed(lived)

    assert list(Export.objects.all()) == [second]
    assert not path.exists()


def test_a_packet_that_nobody_waits_for_is_not_made(lived, monkeypatch):
    export = actions.ask_export(person=lived, at=MONDAY)
    monkeypatch.setattr(
        actions.exporting.packing, "pack", lambda *args, **kwargs: Export.objects.all().delete()
    )

    assert actions.make_export(number=export.pk) is None
    assert actions.make_export(number=export.pk) is None
    assert not actions.exporting.path_of(export).exists()


def test_a_packet_that_fails_says_so_and_leaves_no_file(lived, monkeypatch):
    export = actions.ask_export(person=lived, at=MONDAY)

    def broken(*args, **kwargs):
        raise OSError("no room")

    monkeypatch.setattr(actions.exporting.packing, "pack", broken)
    with pytest.raises(OSError, match="no room"):
        actions.make_export(number=export.pk)

    export.refresh_from_db()
    assert export.state == "failed"
    assert not actions.exporting.path_of(export).exists()


def test_what_nobody_took_in_time_is_purged(lived, settings):
    export = packed(lived)
    stray = Path(settings.EXPORTS_ROOT) / f"{'0' * 32}.zip"
    stray.write_bytes(b"")
    import os

    os.utime(stray, (0, 0))
    assert actions.purge_exports(at=MONDAY + 6 * DAY) == 1
    assert actions.exporting.path_of(export).exists()

    assert actions.purge_exports(at=MONDAY + 7 * DAY) == 1

    assert not Export.objects.exists()
    assert list(Path(settings.EXPORTS_ROOT).iterdir()) == []


def test_a_nameless_question_has_a_packet_of_its_own(house):
    question = ask(title="匿名的标题", text="匿名的内容")
    asker = Viewer(AnonymousUser(), frozenset({question.pk}))
    questions.comment(question=question, answer=None, text="我补充", by=asker, at=MONDAY)
    other = PersonFactory()
    questions.comment(question=question, answer=None, text="别人说", by=Viewer(other), at=MONDAY)
    out = io.BytesIO()

    nameless.pack_question(out, question)

    told = json.loads(opened(out)["全部.json"])
    assert told["提问"][0]["标题"] == "匿名的标题"
    assert [c["内容"] for c in told["评论"]] == ["我补充"]


def test_a_nameless_question_is_erased_by_its_receipt_alone(house):
    question = ask(title="匿名的标题", text="匿名的内容")
    asker = Viewer(AnonymousUser(), frozenset({question.pk}))
    questions.edit_question(question=question, title="新标题新标题", text="新", by=asker, at=MONDAY)
    mine = questions.comment(question=question, answer=None, text="我补充", by=asker, at=MONDAY)
    picture = Picture.objects.create(
        question=question,
        position=0,
        name="ef" * 16,
        width=1,
        height=1,
        thumb_width=1,
        thumb_height=1,
    )
    path = path_of(f"{picture.name}.jpg")
    default_storage.save(path, ContentFile(b"a picture"))
    questions.hide(words=mine, reason=HideReason.SPAM, by=PersonFactory(), at=MONDAY)
    with pytest.raises(questions.UnableToDelete):
        questions.erase_nameless_question(question=question, by=Viewer(PersonFactory()), at=MONDAY)

    for _twice in range(2):
        questions.erase_nameless_question(question=question, by=asker, at=MONDAY)

    question.refresh_from_db()
    assert (question.title, question.text, question.deleted_at) == ("", "", MONDAY)
    assert question.revisions.count() == question.pictures.count() == 0
    assert [c.text for c in question.comments.all()] == [""]
    assert not hasattr(question.comments.get(), "hidden")
    assert not default_storage.exists(path)
    assert recount() == []
    assert Entry.objects.filter(verb="question.deleted", actor=None).count() == 1
