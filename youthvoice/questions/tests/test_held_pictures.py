"""No picture is lost when the form of asking comes back, and nobody else sees it."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import PersonFactory
from youthvoice.kit import clock
from youthvoice.limits.choices import LIMITS, Limit, What
from youthvoice.pictures import shelf
from youthvoice.pictures.tests.photos import photo, upload
from youthvoice.questions.models import Picture, Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
KEY = "e" * 32
PHONE = "找我，13800001234"


def form(**changes):
    return {
        "kind": "help",
        "field": "work",
        "title": "试用期工资怎么算",
        "text": "入职第二个月。",
        "name_choice": "nameless",
        "key": KEY,
    } | changes


def red(name="a.jpg"):
    return upload(name)


def blue(name="b.jpg"):
    return upload(name, photo(colour=(20, 30, 200)).getvalue())


def waiting(response):
    """As the form sends it back: what was shown, and what stays ticked."""
    names = [one.name for one in response.context["form"].waiting]
    assert all(f'value="{name}" checked' in response.text for name in names)
    return names


def files():
    return [path for path in shelf._root().rglob("*-*") if path.is_file()]


@pytest.fixture(autouse=True)
def held_root(settings, tmp_path):
    settings.HELD_ROOT = tmp_path.with_name(f"{tmp_path.name}-held")


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"text": ""},
        {"kind": "x"},
        {"text": PHONE},
        {"text": "x" * 20_001},
        {"name_choice": "named"},
    ],
)
def test_a_form_that_comes_back_brings_its_pictures_and_sends_them(client, house, wrong):
    first = client.post("/ask/", form(pictures=[red(), blue()], **wrong))

    names = waiting(first)
    assert (first.status_code, len(names), Question.objects.count()) == (422, 2, 0)
    assert first.text.count("data:image/jpeg;base64,") == 2
    mended = client.post("/ask/", form(held=names, shown=names))
    assert mended.status_code == 200
    assert Picture.objects.filter(question=Question.objects.get()).count() == 2
    assert files() == []


def test_one_tap_to_hide_a_number_sends_the_pictures_too(client, house):
    names = waiting(client.post("/ask/", form(text=PHONE, pictures=[red()])))

    client.post("/ask/", form(text=PHONE, personal="mask", held=names, shown=names))

    assert Question.objects.get().text == "找我，138••••••••"
    assert Picture.objects.count() == 1


def test_what_is_unticked_stays_out_and_what_is_new_comes_along(client, house):
    one, two = waiting(client.post("/ask/", form(title="", pictures=[red(), blue()])))

    again = client.post("/ask/", form(title="", held=[two], shown=[one, two]))
    assert waiting(again) == [two]
    assert [path.name for path in files()] == [two]
    client.post("/ask/", form(held=[two], shown=[two], pictures=[red()]))

    assert Picture.objects.count() == 2


def test_the_good_ones_stay_when_another_can_not_be_read(client, house):
    first = client.post("/ask/", form(pictures=[red(), upload("page.jpg", b"<html>"), blue()]))

    names = waiting(first)
    assert (first.status_code, len(names)) == (422, 2)
    assert "page.jpg" in first.text
    client.post("/ask/", form(held=names, shown=names))
    assert Picture.objects.count() == 2


def test_too_many_are_held_up_to_the_bound_and_told(client, house):
    many = [upload(f"{n}.jpg", photo(colour=(n * 20, 9, 9)).getvalue()) for n in range(10)]

    first = client.post("/ask/", form(pictures=many))

    names = waiting(first)
    assert (first.status_code, len(names)) == (422, 9)
    assert "多出的没有收下" in first.text
    over = client.post("/ask/", form(held=names, shown=names, pictures=[blue()]))
    assert over.status_code == 422
    client.post("/ask/", form(held=names, shown=names))
    assert Picture.objects.count() == 9


def test_what_waits_no_more_is_told_before_anything_is_sent(client, house, monkeypatch):
    names = waiting(client.post("/ask/", form(title="", pictures=[red()])))
    later = clock.now() + timedelta(minutes=71)
    monkeypatch.setattr(clock, "now", lambda: later)

    told = client.post("/ask/", form(held=names, shown=names))

    assert told.status_code == 422
    assert "之前选的 1 张图片已经不在了" in told.text
    assert not Question.objects.exists()
    assert client.post("/ask/", form()).status_code == 200


def test_nobody_else_sees_or_sends_them(client, house):
    """Not with the form's key in another browser, not with this browser and another key."""
    names = waiting(client.post("/ask/", form(title="", pictures=[red()])))

    assert "data:image" in client.post("/pictures/held/", {"key": KEY}).text
    assert "data:image" not in client.post("/pictures/held/", {"key": "f" * 32}).text
    assert "data:image" not in client.post("/pictures/held/", {}).text
    own = client.cookies.pop("yv_held").value
    for cookie in ("", "0" * 32, own[:-1], "../" + own):
        client.cookies["yv_held"] = cookie
        assert "data:image" not in client.post("/pictures/held/", {"key": KEY}).text
        assert client.post("/ask/", form(held=names, shown=names)).status_code == 422
    assert len(files()) == 1
    assert not Question.objects.exists()


def test_names_from_outside_lead_to_no_file(client, house, tmp_path):
    secret = Path(shelf._root()).parent / "secret.jpg"
    secret.write_bytes(b"keep me")
    client.post("/ask/", form(title="", pictures=[red()]))

    bad = ["../../secret.jpg", "../secret.jpg", "/etc/passwd", "..", "", "000-" + "0" * 32]
    response = client.post("/ask/", form(title="", shown=bad, held=bad[:3]))

    assert response.status_code == 422
    assert secret.read_bytes() == b"keep me"


def test_signing_in_between_keeps_them_and_signing_out_lets_go(client, house):
    names = waiting(client.post("/ask/", form(title="", pictures=[red()])))

    client.force_login(PersonFactory())
    assert "data:image" in client.post("/pictures/held/", {"key": KEY}).text
    client.post("/accounts/logout/")
    assert "data:image" not in client.post("/pictures/held/", {"key": KEY}).text
    assert client.post("/ask/", form(held=names)).status_code == 422


def test_two_forms_of_one_browser_have_nothing_in_common(client, house):
    first = waiting(client.post("/ask/", form(title="", pictures=[red()])))
    other = waiting(client.post("/ask/", form(title="", pictures=[red()], key="f" * 32)))

    assert first != other
    assert len({path.parent for path in files()}) == 2
    client.post("/ask/", form(held=first, shown=first))
    assert len(files()) == 1
    assert client.post("/ask/", form(held=other, key="f" * 32)).status_code == 200
    assert Picture.objects.count() == 2


def test_the_same_sending_again_holds_nothing_twice(client, house):
    for _ in range(2):
        names = waiting(client.post("/ask/", form(title="", pictures=[red(), blue()])))

    assert len(names) == len(files()) == 2


@pytest.mark.parametrize("what", [What.ASK, What.PICTURES])
def test_a_limit_of_asking_loses_no_picture(client, house, monkeypatch, what):
    monkeypatch.setitem(LIMITS, what, Limit(0, timedelta(hours=1), "x"))

    refused = client.post("/ask/", form(pictures=[red()]))

    assert (refused.status_code, len(waiting(refused))) == (429, 1)


@pytest.mark.parametrize("bound", ["network", "all"])
def test_what_can_not_be_held_is_told(client, house, monkeypatch, settings, bound):
    if bound == "network":
        monkeypatch.setitem(LIMITS, What.HELD, Limit(300, timedelta(hours=1), "x"))
    else:
        settings.HELD_BYTES_MOST = 10

    told = client.post("/ask/", form(title="", pictures=[red(), blue()]))

    assert told.status_code == 422
    assert "刚选的图片没有收下" in told.text
    assert (waiting(told), files()) == ([], [])
