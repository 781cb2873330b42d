"""The page of asking: what it shows, takes, refuses and remembers."""

import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from tests.factories import PersonFactory, answer, ask, member
from youthvoice.cases.models import Route
from youthvoice.cases.queries import NoRoute
from youthvoice.cases.tests.working import own
from youthvoice.journal import queries as journal
from youthvoice.kit import clock
from youthvoice.kit.templatetags.kit_tags import due
from youthvoice.pictures.queries import path_of
from youthvoice.pictures.tests.photos import upload
from youthvoice.questions.models import Picture, Question
from youthvoice.questions.viewers import COOKIE, open_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
KEY = "e" * 32


def form(**changes):
    return {
        "kind": "help",
        "field": "work",
        "title": "试用期工资怎么算",
        "text": "入职第二个月,想问清楚。",
        "region": "410122",
        "name_choice": "nameless",
        "key": KEY,
    } | changes


def page(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def receipt(response):
    code = response.context["receipt"]
    assert re.fullmatch(r"\d{4}( \d{4}){3}", code)
    return code


def test_anybody_gets_the_form_and_no_cache_keeps_it(client, house):
    response = client.get("/ask/")

    shown = page(response)
    assert 'action="/ask/"' in shown
    assert "multipart/form-data" in shown
    assert "/accounts/login/" in shown
    assert 'value="named"' not in shown
    assert "110" in shown
    assert "no-store" in response["Cache-Control"]
    assert client.delete("/ask/").status_code == 405


def test_every_form_has_a_key_of_its_own(client, house):
    keys = {re.search(r'name="key" value="([0-9a-f]{32})"', page(client.get("/ask/")))[1]
            for _ in range(3)}  # fmt: skip

    assert len(keys) == 3


def test_a_door_opens_the_form_at_its_field_and_nonsense_is_left_out(client, house):
    shown = client.get("/ask/", {"field": "study", "kind": "talk"}).context["form"]
    assert (shown.initial["field"], shown.initial["kind"]) == ("study", "talk")

    shown = client.get("/ask/", {"field": "<b>", "kind": "x"}).context["form"]
    assert (shown.initial["field"], shown.initial["kind"]) == ("", "help")


def test_signed_out_one_asks_without_a_name_and_gets_the_receipt(client, house):
    response = client.post("/ask/", form())

    shown = page(response)
    question = Question.objects.get()
    assert (question.is_nameless, question.author) == (True, None)
    assert (question.title, question.region_id) == ("试用期工资怎么算", "410122")
    assert open_with(receipt(response)).question == question
    assert receipt(response) in shown
    assert question.case.holder == house.county
    assert f"已转给 {house.county.short_name}" in shown
    assert f"/q/{question.pk}/" in shown
    assert COOKIE in client.cookies


def test_signed_in_one_asks_by_name_and_needs_no_receipt(client, house):
    person = PersonFactory()
    client.force_login(person)

    shown = page(client.post("/ask/", form(name_choice="named")))

    question = Question.objects.get()
    assert (question.is_nameless, question.author) == (False, person)
    assert "回执码" not in shown
    assert "/mine/" in shown
    assert COOKIE not in client.cookies


def test_signed_in_one_may_ask_without_a_name(client, house):
    client.force_login(PersonFactory())

    response = client.post("/ask/", form())

    assert Question.objects.get().is_nameless is True
    assert receipt(response) in page(response)


def test_without_a_region_the_province_has_it(client, house):
    shown = page(client.post("/ask/", form(region="")))

    assert Question.objects.get().region is None
    assert f"已转给 {house.province.short_name}" in shown


def test_the_page_of_having_sent_is_kept_by_no_cache(client, house):
    assert "no-store" in client.post("/ask/", form())["Cache-Control"]


def test_a_form_sent_twice_is_one_question_with_one_receipt(client, house):
    first, second = (client.post("/ask/", form()) for _ in range(2))

    assert Question.objects.count() == 1
    assert receipt(first) == receipt(second)
    assert receipt(first) in page(second)
    assert second.context["question"] == first.context["question"]


def test_a_form_sent_twice_by_name_is_one_question(client, house):
    client.force_login(PersonFactory())
    for _ in range(2):
        page(client.post("/ask/", form(name_choice="named")))

    assert Question.objects.count() == 1


def test_what_is_wrong_comes_back_with_the_words_and_the_same_key(client, house):
    before = journal.head()

    shown = page(client.post("/ask/", form(title="短", text="写了很久的话")), 422)

    assert "写了很久的话" in shown
    assert KEY in shown
    assert "标题太短" in shown
    assert (Question.objects.count(), journal.head()) == (0, before)


def test_somebody_signed_out_can_not_send_a_name(client, house):
    page(client.post("/ask/", form(name_choice="named")), 422)

    assert Question.objects.count() == 0


def test_a_disabled_account_is_signed_out(client, house):
    person = PersonFactory()
    client.force_login(person)
    person.is_active = False
    person.save()

    page(client.post("/ask/", form(name_choice="named")), 422)


def test_what_people_write_is_text_and_never_a_page(client, house):
    title, text = "<script>alert(1)</script>", "<img src=x onerror=alert(1)>"

    shown = page(client.post("/ask/", form(title=title, text=text)))
    shown += page(client.get(f"/q/{Question.objects.get().pk}/"))

    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


# --- The region --------------------------------------------------------------------------


def test_the_region_is_remembered_only_when_asked_for(client, house):
    client.post("/ask/", form())
    assert "yv_region" not in client.cookies

    response = client.post("/ask/", form(remember_region="on", key="f" * 32))

    cookie = response.cookies["yv_region"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("410122", True, "Lax")
    shown = client.get("/ask/").context["form"]
    assert (shown.initial["region"], shown.initial["remember_region"]) == ("410122", True)


def test_the_region_is_forgotten_when_it_is_no_longer_wanted(client, house):
    client.post("/ask/", form(remember_region="on"))

    response = client.post("/ask/", form(key="f" * 32))

    assert response.cookies["yv_region"]["max-age"] == 0
    assert client.get("/ask/").context["form"].initial["region"] == ""


def test_a_region_that_is_none_is_not_offered(client, house):
    client.cookies["yv_region"] = "110000"

    assert client.get("/ask/").context["form"].initial["region"] == ""


# --- Pictures ----------------------------------------------------------------------------


def test_pictures_come_with_the_question_in_their_order(client, house):
    page(client.post("/ask/", form(pictures=[upload("一.jpg"), upload("二.png")])))

    found = list(Picture.objects.all())
    assert [p.position for p in found] == [0, 1]
    shown = page(client.get(f"/q/{Question.objects.get().pk}/"))
    for picture in found:
        assert default_storage.exists(path_of(f"{picture.name}.jpg"))
        assert picture.url in shown
        assert picture.thumb_url in shown


def test_a_large_picture_comes_by_way_of_the_disk(client, house, settings, stored):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10

    page(client.post("/ask/", form(pictures=[upload()])))

    name = Picture.objects.get().name
    assert stored() == {f"{name}.jpg", f"{name}-s.jpg"}


@pytest.mark.parametrize("content", [b"<html>not a picture</html>", b"\xff\xd8\xff\xe0 cut"])
def test_a_file_that_is_no_picture_is_told_and_leaves_nothing(client, house, content, stored):
    before = stored()

    shown = page(client.post("/ask/", form(pictures=[upload(), upload("page.jpg", content)])), 422)

    assert "page.jpg" in shown
    assert (Question.objects.count(), stored()) == (0, before)


def test_no_file_stays_when_another_part_of_the_form_is_wrong(client, house, stored):
    before = stored()

    page(client.post("/ask/", form(title="", pictures=[upload()])), 422)

    assert stored() == before


def test_the_second_sending_of_a_form_leaves_no_files(client, house, stored):
    page(client.post("/ask/", form(pictures=[upload()])))
    before = stored()

    page(client.post("/ask/", form(pictures=[upload()])))

    assert stored() == before
    assert Picture.objects.count() == 1


def test_no_file_stays_when_asking_itself_fails(client, house, stored):
    """Without the last row of the table of routes nobody can hold a question."""
    Route.objects.all().delete()
    before = stored()

    with pytest.raises(NoRoute):
        client.post("/ask/", form(pictures=[upload()]))

    assert (Question.objects.count(), stored()) == (0, before)


def test_staff_ask_like_everybody(client, house):
    staff = member(house.city)
    client.force_login(staff)
    page(client.post("/ask/", form(name_choice="named")))

    assert Question.objects.get().author == staff
    assert ask(by=staff).author == staff


def test_what_is_promised_is_what_the_clock_keeps_beside_what_was_measured(client, house):
    without = page(client.post("/ask/", form()))
    promised = f"最晚{due(own(Question.objects.get()).due_at)}，会有团组织回复你。"
    early = ask(at=clock.now() - timedelta(hours=3))
    answer(early, by=PersonFactory())

    shown = page(client.post("/ask/", form(key="c" * 32)))

    assert f"{promised}要是晚了，晚了多久，提问那一页上看得见。" in without
    promised = f"最晚{due(own(Question.objects.latest('pk')).due_at)}，会有团组织回复你。"
    assert f"{promised}最近 90 天里，答过的提问有一半在 43 分钟内等到第一个回答。" in shown
