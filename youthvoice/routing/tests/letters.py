"""Small invented letters: two groups that are told apart by words no rule knows, and more."""

import itertools

from youthvoice.routing.features import Asked
from youthvoice.routing.training import Row

_PLACES = ["东湖", "西岭", "南坡", "北桥", "中街", "河口", "新庄", "老镇"]
_LIBRARY = ["借书证过期了怎么续", "自习座位总被占着", "还书箱半夜打不开", "阅览区灯光太暗"]
_FERRY = ["渡轮末班停得太早", "码头棚子漏雨", "船票机只收硬币", "摆渡排队没人管"]


def letters(times: int = 8) -> list[Row]:
    """As many of each of two labels: `library` and `ferry`."""
    rows = []
    for place, (a, b) in itertools.product(_PLACES[:times], zip(_LIBRARY, _FERRY, strict=True)):
        rows.append(Row(Asked(f"{place}{a}", f"我住在{place}，{a}，请帮忙看看。"), "library"))
        rows.append(Row(Asked(f"{place}{b}", f"我住在{place}，{b}，请帮忙看看。"), "ferry"))
    return rows
