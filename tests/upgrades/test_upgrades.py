"""A house of each release is upgraded to this version, and everything of it is still there.

On the database in use: each kind has a house of its own (`scripts/release.py`).
"""

import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.growth.test_kept import anew, counted
from tests.sealing import WORDS
from tests.signing_in import SECRET, force_login
from tests.upgrades import houses, telling
from youthvoice.counts import actions
from youthvoice.journal import actions as journal
from youthvoice.kit import clock
from youthvoice.people.models import Phone, User
from youthvoice.people.phones import numbers
from youthvoice.questions.models import Answer, Question
from youthvoice.questions.viewers import COOKIE
from youthvoice.sealed import actions as sealed
from youthvoice.sealed.boxes import Identity
from youthvoice.sealed.models import Opening

pytestmark = [pytest.mark.databases, pytest.mark.xdist_group("upgrades")]
#: Tables that later versions gave up, with the version whose migrations removed them.
GONE: dict[str, str] = {}


@pytest.fixture(scope="module", params=houses.releases())
def facts(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """The upgraded house of a release, for all tests of this file; in the end it is thrown away."""
    folder = tmp_path_factory.mktemp("upgraded")
    with django_db_blocker.unblock(), houses.opened(request.param, folder) as facts:
        yield facts | {"folder": folder, "now": telling.rows(), "faults": faults()}


@pytest.fixture(autouse=True)
def reads(held_reads):
    return held_reads


def page(client: Client, path: str) -> str:
    got = client.get(path)
    assert got.status_code == 200, (path, got.status_code)
    return got.content.decode()


def faults() -> list[str]:
    """What the house's own checks find."""
    found = []
    for command in ("check_cases", "verify_journal", "recount"):
        told = io.StringIO()
        try:
            call_command(command, stdout=told, stderr=told)
        except (CommandError, DatabaseError) as problem:
            found.append(f"{command}: {problem}")
        if command == "recount" and not found and told.getvalue() != "All numbers are exact.\n":
            found.append(told.getvalue())
    try:
        telling.read_all()
    except DatabaseError as problem:
        found.append(str(problem))
    return found


def test_every_row_is_there_and_the_house_is_sound(facts):
    now = facts["now"]

    assert {name: now.get(name) for name in facts["rows"] if name not in GONE} == facts["rows"] | {
        # Django's own, which each upgrade brings up to date.
        name: now[name]
        for name in ("auth.Permission", "contenttypes.ContentType")
    }
    assert facts["faults"] == []


def test_its_pages_have_the_words_of_before(facts):
    client, named = Client(), facts["named"]

    shown = page(client, f"/q/{named}/")
    assert "试用期的工资打八折合理吗" in shown
    assert "试用期的工资不得低于合同工资的百分之八十" in shown
    assert f"/q/{named}/" in page(client, "/?field=work")
    for path in (
        "/",
        "/pulse/",
        "/orgs/",
        "/orgs/tuan-410122/",
        "/topics/",
        "/rates/",
        "/ledger/",
        "/promises/",
    ):
        page(client, path)
    picture = client.get(f"/media/pictures/{facts['picture']}.jpg")
    assert picture.getvalue().startswith(b"\xff\xd8")
    assert "我不想活了" not in client.get(f"/q/{facts['danger']}/").content.decode()


def test_its_sums_are_what_is_counted_anew(facts, monkeypatch):
    """Also after acts of a process of the release before, whose entries nobody here has heard."""
    with transaction.atomic():
        at, named = clock.now(), Question.objects.get(pk=facts["named"])
        while actions.settle(at=at):
            pass
        assert counted(at) == anew(at)
        Question.objects.filter(pk=named.pk).update(field="life")
        monkeypatch.setattr(journal.recorded, "send", lambda **told: [])
        journal.record("question.supplemented", subject=named, actor=None, at=at)
        while actions.settle(at=at):
            pass
        assert counted(at) == anew(at)
        transaction.set_rollback(True)


def test_staff_find_their_work(facts):
    client = Client()
    force_login(client, User.objects.get(username="holder"))
    named = facts["named"]

    for path in ("/desk/", "/desk/tuan-410122/", "/crisis/", "/moderation/queue/"):
        page(client, path)
    assert "试用期的工资打八折合理吗" in page(client, f"/cases/{named}/")
    office = Client()
    force_login(office, User.objects.get(username="demo-operator"))
    page(office, f"/admin/people/user/{User.objects.get(username='xiaoman').pk}/change/")


def test_an_old_receipt_opens_its_question(facts):
    client = Client()

    answered = client.post("/receipt/", {"code": facts["receipt"]})

    assert answered.status_code == 302
    assert "13812345678" in page(client, answered["Location"])


def test_who_was_signed_in_still_is_and_who_was_out_stays_out(facts):
    inside, outside = Client(), Client()
    inside.cookies["sessionid"], outside.cookies["sessionid"] = facts["session"], facts["ended"]

    assert "试用期的工资打八折合理吗" in page(inside, "/mine/")
    assert outside.get("/mine/").status_code == 302


def test_what_a_receipt_opened_is_open_for_twelve_hours(facts):
    client = Client()
    client.cookies[COOKIE] = facts["opened"]
    path = f"/q/{facts['nameless']}/edit/"

    page(client, path)
    with houses.stopped(datetime.fromisoformat(facts["at"]) + timedelta(hours=13)):
        assert client.get(path).status_code != 200


def test_old_passwords_factors_and_telephones_are_known(facts):
    client = Client()

    given = {"login": facts["person"], "password": facts["password"]}
    assert client.post("/accounts/login/", given).status_code == 302
    assert "试用期的工资打八折合理吗" in page(client, "/mine/")
    assert Phone.objects.get(digest=numbers.digest(facts["phone"])).person.username == "xiaoman"
    operator = Authenticator.objects.get(user__username="demo-operator")
    assert decrypt(operator.data["secret"]) == SECRET


def test_links_that_were_sent_open(facts):
    body, invited = Client(), Client()

    page(invited, f"/join/{facts['invitation']}/")
    page(body, f"/out/{facts['letter']}/")
    opened = body.post(f"/out/{facts['letter']}/", {"code": facts["code"]}, follow=True)
    assert "公租房排到哪儿了" in opened.content.decode()


def test_what_was_sealed_is_opened_by_its_two_keys(facts):
    keys = facts["folder"] / "keys" / "sealed"
    opening = Opening.objects.get(pk=facts["opening"])
    given: dict[str, Any] = {"at": datetime.fromisoformat(facts["at"])}
    for act, name in ((sealed.peel_outer, "first"), (sealed.open_inner, "second")):
        identity = act(
            opening=opening,
            key_file=(keys / f"{name}-login.key").read_bytes(),
            passphrase=WORDS[name],
            by=User.objects.get(username=f"{name}-login"),
            **given,
        )
        opening.refresh_from_db()

    person = User.objects.get(username="xiaoman")
    assert identity == Identity(facts["sealed"], person.pk, "xiaoman")


def test_life_goes_on(facts):
    """An answer and a question are written, and the house is still sound."""
    client = Client()
    client.force_login(User.objects.get(username="aqing"))

    words = {"text": "新版本里写下的第一个回答。"}
    answered = client.post(f"/q/{facts['late']}/answer/", words)
    assert answered.status_code == 302
    assert Answer.objects.get(question=facts["late"], text=words["text"]).author.username == "aqing"
    assert words["text"] in page(Client(), f"/q/{facts['late']}/")
    assert faults() == []


def test_a_column_that_a_migration_lost_is_found(facts):
    """As after a planted one that gives up what is read."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE questions_question DROP COLUMN text")
        found = faults()
        transaction.set_rollback(True)

    assert re.search(r"question\.text", found[0])
