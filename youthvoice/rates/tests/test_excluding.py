"""Out of the rates only by two people, the second further up, with a reason that is shown."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.factories import MONDAY, ask, asker_of, member
from youthvoice.cases.tests.working import HOUR, case_of
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.questions import actions as questions
from youthvoice.rates import actions, queries
from youthvoice.rates.actions import UnableToExclude
from youthvoice.rates.models import Exclusion

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(house):
    return member(house.city, Role.LEAD)


@pytest.fixture
def above(house):
    return member(house.province, Role.LEAD)


def propose(question, by, reason="同一件事已经办过。"):
    return actions.propose_exclusion(case=case_of(question), reason=reason, by=by, at=MONDAY)


def confirm(exclusion, by):
    actions.confirm_exclusion(exclusion=exclusion, by=by, at=MONDAY + HOUR)


def shown():
    return [row.case.question for row in queries.excluded().items]


def test_what_is_proposed_counts_until_another_further_up_confirms_it(house, lead, above):
    question = ask()

    made = propose(question, lead)
    assert shown() == []
    confirm(made, above)

    assert shown() == [question]
    assert (made.asked_by, made.confirmed_by) == (lead, above)
    entries = Entry.objects.filter(verb__startswith="case.exclu").order_by("seq")
    assert [e.verb for e in entries] == ["case.exclusion_asked", "case.excluded"]


def test_only_leads_of_its_holder_propose(house, above):
    for by in (above, member(house.city), member(house.city, Role.DUTY)):
        with pytest.raises(UnableToExclude, match="只有承办组织带班的人"):
            propose(ask(), by)


def test_nobody_confirms_their_own_and_no_equal_confirms(house, lead):
    made = propose(ask(), lead)

    for by in (lead, member(house.city, Role.LEAD), member(house.line, Role.LEAD)):
        with pytest.raises(UnableToExclude, match="上级团组织的另一位"):
            confirm(made, by)


def test_of_the_province_another_lead_confirms(house, above):
    made = propose(ask(region=None), above)

    with pytest.raises(UnableToExclude):
        confirm(made, above)
    confirm(made, member(house.province, Role.LEAD))

    assert made.confirmed_at == MONDAY + HOUR


def test_the_database_knows_that_it_takes_two(house, lead):
    made = propose(ask(), lead)

    with pytest.raises(IntegrityError):
        Exclusion.objects.filter(pk=made.pk).update(confirmed_by=lead)


def test_the_second_who_proposes_is_told(house, lead):
    question = ask()
    propose(question, lead)

    with pytest.raises(UnableToExclude, match="已经有人提出过"):
        propose(question, lead)


def test_what_ended_counts_again_and_may_be_proposed_anew(house, lead, above):
    question = ask()
    made = propose(question, lead)
    confirm(made, above)

    with pytest.raises(UnableToExclude):
        actions.end_exclusion(exclusion=made, by=lead, at=MONDAY)
    actions.end_exclusion(exclusion=made, by=above, at=MONDAY)

    assert shown() == []
    assert propose(question, lead).pk != made.pk


def test_of_two_who_confirm_at_once_one_wins(house, lead, above):
    made = propose(ask(), lead)
    seen = Exclusion.objects.get(pk=made.pk)
    confirm(made, above)

    with pytest.raises(UnableToExclude, match="刚刚有人先处理了"):
        confirm(seen, above)


def test_it_waits_for_the_leads_above(house, lead, above):
    made = propose(ask(region="410122"), member(house.county, Role.LEAD))
    of_city = propose(ask(), lead)

    assert queries.exclusions_waiting(above).items == [made, of_city]
    assert queries.exclusions_waiting(lead).items == [made]
    assert queries.exclusions_waiting(member(house.city)).items == []


def test_the_reason_of_words_that_are_gone_is_not_listed(house, lead, above):
    question = ask()
    confirm(propose(question, lead), above)

    questions.delete_question(
        question=question, by=asker_of(question), at=MONDAY + timedelta(hours=2)
    )

    assert shown() == []


def test_the_page_proposes_confirms_and_ends(house, client, lead, above):
    question = ask()
    url = f"/cases/{question.pk}/exclude/"
    client.force_login(lead)

    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "要求超出法律。"}).status_code == 302
    assert "还在等上级确认" in client.get(url).content.decode()
    client.post(url, {"act": "confirm"})
    assert Exclusion.objects.get().confirmed_at is None
    client.force_login(above)
    assert "要求超出法律。" in client.get("/cases/excluding/").content.decode()
    client.post(url, {"act": "confirm"})
    assert Exclusion.objects.get().confirmed_by == above
    client.post(url, {"act": "end"})
    assert Exclusion.objects.get().ended_at is not None
