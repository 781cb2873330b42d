"""What those say who are asked back about a lead's answer: by letter, page and receipt."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.factories import PersonFactory, ask, member
from youthvoice.callbacks import actions, queries
from youthvoice.callbacks.choices import Channel, Day
from youthvoice.callbacks.models import Callback
from youthvoice.callbacks.tests.test_calling_back import mark, say, token_of, with_address
from youthvoice.callbacks.tests.together import (
    AT,
    in_order,
    merge,
    now_asked,
    reply,
    rows,
    turn,
    unmerge,
)
from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.choices import State
from youthvoice.cases.tests.working import DAY, case_of, words
from youthvoice.gathering.models import Merge
from youthvoice.journal.models import Entry
from youthvoice.kit.clock import start_of_day
from youthvoice.questions import actions as questions

pytestmark = pytest.mark.django_db


# --- What is said ------------------------------------------------------------------------


def test_not_solved_takes_it_out_and_opens_it_for_its_holder(group):
    lead, one = group
    actions.open_due(at=AT + DAY)
    row = now_asked(one, AT + DAY)

    say(one, row, solved=False, satisfied=2, at=AT + 2 * DAY)

    case = case_of(one)
    assert (case.state, case.waiting_since) == (State.UNSOLVED, AT + 2 * DAY)
    assert not Merge.objects.filter(case=case).exists()
    assert words(one)[-2:] == ["提问者说：没解决", "重新单独办"]
    assert (row.solved, row.satisfied, row.channel) == (False, 2, Channel.PAGE)
    assert case_of(lead).state == State.ANSWERED
    assert in_order()
    # More may be said of it, but nothing is asked anew.
    assert now_asked(one, AT + 2 * DAY).pk == row.pk
    say(one, row, missing="修好的日子", at=AT + 2 * DAY)
    assert turn(AT + Day.LATER * DAY) == (0, 1)
    assert rows(one) == [(1, 1, True)]


def test_solved_is_its_own_and_it_goes_on_hanging(group):
    lead, one = group
    actions.open_due(at=AT + DAY)

    say(one, now_asked(one, AT + DAY), solved=True, satisfied=5, at=AT + DAY)

    assert [case_of(q).state for q in (one, lead)] == [State.SOLVED, State.ANSWERED]
    assert Merge.objects.filter(case=case_of(one)).exists()
    assert turn(AT + Day.LATER * DAY) == (0, 2)
    assert now_asked(one, AT + Day.LATER * DAY).day == Day.LATER
    assert in_order()


def test_after_a_lead_left_public_view_its_solved_one_is_asked_nothing(group):
    lead, one = group
    mark(one, "solved", AT)
    questions.withhold_question(question=lead, by=None, at=AT)

    assert [turn(AT + DAY), turn(AT + Day.LATER * DAY)] == [(0, 0), (0, 0)]
    assert rows(one) == []


@pytest.mark.parametrize("outcome", ["solved", "unsolved"])
def test_what_is_marked_on_the_page_answers_what_is_asked(house, outcome):
    lead, one = ask(), ask()
    merge(one, into=lead)
    reply(lead, house)
    turn(AT)
    actions.open_due(at=AT + DAY)

    mark(one, outcome, AT + DAY)

    row = Callback.objects.get(case__question=one, day=1)
    assert (row.solved, row.channel) == (outcome == "solved", Channel.RECEIPT)
    assert row.answered_at == start_of_day(AT + DAY)


def test_what_the_staff_took_apart_is_asked_about_no_more(group):
    _lead, one = group
    actions.open_due(at=AT + DAY)
    row = now_asked(one, AT + DAY)
    unmerge(one, at=AT + 2 * DAY)

    assert now_asked(one, AT + 2 * DAY) is None
    with pytest.raises(UnableToMove, match="已经过去"):
        say(one, row, solved=True, at=AT + 2 * DAY)
    mark(one, "solved", AT + 2 * DAY)
    row.refresh_from_db()
    assert (row.solved, row.answered_at) == (None, None)


def test_of_a_nameless_asker_the_day_alone_is_kept(house):
    lead, one = ask(by=PersonFactory()), ask()
    merge(one, into=lead)
    reply(lead, house)
    turn(AT)
    said_at = AT + DAY + timedelta(minutes=7)
    actions.open_due(at=said_at)

    say(one, now_asked(one, said_at), satisfied=2, at=said_at, channel=Channel.RECEIPT)

    row = Callback.objects.get(case__question=one, day=1)
    assert row.answered_at == start_of_day(said_at)
    entry = Entry.objects.get(verb="case.called_back")
    assert (entry.actor, entry.at) == (None, start_of_day(said_at))


# --- Letters and pages -------------------------------------------------------------------


def test_the_letter_says_whose_answer_it_is_and_no_word_of_either(house):
    lead, one = ask(title="松园的热水停了两周"), ask(by=with_address())
    merge(one, into=lead)
    reply(lead, house)
    turn(AT)
    actions.open_due(at=AT + DAY)

    assert actions.send_letters(at=AT + DAY) == 1

    [letter] = mail.outbox
    assert f"第 {one.pk} 号提问和第 {lead.pk} 号提问是同一件事" in letter.body
    assert f"/q/{lead.pk}/\n" in letter.body
    for question in (lead, one):
        assert question.title not in letter.body + letter.subject
    assert queries.by_token(token_of(letter)).case.question == one


def test_no_letter_goes_once_the_lead_waits_again(house):
    lead, one = ask(), ask(by=with_address())
    merge(one, into=lead)
    reply(lead, house)
    turn(AT)
    actions.open_due(at=AT + DAY)
    mark(lead, "unsolved", AT + DAY)

    assert actions.send_letters(at=AT + DAY) == 0
    assert mail.outbox == []


def page(client, path):
    return client.get(path).content.decode()


def test_by_the_letters_link_one_tap_takes_it_out(house, client, at):
    lead, one = ask(title="松园的热水停了两周"), ask(by=with_address())
    merge(one, into=lead)
    reply(lead, house)
    turn(AT)
    actions.open_due(at=AT + DAY)
    actions.send_letters(at=AT + DAY)
    at(AT + DAY)
    path = f"/back/{token_of(mail.outbox[0])}/"

    shown = page(client, path)
    assert f'“<a href="/q/{lead.pk}/#answers">松园的热水停了两周</a>”和你问的是同一件事' in shown
    assert "你的提问会重新打开，单独办" in shown
    assert client.post(path, {"solved": "no"}).status_code == 302

    shown = page(client, path)
    assert "提问重新打开了，从现在起单独办。" in shown
    assert case_of(one).state == State.UNSOLVED


def test_the_page_names_no_lead_that_left_public_view(house, client, at):
    lead, one = ask(title="松园的热水停了两周"), ask(by=PersonFactory())
    merge(one, into=lead)
    reply(lead, house)
    turn(AT)
    actions.open_due(at=AT + DAY)
    at(AT + DAY)
    client.force_login(one.author)
    questions.withhold_question(question=lead, by=None, at=AT + DAY)

    for path in (f"/q/{one.pk}/back/", f"/me/q/{one.pk}/"):
        assert "松园的热水停了两周" not in page(client, path)
    assert "另一个提问有了回答" in page(client, f"/q/{one.pk}/back/")
    turn(AT + DAY)
    assert client.get(f"/q/{one.pk}/back/").status_code == 302


def test_with_an_account_it_is_on_the_page_and_among_ones_own(group, client, at):
    lead, one = group
    client.force_login(one.author)
    at(AT + DAY)
    assert "解决了吗？说一句" not in page(client, "/mine/")
    actions.open_due(at=AT + DAY)

    assert f'href="/q/{one.pk}/back/"' in page(client, "/mine/")
    fragment = page(client, f"/me/q/{one.pk}/")
    assert f'<a href="/q/{lead.pk}/#answers">松园的热水停了两周</a>”得到的回答' in fragment

    client.post(f"/q/{one.pk}/back/", {"solved": "yes"})
    assert case_of(one).state == State.SOLVED
    assert "解决了吗？说一句" not in page(client, "/mine/")


def test_what_is_missing_is_read_where_it_is_handled(group, client, at, house):
    lead, one = group
    actions.open_due(at=AT + DAY)
    row = now_asked(one, AT + DAY)
    say(one, row, missing="还差修好的日子", at=AT + DAY)
    at(AT + DAY)

    for person, shown in ((member(house.city), True), (member(house.experts), False)):
        client.force_login(person)
        for question in (lead, one):
            assert ("还差修好的日子" in page(client, f"/me/q/{question.pk}/")) is shown
    client.force_login(member(house.city))
    assert f'<a href="/q/{one.pk}/">第 {one.pk} 号提问</a>' in page(client, f"/me/q/{lead.pk}/")
