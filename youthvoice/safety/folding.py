"""Words as they are meant: without the tricks that hide them from a list.

Every sign of the folded text knows the place in the original that it came from.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

#: Traditional characters that stand in words we look for, each above its simplified one.
_TRADITIONAL = (
    "殺輕樓壓傷斷絕遺書體藥給說這個來還對請話開關強姦騙錢團貸賺單帳號轉賬項領獎釣魚網級騷擾"
    "綁勒贖報復讓爛賤腦殘媽嗎罵豬雞廢種馬鳥雜婊滾們電視頻軟執後爺個離無覺睡頭撞牆懼淚樣欺淩"
    "虐棄誘蕩淫賣買驗證碼銀卡辦刷槍彈煙炸爆毀滅燒揚潑學級師長歲懷孕嫁拐賭盤釋繳費載鏈聯係戶凍結"
    "極氣願氣麼麼沒與終於鬱難過氣戰寫隻隨處處壞聲嗚"
)
_SIMPLIFIED = (
    "杀轻楼压伤断绝遗书体药给说这个来还对请话开关强奸骗钱团贷赚单账号转账项领奖钓鱼网级骚扰"
    "绑勒赎报复让烂贱脑残妈吗骂猪鸡废种马鸟杂婊滚们电视频软执后爷个离无觉睡头撞墙惧泪样欺凌"
    "虐弃诱荡淫卖买验证码银卡办刷枪弹烟炸爆毁灭烧扬泼学级师长岁怀孕嫁拐赌盘释缴费载链联系户冻结"
    "极气愿气么么没与终于郁难过气战写只随处处坏声呜"
)
#: Letters of other alphabets that look like ours.
_ALIKE = dict(
    zip(
        "аᴀсԁеһіјӏорԛгѕтухʏԝкмнвαβγεικνοπρστυχωɡոսօ",
        "aacdehijlopqrstyxywkmhbabyeikvonpotuxwgnuo",
        strict=True,
    )
)
_MAP = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)) | _ALIKE
#: Nothing to see, but no format characters by their class.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_LEET = {"@": "a", "$": "s"}
#: A sign that stands for more is none of a word's: ﷺ is a whole sentence.
_SIGNS_MOST = 3


@dataclass(frozen=True)
class Folded:
    text: str
    #: For each sign of `text`, its place in the original.
    places: tuple[int, ...]
    #: Where it ends there: further on, where the same sign was said again.
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original."""
        return self.places[start], self.ends[end - 1]


def fold(text: str, *, collapse: bool = True) -> Folded:
    """Letters and digits only: one width, one case, one script, nothing between them.

    With `collapse`, the same sign several times running counts once.
    """
    signs: list[str] = []
    places: list[int] = []
    ends: list[int] = []
    for place in range(len(text)):
        for sign in fold_at(text, place):
            if collapse and signs and signs[-1] == sign:
                ends[-1] = place + 1
                continue
            signs.append(sign)
            places.append(place)
            ends.append(place + 1)
    return Folded("".join(signs), tuple(places), tuple(ends))


def fold_at(text: str, place: int) -> str:
    """What the sign at that place is meant as; empty when it is no letter and no digit."""
    given = text[place]
    if given in _LEET and _beside_letter(text, place):
        return _LEET[given]
    return _plain(given)


def alike(given: str) -> str:
    """One letter as it looks: one width, one case, one script."""
    return _plain(given)[:1] or given


@lru_cache(maxsize=16384)
def _plain(given: str) -> str:
    """One sign without its dress; empty when it is no letter and no digit."""
    return "".join(
        _MAP.get(sign, sign)
        for sign in unicodedata.normalize("NFKC", given).lower()
        if sign not in _FILLERS and unicodedata.category(sign)[0] in "LN"
    )[:_SIGNS_MOST]


def _beside_letter(text: str, place: int) -> bool:
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return any(sign.isascii() and sign.isalpha() for sign in around)


def tables() -> dict[str, object]:
    """For the script in the form, which folds the same way."""
    return {
        "map": _MAP,
        "fillers": "".join(sorted(_FILLERS)),
        "leet": _LEET,
        "most": _SIGNS_MOST,
    }
