"""Every feed of the house: as RFC 4287 wants it, and as feedparser reads it.

A feed is an address that ends in .atom, and is made by `kit.feeds.Feed` alone; a new one is
looked at here as soon as it is in the table of addresses.
"""

import re
from xml.etree import ElementTree

import feedparser
import pytest
from django.urls import reverse

from tests.architecture.tree import ROOT
from tests.factories import MONDAY, OrganisationFactory, ask, member
from youthvoice.cases import actions
from youthvoice.cases.models import Hop
from youthvoice.cases.tests.working import HOUR, refer
from youthvoice.journal.queries import house as mark_of_the_house
from youthvoice.kit.feeds import Feed

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
#: What somebody may write, and what a reader of the feed must then read.
WORDS = {
    "该由<A类>企业处理": "该由<A类>企业处理",
    "3 < 5 & 7 > 6 &lt;b&gt;": "3 < 5 & 7 > 6 &lt;b&gt;",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "响铃\x07半行\x0b": "响铃半行",
    "]]> <![CDATA[ 𠮷 👩‍👩‍👧": "]]> <![CDATA[ 𠮷 👩‍👩‍👧",
}
_TAG = re.compile(r"tag:[0-9a-f]{32}\.invalid,2026:[a-z0-9/]+")


@pytest.fixture
def bureau(house):
    """A body to which a question with odd words was referred, and that gave one back."""
    body = OrganisationFactory(slug="rsj", kind="expert", short_name="人社局<甲>")
    for words in WORDS:
        refer(ask(title=words), body, at=MONDAY, reason=words)
    hop = Hop.objects.order_by("pk").first()
    actions.return_lane(hop=hop, reason="归<b>街道</b>办。", by=member(body), at=MONDAY + HOUR)
    return body


def addresses():
    from tests.access.matrix import TABLE

    return sorted(set(re.findall(r"\S+\.(?:atom|rss)\b", TABLE)))


@pytest.fixture
def feeds(bureau):
    """Each feed of the house, and each as it is narrowed."""
    return [f"/{one}{end}" for one in addresses() for end in ("", f"?body={bureau.slug}")]


def test_every_feed_is_found_here_and_made_by_one_mechanism():
    """Every address is in the access matrix (test_matrix.py)."""
    assert "ledger/feed.atom" in addresses()
    makers = re.compile(r"feedgenerator|contrib\.syndication|application/(atom|rss)\+xml")
    python = [p for p in (ROOT / "youthvoice").rglob("*.py") if "tests" not in p.parts]
    assert [p.name for p in python if makers.search(p.read_text())] == ["feeds.py"]
    users = [p for p in python if "kit.feeds import" in p.read_text()]
    assert len(users) == len(addresses())
    templates = "".join(p.read_text() for p in (ROOT / "youthvoice").rglob("*.html"))
    assert len(re.findall(r"application/(?:atom|rss)\+xml", templates)) == len(addresses())


def test_feedparser_finds_nothing_to_complain_of(client, at, feeds):
    for path in feeds:
        found = feedparser.parse(client.get(path).content)
        assert (found.bozo, found.version) == (0, "atom10"), found.get("bozo_exception")
        assert found.feed.author_detail.name == "河南青年之声", path
        for name in ("id", "title", "subtitle", "updated_parsed", "language"):
            assert found.feed[name], (path, name)
        assert {link.rel for link in found.feed.links} == {"self", "alternate"}
        assert len(found.entries) == len(WORDS)
        for entry in found.entries:
            assert all(entry[n] for n in ("id", "title", "link", "updated_parsed", "summary"))
            kinds = {entry.title_detail.type, entry.summary_detail.type}
            assert kinds == {"text/plain"}, path


def test_each_holds_what_rfc_4287_wants_once(client, at, feeds):
    space = "{http://www.w3.org/2005/Atom}"
    for path in feeds:
        root = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own
        assert root.tag == f"{space}feed"
        for element in (root, *root.iter(f"{space}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(space + name)) == 1, (path, name)
            [alternate] = [
                link
                for link in element.findall(f"{space}link")
                if link.get("rel", "alternate") == "alternate"
            ]
            assert alternate.get("href").startswith("http://")
        assert root.find(f"{space}author/{space}name").text


def test_what_somebody_wrote_is_read_as_they_wrote_it(client, at, feeds):
    for path in feeds:
        entries = feedparser.parse(client.get(path).content).entries[::-1]
        for entry, told in zip(entries, WORDS.values(), strict=True):
            assert told in entry.title
            assert f"；{told}" in entry.summary
            assert "人社局<甲>" in entry.title
        assert entries[0].summary.endswith("；退回了；归<b>街道</b>办。")


def test_ids_are_the_house_s_own_by_whatever_name_it_is_called(client, at, feeds, settings):
    settings.ALLOWED_HOSTS = ["*"]
    seen = {}
    for path in feeds:
        ids = []
        for name in ("voice.example", "other.example:8080"):
            found = feedparser.parse(client.get(path, headers={"host": name}).content)
            assert name in found.feed.link
            ids.append((found.feed.id, [entry.id for entry in found.entries]))
        assert ids[0] == ids[1], path
        seen[path], entries = ids[0]
        assert all(_TAG.fullmatch(one) for one in (seen[path], *entries))
        assert len(set(entries)) == len(entries)
        assert mark_of_the_house() in seen[path]
    assert len(set(seen.values())) == len(feeds)


def test_a_narrowed_feed_leads_to_the_narrowed_page_and_shares_its_entries_ids(client, at, bureau):
    whole, narrowed = (
        feedparser.parse(client.get(reverse("rates:ledger_feed"), query).content)
        for query in ({}, {"body": bureau.slug})
    )

    assert narrowed.feed.link.endswith("/ledger/?body=rsj")
    assert [e.id for e in whole.entries] == [e.id for e in narrowed.entries]


def test_an_id_outlives_a_body_s_address(client, at, bureau):
    def ids(slug):
        return feedparser.parse(client.get("/ledger/feed.atom", {"body": slug}).content).feed.id

    before = ids("rsj")
    type(bureau).objects.filter(pk=bureau.pk).update(slug="renshe")
    assert ids("renshe") == before


def test_an_empty_feed_is_one_too(rf, bare, at):
    found = Feed(
        rf.get("/x.atom"), house=mark_of_the_house(), name="x", title="空\x00", link="/", told="无"
    )

    read = feedparser.parse(found.answered().content)
    assert (read.bozo, read.entries, read.feed.title) == (0, [], "空")
    assert read.feed.updated == "2026-01-01T00:00:00+00:00"
