"""What an address may ask of the admin's lists: what their own links ask, and nothing besides.

Django takes any look-up of any column. A pattern then holds the interpreter for hours, and what
is shown to nobody is read answer by answer, of which no entry tells.
"""

from collections.abc import Iterator
from itertools import chain
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db.models import Transform
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from tests.factories import PersonFactory, ask, member
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.people.choices import AgeBand, Origin
from youthvoice.yours.models import Hold

pytestmark = pytest.mark.django_db

PAGES = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
LABELS = [model._meta.label for model, _ in PAGES]
#: What reads or costs most, of columns that stand behind a relation.
SHARP = ("", "__exact", "__regex", "__iregex", "__startswith", "__gt", "__isnull", "__in")
#: Names that are no columns, or not what they look like.
ODD = (
    "", "_", "__", "pk", "pk__in", "pk__regex", "id__nothing", "nothing", "nothing__regex",
    "hash__regex__regex", "data__a__regex", "1", "名", "q__regex", "o__gt", "e__regex", "p__in",
)  # fmt: skip


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def operator(house):
    return member(house.province, Role.OPERATOR, username="boss", nickname="大李")


@pytest.fixture
def at_work(client, operator):
    client.force_login(operator)
    return client


def look_ups(model) -> Iterator[str]:
    """Every look-up of every column, and of those one relation away what is sharp, and patterns
    of those that are two away."""
    for name, field in columns(model):
        if not field.is_relation:
            yield from ends(name, field)
            continue
        yield from (f"{name}{end}" for end in SHARP)
        for nearer, behind in columns(field.related_model):
            yield from (f"{name}__{nearer}{end}" for end in SHARP)
            if behind.is_relation:
                further = (last for last, _ in columns(behind.related_model))
                yield from (f"{name}__{nearer}__{last}__regex" for last in further)


def columns(model):
    """The names of a table's columns and relations for look-ups, both ways."""
    for field in model._meta.get_fields(include_hidden=True):
        if not field.is_relation or field.related_model is not None:
            yield field.name, field


def ends(name, field):
    yield name
    for end, kind in field.get_lookups().items():
        yield f"{name}__{end}"
        if issubclass(kind, Transform):
            yield f"{name}__{end}__gte"


def opened(page, operator, query):
    """A list as it is for a query; raises what a request would."""
    request = RequestFactory().get("/", query)
    request.user = operator
    request._messages = SimpleNamespace(add=lambda *said: None)
    shown = page.get_changelist_instance(request)
    assert list(shown.result_list) is not None
    return shown


def takes(page, operator, name) -> bool:
    """Whether a list goes by a name in its address, or fails of it, and doesn't refuse."""
    try:
        opened(page, operator, {name: "1"})
    except (BadRequest, SuspiciousOperation, IncorrectLookupParameters):
        return False
    except Exception:  # whatever it fails of, it was looked up
        return True
    return True


def taken_of(model, page, operator, names):
    """Those that a list goes by, but for its own filters'."""
    filters = [one if isinstance(one, str) else one[0] for one in page.list_filter]
    own = {f"{name}{end}" for name in filters for end in ("", "__exact", "__isnull")}
    return [name for name in names if name not in own and takes(page, operator, name)]


@pytest.mark.parametrize(("model", "page"), PAGES, ids=LABELS)
def test_a_list_takes_no_look_up_but_of_its_own_filters(operator, model, page):
    names = list(dict.fromkeys(chain(look_ups(model), ODD)))

    assert len(names) > 100
    assert taken_of(model, page, operator, names) == []


def test_the_walk_finds_a_list_that_is_djangos_own(operator):
    names = ["hash__regex", "prev_hash__startswith", "actor__gt", "verb__regex"]
    plain = admin.ModelAdmin(Entry, admin.site)

    assert set(names) <= set(look_ups(Entry))
    assert taken_of(Entry, plain, operator, names) == names


def test_a_lists_own_links_are_followed(operator, house):
    ask()
    for _, page in PAGES:
        shown = opened(page, operator, {})
        links = [
            link["query_string"] for spec in shown.filter_specs for link in spec.choices(shown)
        ]
        orders = [f"?o={number}.-1" for number in range(-2, len(page.list_display) + 2)]
        for link in [*links, *orders, "?q=郑州", "?all=", "?_popup=1", "?_facets=True", "?p=1"]:
            assert opened(page, operator, QueryDict(link[1:])), (page, link)


HOSTILE = [
    {"hash__regex": "^([0-9a-f]+)+g"},
    {"hash__regex": "("},
    {"password__regex": "^argon2"},
    {"pk__in": "1,2"},
    {"e": "1", "nothing": "1"},
    {"is_active__exact": "maybe"},
    {"is_active__isnull": "maybe"},
    {"_to_field": "password"},
    {"_to_field": "id__regex"},
    {"_popup": "1", "_to_field": "email"},
    {"p": "-1"},
    {"p": "9" * 30},
    {"p": "9" * 5000},
    {"p": "x"},
    {"o": "."},
    {"o": "9" * 5000},
    {"o": ".".join(["1", "-1", "2"] * 1500)},
    {"q": "词 " * 5000},
    {"q": "%_\\" * 30},
    {"q": "\"'" * 40},
    {"q": "a" * 100_000},
    {"all": "", "q": "(" * 100},
    {"_changelist_filters": "hash__regex=(", "_facets": "x"},
    {"at__year": "0"},
    {"at__year": "2026", "at__month": "13"},
]


def test_a_strange_address_is_refused_and_never_a_failure(operator, house):
    ask()
    refused = 0
    for _, page in PAGES:
        for query in HOSTILE:
            try:
                opened(page, operator, query)
            except BadRequest:
                refused += 1
    assert refused > len(PAGES) * len(HOSTILE) / 2


@pytest.mark.parametrize("query", HOSTILE[:3])
def test_who_is_refused_reads_a_sentence(at_work, query):
    answer = at_work.get(address(Entry), query)

    assert answer.status_code == 400
    assert "请用列表上的链接和搜索框" in answer.text


def test_a_search_that_is_too_long_is_told_above_the_list(at_work, house):
    found = at_work.get(address(Membership), {"q": "长" * 101})

    assert "100" in found.text
    assert found.context["cl"].query == ""


def test_pages_of_rows_take_a_row_by_its_key_only(at_work, house):
    minor = PersonFactory(username="minor-login", age_band=AgeBand.YOUTH)
    for name in ("username", "email", "nickname", "password"):
        path = address(type(minor), "change", getattr(minor, name) or "x")
        assert at_work.get(path, {"_to_field": name}).status_code == 400, name


def test_no_search_tells_a_minors_sign_in_name_by_a_row_beside(at_work, house):
    """The lists of members and holds name people: their search asks no more than they show."""
    minor = PersonFactory(username="minor-login", nickname="小田", age_band=AgeBand.YOUTH)
    Hold.objects.create(person=minor, law="某法第九条", reason="某案还在查")
    Membership.objects.create(person=minor, organisation=house.city, role=Role.ANSWERER)

    for model in (Hold, Membership):
        found = [
            at_work.get(address(model), {"q": words}).context["cl"].result_count
            for words in ("小田", "minor-lo")
        ]
        assert found == [1, 0], model


@pytest.mark.parametrize("told", ["1999", "9" * 30])
def test_rows_that_are_counted_and_not_sent_are_refused(at_work, house, told):
    """Drawn, two thousand empty ones took half a minute."""
    path = address(Organisation, "change", house.city.pk)
    sent = {"memberships-TOTAL_FORMS": told, "memberships-INITIAL_FORMS": "0"}

    assert at_work.post(path, sent).status_code == 400
    assert at_work.post(path, sent | {"memberships-TOTAL_FORMS": "1"}).status_code == 200


ROWS = ["abc", "1,2", "²", "1.5", "\x01", "9" * 20, "9" * 5000]


@pytest.mark.walk
def test_what_can_be_no_row_is_not_looked_for(at_work, house):
    """A link may fill in a form; and what is chosen in it may be anything."""
    for model, page in PAGES:
        for name in page.autocomplete_fields:
            for given in ROWS:
                query = {name: given}
                assert at_work.get(address(model, "add"), query).status_code == 200, query
                assert at_work.post(address(model, "add"), query).status_code == 200, query
    line = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
    for given in ROWS:
        sent = line | {"memberships-0-person": given, "memberships-0-role": "lead"}
        path = address(Organisation, "change", house.city.pk)
        assert at_work.post(path, sent).status_code == 200, given


def test_completion_serves_the_fields_of_the_admins_own_forms_alone(operator, house):
    """It takes the names of any table and any of its columns."""
    pages = [page for _, page in PAGES]
    forms = [*pages, *(inline for page in pages for inline in page.inlines)]
    offered = {(form.model, name) for form in forms for name in form.autocomplete_fields}
    every = {(model, name) for model in apps.get_models() for name, _ in columns(model)}

    assert len(offered) > 5
    assert {pair for pair in every if completes(operator, *pair)} == offered


def completes(operator, model, name) -> bool:
    request = RequestFactory().get(
        "/",
        {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": name,
            "term": "x",
        },
    )
    request.user = operator
    try:
        return admin.site.autocomplete_view(request).status_code == 200
    except PermissionDenied:
        return False


@pytest.mark.parametrize(
    ("table", "column", "term", "told"),
    [
        ("organisation", "region", "中牟", ["中牟县（郑州市）"]),
        ("organisation", "region", "郑州", ["郑州市"]),
        ("membership", "organisation", "团郑州", ["团郑州市委（团郑州市委全称）"]),
        ("membership", "person", "大李", ["大李（编号 {}）"]),
        ("membership", "person", "导入的人", []),
    ],
)
def test_what_is_chosen_among_is_told_in_words_that_tell_it_apart(
    at_work, operator, table, column, term, told
):
    PersonFactory(nickname="导入的人", origin=Origin.IMPORTED)
    names = {"app_label": "orgs", "model_name": table, "field_name": column, "term": term}

    found = at_work.get(reverse("admin:autocomplete"), names).json()["results"]

    assert [one["text"] for one in found] == [words.format(operator.pk) for words in told]


def test_a_form_shows_what_was_chosen_in_the_same_words(at_work, house):
    row = Membership.objects.first()

    page = at_work.get(address(Membership, "change", row.pk)).text

    assert f"{row.person}（编号 {row.person_id}）" in page
    assert f"{house.province.short_name}（{house.province.name}）" in page


def test_the_list_of_people_leaves_imported_authors_to_a_list_of_their_own(at_work, operator):
    imported = PersonFactory(nickname="导入的人", origin=Origin.IMPORTED)

    def listed(**query):
        return set(at_work.get(address(type(operator)), query).context["cl"].result_list)

    assert listed() == listed(origin__exact="local") == {operator}
    assert listed(q="导入") == set()
    assert (
        listed(origin__exact="imported") == listed(origin__exact="imported", q="导入") == {imported}
    )
    assert at_work.get(address(type(operator), "change", imported.pk)).status_code == 200


def test_completion_refuses_what_its_fields_never_send(at_work, house):
    path = reverse("admin:autocomplete")
    names = {"app_label": "orgs", "model_name": "membership", "field_name": "person"}

    for more in ({"term": "x" * 5000}, {"term": "词 " * 2000}, {"page": "x" * 99}):
        answer = at_work.get(path, names | more)
        assert answer.status_code == 404 or answer.json()["results"] == []
    for few in ({}, {"app_label": "orgs"}, names | {"model_name": "nothing"}):
        assert at_work.get(path, few).status_code == 403
