"""Which nicknames would make their bearer pass for somebody else: an office, the site, a hotline,
or one of the words that stand where there is no name.

Rather once too often than too seldom: who is refused chooses another name. Compared is how a name
looks (`kit/looks.py`). What only higher floors know, they `add`; the lists here are what is true
of any house. What is missed differs all the same, for each page says whose voice it is.
"""

import re
from typing import Protocol

from django.conf import settings

from youthvoice.kit.looks import as_letters, look, numbers_in
from youthvoice.people.models import User


class Bearers(Protocol):
    """What a higher floor knows of names."""

    def own(self, person: User) -> frozenset[str]:
        """What `person` may bear, as it looks: none, if they work nowhere."""

    def others(self, looked: str) -> bool:
        """Whether a name, as it looks, is another's."""


_bearers: list[Bearers] = []

#: Offices of the League and of the state, wherever they stand in a name.
_OFFICES = re.compile(
    "团委(?![屈婉托曲])|团支?部书记|共青团|团工委|团中央|团[^体队结圆员购建]{0,8}[省市县区州](委|wei)"
    "|[省市县]委|区委(会|书记|$)|少工委|学联|青联$|少先队|志愿者(协会|联合会)"
    "|(政府|法院)(?![路街])|公安(?!县)|派出所|检察[院官]|法官|民警|交警|纪检|监委|纪委|信访局"
    "|[省市县区]长($|信箱|热线|专线|办公室)|政务(服务|公开|大厅|平台|$)"
    "|警方|警官|^警察(叔叔|同志|$)|劳动(监察|仲裁|局)"
    "|国务院|(教育|民政|财政|人社|司法)部$|网信办|文明办|人民日报|新华社"
    "|妇联|总工会|工会$|残联|文联$|科协$|工商联|侨联$|红十字会"
)
#: Who speaks for a site, in Chinese, and as it is spelt.
_STAFF = re.compile(
    "官方|管理员|客服|小编(?![织辫写程曲草])|工作人员|值班员|答复员|审核员|运营人员|平台方|站长|版主"
    "|系统(消息|通知|公告)|服务台|热线|举报中心|认证(专家|账号|用户)|站[务方]$|网管$|审核组?$"
    "|(?<!b)admin(?!ton)|official|moderator|guanfang|guanliyuan|gongqingtuan|tuanwei|gqt|police"
)
#: What this house says where there is no name, and whose voice it is.
_NAMELESS = re.compile(
    "匿名|不留名|没有?留名|未署名|已注[销消]|^注[销消](的?用户|的?账号)|已离开|离开的(青年|同事)|提问(者|人$)|原答复"
)
_ALONE = {
    "青年", "网友", "用户", "专家", "同事", "同龄人", "系统", "平台", "社会力量", "青年互助",
    "专家回答", "专家答复", "政府答复", "律师", "医生", "root", "system", "support", "kefu",
    "xiaobian", "user", "anonymous", "staff", "noname", "游客", "管理", "机器人", "ai助手",
    "心理专家", "律师团",
}  # fmt: skip
#: Our own, in any company.
_OWN = re.compile("青年[之知]声|青年之音|青年之[生升]$|youthvoice|qingnianzhisheng")
#: What everybody dials. 12345 is also how one counts: only alone, or beside what such a line does.
HOTLINES = frozenset(map(str, (
    110, 119, 120, 122, 999, 12110, 12119, 12301, 12305, 12309, 12310, 12312, 12315, 12320, 12328,
    12329, 12333, 12337, 12338, 12339, 12340, 12345, 12348, 12350, 12351, 12356, 12358, 12363,
    12365, 12366, 12367, 12368, 12369, 12377, 12378, 12380, 12381, 12385, 12388, 12389, 12393,
    12395,
)))  # fmt: skip
OUR_HOTLINE = "12355"
_DIALLED = re.compile(
    "服务|助手|平台|中心|报警|急救|接线|专线|心理|咨询|投诉|求助|援助|妇女|台$|办$"
)
#: As one dials them from elsewhere.
_AREA = re.compile("0(?:10|2[0-9]|[3-9][0-9]{2})(?=[1-9][0-9]{4}$)")


def add(bearers: Bearers) -> None:
    """Call it when the apps are ready."""
    _bearers.append(bearers)


def misleads(name: str, *, person: User | None = None) -> bool:
    """Whether a nickname would make people take `person` (None at a sign-up) for somebody else.

    Whoever works in an organisation may bear its names, and say what they are there.
    """
    looked = look(name)
    own = {name for one in _bearers for name in one.own(person)} if person is not None else set()
    for name in sorted(own, key=len, reverse=True):
        looked = looked.replace(name, "")
    spelt = as_letters(looked)
    if not own and (_OFFICES.search(looked) or _STAFF.search(looked) or _STAFF.search(spelt)):
        return True
    return (
        bool(_NAMELESS.search(looked))
        or bool({looked, spelt} & _ALONE)
        or _is_ours(looked)
        or _is_dialled(looked)
        or any(one.others(looked) for one in _bearers)
    )


def hotlines_in(looked: str) -> set[str]:
    return _dialled_in(looked) & HOTLINES


def without_digits(looked: str) -> str:
    return re.sub(r"[0-9]", "", looked)


def _is_ours(looked: str) -> bool:
    site, contact = look(settings.SITE_NAME), look(settings.CONTACT)
    numbers = _dialled_in(looked)
    return (
        bool(_OWN.search(looked) or _OWN.search(as_letters(looked)))
        or (len(site) > 1 and site in looked)
        or OUR_HOTLINE in numbers
        or contact in numbers
        or (len(contact) > 3 and not contact.isdigit() and contact in looked)
    )


def _dialled_in(looked: str) -> set[str]:
    """The numbers in it, each also without the code of a place before it."""
    found = numbers_in(looked)
    return found | {_AREA.sub("", number) for number in found}


def _is_dialled(looked: str) -> bool:
    found = hotlines_in(looked)
    # The whole of it, in digits or in what stands for them; or what such a line says of itself.
    whole = any(len(number) == len(_AREA.sub("", looked)) for number in found)
    return whole or bool(found and _DIALLED.search(without_digits(looked)))
