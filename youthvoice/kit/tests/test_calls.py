"""Numbers that help are called by a tap; what only looks like one is left."""

import pytest
from django.utils.safestring import mark_safe

from youthvoice.kit.calls import with_calls


def tapped(number):
    return f'<a href="tel:{number}">{number}</a>'


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("先打 110 或 120。", f"先打 {tapped(110)} 或 {tapped(120)}。"),
        ("12355", tapped(12355)),
        ("直接打12355，不要钱", f"直接打{tapped(12355)}，不要钱"),
        ("12333（人社）或 12348", f"{tapped(12333)}（人社）或 {tapped(12348)}"),
        ("没有号码", "没有号码"),
        ("", ""),
        ("1100 元，1.20，0371-12355，12355678", "1100 元，1.20，0371-12355，12355678"),
        ("<b>110</b>", f"&lt;b&gt;{tapped(110)}&lt;/b&gt;"),
        (mark_safe("<b>110</b>"), f"<b>{tapped(110)}</b>"),
        (mark_safe('<a href="/x/">110</a>'), '<a href="/x/">110</a>'),
    ],
)
def test_a_number_that_helps_is_called_by_a_tap(words, shown):
    assert with_calls(words) == shown
