"""Whoever has the two sheets reckons every number of the page again."""

import csv
import re
from collections import Counter
from html import unescape

import pytest

from youthvoice.kit import clock
from youthvoice.orgs.models import Organisation, Region
from youthvoice.questions.choices import Field
from youthvoice.rates.tests.many import NOW, make

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
RATES = ["response", "solution", "satisfaction"]
#: What docs/operating.md says of the classes, written here once more by hand.
TOP = {"response": "intime", "solution": "solved", "satisfaction": "satisfied"}
BELOW = {
    "response": ["intime", "late", "none"],
    "solution": ["solved", "unsolved", "reopened", "silent"],
    "satisfaction": ["satisfied", "soso", "unsatisfied"],
}
_ROW = re.compile(
    r'<div class="rates__row[^"]*">\s*<h2 class="rates__name">(.*?)</h2>(.*?)</dl></div>', re.S
)
_RATE = re.compile(r'<div class="rate rate--(\w+)">(.*?)</div>', re.DOTALL)
_FIGURE = re.compile(r'rate__figure">([\d.]+)<.*?rate__sum">(\d+) ÷ (\d+)<', re.DOTALL)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def sheet(client, name, query):
    text = b"".join(client.get(f"/rates/{name}", query).streaming_content).decode()
    return list(csv.DictReader(text.splitlines()))


def page(client, **query):
    """Row by row: the name, how many questions, and each rate as "top / below" or its words."""
    html, found = "", {}
    while True:
        response = client.get("/rates/", query)
        html = unescape(response.content.decode())
        for name, inner in _ROW.findall(html):
            plain = re.sub(r"<[^>]+>|\s+", " ", name).split()
            shown = {}
            for rate, body in _RATE.findall(inner):
                figure = _FIGURE.search(body)
                if figure is None:
                    shown[rate] = "small" if "太少" in body else "none"
                else:
                    shown[rate] = (figure[1], int(figure[2]), int(figure[3]))
            if plain[-1] == "没有计入的提问":
                found[plain[0]] = (0, shown)
                continue
            found["".join(plain[:-2])] = (int(plain[-2].replace(",", "")), shown)
        more = re.search(r'after=(\w+)" rel="next"', html)
        if more is None:
            return html, found
        query = query | {"after": more[1]}


def percent(top, below):
    return f"{int(1000 * top / below + 0.5) / 10:.1f}"


def groups_of(lines, column):
    found = {}
    for line in lines:
        if not line["excluded"]:
            found.setdefault(line[column], []).append(line)
    return found


def reckon(lines, rate):
    counts = Counter(line[rate] for line in lines)
    return counts[TOP[rate]], sum(counts[code] for code in BELOW[rate])


def names():
    found = dict(Organisation.objects.values_list("slug", "short_name"))
    found |= dict(Region.objects.values_list("code", "name"))
    return found | {code: str(label) for code, label in Field.choices}


def check(shown, lines, sums):
    """One row of the page against the lines of its group; gives the rates that it hides."""
    count, rates = shown
    assert count == len(lines)
    hidden = set()
    for rate in RATES:
        top, below = reckon(lines, rate) if rate != "satisfaction" else (None, None)
        if rate == "satisfaction":
            assert (sums["shown"] == "no") == (rates[rate] == "small")
            below = sum(line["rated"] == "rated" for line in lines)
            if sums["shown"] == "yes":
                top = int(sums["satisfied"])
                assert below == int(sums["rated"])
                assert below == sum(int(sums[code]) for code in BELOW[rate])
                assert len(lines) == below + int(sums["silent"]) + int(sums["unasked"])
        if rates[rate] == "small":
            hidden.add((rate, below))
        elif rates[rate] == "none":
            assert below == 0
        else:
            assert below >= 5
            assert rates[rate] == (percent(top, below), top, below)
    return hidden


@pytest.mark.parametrize("seed", range(3))
def test_every_number_of_the_page_follows_from_the_sheets(house, client, seed):
    make(house, seed=seed, count=400)
    query = {"month": "2026-03"}
    lines = sheet(client, "rates.csv", query)
    sums = {(s["by"], s["group"]): s for s in sheet(client, "rates-satisfaction.csv", query)}
    called = names()

    for by, column in (("organisation", "organisation"), ("field", "field"), ("region", "city")):
        html, shown = page(client, by=by, **query)
        groups = groups_of(lines, column)
        assert set(shown) == {"全省"} | {called[key] for key in groups}
        counted = [line for lines_ in groups.values() for line in lines_]
        assert not check(shown["全省"], counted, sums["month", "2026-03"])
        hidden = set()
        for key, inside in groups.items():
            found = check(shown[called[key]], inside, sums[by, key])
            hidden |= {(rate, key, below) for rate, below in found}
        if by != "organisation":
            # Organisations are parts of cities, not of the whole.
            for rate in RATES:
                small = [below for r, _key, below in hidden if r == rate and below]
                assert len(small) != 1
                assert not small or sum(small) >= 5
        out = Counter(line["excluded"] for line in lines if line["excluded"])
        written = re.findall(r"<li>\s*<span>(.*?)</span>\s*<strong>(\d+)</strong>", html, re.DOTALL)
        assert [int(n) for _label, n in written] == [
            out[why]
            for why in ("imported", "hidden", "deleted", "merged", "staffasked", "unreasonable")
        ]
    assert len({line["excluded"] for line in lines}) == 7


def test_so_do_those_of_twelve_months(house, client):
    make(house, seed=7, count=200)
    query = {"month": "2026-03", "months": "12"}
    lines = sheet(client, "rates.csv", query)
    sums = {(s["by"], s["group"]): s for s in sheet(client, "rates-satisfaction.csv", query)}

    _html, shown = page(client, by="month", month="2026-03")

    inside = [x for x in lines if not x["excluded"]]
    assert {x["asked_on"][:7] for x in inside} == {"2026-03"}
    check(shown["2026年3月"], inside, sums["month", "2026-03"])
    # The eleven without one that counts are one line.
    assert (list(shown), shown["2025年4月到2026年2月"]) == (
        ["2026年3月", "2025年4月到2026年2月"],
        (0, {}),
    )
    assert sum(x["asked_on"].startswith("2026-02") for x in lines) <= 1


def test_what_is_gone_says_only_that_and_what_is_withheld_isnt_there(house, client):
    rows = make(house, seed=3, count=300)
    lines = {int(x["number"]): x for x in sheet(client, "rates.csv", {"month": "2026-03"})}
    inside = rows[:-2]

    assert set(lines) == {q.pk for q in inside if q.withheld_at is None}
    for question in inside:
        if question.withheld_at is None and question.deleted_at and not question.is_imported:
            line = dict(lines[question.pk])
            assert line.pop("excluded") in ("deleted", "hidden")
            assert line.pop("asked_on").startswith("2026-03")
            assert line.pop("number")
            assert set(line.values()) == {""}


def test_nobodys_rating_is_in_the_sheet(house, client):
    make(house, seed=4, count=100)

    lines = sheet(client, "rates.csv", {"month": "2026-03"})

    assert {line["rated"] for line in lines} == {"rated", "silent", "unasked", ""}
