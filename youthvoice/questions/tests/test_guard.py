"""Personal data is never published by accident: one warning, then hidden or meant."""

import secrets

import pytest

from tests.factories import PersonFactory, agree_for, answer, ask, member
from youthvoice.desks.forms import OnBehalfForm
from youthvoice.questions.forms import (
    AnswerForm,
    AskForm,
    CommentForm,
    EditAnswerForm,
    EditForm,
    EditQuestionForm,
    SignedForm,
)
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.safety import personal
from youthvoice.safety.guard import PersonalGuard
from youthvoice.safety.tests.disguises import DISGUISED, ORDINARY

pytestmark = pytest.mark.django_db
_FOUND = "像手机号。发出去谁都能看到。"


def send(client, **changes):
    form = {
        "kind": "help",
        "field": "work",
        "title": "工资拖了两个月",
        "text": "老板电话 138 0000 1234，打了不接。",
        "name_choice": "nameless",
        "key": secrets.token_hex(16),
    }
    return client.post("/ask/", form | changes)


def test_the_first_sending_warns_and_stores_nothing(house, client):
    response = send(client)

    assert response.status_code == 422
    page = response.content.decode()
    assert _FOUND in page
    assert 'name="personal" value="mask"' in page
    assert "138 0000 1234" in page  # what was written is not lost
    assert not Question.objects.exists()


def test_one_tap_hides_it_and_sends(house, client):
    send(client, personal="mask", title="找13800001234这个人")

    question = Question.objects.get()
    assert question.title == "找138••••••••这个人"
    assert question.text == "老板电话 138 •••• ••••，打了不接。"


def test_a_grown_up_who_means_it_may_send_it_under_their_name(house, client):
    client.force_login(PersonFactory())

    warned = send(client, name_choice="named").content.decode()
    assert _FOUND in warned
    assert 'name="personal" value="keep"' in warned
    send(client, name_choice="named", personal="keep")

    assert Question.objects.get().text == "老板电话 138 0000 1234，打了不接。"


@pytest.mark.parametrize("band", ["", "under-14", "14-17"])
def test_who_is_not_known_to_be_of_age_cannot_wave_it_through(house, client, band):
    person = PersonFactory(age_band=band)
    question, own = ask(), ask(by=person, text="先这样。")
    said = answer(question, by=person, text="先看合同。")
    if band == "under-14":
        agree_for(person)
    client.force_login(person)
    words = {"title": "工资的事", "text": "找我，13800001234", "personal": "keep"}

    responses = [
        send(client, name_choice="named", personal="keep"),
        client.post(f"/q/{question.pk}/answer/", words),
        client.post(f"/q/{question.pk}/comment/", words),
        client.post(f"/q/{own.pk}/edit/", words),
        client.post(f"/a/{said.pk}/edit/", words),
    ]

    assert [response.status_code for response in responses] == [422] * 5
    pages = [response.content.decode() for response in responses]
    assert all(_FOUND in page and 'value="keep"' not in page for page in pages)
    assert all("遮住才能发" in page for page in pages)
    hidden = client.post(f"/q/{question.pk}/comment/", words | {"personal": "mask"})
    assert hidden.status_code == 302
    assert Comment.objects.get().text == "找我，138••••••••"


@pytest.mark.parametrize(
    ("band", "may"), [(None, True), ("18", True), ("", True), ("14-17", False), ("under-14", False)]
)
def test_without_a_name_whoever_says_that_they_are_of_age_waves_it_through(
    house, client, band, may
):
    """A false alarm silences nobody; and as anybody may say so, it tells of no account."""
    if band is not None:
        client.force_login(PersonFactory(age_band=band))

    assert ("我满 18 岁，就这样发" in send(client).text) == may
    assert send(client, personal="keep").status_code == (200 if may else 422)
    assert Question.objects.count() == may


@pytest.mark.parametrize(("band", "status"), [(None, 302), ("18", 302), ("14-17", 422)])
def test_with_a_receipt_it_is_the_same(house, client, band, status):
    code = send(client, text="没有电话。", key="4" * 32).context["receipt"]
    question = Question.objects.get()
    client.post("/receipt/", {"code": code})
    if band is not None:
        client.force_login(PersonFactory(age_band=band))
    words = {"title": "工资的事", "text": "找我，13800001234", "personal": "keep"}

    statuses = [
        client.post(f"/q/{question.pk}/{act}/", words).status_code for act in ("edit", "comment")
    ]

    assert statuses == [status, status]


def test_what_was_found_is_quoted_at_its_field_and_beside_the_button(house, client):
    page = send(client, title="找13800001234这个人", text="微信 abc12345 或 13900001234")

    form = page.context["form"]
    assert form.errors["title"] == ["“13800001234”像手机号。发出去谁都能看到。"]
    assert [word in form.errors["text"][0] for word in ("abc12345", "13900001234")] == [True, True]
    beside = page.text[page.text.index("personal--asked") :]
    assert [beside.index(word) for word in ("13800001234", "13900001234")] == sorted(
        beside.index(word) for word in ("13800001234", "13900001234")
    )
    assert "field--wrong" in page.text


def test_minors_are_warned_of_school_and_class_and_may_mean_it(house, client):
    """A complaint about a class must stay possible."""
    minor, adult = PersonFactory(age_band="14-17"), PersonFactory()
    words = {"text": "郑州一中高二(3)班天天补课到十点。"}
    question = ask()

    client.force_login(minor)
    warned = client.post(f"/q/{question.pk}/comment/", words)
    client.post(f"/q/{question.pk}/comment/", words | {"personal": "mask"})
    client.post(f"/q/{question.pk}/comment/", words | {"personal": "keep"})
    client.force_login(adult)
    unwarned = client.post(f"/q/{question.pk}/comment/", words)

    assert (warned.status_code, unwarned.status_code) == (422, 302)
    assert "学校和班级" in warned.content.decode()
    assert list(Comment.objects.order_by("pk").values_list("text", flat=True)) == [
        "郑州一中•••••班天天补课到十点。",
        words["text"],
        words["text"],
    ]


def test_a_page_without_personal_data_asks_nothing(house, client):
    page = client.get("/ask/").content.decode()

    assert 'value="mask"' not in page
    assert send(client, text="打过 12333，也打过 0371-65900000。").status_code == 200


def test_peers_are_warned_and_an_office_may_give_its_number(house, client):
    question = ask()
    peer, staff = PersonFactory(), member(house.city)
    words = {"text": "找我，13800001234"}

    client.force_login(peer)
    warned = client.post(f"/q/{question.pk}/answer/", words)
    commented = client.post(f"/q/{question.pk}/comment/", words)
    client.force_login(staff)
    client.post(f"/q/{question.pk}/answer/", words | {"sign_as": str(house.city.pk)})

    assert [warned.status_code, commented.status_code] == [422, 422]
    assert not Comment.objects.exists()
    assert [a.text for a in Answer.objects.all()] == ["找我，13800001234"]


def test_an_edit_is_warned_of_like_the_first_writing(house, client):
    asker, peer, staff = PersonFactory(), PersonFactory(), member(house.city)
    question = ask(by=asker)
    own = answer(question, by=peer, text="先看合同。")
    official = answer(question, by=staff, organisation=house.city, text="请来窗口。")
    words = {"title": "工资的事", "text": "找我，13800001234"}

    client.force_login(asker)
    asked = client.post(f"/q/{question.pk}/edit/", words)
    client.force_login(peer)
    answered = client.post(f"/a/{own.pk}/edit/", words)
    hidden = client.post(f"/a/{own.pk}/edit/", words | {"personal": "mask"})
    client.force_login(staff)
    office = client.post(f"/a/{official.pk}/edit/", words)

    statuses = [response.status_code for response in (asked, answered, hidden, office)]
    assert statuses == [422, 422, 302, 302]
    assert 'name="personal" value="mask"' in asked.content.decode()
    texts = dict(Answer.objects.values_list("pk", "text"))
    assert texts == {own.pk: "找我，138••••••••", official.pk: "找我，13800001234"}


#: Every form in which people's own words become public, with fields beside those that are guarded.
GUARDS = {
    AskForm: {"signed_in": False},
    OnBehalfForm: {},
    AnswerForm: {"organisations": ()},
    CommentForm: {"organisations": ()},
    EditQuestionForm: {},
    EditAnswerForm: {},
}


def test_all_guards_are_known():
    def below(form):
        return {form, *(low for child in form.__subclasses__() for low in below(child))}

    shared = {PersonalGuard, SignedForm, EditForm}
    assert {f for f in below(PersonalGuard) if ".tests." not in f.__module__} - shared == set(
        GUARDS
    )


@pytest.mark.parametrize("form", GUARDS)
@pytest.mark.parametrize("kind", DISGUISED)
def test_no_disguise_passes_a_guard(house, form, kind):
    for said in DISGUISED[kind][::4]:
        for name in form.guarded:
            told = f"请看：{said}。"
            asked = form(data={name: told}, **GUARDS[form])
            hidden = form(data={name: told, "personal": "mask"}, **GUARDS[form])

            if not (name == "title" and {"\u202e", "\u202d"} & set(said)):
                assert asked.has_error(name, "personal"), said
                assert asked.personal_found, said
                hidden.is_valid()
                assert not personal.find(hidden.cleaned_data[name]), said


@pytest.mark.parametrize("form", GUARDS)
def test_what_looks_like_a_number_passes_every_guard(house, form):
    for said in ORDINARY[::5]:
        asked = form(data=dict.fromkeys(form.guarded, f"请看：{said}。"), **GUARDS[form])
        asked.is_valid()
        assert asked.personal_found == [], said
