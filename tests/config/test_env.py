"""The environment read with types: what is right passes, what is wrong is told in a sentence."""

from datetime import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.fixture
def given(monkeypatch):
    """Sets the variable of the test; None takes it away."""

    def set_value(value):
        if value is None:
            monkeypatch.delenv("THING", raising=False)
        else:
            monkeypatch.setenv("THING", value)

    return set_value


def refusal_of(call, *args, **kwargs):
    with pytest.raises(ImproperlyConfigured) as refusal:
        call(*args, **kwargs)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("value", "read"), [(None, "河南"), ("", ""), (" 湖北 ", "湖北"), ("a,b", "a,b")]
)
def test_text(given, value, read):
    given(value)
    assert env.text("THING", default="河南") == read


@pytest.mark.parametrize(
    ("value", "read"), [(None, 5), ("0", 0), ("9", 9), (" 7 ", 7), ("1_0", 10)]
)
def test_a_whole_number(given, value, read):
    given(value)
    assert env.integer("THING", default=5, at_most=10) == read


@pytest.mark.parametrize("value", ["", "five", "1.5", "1e3", "0x10", "五", "1 2", "8000/tcp"])
def test_what_is_no_whole_number_is_told(given, value):
    given(value)

    said = refusal_of(env.integer, "THING", default=5)

    assert said == f"THING must be a whole number, not {value!r}; unset it for 5."


@pytest.mark.parametrize(
    ("value", "at_most", "said"),
    [
        ("-1", None, "THING must be at least 0, not -1."),
        ("-1", 5, "THING must be at least 0 and at most 5, not -1."),
        ("6", 5, "THING must be at least 0 and at most 5, not 6."),
        ("9" * 30, 5, f"THING must be at least 0 and at most 5, not {'9' * 30}."),
    ],
)
def test_a_number_out_of_bounds_is_told(given, value, at_most, said):
    given(value)
    assert refusal_of(env.integer, "THING", default=1, at_most=at_most) == said


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, True),
        ("true", True),
        ("1", True),
        ("yes", True),
        ("on", True),
        ("False", False),
        ("0", False),
        ("no", False),
        ("off", False),
    ],
)
def test_true_or_false(given, value, read):
    given(value)
    assert env.boolean("THING", default=True) is read


@pytest.mark.parametrize("value", ["", "maybe", "2", "是"])
def test_what_is_neither_true_nor_false_is_told(given, value):
    given(value)

    said = refusal_of(env.boolean, "THING", default=True)

    assert said == f"THING must be true or false, not {value!r}; unset it for True."


@pytest.mark.parametrize(
    ("value", "read"),
    [(None, ["x", "y"]), ("", []), (" , ,", []), ("a", ["a"]), (" a , b,", ["a", "b"])],
)
def test_a_list_of_words(given, value, read):
    given(value)
    assert env.words("THING", default=["x", "y"]) == read


def test_one_of_several(given):
    given(None)
    assert env.choice("THING", default="INFO", among=["INFO", "DEBUG"]) == "INFO"
    given("DEBUG")
    assert env.choice("THING", default="INFO", among=["INFO", "DEBUG"]) == "DEBUG"


@pytest.mark.parametrize("value", ["", "debug", "LOUD"])
def test_what_is_none_of_several_is_told(given, value):
    given(value)

    said = refusal_of(env.choice, "THING", default="INFO", among=["INFO", "DEBUG"])

    assert said == f"THING must be one of INFO, DEBUG, not {value!r}."


def test_a_folder_that_is_there_or_can_be_made(given, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    places = {
        None: tmp_path / "default",
        "": tmp_path / "default",
        str(tmp_path): tmp_path,
        "~/data": tmp_path / "data",
        "here/../there": tmp_path / "there",
    }
    for value, place in places.items():
        given(value)
        assert env.folder("THING", default=tmp_path / "default") == place.resolve()


def test_a_file_in_the_place_of_a_folder_is_told(given, tmp_path):
    file = tmp_path / "file"
    file.touch()
    given(str(file))

    said = refusal_of(env.folder, "THING", default=Path("x"))

    assert said == f"THING must be a folder, but {file} is a file."


@pytest.mark.parametrize("value", ["Asia/Shanghai", "Asia/Urumqi", "UTC"])
def test_a_time_zone(given, value):
    given(value)
    assert env.time_zone("THING", default="Asia/Shanghai") == value


@pytest.mark.parametrize("value", ["", "Asia", "Mars/Olympus", "../etc/passwd", "/etc/passwd"])
def test_what_is_no_time_zone_is_told(given, value):
    given(value)

    said = refusal_of(env.time_zone, "THING", default="Asia/Shanghai")

    assert said == "THING must be a time zone like Asia/Shanghai."


@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_an_address_letters_go_to_the_console(given, value):
    given(value)

    found = env.email_server("THING")

    assert found == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}


@pytest.mark.parametrize(
    ("value", "host", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.cn", "mail.example.cn", 25, False, False),
        ("smtp://mail.example.cn:587?tls=true", "mail.example.cn", 587, True, False),
        ("smtp://mail.example.cn:2525?tls=false", "mail.example.cn", 2525, False, False),
        ("smtps://mail.example.cn", "mail.example.cn", 465, False, True),
        ("smtps://[2001:db8::1]:4650", "2001:db8::1", 4650, False, True),
    ],
)
def test_a_mail_server(given, value, host, port, tls, ssl):
    given(value)

    found = env.email_server("THING")

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("", "")
    assert found["EMAIL_TIMEOUT"] == 20


def test_a_mail_servers_password_may_hold_any_sign(given):
    given("smtp://voice%40example.cn:p%40ss%3Aw%2Frd%23@mail.example.cn:587?tls=true")

    found = env.email_server("THING")

    assert found["EMAIL_HOST_USER"] == "voice@example.cn"
    assert found["EMAIL_HOST_PASSWORD"] == "p@ss:w/rd#"


@pytest.mark.parametrize(
    "value",
    [
        "mail.example.cn",
        "http://mail.example.cn",
        "smtp://",
        "smtp://mail.example.cn:port",
        "smtp://mail.example.cn:99999",
        "smtp://a:b[@mail.example.cn",
        "smtp://mail.example.cn?tls=perhaps",
        "smtp://mail.example.cn?ssl=true",
        "smtps://mail.example.cn?tls=true",
    ],
)
def test_what_is_no_mail_server_is_told(given, value):
    given(value)
    assert refusal_of(env.email_server, "THING").startswith("THING must look like smtp://name:")


@pytest.mark.parametrize(
    ("value", "read"), [(None, []), ("", []), ("xiaoqin, laoli", ["xiaoqin", "laoli"])]
)
def test_a_pair(given, value, read):
    given(value)
    assert env.pair("THING") == read


@pytest.mark.parametrize("value", ["xiaoqin", "a,b,c", "xiaoqin,xiaoqin"])
def test_what_is_no_pair_is_told(given, value):
    given(value)
    assert "two different names" in refusal_of(env.pair, "THING")


# --- Hours of a day ----------------------------------------------------------------------

OFFICE = "08:30-12:00,14:30-18:00"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, ((time(8, 30), time(12)), (time(14, 30), time(18)))),
        (" 9:00-12:00 , 12:00-17:30 ", ((time(9), time(12)), (time(12), time(17, 30)))),
        ("20:00-24:00", ((time(20), time(0)),)),
        ("00:00-24:00", ((time(0), time(0)),)),
    ],
)
def test_hours_of_a_day(given, value, read):
    given(value)
    assert env.spans("THING", default=OFFICE) == read


@pytest.mark.parametrize(
    "value",
    [
        *("", ",", "08:30", "08:30-", "8-12", "08:30-12:00,", "08:30–12:00", "08:30-12:00;14-18"),
        *("12:00-08:30", "08:30-08:30", "22:00-06:00", "20:00-24:01", "20:00-25:00", "24:00-24:00"),
        *("08:60-12:00", "08:30-11:60", "14:30-18:00,08:30-12:00", "08:30-12:00,11:59-18:00"),
        *("０8:30-12:00", "08:30:00-12:00", "always", "-1:00-12:00"),
    ],
)
def test_what_are_no_hours_is_told(given, value):
    given(value)

    assert refusal_of(env.spans, "THING", default=OFFICE) == (
        f"THING must be hours of a day, in order and without overlap, like {OFFICE} (24:00 is the "
        f"end of the day), not {value!r}; unset it for {OFFICE}."
    )
