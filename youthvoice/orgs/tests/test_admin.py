"""Django's admin: operators get everywhere, nobody else anywhere, and no change is silent."""

import pytest
from django.contrib import admin
from django.contrib.admin.sites import all_sites
from django.urls import reverse

from tests.factories import PASSWORD, PersonFactory, ask, member
from tests.signing_in import code_now, give_factor
from youthvoice.cases.models import Route, Term
from youthvoice.journal import queries as journal
from youthvoice.journal.admin import EntryAdmin, JournaledAdmin
from youthvoice.journal.models import Entry
from youthvoice.kit.admin import FirmAdmin
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership, Organisation, Region
from youthvoice.people.models import User
from youthvoice.safety.choices import WordKind
from youthvoice.safety.models import HelpLine, ListedWord
from youthvoice.workdays.models import DayOverride
from youthvoice.yours.models import Hold

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
LABELS = [model._meta.label for model in MODELS]


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def operator(house):
    return member(house.province, Role.OPERATOR, username="boss", nickname="大李")


@pytest.fixture
def at_work(client, operator):
    """A browser in which the operator is signed in."""
    client.force_login(operator)
    return client


@pytest.fixture
def rows(house, operator):
    """At least one row of every registered model."""
    ask()
    HelpLine.objects.create(name="本地热线", number="12355")
    ListedWord.objects.create(word="一个词", kind=WordKind.ABUSE)
    Hold.objects.create(person=PersonFactory(), law="某法第九条", reason="某案还在查")
    Term.objects.create(field="work", worst_hours=12)
    DayOverride.objects.create(date="2090-02-01", name="春节")
    assert [model._meta.label for model in MODELS if not model.objects.exists()] == []


def entries():
    """What the journal says beyond the asking of `rows`."""
    found = Entry.objects.filter(verb__startswith="admin.").order_by("seq")
    return list(found.values_list("verb", "subject", "data"))


def test_every_page_is_one_that_journals_or_only_shows():
    pages = [pair for site in all_sites for pair in site._registry.items()]

    assert len(pages) >= len(MODELS)
    for model, page in pages:
        assert isinstance(page, JournaledAdmin | EntryAdmin), model
        assert isinstance(page, FirmAdmin), model


@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_an_operator_opens_every_list_and_every_row(at_work, rows, model):
    row = model.objects.first()

    lists = at_work.get(url(model, "changelist"))
    found = at_work.get(url(model, "changelist"), {"q": "o", "o": "1"}, follow=True)
    change = at_work.get(url(model, "change", row.pk))
    history = at_work.get(url(model, "history", row.pk))

    assert [r.status_code for r in (lists, found, change, history)] == [200] * 4
    assert str(row.pk) in lists.text


@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_an_operator_opens_every_form_to_add_and_to_remove(at_work, rows, model):
    may = model not in {User, Entry}
    row = model.objects.first()

    add = at_work.get(url(model, "add"))
    remove = at_work.get(url(model, "delete", row.pk))

    # What the law asked for is lifted, with the date, and never unmade.
    may_remove = may and model is not Hold
    assert add.status_code == (200 if may else 403)
    assert remove.status_code == (200 if may_remove else 403)


def test_an_operator_opens_the_other_pages(at_work, rows):
    for path in ("/admin/", "/admin/orgs/", "/admin/people/", "/admin/jsi18n/"):
        assert at_work.get(path).status_code == 200
    found = at_work.get(
        "/admin/autocomplete/",
        {"term": "郑州", "app_label": "orgs", "model_name": "organisation", "field_name": "region"},
    )
    assert [r["text"] for r in found.json()["results"]] == ["郑州市"]


def people(house):
    """Everybody who is no operator, whatever else they may be."""
    abroad = Organisation.objects.create(
        slug="gone", kind="league", name="x", short_name="x", region_id="410200", is_active=False
    )
    return {
        "nobody": None,
        "a young person": PersonFactory(),
        "an answerer": member(house.province, Role.ANSWERER),
        "a lead": member(house.province, Role.LEAD),
        "someone on duty": member(house.city, Role.DUTY),
        "staff by flag": PersonFactory(is_staff=True),
        "a superuser by flag": PersonFactory(is_staff=True, is_superuser=True),
        "an operator of a body not in use": member(abroad, Role.OPERATOR),
        "an answerer with flags": member(house.city, is_staff=True, is_superuser=True),
    }


@pytest.mark.walk
def test_nobody_else_opens_anything(client, house, rows):
    paths = ["/admin/"]
    for model in MODELS:
        paths += [url(model, "changelist"), url(model, "add")]
        paths.append(url(model, "change", model.objects.first().pk))

    for who, person in people(house).items():
        client.logout()
        if person:
            client.force_login(person)
        for path in paths:
            response = client.get(path, follow=True)
            assert response.redirect_chain[0][0].startswith("/admin/login/"), (who, path)
            if person:
                assert response.status_code == 403, (who, path)
            else:
                assert response.redirect_chain[-1][0].startswith("/accounts/login/"), path
            client.post(path, {"post": "yes"})
    assert entries() == []


def test_a_former_operator_is_out_at_once(at_work, operator):
    assert at_work.get("/admin/").status_code == 200

    Membership.objects.filter(person=operator).update(role=Role.ANSWERER)

    assert at_work.get("/admin/", follow=True).status_code == 403


def test_an_operator_comes_in_by_the_houses_own_door(client, operator):
    door = client.get("/admin/orgs/region/", follow=True)
    assert door.redirect_chain[-1][0] == "/accounts/login/?next=/admin/orgs/region/"

    values = {"login": "boss", "password": PASSWORD, "next": "/admin/orgs/region/"}
    authenticator = give_factor(operator)
    asked = client.post("/accounts/login/", values, follow=True)
    assert asked.request["PATH_INFO"] == "/accounts/2fa/authenticate/"
    inside = client.post(asked.request["PATH_INFO"], {"code": code_now(authenticator)}, follow=True)

    assert (inside.status_code, inside.request["PATH_INFO"]) == (200, "/admin/orgs/region/")
    assert client.get("/admin/login/").headers["Location"] == "/admin/"


def test_djangos_own_door_takes_no_passwords(client, operator):
    """It would ask for a flag that operators don't have, and count no attempts."""
    response = client.post("/admin/login/", {"username": "boss", "password": PASSWORD})

    assert response.status_code == 302
    assert "_auth_user_id" not in client.session


def test_operators_change_their_password_where_the_journal_hears_of_it(at_work):
    response = at_work.get("/admin/password_change/")

    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/accounts/password/change/",
    )


REGION = {
    "code": "410300",
    "name": "洛阳市",
    "short_name": "洛阳",
    "pinyin": "luoyang",
    "level": "city",
    "parent": "410000",
}


def test_adding_changing_and_removing_a_row_are_three_entries(at_work, operator):
    added = at_work.post(url(Region, "add"), REGION)
    changed = at_work.post(
        url(Region, "change", "410300"), REGION | {"name": "洛阳", "pinyin": "luo"}
    )
    removed = at_work.post(url(Region, "delete", "410300"), {"post": "yes"})

    assert [r.status_code for r in (added, changed, removed)] == [302] * 3
    columns = ["code", "level", "name", "parent", "pinyin", "short_name"]
    assert entries() == [
        ("admin.added", "orgs.region:410300", {"columns": columns}),
        ("admin.changed", "orgs.region:410300", {"columns": ["name", "pinyin"]}),
        ("admin.removed", "orgs.region:410300", {}),
    ]
    assert set(Entry.objects.values_list("actor", flat=True)) == {operator.pk}
    assert not Region.objects.filter(code="410300").exists()
    assert list(journal.faults()) == []


def test_a_change_that_is_refused_is_no_entry(at_work):
    response = at_work.post(url(Region, "add"), REGION | {"level": "planet"})

    assert (response.status_code, entries()) == (200, [])


def test_rows_removed_together_are_an_entry_each(at_work, house):
    routes = list(Route.objects.order_by("pk").values_list("pk", flat=True))

    at_work.post(
        url(Route, "changelist"),
        {"action": "delete_selected", "_selected_action": routes, "post": "yes"},
    )

    assert not Route.objects.exists()
    assert sorted(entries()) == [("admin.removed", f"cases.route:{pk}", {}) for pk in routes]


def organisation_form(organisation, *members, initial=0, **changes):
    """What the browser sends of an organisation with its lines of members."""
    values = {
        "slug": organisation.slug,
        "kind": organisation.kind,
        "name": organisation.name,
        "short_name": organisation.short_name,
        "region": organisation.region_id,
        "parent": "",
        "about": organisation.about,
        "is_active": "on",
        "memberships-TOTAL_FORMS": len(members),
        "memberships-INITIAL_FORMS": initial,
    }
    for number, line in enumerate(members):
        line = {"organisation": organisation.pk} | line
        values |= {f"memberships-{number}-{name}": value for name, value in line.items()}
    return values | changes


def test_members_are_added_changed_and_removed_with_an_entry_each(at_work, house):
    person = PersonFactory()
    path = url(Organisation, "change", house.city.pk)

    at_work.post(path, organisation_form(house.city, {"person": person.pk, "role": "duty"}))
    membership = Membership.objects.get(person=person)
    line = {"id": membership.pk, "person": person.pk}
    at_work.post(path, organisation_form(house.city, line | {"role": "lead"}, initial=1))
    at_work.post(
        path, organisation_form(house.city, line | {"role": "lead", "DELETE": "on"}, initial=1)
    )

    told = [entry for entry in entries() if entry[1] != f"orgs.organisation:{house.city.pk}"]
    assert told == [
        ("admin.added", f"orgs.membership:{membership.pk}", {}),
        ("admin.changed", f"orgs.membership:{membership.pk}", {"columns": ["role"]}),
    ]
    removed = ("admin.removed", f"orgs.organisation:{house.city.pk}", {"inline": "orgs.membership"})
    assert removed in entries()
    assert not Membership.objects.filter(person=person).exists()
    assert list(journal.faults()) == []


def test_fields_are_boxes_to_tick_and_a_list_of_codes_in_the_database(at_work, house):
    path = url(Organisation, "change", house.experts.pk)
    shown = at_work.get(path).text
    assert 'type="checkbox" name="fields" value="work"' in shown

    at_work.post(path, organisation_form(house.experts, fields=["work", "study"]))
    assert Organisation.objects.get(pk=house.experts.pk).fields == ["work", "study"]

    at_work.post(path, organisation_form(house.experts, fields=["cooking"]))
    assert Organisation.objects.get(pk=house.experts.pk).fields == ["work", "study"]


def test_a_department_gets_its_group_and_the_address_for_letters(at_work, house):
    path = url(Organisation, "change", house.city.pk)
    shown = at_work.get(path).text
    assert '<option value="labour">劳动和社会保障</option>' in shown

    given = {"kind": "government", "group": "labour", "contact_email": "renshe@example.org"}
    at_work.post(path, organisation_form(house.city, **given))

    kept = Organisation.objects.filter(pk=house.city.pk)
    assert list(kept.values(*given)) == [given]


def test_an_account_can_be_closed_but_not_renamed_or_given_power(at_work):
    person = PersonFactory(username="xiaoli", nickname="小李")

    at_work.post(
        url(User, "change", person.pk),
        {"nickname": "小李", "email": "", "username": "boss2", "is_superuser": "on"},
    )

    person.refresh_from_db()
    assert (person.is_active, person.username, person.is_superuser) == (False, "xiaoli", False)
    assert entries() == [("admin.changed", f"people.user:{person.pk}", {"columns": ["is_active"]})]


def test_the_journal_is_only_shown(at_work, rows):
    before = list(Entry.objects.values())
    entry = Entry.objects.order_by("seq").first()
    whole = {f.name: getattr(entry, f.name) for f in Entry._meta.fields if f.name != "actor"}

    answers = [
        at_work.post(url(Entry, "add"), whole),
        at_work.post(url(Entry, "change", entry.pk), whole | {"verb": "tests.other"}),
        at_work.post(url(Entry, "delete", entry.pk), {"post": "yes"}),
    ]
    at_work.post(
        url(Entry, "changelist"),
        {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"},
    )

    assert [r.status_code for r in answers] == [403] * 3
    assert list(Entry.objects.values()) == before


@pytest.mark.parametrize("chosen", ["", "x", "9" * 30, "\x00"])
def test_rows_that_cant_be_are_a_bad_request(at_work, chosen):
    data = {"action": "delete_selected", "_selected_action": [chosen], "index": "0"}

    assert at_work.post(url(Membership, "changelist"), data).status_code == 400


@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_an_empty_way_to_name_a_row_is_the_usual_one(at_work, rows, model):
    page = url(model, "change", model.objects.first().pk)

    assert at_work.get(page, {"_to_field": ""}).status_code == 200


def test_an_organisations_name_turns_no_words_around_it(at_work):
    response = at_work.post(
        url(Organisation, "add"), {"name": "团\u202e委", "short_name": "团\x00委"}
    )

    errors = response.context["adminform"].form.errors
    assert errors["name"] == ["里面有改变文字方向的隐形字符，请删去后再发。"]
    assert "文字里有无法保存的字符，请删去后再发。" in errors["short_name"]
