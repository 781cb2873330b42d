"""The pages of those who help, and what the asker sees."""

import json
import re
import secrets
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, PersonFactory, ask, member
from youthvoice.crisis import actions
from youthvoice.crisis.choices import State
from youthvoice.crisis.models import Record
from youthvoice.crisis.tests.conftest import TITLE
from youthvoice.journal.models import Entry
from youthvoice.kit.receipts import code_for
from youthvoice.orgs.choices import Role
from youthvoice.pictures.queries import path_of
from youthvoice.questions.actions import comment
from youthvoice.questions.models import Picture, Question
from youthvoice.questions.policy import Viewer
from youthvoice.safety import signs
from youthvoice.safety.models import HelpLine
from youthvoice.safety.tests.measuring import HERE, read

pytestmark = pytest.mark.django_db


def form(**given):
    return {
        "key": secrets.token_hex(16),
        "kind": "talk",
        "field": "life",
        "region": "410100",
        "title": TITLE,
        "text": "没有人知道。",
        "name_choice": "nameless",
    } | given


def test_the_sent_page_says_plainly_what_is_so_and_whom_to_call(client, house, staff):
    HelpLine.objects.create(region_id="410100", name="郑州热线", number="0371-12355")
    HelpLine.objects.create(region_id="410200", name="开封热线", number="0371-99999")
    HelpLine.objects.create(name="报警", number="110")
    page = client.post("/ask/", form()).content.decode()

    assert "先不公开" in page
    assert page.index("tel:0371-12355") < page.index("tel:110")
    assert "开封热线" not in page
    assert f"/q/{Question.objects.get().pk}/private/" in page
    assert 'id="receipt-code"' in page


def test_a_harmless_one_is_sent_as_ever(client, house):
    page = client.post("/ask/", form(title="租房押金不退", text="怎么办。")).content.decode()

    assert "先不公开" not in page
    assert not Record.objects.exists()


def test_the_form_shows_help_at_once_where_no_script_looks(client, house):
    shown = client.post("/ask/", form(field=""))
    quiet = client.post("/ask/", form(field="", title="租房押金不退", text="怎么办。"))

    assert shown.status_code == quiet.status_code == 422
    blocks = [
        re.search(r"<section[^>]*data-crisis-help[^>]*>", r.content.decode()).group()
        for r in (shown, quiet)
    ]
    assert [block.endswith(" hidden>") for block in blocks] == [False, True]


def test_the_form_has_numbers_where_nobody_loaded_any(client, house):
    page = client.get("/ask/").content.decode()

    assert all(f'href="tel:{number}"' in page for number in ("110", "120", "12355", "12356"))


def test_the_asker_finds_it_and_may_say_that_it_is_a_misunderstanding(client, house, staff):
    asker = PersonFactory()
    client.force_login(asker)
    client.post("/ask/", form(name_choice="named"))
    question = Question.objects.get()
    private = f"/q/{question.pk}/private/"
    page = client.get(private).content.decode()
    assert "这是误会" in page
    assert "先不公开" in page

    said = client.post(f"/q/{question.pk}/mistake/", follow=True)
    again = client.post(f"/q/{question.pk}/mistake/", follow=True)

    assert "你说过这是误会" in said.content.decode()
    assert "已经告诉过带班的人了" in again.content.decode()
    assert Entry.objects.get(verb="crisis.objected").actor is None
    client.force_login(staff["lead"])
    assert "提问者说是误会" in client.get("/crisis/").content.decode()
    assert client.post(f"/q/{question.pk}/mistake/").status_code == 404


def test_a_receipt_may_object_too(client, opened):
    client.post("/receipt/", {"code": code_for("8" * 32)})
    client.post(f"/q/{opened.question_id}/mistake/")

    opened.refresh_from_db()
    assert opened.objected_at is not None


def test_a_lead_sees_the_words_writes_down_and_ends_it(client, opened, staff):
    client.force_login(staff["lead"])
    assert "1 条紧急记录" in client.get("/desk/").content.decode()
    assert "/crisis/" in client.get("/me/bar/").content.decode()
    listed = client.get("/crisis/").content.decode()
    assert "可能伤害自己" in listed
    assert TITLE not in listed

    url = opened.get_absolute_url()
    assert TITLE in client.get(url).content.decode()
    assert f'href="{url}"' in client.get(opened.question.get_absolute_url()).content.decode()
    assert client.post(f"{url}log/", {}).status_code == 422
    assert client.post(f"{url}log/", {"to": "110", "note": "已报警"}).status_code == 302
    assert client.post(f"{url}log/", {"to": "nobody"}).status_code == 422
    assert "已报警" in client.get(url).content.decode()
    assert client.post(f"{url}publish/", {"wished": "on"}).status_code == 422
    assert client.post(f"{url}close/", {}).status_code == 422
    assert client.post(f"{url}close/", {"outcome": "safe"}).status_code == 302
    assert "要不要公开" in client.get(url).content.decode()
    assert client.post(f"{url}false-alarm/", follow=True).status_code == 200
    assert client.post(f"{url}publish/", {}).status_code == 422
    assert client.post(f"{url}publish/", {"wished": "on"}).status_code == 302
    assert "联系上了" in client.get("/crisis/?show=ended").content.decode()
    assert TITLE in client.get("/").content.decode()


def test_a_false_alarm_is_one_tap(client, opened, staff):
    client.force_login(staff["operator"])
    url = opened.get_absolute_url()
    page = client.post(f"{url}false-alarm/", follow=True)

    assert "照常公开" in page.content.decode()
    assert client.get(url).status_code == 404
    opened.refresh_from_db()
    assert opened.state == State.FALSE_ALARM


def test_a_lead_answers_privately(client, opened, staff):
    client.force_login(staff["lead"])
    pk, holder = opened.question_id, opened.question.case.holder_id
    sent = client.post(f"/q/{pk}/answer/", {"text": "我在，给我打电话。", "sign_as": str(holder)})
    assert sent.status_code == 302
    client.logout()
    client.post("/receipt/", {"code": code_for("8" * 32)})

    assert "我在，给我打电话。" in client.get(f"/q/{pk}/private/").content.decode()


def test_reading_it_on_the_private_page_is_in_the_journal_too(client, opened, staff):
    url = opened.question.get_absolute_url()
    client.post("/receipt/", {"code": code_for("8" * 32)})
    client.get(url)
    client.logout()
    client.cookies.clear()
    assert not Entry.objects.filter(verb="crisis.read").exists()
    client.force_login(staff["lead"])
    client.get(url)

    assert [e.actor for e in Entry.objects.filter(verb="crisis.read")] == [staff["lead"].pk]


@pytest.mark.parametrize(
    "path", ["q/{}/answer/", "report/question/{}/", "cases/{}/", "q/{}/act/", "me/q/{}/", "picture"]
)
def test_whichever_door_a_lead_comes_by_the_first_reading_is_written_down(
    client, opened, staff, store, path
):
    sizes = dict.fromkeys(("width", "height", "thumb_width", "thumb_height"), 9)
    drawn = Picture.objects.create(question=opened.question, position=0, name="d" * 32, **sizes)
    default_storage.save(path_of(f"{drawn.name}.jpg"), ContentFile(b"a picture"))
    client.force_login(staff["lead"])
    name = f"media/private/{drawn.name}.jpg" if path == "picture" else path
    where = f"/{name.format(opened.question_id)}"

    for _twice in range(2):
        shown = client.get(where)
        assert b"".join(shown)
        assert shown.status_code == 200

    opened.refresh_from_db()
    assert opened.first_read_at is not None
    read = Entry.objects.filter(verb="crisis.read")
    assert [(e.actor, e.subject) for e in read] == [
        (staff["lead"].pk, f"crisis.record:{opened.pk}")
    ]


def test_a_form_that_comes_back_with_the_words_is_a_reading_too(client, opened, staff):
    client.force_login(staff["lead"])

    assert client.post(f"/q/{opened.question_id}/answer/", {"text": ""}).status_code == 422
    assert Entry.objects.filter(verb="crisis.read", actor=staff["lead"].pk).count() == 1


def test_a_list_shows_no_words_that_only_a_reading_may_show(client, opened, staff):
    asker = Viewer(AnonymousUser(), frozenset({opened.question_id}))
    said = comment(question=opened.question, answer=None, text="只说给你们", by=asker, at=MONDAY)
    client.force_login(staff["operator"])
    client.post(f"/report/comment/{said.pk}/", {"reason": "abuse"})
    Entry.objects.filter(verb="crisis.read").delete()

    for path in ("/moderation/queue/", "/moderation/mine/?tab=reports"):
        page = client.get(path).content.decode()
        assert "只说给你们" not in page
        assert TITLE not in page
    assert not Entry.objects.filter(verb="crisis.read").exists()


def test_who_was_told_from_above_reads_the_words_and_has_no_dead_links(client, opened, staff):
    actions.raise_unread(at=MONDAY + timedelta(minutes=15))
    client.force_login(staff["above"])
    page = client.get(opened.get_absolute_url()).content.decode()

    assert TITLE in page
    assert f"/q/{opened.question_id}/" not in page


def test_words_that_are_gone_are_told_as_gone(client, opened, staff):
    client.post("/receipt/", {"code": code_for("8" * 32)})
    client.post(f"/q/{opened.question_id}/delete/")
    client.force_login(staff["lead"])

    page = client.get(opened.get_absolute_url()).content.decode()
    assert "已经撤下" in page
    Question.objects.filter(pk=opened.question_id).update(withheld_at=None)
    Record.objects.update(question=None)
    assert "原文已经不在了" in client.get(opened.get_absolute_url()).content.decode()


def test_lists_ask_equally_often_with_one_and_with_three(client, house, staff):
    client.force_login(staff["lead"])

    def count(path):
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    ask(title=TITLE)
    paths = ("/crisis/", "/desk/", "/me/bar/")
    one = [count(path) for path in paths]
    ask(title=TITLE)
    ask(title=TITLE)
    assert [count(path) for path in paths] == one
    assert max(one) <= 17


def test_the_list_is_paged(client, house, staff):
    client.force_login(staff["lead"])
    ask(title=TITLE)
    record = Record.objects.get()
    for _ in range(40):
        Record.objects.create(opened_at=MONDAY, signs=[]).told.create(
            organisation=house.city, at=MONDAY
        )
    page = client.get("/crisis/").content.decode()

    assert 'rel="next"' in page
    assert f"第 {record.pk} 号" in page


def test_it_is_in_no_export_and_no_fragment(client, opened):
    pk = opened.question_id
    assert client.get(f"/me/q/{pk}/").status_code == 404
    assert json.dumps(TITLE) not in client.get("/pulse/").content.decode()
    for role in (Role.ANSWERER, Role.DUTY):
        client.force_login(member(opened.question.case.holder, role))
        for path in ("/desk/", f"/desk/{opened.question.case.holder.slug}/?show=all"):
            assert TITLE not in client.get(path).content.decode()
        assert client.get("/crisis/").status_code == 403


def test_a_lead_sees_for_which_sentence_it_was_opened(client, house, staff):
    ask(title="居住证怎么办", text="要带什么材料？其实我不想活了，没有人知道。谢谢！")
    client.force_login(staff["lead"])

    page = client.get(Record.objects.get().get_absolute_url()).content.decode()

    assert "因为这几句：“其实我不想活了，没有人知道”" in page


def test_what_is_less_sure_is_public_and_its_asker_sees_whom_to_call(client, house, staff):
    texts = [text for part in ("test", "dev") for _kind, text in read(HERE / f"{part}.jsonl")]
    unsure = next(
        text
        for text in texts
        if signs.level_of(signs.find(f"想问一句\n{text}")) == signs.Level.HELP and len(text) > 10
    )

    page = client.post("/ask/", form(title="想问一句", text=unsure)).content.decode()

    assert "先不公开" not in page
    assert 'href="tel:110"' in page
    assert not Record.objects.exists()
