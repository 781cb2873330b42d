"""The list finds its words in disguise, spares what only looks like them, and is the operators'."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from tests.factories import MONDAY
from youthvoice.journal.models import Entry
from youthvoice.orgs.models import Organisation
from youthvoice.safety import actions, queries
from youthvoice.safety.folding import fold
from youthvoice.safety.matching import Matcher
from youthvoice.safety.models import HelpLine, ListedWord
from youthvoice.safety.shipped import ordinary_words, shipped_words
from youthvoice.safety.tests.evading import evasions

#: What young people must always be able to say, of anybody.
_COMPLAINT = """
失职 渎职 不作为 乱作为 慢作为 懒政 推诿 踢皮球 敷衍 投诉 举报 腐败 贪污 受贿 官僚 形式主义 包庇
黑幕 不公 不管 欺上瞒下 态度差 吐槽 维权 上访 信访 罢免 问责 曝光 垃圾学校 黑心 无良 克扣
拖欠 乱收费 官官相护
"""
_OFFICES = """
书记 市长 县长 省长 局长 处长 科长 主任 校长 院长 部长 所长 镇长 村长 干部 公务员 警察 城管 法官
团委 共青团 政府 公安 法院 检察院 教育局 人社局 学校 医院 党 国家 领导 委员会 青联 学联
"""
COMPLAINT, OFFICES = _COMPLAINT.split(), _OFFICES.split()


@pytest.fixture(scope="module")
def shipped():
    return Matcher(shipped_words(), ordinary_words())


def test_evasions_are_caught(shipped):
    tried = evasions(list(shipped_words()), many=3000, seed=7)
    missed = [(w, names, s) for w, names, s in tried if not shipped.find(s)]
    recall = 1 - len(missed) / len(tried)
    assert len({names for _w, names, _s in tried}) > 40
    assert recall >= 0.95, Counter(names for _w, names, _s in missed).most_common(5)


def test_without_folding_they_would_not_be():
    tried = evasions(list(shipped_words()), many=300, seed=7)

    assert sum(word in sentence for word, _names, sentence in tried) < 30


def test_neither_complaint_nor_an_office_is_on_the_list(shipped):
    for word in (*COMPLAINT, *OFFICES):
        assert not shipped.find(f"他们{word}，我要说"), word
        assert not any(word in listed for listed in shipped_words()), word


@pytest.mark.django_db
def test_no_name_of_an_organisation_is_on_the_list(empty_province, shipped):
    for name in Organisation.objects.values_list("name", "short_name"):
        assert not shipped.find("，".join(name)), name


def test_the_list_is_of_a_moderate_length_and_has_no_word_twice(shipped):
    words = shipped_words()

    assert 100 <= len(words) <= 300
    assert len({fold(word).text for word in words}) == len(words)


def test_what_only_looks_alike_is_spared(shipped):
    for text in (
        "girls bag",
        "I was habitual",
        "操作手册在哪下载",
        "兼职工资日结吗",
        "我妈比较忙",
        "这药要饭后吃",
        "学校刷卡机坏了，领导不作为",
        "信用卡逾期怎么办",
    ):
        assert not shipped.find(text), text


@pytest.mark.parametrize(
    "text",
    [
        "这个问题很复杂种类太多",
        "有关部门能够批准吗",
        "人大代表子女上学的政策",
        "今日你妈妈来学校了",
        "带孩子做体操你妈妈教的",
        "养的家畜生病了找谁",
        "河道泥沙比例超标",
        "准备王八蛋糕店的招牌",
        "电脑残疾人也能学",
        "病死肥猪怎么处理",
        "作废了你们的票",
        "买够东西就回来",
        "能干你妈妈这份工作吗",
        "5月1日你妈妈生日",
        "税务局代开发票流程",
        "恶狗逼近路过的孩子",
        "要是你妈逼着你相亲怎么办",
        "广场上轮滑溜冰群众不少",
    ],
)
def test_a_word_is_not_found_across_its_neighbours(shipped, text):
    assert not shipped.find(text)


@pytest.mark.parametrize(
    "text",
    [
        "复杂，杂种！",
        "他比较狠，骂我傻比",
        "能够了，狗比",
        "今日，日你妈",
        "傻逼真烦",
        "溜冰群有吗",
    ],
)
def test_an_ordinary_word_beside_it_hides_nothing(shipped, text):
    assert shipped.find(text)


def test_no_listed_word_is_an_ordinary_one(shipped):
    assert all(shipped.find(word) for word in shipped_words())


def test_a_place_is_told_in_the_original(shipped):
    text = "他骂我傻\u200b　逼，还说"
    (hit,) = shipped.find(text)

    assert text[hit.start : hit.end] == "傻\u200b　逼"
    assert queries.mask(text, [hit]) == "他骂我•\u200b　•，还说"


def test_signs_for_letters_count_beside_letters_only(shipped):
    assert shipped.find("你个$h@bi")
    assert not shipped.find("花了$5")


def test_an_empty_list_finds_nothing():
    assert Matcher({}).find("傻逼") == []


@pytest.fixture
def empty_province(bare):
    from youthvoice.orgs.actions import load_province

    load_province(at=MONDAY)


# --- The list in the database ------------------------------------------------------------


@pytest.mark.django_db
def test_loading_again_adds_nothing_and_undoes_no_operator():
    assert actions.load_safety(at=MONDAY) == len(shipped_words()) + 4
    ListedWord.objects.filter(word="脑残").update(is_active=False)
    HelpLine.objects.filter(code="12356").update(is_active=False, number="12356-1")

    assert actions.load_safety(at=MONDAY) == 0

    assert not ListedWord.objects.get(word="脑残").is_active
    assert Entry.objects.filter(verb="safety.loaded").count() == 1
    assert [line.number for line in queries.help_lines()] == ["110", "120", "12355"]


@pytest.mark.django_db
def test_the_automaton_follows_the_list(django_assert_num_queries):
    assert queries.listed_words("某某坏词") == []
    row = ListedWord.objects.create(word="坏词", kind="abuse")
    assert [hit.word for hit in queries.listed_words("某某坏词")] == ["坏词"]
    with django_assert_num_queries(1):
        queries.listed_words("某某坏词")
    row.is_active = False
    row.save()
    assert queries.listed_words("某某坏词") == []
    ListedWord.objects.create(word="某某", kind="abuse")
    row.delete()
    assert [hit.word for hit in queries.listed_words("某某坏词")] == ["某某"]


def test_a_word_of_which_nothing_is_left_stops_nobody():
    """`！！` in the operators' list was a 500 for whoever wrote anything."""
    found = Matcher({"！！": "abuse", "坏词": "abuse", "\u200b": "fraud"}, ["…"]).find(
        "某某坏词！！"
    )
    assert [hit.word for hit in found] == ["坏词"]
    with pytest.raises(ValidationError, match="没有字"):
        ListedWord(word="！！", kind="abuse").full_clean(validate_unique=False)


@pytest.mark.django_db
def test_rows_have_names():
    line, word = HelpLine(name="报警", number="110"), ListedWord(word="坏词")
    assert (str(line), str(word)) == ("报警 110", "坏词")


def test_letters_of_other_alphabets_are_read_as_they_look():
    alike = dict(
        zip(
            "асеһіјорԛгѕтухʏԝкмнвαβγεικνορτυχωոսօ",
            "acehijopqrstyxywkmhbabyeikvoptuxwnuo",
            strict=True,
        )
    )

    assert {sign: fold(sign).text for sign in alike} == alike
