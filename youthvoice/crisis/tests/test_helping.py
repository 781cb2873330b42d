"""From the first reading to the outcome, or to a false alarm that leaves no trace."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.factories import MONDAY, NOBODY, PersonFactory, ask, asker_of, member
from youthvoice.crisis import actions, queries
from youthvoice.crisis.choices import MOVES, Outcome, State, To
from youthvoice.crisis.models import LogLine, Notice, Reading, Record
from youthvoice.crisis.tests.conftest import TITLE
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import memberships_of
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import numbers

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=10)


def verbs():
    entries = Entry.objects.filter(subject__startswith="crisis.").order_by("seq")
    return list(entries.values_list("verb", flat=True))


def test_who_knows_of_a_record(house, opened, staff):
    for who in ("lead", "operator"):
        assert Record.objects.visible_to(staff[who]).filter(pk=opened.pk).exists(), who
    gone = member(house.city, Role.LEAD)
    gone.is_active = False
    for user in (
        staff["above"],
        member(house.city),
        member(house.city, Role.DUTY),
        member(house.line, Role.LEAD),
        PersonFactory(),
        gone,
        NOBODY,
    ):
        assert not Record.objects.visible_to(user).exists()


def test_each_reading_is_in_the_journal_once_an_hour(opened, staff):
    for minutes in (1, 2, 61):
        actions.note_reading(
            record=opened, by=staff["lead"], at=MONDAY + timedelta(minutes=minutes)
        )

    read = Entry.objects.filter(verb="crisis.read")
    assert [e.actor for e in read] == [staff["lead"].pk] * 2
    opened.refresh_from_db()
    assert opened.first_read_at == MONDAY + timedelta(minutes=1)


def test_an_operators_reading_does_not_end_the_waiting(opened, staff):
    actions.note_reading(record=opened, by=staff["operator"], at=LATER)

    opened.refresh_from_db()
    assert opened.first_read_at is None


def test_what_was_done_is_written_down(opened, staff):
    actions.add_line(record=opened, to=To.POLICE, note="已出警", by=staff["lead"], at=LATER)
    actions.add_line(record=opened, to="", note="打了电话", by=staff["lead"], at=LATER)

    assert [(line.to, line.note) for line in queries.log_of(opened)] == [
        ("110", "已出警"),
        ("", "打了电话"),
    ]
    assert verbs()[-2:] == ["crisis.handed", "crisis.noted"]
    line = LogLine.objects.get(to="110")
    assert Entry.objects.get(verb="crisis.handed").data == {
        "to": "110",
        "commitment": line.commitment(),
    }


def test_only_those_who_help_may_write(opened, house):
    stranger = member(house.line, Role.LEAD)
    with pytest.raises(actions.UnableToHelp):
        actions.add_line(record=opened, to="", note="我来", by=stranger, at=LATER)
    for act in (actions.call_false_alarm, actions.publish_question):
        with pytest.raises(actions.UnableToEnd):
            act(record=opened, by=stranger, at=LATER)
    with pytest.raises(actions.UnableToEnd):
        actions.close_record(record=opened, outcome=Outcome.SAFE, by=stranger, at=LATER)


def test_an_outcome_leaves_it_withheld_until_the_asker_wishes_otherwise(opened, staff):
    with pytest.raises(actions.UnableToEnd):
        actions.publish_question(record=opened, by=staff["lead"], at=LATER)
    actions.close_record(record=opened, outcome=Outcome.SAFE, by=staff["lead"], at=LATER)
    question = Question.objects.get(pk=opened.question_id)
    assert question.withheld_at is not None
    with pytest.raises(actions.UnableToEnd):
        actions.close_record(record=opened, outcome=Outcome.SAFE, by=staff["lead"], at=LATER)

    actions.publish_question(record=opened, by=staff["lead"], at=LATER)

    question.refresh_from_db()
    assert question.withheld_at is None
    assert verbs()[-2:] == ["crisis.closed", "crisis.published"]
    with pytest.raises(actions.UnableToEnd):
        actions.publish_question(record=opened, by=staff["lead"], at=LATER)


def test_a_false_alarm_gives_it_back_and_keeps_nothing(opened, staff, client):
    actions.note_reading(record=opened, by=staff["lead"], at=LATER)
    actions.add_line(record=opened, to=To.SCHOOL, note="问过", by=staff["lead"], at=LATER)
    actions.object_to(record=opened, by=asker_of(opened.question), at=LATER)

    actions.call_false_alarm(record=opened, by=staff["lead"], at=LATER)

    opened.refresh_from_db()
    assert (opened.state, opened.objected_at) == (State.FALSE_ALARM, None)
    assert not LogLine.objects.exists()
    assert not Notice.objects.exists()
    assert not Reading.objects.exists()
    assert TITLE in client.get("/").content.decode()
    assert numbers() == {"questions": 1, "nameless": 1}
    assert queries.found(staff["lead"], opened.pk) is None
    with pytest.raises(actions.UnableToHelp):
        actions.add_line(record=opened, to="", note="晚了", by=staff["lead"], at=LATER)
    with pytest.raises(actions.UnableToEnd):
        actions.call_false_alarm(record=opened, by=staff["lead"], at=LATER)


def test_after_thirty_days_it_no_longer_knows_its_question(opened, staff):
    actions.call_false_alarm(record=opened, by=staff["lead"], at=LATER)

    assert actions.forget_false_alarms(at=LATER + timedelta(days=29)) == 0
    assert actions.forget_false_alarms(at=LATER + timedelta(days=30)) == 1

    opened.refresh_from_db()
    assert (opened.question, opened.signs) == (None, [])
    assert actions.forget_false_alarms(at=LATER + timedelta(days=31)) == 0


def test_the_asker_says_once_that_it_is_a_misunderstanding(opened, staff):
    Notice.objects.all().delete()
    by = asker_of(opened.question)
    actions.object_to(record=opened, by=by, at=LATER)

    assert set(Notice.objects.values_list("why", flat=True)) == {"objected"}
    assert Entry.objects.get(verb="crisis.objected").actor is None
    opened.refresh_from_db()
    for viewer in (by, Viewer(staff["lead"])):
        with pytest.raises(actions.UnableToObject):
            actions.object_to(record=opened, by=viewer, at=LATER)


def test_letters_hold_a_number_and_a_link_and_no_word_of_the_question(opened, staff, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "voice.example.org", "localhost"]
    assert actions.send_notices(at=MONDAY) == 2
    assert actions.send_notices(at=LATER) == 0

    assert {m.to[0] for m in mail.outbox} == {"lead@mail.test", "operator@mail.test"}
    for letter in mail.outbox:
        text = letter.subject + letter.body
        assert f"http://voice.example.org/crisis/{opened.pk}/" in text
        assert not any(word in text for word in (TITLE, "没有人知道", str(opened.question.title)))


def test_a_letter_that_fails_is_tried_again_later(opened, settings):
    settings.EMAIL_BACKEND = "no.such.Backend"
    assert actions.send_notices(at=MONDAY) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert actions.send_notices(at=MONDAY + timedelta(seconds=29)) == 0
    assert actions.send_notices(at=MONDAY + timedelta(seconds=30)) == 2


def test_a_letter_is_given_up_in_the_end(opened, settings):
    settings.EMAIL_BACKEND = "no.such.Backend"
    at = MONDAY
    while Notice.objects.exclude(next_at=None).exists():
        actions.send_notices(at=at)
        at += timedelta(hours=1)

    assert timedelta(hours=12) < at - MONDAY < timedelta(hours=24)


def test_nobody_is_left_waiting(opened, staff):
    """After a quarter of an hour the one above hears of it; at the top the operators again."""
    Notice.objects.all().delete()
    assert actions.raise_unread(at=MONDAY + timedelta(minutes=14)) == 0
    assert actions.raise_unread(at=MONDAY + timedelta(minutes=15)) == 1
    assert actions.raise_unread(at=MONDAY + timedelta(minutes=16)) == 0

    told = set(Notice.objects.values_list("person", flat=True))
    assert told == {staff["above"].pk, staff["operator"].pk}
    assert Record.objects.visible_to(staff["above"]).filter(pk=opened.pk).exists()
    assert actions.raise_unread(at=MONDAY + timedelta(minutes=30)) == 1
    assert actions.raise_unread(at=MONDAY + timedelta(hours=9)) == 0
    assert verbs() == ["crisis.opened", "crisis.raised", "crisis.raised"]


def test_what_a_lead_has_opened_is_not_raised(opened, staff):
    actions.note_reading(record=opened, by=staff["lead"], at=LATER)

    assert actions.raise_unread(at=MONDAY + timedelta(hours=1)) == 0


def test_rings_of_organisations_end(opened, house):
    house.province.parent = house.city
    house.province.save()
    for step in range(1, 5):
        actions.raise_unread(at=MONDAY + timedelta(minutes=15 * step))

    assert Entry.objects.filter(verb="crisis.raised").count() == 2


def test_the_count_is_asked_only_for_those_who_help(
    house, opened, staff, django_assert_num_queries
):
    answerer = member(house.city)
    works = memberships_of(answerer)
    with django_assert_num_queries(0):
        assert queries.open_count(answerer, works) == 0
    assert queries.open_count(staff["lead"], memberships_of(staff["lead"])) == 1


def test_the_table_of_moves_knows_every_state():
    assert set(MOVES) == set(State)


def test_a_record_under_a_question_is_ended_without_touching_it(house, staff):
    from tests.factories import answer

    question = ask()
    answer(question, by=PersonFactory(), text="我也不想活了。")
    record = Record.objects.get()
    actions.close_record(record=record, outcome=Outcome.HANDED, by=staff["lead"], at=LATER)
    with pytest.raises(actions.UnableToEnd):
        actions.publish_question(record=record, by=staff["lead"], at=LATER)
    assert str(record)
    assert queries.of_question(question) is None


def test_rows_have_names_without_words(opened, staff):
    actions.note_reading(record=opened, by=staff["lead"], at=LATER)
    line = actions.add_line(record=opened, to=To.POLICE, note="说好了", by=staff["lead"], at=LATER)
    rows = [opened.told.get(), line, Reading.objects.get(), Notice.objects.first()]

    assert [str(row).split()[0] for row in rows] == [str(opened.pk)] * 4
    assert "说好了" not in str(line)


def test_of_two_at_once_one_wins(opened, staff):
    """Each with the record as it was before the other's act."""
    asker = asker_of(opened.question)
    stale = Record.objects.get(pk=opened.pk)
    actions.object_to(record=opened, by=asker, at=LATER)
    with pytest.raises(actions.UnableToObject):
        actions.object_to(record=stale, by=asker, at=LATER)
    stale = Record.objects.get(pk=opened.pk)
    actions.close_record(record=opened, outcome=Outcome.SAFE, by=staff["lead"], at=LATER)
    with pytest.raises(actions.UnableToEnd):
        actions.call_false_alarm(record=stale, by=staff["lead"], at=LATER)
    assert Question.objects.get(pk=opened.question_id).withheld_at is not None


# --- On duty -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "role", "is_told"),
    [
        ("province", Role.DUTY, True),
        ("city", Role.DUTY, True),
        ("province", Role.LEAD, True),
        ("county", Role.LEAD, False),
        ("county", Role.DUTY, False),
        ("line", Role.DUTY, False),
        ("province", Role.ANSWERER, False),
    ],
)
def test_who_is_on_duty_learns_that_one_is_open_and_whom_to_call(
    client, house, opened, staff, body, role, is_told
):
    Organisation.objects.filter(pk=house.city.pk).update(contact_phone="0371 6888 0000")
    client.force_login(member(getattr(house, body), role))

    shown = client.get("/desk/").text

    assert ("1 条紧急记录还开着" in shown) is is_told
    assert ('href="tel:037168880000"' in shown) is is_told
    assert (staff["lead"].nickname in shown) is is_told
    assert TITLE not in shown
    assert opened.get_absolute_url() not in shown


def test_a_lead_has_what_they_were_told_of_in_their_own_list(house, opened, staff):
    assert queries.on_duty(memberships_of(staff["lead"])) is None


def test_who_is_on_duty_is_asked_for_nothing_that_is_over(house, opened, staff):
    duty = member(house.province, Role.DUTY)
    assert queries.on_duty(memberships_of(duty)).count == 1

    actions.call_false_alarm(record=opened, by=staff["lead"], at=MONDAY)

    assert queries.on_duty(memberships_of(duty)) is None
