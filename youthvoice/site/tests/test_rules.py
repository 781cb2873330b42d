"""The two pages that one agrees to: short, the same for all, and versioned."""

import hashlib
import html
import re

import pytest

from youthvoice.people.choices import VERSIONS, Document

pytestmark = pytest.mark.django_db
PAGES = {Document.RULES: "/rules/", Document.PRIVACY: "/privacy/"}
#: The codes of what may be hidden; other pages link to them.
REASONS = ["personal", "abuse", "fraud", "spam", "danger", "illegal"]


def words_of(page):
    """What is read on it, without marks, spaces and the version's own name."""
    main = re.search(r"<article.*?</article>", page, re.DOTALL)[0]
    text = html.unescape(re.sub(r"<[^>]+>", "", main))
    return re.sub(r"\s+|这一版：[0-9-]+", "", text)


@pytest.mark.parametrize("what", Document)
def test_words_do_not_change_without_their_version(client, what):
    """When this fails: if the meaning changed, raise the version's name too, so that everybody
    is asked again; in any case write the new digest."""
    words = words_of(client.get(PAGES[what]).text)

    assert hashlib.sha256(words.encode()).hexdigest()[:16] == VERSIONS[what].digest


@pytest.mark.parametrize("what", Document)
def test_the_pages_are_short_tell_their_version_and_name_each_other(client, what):
    page = client.get(PAGES[what]).text

    assert len(words_of(page)) < 900
    assert f"这一版：{VERSIONS[what].name}" in page
    assert all(f'href="{url}"' in page for url in PAGES.values())


def test_each_reason_for_hiding_has_its_place_and_criticism_is_none(client):
    page = client.get("/rules/").text

    assert re.findall(r'<dt id="([a-z]+)"', page) == REASONS
    assert "批评、投诉哪个单位，或者单位里的人怎么做事，从来不是撤下的理由。" in page


@pytest.mark.parametrize("path", ["/", "/about/", "/ask/", "/accounts/login/", "/nowhere/"])
def test_every_foot_leads_to_both(client, path):
    foot = client.get(path).text.rpartition("<footer")[2]

    assert 'href="/rules/"' in foot
    assert 'href="/privacy/"' in foot


@pytest.mark.parametrize("path", ["/", "/ask/", "/nowhere/"])
def test_the_foot_tells_who_runs_the_site_and_its_registers(client, settings, path):
    assert "bottom__records" not in client.get(path).text
    settings.ORGANISER = "共青团河南省委员会"
    settings.ICP_RECORD, settings.POLICE_RECORD = (
        "豫ICP备12345678号-1",
        "豫公网安备41010502000000号",
    )

    foot = client.get(path).text.rpartition("<footer")[2]

    assert "主办单位：共青团河南省委员会" in foot
    assert 'href="https://beian.miit.gov.cn/" rel="noopener">豫ICP备12345678号-1</a>' in foot
    assert "webSearch?code=41010502000000" in foot
    assert ">豫公网安备41010502000000号</a>" in foot


def test_the_privacy_page_names_who_handles_what_is_kept(client, settings):
    """个人信息保护法 第十七条: the name, and how to reach them."""
    settings.ORGANISER, settings.CONTACT = "共青团河南省委员会", "0371-65900000"

    words = words_of(client.get("/privacy/").text)

    assert "由共青团河南省委员会主办，你的个人信息由它负责；找它：0371-65900000。" in words


@pytest.mark.parametrize("path", ["/ask/", "/accounts/signup/"])
def test_forms_lead_to_both(client, path):
    form = client.get(path).text.partition("<main")[2].partition("</main>")[0]

    assert 'href="/rules/"' in form
    assert 'href="/privacy/"' in form


def test_sign_up_ticks_nothing_beforehand(client):
    form = client.get("/accounts/signup/").text.partition("<main")[2]

    assert "checked" not in form
    assert form.count('type="checkbox"') == 2
