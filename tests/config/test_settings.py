"""The settings as a whole: right for one machine without a word, loud about a wrong one."""

import os
import runpy
from datetime import time

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import logs

NAMES = (
    "YOUTHVOICE_HOST",
    "YOUTHVOICE_PORT",
    "ALLOWED_HOSTS",
    "TRUSTED_ORIGINS",
    "TRUSTED_PROXIES",
    "HTTPS",
    "HSTS_DAYS",
    "PROVINCE",
    "SITE_NAME",
    "CONTACT",
    "ORGANISER",
    "ICP_RECORD",
    "POLICE_RECORD",
    "DATABASE_URL",
    "TIME_ZONE",
    "SESSION_DAYS",
    "MAIL_FROM",
    "EMAIL_URL",
    "SMS_URL",
    "SMS_SECRET",
    "SMS_TEMPLATE",
    "PICTURE_MEGABYTES",
    "PAGE_CACHE_MEGABYTES",
    "DISK_FREE_LEAST",
    "LOG_LEVEL",
    "LOG_PRETTY",
    "SEALED_RECORDS",
    "SEALED_OPENERS",
    "SEALED_DAYS",
    "WORKING_HOURS",
    "DUTY_HOURS",
)


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Reads config/settings.py anew in an environment; gives its names."""
    told = []
    monkeypatch.setattr(logs, "configure", lambda **kwargs: told.append(kwargs))

    def read(**environment):
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("YOUTHVOICE_DATA", str(tmp_path / "data"))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        found = runpy.run_path(os.path.join(settings.BASE_DIR, "config", "settings.py"))
        return found | {"LOGS": told[-1]}

    return read


def test_without_a_word_it_is_right_for_one_machine(read, tmp_path):
    found = read()

    assert (found["HOST"], found["PORT"]) == ("127.0.0.1", 8000)
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert (found["DEBUG"], found["TRUSTED_PROXIES"], found["HTTPS"]) == (False, 0, False)
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "data" / "youthvoice.sqlite3")
    assert found["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert (found["TIME_ZONE"], found["PROVINCE"]) == ("Asia/Shanghai", "henan")
    assert not found["SESSION_COOKIE_SECURE"]
    assert "SECURE_SSL_REDIRECT" not in found
    assert found["LOGS"] == {"level": "INFO", "pretty": False}


def test_the_keys_are_of_this_house_and_stay(read, tmp_path):
    first, again = read(), read()

    assert first["SECRET_KEY"] == again["SECRET_KEY"] != first["RECEIPT_KEY"]
    assert first["RECEIPT_KEY"] == again["RECEIPT_KEY"] != first["FACTOR_KEY"]
    assert first["FACTOR_KEY"] == again["FACTOR_KEY"] != first["SECRET_KEY"]
    kept = {path.name for path in (tmp_path / "data" / "keys").iterdir()}
    assert kept == {"django", "factors", "phones", "receipts"}


def test_behind_a_proxy_with_tls_everything_stays_encrypted(read):
    found = read(HTTPS="true", TRUSTED_PROXIES="1", HSTS_DAYS="2", ALLOWED_HOSTS="a.cn, b.cn")

    assert found["ALLOWED_HOSTS"][:2] == ["a.cn", "b.cn"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert found["SECURE_HSTS_SECONDS"] == 2 * 24 * 3600
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_tls_without_a_proxy_stops_the_start_with_a_sentence(read):
    with pytest.raises(ImproperlyConfigured, match="HTTPS=true needs a proxy that ends TLS"):
        read(HTTPS="true")


def test_a_proxys_word_on_tls_is_believed_only_where_there_is_a_proxy(read):
    assert "SECURE_PROXY_SSL_HEADER" not in read(TRUSTED_PROXIES="1")


def test_values_reach_their_settings(read):
    found = read(
        SESSION_DAYS="1",
        PICTURE_MEGABYTES="3",
        MAIL_FROM="voice@example.cn",
        EMAIL_URL="smtps://u:w@mail.example.cn",
        SITE_NAME="湖北青年之声",
        TRUSTED_ORIGINS="https://voice.example.cn",
        LOG_LEVEL="ERROR",
        LOG_PRETTY="yes",
        DATABASE_URL="postgresql://h/voice",
        WORKING_HOURS="09:00-17:00",
        DUTY_HOURS="08:00-24:00",
    )

    assert found["SESSION_COOKIE_AGE"] == 24 * 3600
    assert found["PICTURE_BYTES_MOST"] == 3 * 1024 * 1024
    assert found["DEFAULT_FROM_EMAIL"] == "voice@example.cn"
    assert (found["EMAIL_HOST"], found["EMAIL_USE_SSL"]) == ("mail.example.cn", True)
    assert found["ACCOUNT_EMAIL_SUBJECT_PREFIX"] == "[湖北青年之声] "
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://voice.example.cn"]
    assert found["LOGS"] == {"level": "ERROR", "pretty": True}
    assert found["DATABASES"]["default"]["NAME"] == "voice"
    assert found["WORKING_HOURS"] == ((time(9), time(17)),)
    assert found["DUTY_HOURS"] == ((time(8), time(0)),)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YOUTHVOICE_PORT", "http"),
        ("YOUTHVOICE_PORT", "0"),
        ("YOUTHVOICE_PORT", "65536"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "6"),
        ("HTTPS", "perhaps"),
        ("TIME_ZONE", "Henan"),
        ("SESSION_DAYS", "0"),
        ("SESSION_DAYS", "two weeks"),
        ("PICTURE_MEGABYTES", "0"),
        ("PAGE_CACHE_MEGABYTES", "5000"),
        ("DISK_FREE_LEAST", "-5"),
        ("LOG_LEVEL", "loud"),
        ("LOG_PRETTY", "rainbow"),
        ("EMAIL_URL", "mail.example.cn"),
        ("DATABASE_URL", "voice"),
        ("TRUSTED_ORIGINS", "voice.example.cn"),
        ("WORKING_HOURS", "nine to five"),
        ("DUTY_HOURS", "18:00-09:00"),
        ("ICP_RECORD", "12345678"),
        ("ICP_RECORD", '豫ICP备12345678号"><b>'),
        ("POLICE_RECORD", "41010502000000"),
        ("POLICE_RECORD", "豫公网安备4101号"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_itself(read, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} must .*"):
        read(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ICP_RECORD", "豫ICP备12345678号-1"),
        ("ICP_RECORD", "京ICP备05038888号"),
        ("ICP_RECORD", "京ICP证030173号"),
        ("POLICE_RECORD", "豫公网安备41010502000000号"),
        ("POLICE_RECORD", "京公网安备 11010102000001号"),
    ],
)
def test_numbers_of_registers_are_taken_as_they_were_given(read, name, value):
    assert (read()[name], read(**{name: value})[name]) == ("", value)


def test_a_data_folder_that_is_a_file_stops_the_start(read, tmp_path):
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(ImproperlyConfigured, match=r"^YOUTHVOICE_DATA must be a folder"):
        read(YOUTHVOICE_DATA=str(file))


def test_the_documentation_names_every_setting():
    """And this file too: a new setting that is listed nowhere is found here."""
    written = (settings.BASE_DIR / "docs" / "operating.md").read_text(encoding="utf-8")
    assert [name for name in (*NAMES, "YOUTHVOICE_DATA") if f"`{name}`" not in written] == []


# --- The sealed record -------------------------------------------------------------------


def test_nothing_is_sealed_unless_it_is_wished(read):
    found = read()

    assert (found["SEALED_RECORDS"], found["SEALED_OPENERS"]) == (False, [])
    assert (found["SEALED_KEYS"], found["SEALED_DAYS"]) == ([], 184)


def test_sealing_takes_two_names_and_their_public_keys(read, tmp_path):
    wished = {"SEALED_RECORDS": "on", "SEALED_OPENERS": "XiaoQin,laoli"}
    with pytest.raises(ImproperlyConfigured, match="can't be read"):
        read(**wished)
    folder = tmp_path / "data" / "keys" / "sealed"
    folder.mkdir()
    (folder / "xiaoqin.pub").write_text("ab" * 32)
    (folder / "laoli.pub").write_text("cd" * 32)

    found = read(**wished)

    assert found["SEALED_OPENERS"] == ["xiaoqin", "laoli"]
    assert found["SEALED_KEYS"] == [b"\xab" * 32, b"\xcd" * 32]


def test_names_alone_read_no_keys(read):
    """Sealing was turned off; what is sealed already can still be opened."""
    assert read(SEALED_OPENERS="xiaoqin,laoli")["SEALED_KEYS"] == []


def test_telephones_are_off_without_a_word(read):
    assert read()["SMS_URL"] == ""


def test_a_gateway_for_codes(read):
    found = read(
        SMS_URL="https://sms.example.org/send", SMS_SECRET="sixteen-or-more!", SMS_TEMPLATE="T-1"
    )

    assert (found["SMS_URL"], found["SMS_TEMPLATE"]) == ("https://sms.example.org/send", "T-1")
    assert read(SMS_URL="console")["SMS_URL"] == "console"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"SMS_URL": "http://sms.example.org/"}, "SMS_URL must be"),
        ({"SMS_URL": "https:///send"}, "SMS_URL must be"),
        ({"SMS_URL": "sms.example.org"}, "SMS_URL must be"),
        ({"SMS_URL": "https://sms.example.org/"}, "SMS_SECRET"),
        ({"SMS_URL": "https://sms.example.org/", "SMS_SECRET": "short"}, "SMS_SECRET"),
        ({"SMS_URL": "console", "HTTPS": "true", "TRUSTED_PROXIES": "1"}, "SMS_URL=console"),
    ],
)
def test_a_gateway_that_can_not_be_right_stops_the_start(read, environment, told):
    with pytest.raises(ImproperlyConfigured, match=told):
        read(**environment)
