"""No cell of a table is a formula, and a long table goes out in pieces."""

from datetime import UTC, datetime

import pytest

from youthvoice.kit import sheets


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        ("\r1", "'\r1"),
        ("＝1", "'＝1"),
        ("普通的话", "普通的话"),
        ("a=1", "a=1"),
        ("1-1", "1-1"),
        (-3, "-3"),
        (None, ""),
        (True, "yes"),
        (False, ""),
        (datetime(2026, 3, 2, 1, 30, tzinfo=UTC), "2026-03-02T09:30:00+08:00"),
    ],
)
def test_a_cell_is_never_a_formula(value, cell):
    assert sheets.cell(value) == cell


def test_a_table_goes_out_in_pieces(monkeypatch):
    monkeypatch.setattr(sheets, "_LINES", 2)

    response = sheets.sheet(([n, "字"] for n in range(5)), name="a.csv", marked=True)
    pieces = list(response.streaming_content)

    assert len(pieces) > 2
    assert b"".join(pieces).decode() == sheets.MARK + "".join(f"{n},字\r\n" for n in range(5))
    assert response["Content-Disposition"] == 'attachment; filename="a.csv"'
