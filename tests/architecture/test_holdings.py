"""Nothing that the house holds of a person is forgotten at export and erasure.

Each link to an account, and each column that could hold a person's words, must be named by a
holding (an app's `holdings.py`) or stand here with the reason why it is nobody's.
"""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from youthvoice.kit import holdings
from youthvoice.kit.holdings import AtErasure

#: Tables whose words are no person's, or lead back to nobody.
NOBODYS = {
    "auth.group": "Django's; not used",
    "auth.permission": "Django's; made by migrations",
    "desks.canned": "replies that an office keeps for its people",
    "cases.case": "codes",
    "cases.route": "codes that operators choose among",
    "cases.step": "codes, and a body's reasons, which are the office's",
    "cases.term": "numbers that operators choose",
    "clock.heartbeat": "names of processes",
    "clock.step": "names of steps and classes of errors",
    "contenttypes.contenttype": "Django's; names of tables",
    "counts.counted": "codes and numbers of what is counted",
    "counts.kept": "sums of what is counted",
    "counts.note": "names of steps of the clock",
    "counts.sum": "codes and numbers of what is counted",
    "crisis.record": "codes of signs",
    "journal.entry": "numbers and codes, which mean nobody once the account is gone",
    "journal.head": "a hash",
    "orgs.organisation": "what an organisation says of itself and its own address, by operators",
    "orgs.region": "the province's map",
    "outside.mailing": "codes of mails to a body, without its address",
    "outside.outsidecode": "hashes of what a letter to a body holds",
    "people.endedsession": "sealed, gone in three weeks",
    "people.phonecode": "hashes under a key, gone in minutes",
    "promises.promise": "codes, and a body's promise, which is the office's",
    "questions.receipt": "a slow hash of a code that nobody knows but its holder",
    "questions.tally": "numbers",
    "routing.alone": "codes",
    "routing.decision": "codes",
    "routing.trainedmodel": "weights of signs and pairs that three questions or more share",
    "safety.helpline": "lines of help, kept by operators",
    "safety.listedword": "words, kept by operators",
    "sealed.record": "sealed; how long it is kept is its own setting, see SEALED_DAYS",
    "reads.count": "numbers",
    "reads.mark": "hashes under a key that is forgotten daily, gone in two hours",
    "reads.total": "numbers",
    "topics.topic": "a name and a line that an office gives to what many ask about",
    "workdays.dayoverride": "days and names of holidays, kept by operators",
}
WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)


def links_to_people(tables):
    """`table.field` of each column that leads to an account."""
    person = get_user_model()
    for table in tables:
        for field in table._meta.get_fields():
            if getattr(field, "related_model", None) is person and field.concrete:
                yield table, field.name


def word_columns(table):
    return [
        field.name
        for field in table._meta.concrete_fields
        if isinstance(field, WORDS) and not field.choices
    ]


def unnamed_links(tables, named):
    return [
        f"{table._meta.label_lower}.{name} leads to a person, and no holding names it"
        for table, name in links_to_people(tables)
        if (table._meta.label_lower, name) not in named
    ]


def unnamed_words(tables, named):
    held = {label for label, _by in named} | set(NOBODYS)
    return [
        f"{table._meta.label_lower} may hold words ({', '.join(words)}), and no holding names it"
        for table in tables
        if table._meta.label_lower not in held and (words := word_columns(table))
    ]


@pytest.fixture(scope="module")
def tables():
    return apps.get_models(include_auto_created=True)


@pytest.fixture(scope="module")
def named():
    return {(h.table._meta.label_lower, h.by) for h in holdings.all_holdings()}


def test_every_link_to_a_person_is_named_by_a_holding(tables, named):
    assert unnamed_links(tables, named) == []


def test_every_column_that_may_hold_words_is_named_or_nobodys(tables, named):
    assert unnamed_words(tables, named) == []


def test_nobodys_tables_exist_and_are_held_by_none(tables, named):
    labels = {table._meta.label_lower for table in tables}

    assert set(NOBODYS) - labels == set()
    assert set(NOBODYS) & {label for label, _by in named} == set()


@pytest.mark.parametrize("forgotten", ["questions.follow", "orgs.membership"])
def test_a_table_that_is_forgotten_is_found(tables, named, forgotten):
    left = {(label, by) for label, by in named if label != forgotten}

    assert [line for line in unnamed_links(tables, left) if forgotten in line]


def test_words_that_are_forgotten_are_found(tables, named):
    left = {(label, by) for label, by in named if label != "questions.revision"}

    assert unnamed_words(tables, left) == [
        "questions.revision may hold words (salt, title, text), and no holding names it"
    ]


def test_what_is_exported_has_columns_and_what_is_kept_a_reason():
    wrong = [
        holding.model
        for holding in holdings.all_holdings()
        if bool(holding.name) != bool(holding.columns)
        or (holding.erase is AtErasure.KEEP and not holding.why)
    ]

    assert wrong == []


def test_keeping_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="needs a reason"):
        holdings.add("orgs.Membership", by="person", erase=AtErasure.KEEP)


@pytest.mark.django_db
@pytest.mark.parametrize("holding", holdings.all_holdings(), ids=lambda h: f"{h.model}-{h.by}")
def test_every_holding_can_be_asked(holding):
    """Its look-ups exist."""
    if holding.by:
        assert list(holding.rows(1)) == []
    if holding.name:
        fields = [c if isinstance(c, str) else c[0] for c in holding.columns.values()]
        assert list(holding.rows(1).values(*fields)) == []
