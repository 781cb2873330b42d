"""Who may be called what: a name by which one passes for an office, the site, a hotline or nobody
is refused however it is written; ordinary names are not."""

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from tests.factories import MONDAY, PersonFactory, ask, member
from youthvoice.kit.looks import look
from youthvoice.orgs.actions import load_province
from youthvoice.orgs.models import Organisation
from youthvoice.people import names
from youthvoice.people.actions import find_or_import
from youthvoice.people.names import misleads
from youthvoice.questions.actions import comment
from youthvoice.questions.choices import AnswerKind
from youthvoice.questions.models import Comment, Question
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db

OFFICES = [
    "团ˊ河ˊ南ˊ省ˊ委", "民警小李", "中央网信办", "国务院", "共青団", "共 青 囝", "宮方账号",
    "团市委", "ＧＵＡＮＦＡＮＧ", "郑州市水利局（官方）", "团河南省委", "团 河 南 省 委",
    "團河南省委", "団河南省委", "囝河南省委", "团·河南·省委", "团河南省委小李", "ＴＵＡＮＷＥＩ",
    "共青团河南省委员会", "河南共青團", "团郑州巿委", "郑州团市委", "团中牟县委", "团中牟縣委",
    "中牟团委", "团\u0301委", "团🌟委", "团⼟市委", "郑州市教育局", "鄭州市教育局", "郑州教育局",
    "登封市水利局", "郑州市人社局", "省人社厅", "教育局老师", "中牟县公安局", "河南省政府",
    "郑州公安", "信访局", "心理专家组", "法律服务联盟", "创业导师团", "省青年志愿者协会",
    "团省委", "市委书记", "少工委", "郑州发布热线", "县长", "市长信箱", "郑州警方", "警官",
    "警察叔叔", "Police", "妇联", "省妇联", "郑州市总工会", "残联", "教育部", "文明办",
    "劳动仲裁", "劳动监察",
    "政务服务", "河南政务", "青年志愿者协会", "团河南", "团郑州", "团河南省wei", "GQT河南",
    "河南gqt", "共青屯", "供青团",
]  # fmt: skip
SITE = [
    "河南青年の声", "青年·之声", "河南青年之声", "青年之声", "青年之聲", "靑年之声",
    "青 年 之 声", "YouthVoice", "yоuthvоice", "青年之声小编", "河南青年之声官方",
    "青年知声", "青年之升",
]  # fmt: skip
HOTLINES = [
    "12三55", "幺二三五五", "郑州12355", "1２3五五", "12355", "１２３５５", "①②③⑤⑤", "❶❷❸❺❺",
    "𝟏𝟐𝟑𝟓𝟓", "l2355", "I23S5", "1 2 3 5 5", "1-2355", "一二三五五", "壹贰叁伍伍", "12355小周",
    "١٢٣٥٥", "12345", "12345热线", "110", "１１０", "一一零", "120急救", "110报警台", "郑州110",
    "郑州12345", "12348", "12356心理",
    "0371-12355", "010-12345", "０３７１ １２３４８", "12338妇女",
]  # fmt: skip
STAND_INS = [
    "己注销", "已注消", "匿洺", "慝名", "管理圆", "匿名", "匿名用户", "匿 名", "不留名",
    "没有留名的青年", "没留名的人", "已注销", "已註銷", "已离开的青年", "已离开的同事",
    "已離開的青年", "提问者", "提問者", "网友", "網友", "青年", "青年互助", "官方回答",
    "专家回答", "原答复单位", "系统消息", "官方", "官 方", "宫方", "管理员", "菅理员",
    "平台管理员", "小编", "小編", "客服小王", "客服", "值班员", "答复员", "工作人员", "аdmin",
    "Admin01", "officia1", "Official", "专家", "用户", "root",
    "注销用户", "游客", "认证用户", "审核组", "网管", "站方", "No Name", "AI助手", "专家答复",
]  # fmt: skip
FINE = [
    "公安县的人", "政府路的猫", "法院路小卖部", "团团圆圆", "知己", "小铭", "OIL", "b0b", "10086",
    "一二三木头人", "五五开", "小团子和宫保鸡丁", "困困的管管", "何以为家", "山东的州州",
    "洲际导弹", "小李", "中牟小李", "郑州 小李", "会飞的烩面", "阿树", "小麦不困", "豫北一棵槐",
    "阿宁在郑州", "律师甲", "老家信阳", "洛阳的结局", "开封饭局", "小王12345", "12345上山打老虎",
    "小李120", "13812355678", "110斤", "团圆", "团子", "社团结束了", "badminton", "青年1",
    "青年小赵", "爱织毛衣的小编织匠", "困了", "国宝大熊猫", "河洛", "市井青年", "委屈巴巴",
    "省钱小能手", "理工男", "Кирилл", "Ελένη", "山田たろう", "이영희", "𠮷野家", "官渡之战",
    "局外人", "办公室摸鱼人", "志愿者小周", "安阳人", "区块链", "小区委屈", "王医生的女儿",
    "新县的雨", "教育学渣", "法学生", "吃货专家", "服务员", "Adam in love", "Sol", "lo", "1988",
    "专升本", "合唱团委屈", "委屈的团子", "城市长大的", "县长大的孩子", "黑猫警长", "职工会计",
    "工会小鱼", "网管小周", "教育部分", "知青年之", "游客甲", "公园里", "提供青菜", "屯里的猫",
    "0371的风", "管理学", "青年之生活", "警察的女儿", "妇女节", "爱管闲事",
]  # fmt: skip


@pytest.fixture
def province(bare):
    """The real one, with all its organisations."""
    load_province(at=MONDAY)


def test_a_name_that_passes_for_somebody_else_is_refused_and_an_ordinary_one_is_not(province):
    refused = [*OFFICES, *SITE, *HOTLINES, *STAND_INS]

    assert [name for name in refused if not misleads(name)] == []
    assert [name for name in FINE if misleads(name)] == []


def test_what_is_looked_for_is_written_as_it_looks():
    """A pattern that the folding would change finds nothing."""
    patterns = (names._OFFICES, names._STAFF, names._NAMELESS, names._OWN, names._DIALLED)
    words = "".join(pattern.pattern for pattern in patterns) + "".join(names._ALONE)
    signs = {sign for sign in words if sign.isalpha()} - {"圆"}

    assert {sign for sign in signs if look(sign) != sign} == set()


def test_the_settings_name_and_telephone_of_a_house_are_its_own(bare, settings):
    settings.SITE_NAME, settings.CONTACT = "豫见心声", "0371-65900000"

    found = [
        misleads(name) for name in ("豫見心聲", "豫见·心声站", "037165900000", "0371 6590 0000")
    ]
    assert found == [True] * 4
    assert not misleads("心声")


def test_every_word_that_stands_where_there_is_no_name_is_refused(house):
    gone, imported = PersonFactory(), find_or_import(code="7", at=MONDAY)
    named, nameless = ask(by=gone), ask()
    said = comment(question=named, answer=None, text="我补充。", by=Viewer(gone), at=MONDAY)
    words = [said.author_name, nameless.asker_name, imported.nickname]
    Comment.objects.update(author=None, is_asker=False)
    Question.objects.filter(pk=named.pk).update(author=None, is_nameless=False)
    words += [Comment.objects.get().author_name, Question.objects.get(pk=named.pk).asker_name]
    words += [*AnswerKind.labels, "已离开的同事", "已注销", "平台管理员"]

    assert [word for word in words if not misleads(word)] == []


def test_whoever_works_there_may_bear_the_name_and_say_what_they_are(house, client):
    person = member(house.city, nickname="小秦")
    client.force_login(person)

    assert misleads("团郑州市委小秦")
    assert not misleads("团郑州市委小秦", person=person)
    assert not misleads("答复员小秦", person=person)
    # Another's is another's, and nobody is nameless by their name.
    assert misleads("团中牟县委小秦", person=person)
    assert misleads("匿名小秦", person=person)
    assert misleads("团郑州市委小秦", person=PersonFactory())


def test_an_organisation_that_is_used_no_more_has_no_name_to_guard(house):
    assert misleads("法律专家组")
    Organisation.objects.filter(short_name="法律专家组").update(is_active=False)
    cache.clear()

    assert not misleads("法律专家组")


def test_a_name_that_an_organisation_took_later_is_told_to_operators(house, capsys):
    early, staff = (
        PersonFactory(nickname="豫青合唱队"),
        member(house.city, nickname="团郑州市委小秦"),
    )
    call_command("check_names")
    Organisation.objects.filter(pk=house.experts.pk).update(short_name="豫青合唱队")
    cache.clear()

    with pytest.raises(CommandError, match="1 nicknames"):
        call_command("check_names")

    assert f"{early.pk} 豫青合唱队" in capsys.readouterr().out
    early.refresh_from_db()
    assert (early.nickname, staff.nickname) == ("豫青合唱队", "团郑州市委小秦")
