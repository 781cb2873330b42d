"""The database from one address."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.database import from_address


def test_without_an_address_it_is_sqlite_in_the_data_folder(tmp_path):
    found = from_address("", data=tmp_path)

    assert found["ENGINE"] == "youthvoice.kit.sqlite"
    assert found["NAME"] == str(tmp_path / "youthvoice.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]
    assert "ATOMIC_REQUESTS" not in found


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://db.example.cn/voice", ("voice", "", "", "db.example.cn", "")),
        ("postgres://voice:w@h:5433/voice", ("voice", "voice", "w", "h", "5433")),
        (
            "postgresql://me%40x:p%40ss%2F%5B%23@127.0.0.1:5432/my%20db",
            ("my db", "me@x", "p@ss/[#", "127.0.0.1", "5432"),
        ),
        ("postgresql://u@[::1]:5432/voice", ("voice", "u", "", "::1", "5432")),
        ("postgresql:///voice", ("voice", "", "", "", "")),
    ],
)
def test_postgresql(tmp_path, address, expected):
    found = from_address(address, data=tmp_path)

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(found[k] for k in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected
    assert found["CONN_HEALTH_CHECKS"] is True
    assert found["OPTIONS"] == {}


def test_what_libpq_understands_reaches_it(tmp_path):
    address = "postgresql://h/voice?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"

    found = from_address(address, data=tmp_path)

    assert found["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}


@pytest.mark.parametrize(
    "address",
    [
        "voice",
        "mysql://h/voice",
        "sqlite:///var/voice.sqlite3",
        "postgresql://h",
        "postgresql://h/",
        "postgresql://h:port/voice",
        "postgresql://h:99999/voice",
        # A password with signs that should have been written %5B, %23, %2F.
        "postgresql://u:pa[ss@h/voice",
        "postgresql://u:pa#ss@h/voice",
        "postgresql://u:pa/ss@h/voice",
    ],
)
def test_what_is_no_address_is_told_without_repeating_the_password(tmp_path, address):
    with pytest.raises(ImproperlyConfigured) as refusal:
        from_address(address, data=tmp_path)

    assert str(refusal.value) == (
        "DATABASE_URL must look like postgresql://name:password@host:5432/database; "
        "unset it to use SQLite in the data folder."
    )
