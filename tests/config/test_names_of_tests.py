"""What the names of tests are made of."""

import pytest


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("短", None),
        ("a" * 50, None),
        (12, None),
        ("a" * 4900, f"'{'a' * 59}...4900"),
        (b"\xff" * 32, "b'" + r"\xff" * 14 + r"\x...32"),
    ],
)
def test_a_long_value_is_named_by_its_beginning_and_its_length(pytestconfig, value, name):
    made = pytestconfig.hook.pytest_make_parametrize_id(
        config=pytestconfig, val=value, argname="value"
    )

    assert made == name


def test_no_test_here_has_a_name_that_fills_a_screen(request):
    assert [item.nodeid for item in request.session.items if len(item.nodeid) > 400] == []
