"""The table of limits: what, how often, in what time, and what is said when it is too much.

docs/operating.md tells the same table; a test compares the two.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class What(StrEnum):
    """Acts that are counted, each by one kind of key. Several at once are taken in this order."""

    #: By network, and by browser: `youthvoice.limits.networks` takes these.
    RECEIPT = "receipt"
    OPENED = "opened"
    OUTSIDE = "outside"
    ASK = "ask"
    PICTURES = "pictures"
    HELD = "held"
    WRITE_NAMELESS = "write-nameless"
    CHANGE_NAMELESS = "change-nameless"
    REPORT = "report"
    REFUSED = "refused"
    SIGN_IN_NETWORK = "sign-in-network"
    SIGN_UP = "sign-up"
    LETTER_NETWORK = "letter-network"
    PHONE_NETWORK = "phone-network"
    #: By account. Nothing that somebody does without their name may be taken here.
    ASK_NAMED = "ask-named"
    WRITE = "write"
    CHANGE = "change"
    FOLLOW = "follow"
    EXPORT = "export"
    SEALED = "sealed"
    #: By the name or address that was typed, in small letters.
    SIGN_IN = "sign-in"
    #: By account and device: the rightful owner's way in while others have locked the account.
    SIGN_IN_DEVICE = "sign-in-device"
    #: Letters to guardians, by account, and by the address they go to.
    GUARDIAN = "guardian"
    GUARDIAN_ADDRESS = "guardian-address"
    #: By the address that was typed, in small letters.
    LETTER = "letter"
    #: By the HMAC of the number that was typed.
    PHONE_MINUTE = "phone-minute"
    PHONE_DAY = "phone-day"
    #: By account; on a device that the account knows, by both.
    SECOND_FACTOR = "second-factor"
    #: By app and half minute: each code is good once.
    FACTOR_STEP = "factor-step"
    #: By the number of a wait: each is good for one act.
    WAITED = "waited"


@dataclass(frozen=True)
class Limit:
    most: int
    within: timedelta
    #: What has been too much, as the first half of a sentence.
    words: Any
    #: True: the last one that is allowed begins the time anew, so that a lock lasts all of it.
    locks: bool = False
    #: What else one can do meanwhile.
    hint: Any = ""
    #: How many of them one browser may send; 0 where no browser is counted apart.
    each: int = 0
    #: How many times `most` may come from a network when each one more has waited; 1 is none.
    crowd: int = 1


_HOUR = timedelta(hours=1)
_HALF = timedelta(minutes=30)
_DAY = timedelta(days=1)
_NETWORK = _("你用的网络刚才发得太多")
_OWN = _("你刚才发得太多")
_LETTERS = _("今天给监护人的信发得太多")
_PASSWORD = _("密码错得太多，先停一停")
_WAY_IN = _("急着进来，用以前登录过的设备，或者用邮箱重设密码。")

_PHONE = _("这个号码刚刚收过验证码")

LIMITS = {
    What.RECEIPT: Limit(
        30, timedelta(minutes=10), _("你用的网络刚才试了太多次回执码"), each=10, crowd=4
    ),
    # Not a guess, but each costs a slow hash.
    What.OPENED: Limit(300, timedelta(minutes=10), _NETWORK, each=60),
    What.OUTSIDE: Limit(30, timedelta(minutes=10), _("你用的网络刚才试了太多次校验码"), each=10),
    What.ASK: Limit(30, _HOUR, _NETWORK, each=20, crowd=10),
    What.PICTURES: Limit(90, _HOUR, _("你用的网络刚才传了太多图片"), each=90, crowd=10),
    # Kilobytes of pictures that wait for a form which came back.
    What.HELD: Limit(60_000, _HOUR, _("你用的网络刚才传了太多图片"), each=40_000),
    What.WRITE_NAMELESS: Limit(60, _HOUR, _NETWORK, each=40, crowd=5),
    What.CHANGE_NAMELESS: Limit(120, _HOUR, _("你用的网络刚才改得太多"), each=60, crowd=5),
    What.REPORT: Limit(30, _HOUR, _("你用的网络刚才举报得太多"), each=15, crowd=5),
    # Hundredths of a second of the processor's time, for forms that are refused.
    What.REFUSED: Limit(6000, timedelta(minutes=10), _("你用的网络刚才发来太多没法收下的内容")),
    What.SIGN_IN_NETWORK: Limit(30, _HALF, _PASSWORD, hint=_WAY_IN, each=15, crowd=4),
    What.SIGN_UP: Limit(60, _HOUR, _("你用的网络刚才注册得太多"), each=20, crowd=10),
    What.LETTER_NETWORK: Limit(20, _HOUR, _("你用的网络刚才要了太多信"), each=10, crowd=5),
    What.PHONE_NETWORK: Limit(20, _HOUR, _("你用的网络刚才要了太多验证码"), each=10, crowd=5),
    What.ASK_NAMED: Limit(20, _HOUR, _OWN),
    What.WRITE: Limit(60, _HOUR, _OWN),
    What.CHANGE: Limit(120, _HOUR, _("你刚才改得太多")),
    What.FOLLOW: Limit(300, _HOUR, _("你刚才点得太快")),
    What.EXPORT: Limit(5, timedelta(days=1), _("你今天要了太多次数据")),
    What.SEALED: Limit(10, timedelta(minutes=10), _("你刚才试了太多次钥匙")),
    What.SIGN_IN: Limit(5, _HALF, _PASSWORD, locks=True, hint=_WAY_IN),
    What.SIGN_IN_DEVICE: Limit(5, _HALF, _PASSWORD, locks=True, hint=_WAY_IN),
    What.GUARDIAN: Limit(3, _DAY, _LETTERS),
    What.GUARDIAN_ADDRESS: Limit(3, _DAY, _LETTERS),
    What.LETTER: Limit(
        5, _HOUR, _("这个邮箱刚才要了太多信"), hint=_("信有时晚到，先看看垃圾邮件。")
    ),
    What.PHONE_MINUTE: Limit(1, timedelta(minutes=1), _PHONE),
    What.PHONE_DAY: Limit(5, _DAY, _("这个号码今天收过五次验证码了")),
    What.SECOND_FACTOR: Limit(
        5,
        _HALF,
        _("验证码错得太多，先停一停"),
        locks=True,
        hint=_("急着进来，用以前登录过的设备。"),
    ),
    What.FACTOR_STEP: Limit(1, timedelta(minutes=5), _("这个验证码已经用过了")),
    What.WAITED: Limit(1, timedelta(minutes=20), _NETWORK),
}
