"""Listed words dressed up in every way that people try, inside sentences as people write."""

import random

SENTENCES = (
    "昨天在群里有人说{}，我看了很不舒服。",
    "{}，别再来找我",
    "真的服了，{}！这事到底谁管",
    "他回我一句{}就把我拉黑了",
    "我看到的广告写着{}，加他就行。",
    "宿舍楼下贴了张纸：{}",
    "你们评评理 {} 这话像话吗",
    "{}",
)
_GAPS = (" ", "  ", ".", "-", "_", "*", "·", "、", "~", "|", "/", "，", "。", "\u3000", "…", "❤")
_HIDDEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\ufe0f")
_TRADITIONAL = str.maketrans(
    "杀买卖枪贷赚单账号转领奖网级骗骂猪杂贱烂脑残妈",
    "殺買賣槍貸賺單賬號轉領獎網級騙罵豬雜賤爛腦殘媽",
)
_LOOKS = {"妈": "马麻玛", "逼": "比币笔", "傻": "煞沙", "操": "草艹曹", "狗": "苟", "微": "威薇"}
_LOOKS |= {"杀": "鲨沙", "枪": "抢呛", "卡": "咖", "单": "丹", "贱": "剑", "信": "芯"}
_CYRILLIC = str.maketrans("aceiopsxynm", "асеіорѕхуnм")
_LEET = str.maketrans("aoies", "40135")


def wide(word: str, dice: random.Random) -> str:
    return "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in word)


def gaps(word: str, dice: random.Random) -> str:
    return dice.choice(_GAPS).join(word)


def mixed_gaps(word: str, dice: random.Random) -> str:
    return "".join(s + (dice.choice(_GAPS) if dice.random() < 0.6 else "") for s in word)


def hidden(word: str, dice: random.Random) -> str:
    return "".join(s + dice.choice(_HIDDEN) for s in word)


def case(word: str, dice: random.Random) -> str:
    return "".join(dice.choice((s.upper(), s.lower())) for s in word)


def traditional(word: str, dice: random.Random) -> str:
    return word.translate(_TRADITIONAL)


def repeated(word: str, dice: random.Random) -> str:
    return "".join(s * dice.choice((1, 1, 2, 3)) for s in word)


def alike(word: str, dice: random.Random) -> str:
    if word.isascii():
        return word.translate(dice.choice((_CYRILLIC, _LEET)))
    return "".join(dice.choice(_LOOKS[s]) if s in _LOOKS else s for s in word)


TRICKS = (wide, gaps, mixed_gaps, hidden, case, traditional, repeated, alike)


def evasions(words: list[str], *, many: int, seed: int) -> list[tuple[str, str, str]]:
    """(word, names of the tricks, sentence): one trick or two at once, each changing the word."""
    dice = random.Random(seed)
    found: list[tuple[str, str, str]] = []
    while len(found) < many:
        word = dice.choice(words)
        tricks = dice.sample(TRICKS, dice.choice((1, 1, 2)))
        dressed = word
        for trick in tricks:
            dressed = trick(dressed, dice)
        # A Latin word with gaps of its own only in part is two words to any reader.
        if dressed == word or (word.isascii() and mixed_gaps in tricks):
            continue
        names = "+".join(trick.__name__ for trick in tricks)
        found.append((word, names, dice.choice(SENTENCES).format(dressed)))
    return found
