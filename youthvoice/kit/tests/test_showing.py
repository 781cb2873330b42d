"""Signs that turn the direction of writing are shown, and turn nothing."""

import html
import re

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from youthvoice.kit.text import render, render_plain

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MIXED = st.text(st.sampled_from(TURNS + "青a< &*_[]()\n>-1."), max_size=40)


def shown(page: str) -> str:
    return html.unescape(re.sub(r"</?bdi>", "", page).replace("<br>", "\n"))


@given(MIXED)
def test_each_stands_shut_in_by_itself(source):
    for page in (render(source), render_plain(source)):
        text = re.sub(r"<bdi>[\u202a-\u202e\u2066-\u2069]</bdi>", "", page)
        # A link's address is no text on the page.
        assert not re.search(f"[{TURNS}]", re.sub(r'"[^"]*"', "", text))


@given(st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), max_size=80))
def test_a_plain_text_comes_back_byte_for_byte(source):
    assert shown(render_plain(source)) == source


@pytest.mark.parametrize("source", ["<b>&amp;\u202e</b>", "\u202e<script>"])
def test_plain_text_is_never_markup(source):
    drawn = Template("{% load kit_tags %}{{ text|plain_words }}").render(Context({"text": source}))

    assert "<b>" not in drawn
    assert "<script" not in drawn
    assert shown(drawn) == source


def test_what_turned_the_writing_is_on_the_page():
    assert render("a\u202eb") == "<p>a<bdi>\u202e</bdi>b</p>\n"
