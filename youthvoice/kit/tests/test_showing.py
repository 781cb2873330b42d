"""All that was typed is on the page; signs that turn the direction of writing turn nothing."""

import html
import re

import pytest
from django.template import Context, Template
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.showing import TEXTS, assert_all_is_shown
from youthvoice.kit.text import render, render_plain

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MIXED = st.text(st.sampled_from(TURNS + "青a< &*_[]()\n>-1."), max_size=40)


def shown(page: str) -> str:
    return html.unescape(re.sub(r"</?(bdi|span|a)\b[^>]*>", "", page).replace("<br>", "\n"))


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


# --- Nothing typed vanishes ---------------------------------------------------------------

#: As much as finds the planted faults; `bench/showing.py` takes 20,000.
a_sample = settings(max_examples=300, derandomize=True, database=None, deadline=None)


@a_sample
@given(TEXTS)
def test_what_is_drawn_written_back_is_what_was_typed(source):
    assert_all_is_shown(source, render)


def markdown(source):
    """The reading of before, which knew a small Markdown."""
    rules = ["newline", "emphasis", "list", "blockquote", "link", "escape", "entity", "autolink"]
    page = MarkdownIt("zero", {"breaks": True}).enable(rules).render(source)
    return page.replace("<br />\n", "<br>").replace("<em>", "*").replace("</em>", "*")


def one_sign_less(source):
    return render(source.replace("\\", "", 1))


def without_indents(source):
    return re.sub("(<p>|<br>)\\s+", r"\1", render(source))


def lists_counted_anew(source):
    return re.sub(r'value="\d+"', 'value="1"', render(source))


@pytest.mark.parametrize("careless", [markdown, one_sign_less, without_indents, lists_counted_anew])
def test_a_reading_that_loses_something_is_found(careless):
    @settings(a_sample, max_examples=1000, phases=[Phase.generate], report_multiple_bugs=False)
    @given(TEXTS)
    def check(source):
        assert_all_is_shown(source, careless)

    with pytest.raises(AssertionError):
        check()
