"""What the list is narrowed to: chosen by a tap, named right, and said by the page's title."""

import re

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask
from youthvoice.orgs.choices import Field
from youthvoice.orgs.models import Region
from youthvoice.orgs.queries import forget_regions
from youthvoice.questions.queries import Filters
from youthvoice.site.views.home import ways

pytestmark = pytest.mark.django_db


def title_of(client, path):
    return re.search(r"<title>(.*?)</title>", client.get(path).content.decode())[1]


def places(client, **query):
    assert client.get("/", query).status_code == 200
    return [
        (place["chosen"], [(link["label"], link["url"]) for link in place["links"]])
        for place in ways(query.get("show", "new"), Filters.of(query))["places"]
    ]


def test_a_city_opens_its_counties_and_each_is_named_by_its_own_name(client, house):
    cities = [("全省", "/"), ("郑州", "/?region=410100"), ("开封", "/?region=410200")]
    counties = [("所有县区", "/?region=410100"), ("中牟", "/?region=410122")]

    assert places(client) == [("全省", cities)]
    assert places(client, region="410100") == [("郑州市", cities), ("所有县区", counties)]
    assert places(client, region="410122") == [("郑州市", cities), ("中牟县", counties)]
    assert places(client, region="410200") == [("开封市", cities)]
    assert places(client, region="410000") == [("全省", cities)]


def test_a_county_keeps_what_else_is_chosen_and_its_city_is_one_tap_away(client, house):
    (_cities, (chosen, links)) = places(client, region="410122", field="work", show="waiting")

    assert chosen == "中牟县"
    assert dict(links)["所有县区"] == "/?show=waiting&field=work&region=410100"


def test_a_county_whose_code_is_not_like_its_citys_is_found(client, house):
    Region.objects.create(
        code="419001", name="济源示范区", short_name="示范区", pinyin="j", level="county",
        parent_id="410200",
    )  # fmt: skip
    forget_regions()

    assert [chosen for chosen, _links in places(client, region="419001")] == [
        "开封市",
        "济源示范区",
    ]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "青年之声"),
        ("/?show=waiting", "大家在问 · 等回答 · 青年之声"),
        ("/?region=410122", "中牟县 · 青年之声"),
        ("/?region=410100&field=study&kind=help&show=solved",
         "郑州市 · 学习 · 求助 · 已解决 · 青年之声"),
        ("/?region=999999&field=nonsense", "青年之声"),
        ("/ledger/?show=overdue", "超时 · 转办台账 · 青年之声"),
        ("/ledger/", "转办台账 · 青年之声"),
        ("/rates/?by=region&month=2026-02", "地区 · 2026年2月 · 响应、解决、满意 · 青年之声"),
        ("/promises/?body=tuan-410100", "团郑州市委 · 承诺 · 青年之声"),
        ("/orgs/?kind=league", "各级团组织 · 青年之声"),
    ],
)  # fmt: skip
def test_a_title_says_what_is_filtered(client, house, settings, at, path, title):
    settings.SITE_NAME = "青年之声"
    at(MONDAY)

    assert title_of(client, path) == title


def test_the_heading_says_it_too(client, house):
    page = client.get("/?region=410122&field=life").content.decode()

    assert re.search(r'<h1 class="hero__title">中牟县 · 生活</h1>', page)


@pytest.mark.parametrize(
    ("region", "name"),
    [("410122", "中牟县 · 工作方面的提问"), (None, "工作方面的提问")],
)
def test_what_stands_beside_a_question_says_by_what_it_was_chosen(client, house, region, name):
    found, other = ask(region=region), ask(region=region)
    ask(region=region, field="life")
    if region:
        ask(region="410100")

    page = client.get(found.get_absolute_url())

    assert page.context["related"] == [other]
    assert f'id="related-title">{name}</h2>' in page.content.decode()


def test_where_nobody_has_asked_not_all_is_answered(client, house):
    answer(ask(field="study"), by=PersonFactory())
    ask(field="work")

    page = client.get("/").content.decode()

    doors = re.findall(r'door__count">\s*(.*?)\s*</span>', page)
    said = dict(zip(Field.values, doors, strict=True))
    assert said == {
        "work": "1 个在等",
        "life": "还没有人问",
        "study": "都有回声",
        "startup": "还没有人问",
        "social": "还没有人问",
    }


def test_an_empty_house_does_not_say_that_all_was_answered(client, house):
    page = client.get("/").content.decode()

    assert "都有回" not in page
    assert "还没有人问。" in page
