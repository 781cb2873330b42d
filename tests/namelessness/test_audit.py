"""`youthvoice audit nameless` finds what leads to an asker, and in our house there is nothing."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError
from django.test import Client
from PIL import Image

from tests.factories import MONDAY, NOBODY, PASSWORD, PersonFactory, answer, ask, member
from tests.namelessness.auditing import audited
from youthvoice.cases.models import Hop
from youthvoice.cases.tests.working import claim, own, refer
from youthvoice.journal.actions import record
from youthvoice.kit import clock
from youthvoice.kit.clock import start_of_day, start_of_month
from youthvoice.people.devices.sessions import SessionStore
from youthvoice.people.models import Consent, Phone, SignIn, User
from youthvoice.people.tests.phones import phoning
from youthvoice.pictures.child import Made
from youthvoice.pictures.shelf import Shelf
from youthvoice.questions import actions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Comment, Follow, Question
from youthvoice.questions.policy import Viewer
from youthvoice.site import namelessness

pytestmark = pytest.mark.django_db


def links(*files):
    return {(link.where, link.what) for link in namelessness.audit(files).links}


# --- Each way is looked at ----------------------------------------------------------------


@pytest.fixture
def nameless(house):
    return ask(title="匿名的一问")


def test_a_house_full_of_everyday_life_is_clean(nameless, house):
    person, opened = PersonFactory(), Viewer(NOBODY, frozenset({nameless.pk}))
    reply = answer(nameless, by=person)
    actions.follow(question=nameless, by=Viewer(person), at=MONDAY + timedelta(minutes=1))
    own = actions.comment(question=nameless, answer=reply, text="谢谢。", by=opened, at=MONDAY)
    actions.comment(
        question=nameless,
        answer=None,
        text="我也是。",
        by=Viewer(person),
        at=MONDAY + timedelta(minutes=2),
    )
    actions.accept_answer(answer=reply, accepted=True, by=opened, at=MONDAY)
    actions.mark_outcome(question=nameless, outcome="solved", by=opened, at=MONDAY)
    actions.hide(
        words=own, reason=HideReason.SPAM, by=member(house.city), at=MONDAY + timedelta(hours=1)
    )
    ask(by=person, at=MONDAY + timedelta(minutes=3))

    assert links() == set()


def test_every_column_that_names_a_person_beside_a_question_is_known():
    assert set(namelessness.pairs()) == set(namelessness.KNOWN_PAIRS)


def test_a_new_column_beside_a_question_is_found_until_it_is_known(nameless, monkeypatch):
    Follow.objects.create(question=nameless, person=PersonFactory(), at=MONDAY + timedelta(1))
    monkeypatch.delitem(namelessness.KNOWN_PAIRS, "questions.follow.person")

    assert links() == {("questions.follow.person", "1 rows tie a person to a nameless question")}


def test_a_comment_of_the_asker_that_names_a_person_is_found(nameless):
    Comment.objects.create(
        thread=0,
        question=nameless,
        author=PersonFactory(),
        is_asker=True,
        text="是我。",
        created_at=MONDAY + timedelta(hours=1),
    )

    assert ("questions.comment.author", "1 comments by askers name a person") in links()


@pytest.mark.parametrize(
    "verb", ["question.asked", "question.edited", "question.marked", "question.deleted"]
)
def test_an_entry_that_names_the_asker_is_found(nameless, verb):
    data = {"to": "solved"} if verb == "question.marked" else {}
    later = MONDAY + timedelta(days=1)
    if verb == "question.asked":
        nameless.case.delete()  # the entry makes it anew
    record(verb, subject=nameless, actor=PersonFactory(), at=later, data=data)

    assert ("journal.entry.actor", "1 entries name who asked") in links()


def test_an_entry_of_an_accepted_answer_that_names_the_asker_is_found(nameless):
    reply = answer(nameless, by=PersonFactory())
    data = {"question": nameless.pk}
    record("answer.accepted", subject=reply, actor=PersonFactory(), at=MONDAY, data=data)

    assert ("journal.entry.actor", "1 entries name who asked") in links()


def test_an_act_at_the_very_same_moment_is_found(nameless):
    at = nameless.asked_at + timedelta(microseconds=7)
    Question.objects.filter(pk=nameless.pk).update(asked_at=at)
    Follow.objects.create(question=ask(), person=PersonFactory(), at=at)

    assert ("questions.follow.at", "1 rows share the moment of a nameless act") in links()


def test_the_moment_of_a_sign_in_is_found(nameless):
    User.objects.filter(pk=PersonFactory().pk).update(last_login=MONDAY + timedelta(minutes=3))
    session = DjangosStore()
    session["_auth_user_id"] = "1"
    session.create()

    assert {where for where, _ in links()} == {
        "people.user.last_login",
        "sessions.session",
        "sessions.session.expire_date",
    }


def test_a_day_is_too_much_where_a_month_or_a_week_is_the_rule(client, nameless):
    """Rows of a person that tell the day of a private act, in a column of times or of days."""
    person = PersonFactory(date_joined=start_of_month(MONDAY))
    client.force_login(person)
    authenticator = Authenticator.objects.create(user=person, type="totp", data={})
    phoning.give(person, phoning.NUMBER)
    assert links() == set()

    tuesday = start_of_day(MONDAY + timedelta(days=1))
    User.objects.filter(pk=person.pk).update(date_joined=tuesday)
    SignIn.objects.update(seen=tuesday.date())
    Session.objects.update(expire_date=tuesday)
    Authenticator.objects.filter(pk=authenticator.pk).update(created_at=tuesday)
    Phone.objects.update(added_at=tuesday)

    assert links() == {
        (where, "1 rows tell too well when a private act was")
        for where in (
            "people.user.date_joined",
            "people.signin.seen",
            "sessions.session.expire_date",
            "mfa.authenticator.created_at",
            "people.phone.added_at",
        )
    }


def test_a_consent_keeps_its_day_and_no_more(nameless):
    row = PersonFactory().consents.first()
    Consent.objects.filter(pk=row.pk).update(given_at=start_of_day(MONDAY + timedelta(days=1)))
    assert links() == set()

    Consent.objects.filter(pk=row.pk).update(given_at=MONDAY + timedelta(minutes=1))

    assert {where for where, _ in links()} == {"people.consent.given_at"}


#: Where a time in a person's row may stand.
TIMES = ("OPEN_TIMES", "DAYS", "WEEKS", "MONTHS", "ASKERS_TIMES")


def test_every_time_in_a_persons_row_is_of_one_kind():
    """A new one fails here until somebody has thought of what it tells."""
    known = [name for kind in TIMES for name in getattr(namelessness, kind)]

    assert sorted(known) == sorted(name for name, *_ in namelessness.times_of_people())


def test_what_staff_do_with_a_nameless_question_is_no_alarm(nameless, house):
    """What waits since it was asked, or stops when its asker says so, stands in rows of staff."""
    moment = MONDAY + timedelta(microseconds=7)
    asked = ask(at=moment, title="还没有人领")
    opened = Viewer(NOBODY, frozenset({asked.pk}))
    claim(asked, at=moment + timedelta(hours=1))
    assert (own(asked).since, links()) == (moment, set())

    refer(asked, house.experts, at=moment + timedelta(hours=2))
    for hours, outcome in enumerate(("unsolved", "open", "solved"), start=3):
        at = moment + timedelta(hours=hours)
        asked.refresh_from_db()
        actions.mark_outcome(question=asked, outcome=outcome, by=opened, at=at)
        assert links() == set()
    assert Hop.objects.get(lane__case__question=asked).ended_at == asked.outcome_at == at
    assert own(asked).stopped_at == at


def test_a_session_that_remembers_a_question_is_found(client, nameless):
    client.force_login(PersonFactory())
    session = client.session
    session["asked"] = [nameless.pk]
    session.save()

    assert links() == {("sessions.session", "holds asked")}


def test_what_each_way_in_leaves_in_a_session_is_known(client, nameless):
    """By password, staying or not; by telephone; and by the password of an account that is shut."""
    for name, active in (("stays", True), ("goes", True), ("shut", False)):
        PersonFactory(username=name, is_active=active)
        values = {"login": name, "password": PASSWORD}
        browser = Client()
        browser.post("/accounts/login/", values | ({"remember": "on"} if name == "stays" else {}))
        browser.get("/me/bar/")
    client.post("/accounts/phone/", {"number": phoning.NUMBER})

    held = {key for row in Session.objects.all() for key in SessionStore().decode(row.session_data)}
    assert {"_session_expiry", "shut_account", "phone", "sign_in"} <= held
    assert links() == set()


# --- Files -------------------------------------------------------------------------------


def test_a_log_that_puts_both_on_one_line_is_found(tmp_path, nameless):
    PersonFactory(username="liu-the-asker", email="liu@mail.test")
    log = tmp_path / "proxy.log"
    log.write_text(f"GET /q/{nameless.pk}/\nuser=liu-the-asker GET /\n")
    assert links(log) == set()

    log.write_text(f"GET /q/{nameless.pk}/ user=liu-the-asker\nGET /q/{nameless.pk}/ liu@mail.test")

    said, status = audited(tmp_path)
    assert status == 1
    assert f"{log}:1: a nameless question and a person on one line" in said
    assert f"{log}:2:" in said


def test_an_export_that_puts_both_on_one_line_is_found(tmp_path, nameless):
    PersonFactory(username="liu-the-asker")
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as archive:
        row = {"question": nameless.pk, "by": "liu-the-asker"}
        archive.writestr("all.json", json.dumps(row))
        archive.writestr("picture.jpg", b"not looked at")
    (tmp_path / "torn.zip").write_bytes(b"PK")

    assert {where for where, _ in links(tmp_path)} == {
        f"{tmp_path / 'mine.zip'}:all.json:1",
        str(tmp_path / "torn.zip"),
    }


def test_a_picture_with_metadata_is_found(tmp_path, nameless):
    clean, told = BytesIO(), BytesIO()
    image, exif = Image.new("RGB", (9, 9)), Image.Exif()
    exif[0x010F] = "somebody's telephone"
    image.save(clean, "JPEG")
    image.save(told, "JPEG", exif=exif)
    for name, file in (("clean", clean), ("told", told)):
        (tmp_path / f"{name}.jpg").write_bytes(file.getvalue())
    (tmp_path / "torn.jpg").write_bytes(b"\xff\xd8")

    assert {where for where, _ in links(tmp_path)} == {
        str(tmp_path / "told.jpg"),
        str(tmp_path / "torn.jpg"),
    }


def test_pictures_that_wait_and_tell_something_are_found(tmp_path, nameless, settings):
    settings.HELD_ROOT = tmp_path / "held"
    told, image, exif = BytesIO(), Image.new("RGB", (9, 9)), Image.Exif()
    image.save(told, "JPEG")
    clean = told.getvalue()
    exif[0x010F] = "somebody's telephone"
    told = BytesIO()
    image.save(told, "JPEG", exif=exif)
    now = clock.now()
    Shelf("a" * 32, "b" * 32).put([Made((9, 9, 9, 9), clean, clean)], at=now)
    assert links() == set()

    Shelf("c" * 32, "b" * 32).put([Made((9, 9, 9, 9), told.getvalue(), clean)], at=now)
    Shelf("d" * 32, "b" * 32).put([], at=now - timedelta(days=1))
    (settings.HELD_ROOT / "somebody").mkdir(mode=0o700)

    assert sorted(what.split(":")[0] for _, what in links()) == [
        "carries metadata",
        "has a name that isn't random",
        "should have been erased",
    ]


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="没有这个文件"):
        audited(tmp_path / "nowhere")
