"""The letter to a body without accounts: what it says, and what it must not say."""

import re
import unicodedata
import zlib
from base64 import a85decode

import pytest

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, ask, member
from youthvoice.cases.models import Hop
from youthvoice.cases.tests.working import refer
from youthvoice.kit import clock
from youthvoice.outside import letter_pdf, rare_signs
from youthvoice.outside.tests.fonts import font
from youthvoice.safety import personal

pytestmark = pytest.mark.django_db
LINK = "https://voice.example/out/abcdefghijklmnopqrstuvwx/"
CODE = "1234 5678"


@pytest.fixture(autouse=True)
def fonts(monkeypatch, tmp_path):
    """The system has no fonts but those of this folder."""
    monkeypatch.setattr(rare_signs, "_folders", lambda: (tmp_path,))
    return tmp_path


@pytest.fixture
def bureau(house):
    return OrganisationFactory(
        slug="rsj", kind="expert", name="郑州市人社局", short_name="市人社局", region_id="410100"
    )


@pytest.fixture
def letter(house, bureau):
    """Draws the letter about a question of these words."""

    def draw(**words):
        refer(ask(**words), bureau, at=MONDAY, reason="请按职责处理欠薪。")
        hop = Hop.objects.select_related("lane__case__question__region", "sender", "receiver").get()
        return letter_pdf.draw(hop=hop, link=LINK, code=CODE, at=MONDAY)

    return draw


def streams(drawn):
    """What each stream of the file holds."""
    for head, body in re.findall(
        rb"<<([^\0]{0,300}?)>>\s*stream\r?\n(.*?)endstream", drawn, re.DOTALL
    ):
        if b"/ASCII85Decode" in head:
            yield zlib.decompress(a85decode(body.strip().removesuffix(b"~>"), adobe=False))
        else:  # a font
            yield zlib.decompressobj().decompress(body)


def read(drawn):
    """The words of a letter: in the Chinese font each sign is two bytes of UCS-2."""
    found = []
    for stream in streams(drawn):
        for shown in re.findall(rb"\(((?:\\.|[^\\()])*)\) ?Tj", stream, re.DOTALL):
            raw = re.sub(rb"\\([0-7]{3}|.)", _unescaped, shown, flags=re.DOTALL)
            is_latin = raw.isascii() and b"\x00" not in raw and len(raw) > 3
            found.append(raw.decode() if is_latin else raw.decode("utf-16-be", "replace"))
    return "".join(found)


def _unescaped(match):
    told = match[1]
    if len(told) == 3:
        return bytes([int(told, 8)])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(told, told)


def pages(drawn):
    return len(re.findall(rb"/Type /Page\b", drawn))


def test_it_says_who_asks_whom_for_what_by_when_and_how_to_reply(letter):
    drawn = letter(title="工资拖了两个月", text="老板说下个月给。\n\n已经问过三次。")

    assert drawn.startswith(b"%PDF-")
    told = read(drawn)
    for words in (
        "郑州市人社局",
        "团郑州市委全称",
        "工资拖了两个月",
        "老板说下个月给。",
        "已经问过三次。",
        "请按职责处理欠薪。",
        LINK,
        CODE,
        "校验码只能用一次",
    ):
        assert words in told, words


def test_numbers_are_masked_and_it_says_so(letter):
    told = read(letter(title="打我电话 13812345678", text="微信号 abcdef123，电话 138 1234 5678。"))

    for number in ("13812345678", "abcdef123", "1234 5678。"):
        assert number not in told
    assert "138*" in told
    assert "已经遮住" in told


def test_no_disguise_brings_a_number_into_a_letter(letter):
    """What was printed in clear above the sentence that it is masked."""
    told = read(
        letter(
            title="打我电话 138\u00a01234\u00a00076",
            text="或者 139–5678–0042，加\u200b薇：abc_def12。\n137\n1234\n0099\n①③⑥①②③④⑤⑥⑦⑧",
        )
    )

    shown = "".join(sign for sign in unicodedata.normalize("NFKC", told) if sign.isalnum())
    for number in ("13812340076", "13956780042", "abcdef12", "1371234", "13612345678"):
        assert number not in shown
    assert not personal.find(told.partition("提问")[2].partition("怎样回复")[0])


def test_released_numbers_are_printed_and_it_says_so(house, bureau):
    refer(ask(title="打我电话 13812345678", text="微信号 abcdef123。"), bureau, at=MONDAY)
    hop = Hop.objects.select_related("lane__case__question__region", "sender", "receiver").get()

    told = read(letter_pdf.draw(hop=hop, link=LINK, code=CODE, at=MONDAY, shows_numbers=True))

    for words in ("13812345678", "abcdef123", "同意给办这件事的单位看", "不要再给别人"):
        assert words in told
    assert "遮住" not in told


def test_one_that_goes_by_mail_holds_no_code_and_says_how_it_comes(house, bureau):
    refer(ask(), bureau, at=MONDAY)
    hop = Hop.objects.select_related("lane__case__question__region", "sender", "receiver").get()

    told = read(letter_pdf.draw(hop=hop, link=LINK, code="", at=MONDAY))

    assert LINK in told
    assert "另外告诉你们" in told
    assert not re.search(r"[0-9]{4} [0-9]{4}", told)


def test_it_names_no_asker(letter):
    told = read(letter(by=PersonFactory(nickname="小周同学")))

    assert "小周" not in told
    assert "一位青年" in told


def test_a_long_text_goes_on_over_pages(letter):
    drawn = letter(text="这是一段没有空格的很长的话，" * 350)

    assert pages(drawn) > 2
    assert read(drawn).count("很长的话") > 300


def test_there_is_a_bound_to_its_length(letter, monkeypatch):
    monkeypatch.setattr(letter_pdf, "_TEXT_MOST", 100)

    told = read(letter(text="说" * 101))

    assert told.count("说") < 110
    assert "请到链接里看全文" in told


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("𠀀", "〓"),
        ("👩\u200d👩\u200d👧\ufe0f", "〓〓〓"),
        ("㐀龥", "㐀龥"),
        ("Ａ①é", "Ａ①é"),
        ("½", "〓"),
        ("ﬁ", "fi"),
        ("\u202e倒\u2066过\x07", "倒过"),
        ("a\u00a0b\u3000c", "a b\u3000c"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("e\u0301", "é"),
        ("e\u035c葛\U000e0101", "e〓葛"),
        ("甲\t乙\n丙\x85丁", "甲 乙 丙 丁"),
        ("\ufffe", "〓"),
    ],
)
def test_what_the_font_lacks_is_a_sign_of_its_own(text, printed):
    assert letter_pdf.printable(text) == printed


RARE = "𠮷𪚥𫍽𰻝鿍"


def test_rare_names_are_printed_where_the_system_has_a_font_for_them(letter, fonts, house):
    (fonts / "deep").mkdir()
    (fonts / "deep" / "squares.ttf").write_bytes(font(RARE))

    drawn = letter(title="𠮷野家门口 <b>𪚥</b>", text="姓𠮷的𫍽𰻝鿍说：" * 40)

    assert b"/FontFile2" in drawn
    told = read(drawn)
    assert told.count("〓") == 1  # where it says what this stands for
    assert "野家门口" in told
    copied = b"".join(streams(drawn)).decode("latin-1")
    for sign in RARE:
        assert f"<{sign.encode('utf-16-be').hex().upper()}>" in copied, sign
    assert drawn == letter_pdf.draw(
        hop=Hop.objects.select_related("lane__case__question__region", "sender", "receiver").get(),
        link=LINK,
        code=CODE,
        at=MONDAY,
    )


def test_without_such_a_sign_no_font_is_embedded(letter, fonts):
    (fonts / "squares.ttf").write_bytes(font(RARE))

    assert b"/FontFile2" not in letter(text="㐀龥 👩 ½ 明")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ttcf",
        b"ttcf" + b"\xff" * 40,
        font("𠀀"),
        font(RARE, may_embed=False),
        font(RARE, outlines=b"CFF "),
        font(RARE)[:300],
        font(RARE)[:-150],
        b"OTTO" + font(RARE)[4:],
        b"\x00\x01\x00\x00" + b"\xff" * 900,
    ],
)
def test_a_font_that_is_of_no_use_is_passed_over(fonts, content):
    (fonts / "a.ttf").write_bytes(content)
    (fonts / "no-file.ttc").mkdir()

    assert letter_pdf.printable("𠮷") == "〓"

    rare_signs._fonts.cache_clear()
    rare_signs._font_of.cache_clear()
    (fonts / "b.TTF").write_bytes(font(RARE))
    assert letter_pdf.printable("<𠮷>").endswith('">𠮷</font>&gt;')


def test_the_font_within_a_collection_is_found(fonts):
    one = font("𠮷")
    # Places within a collection are counted from its beginning.
    moved = bytearray(bytes(16) + one)
    for number in range(10):
        at = 16 + 12 + 16 * number + 8
        moved[at : at + 4] = (int.from_bytes(moved[at : at + 4]) + 16).to_bytes(4)
    moved[:16] = b"ttcf" + bytes((0, 1, 0, 0)) + (1).to_bytes(4) + (16).to_bytes(4)
    (fonts / "c.ttc").write_bytes(moved)

    assert "𠮷</font>" in letter_pdf.printable("𠮷")
    assert letter_pdf.printable("𪚥") == "〓"


def test_what_was_typed_is_printed_with_its_indents(letter):
    typed = [
        "138****0078 或 3500*6*2",
        r"D:\资料\(新)",
        ">18岁",
        "**注意：**请",
        "<A类>&lt;",
        "3. 三",
    ]

    told = read(letter(text="\n".join(typed)))

    # It is the asker's leave that shows a number; of what they hid themselves nothing vanishes.
    assert "".join(typed) in told


def test_indents_are_as_typed():
    lines = [*letter_pdf._typed("一\n\u3000\u3000二\n    三\n\t四\n \n" + " " * 500 + "五")]

    assert [line.style.firstLineIndent / 11 for line in lines] == [0, 2, 2, 2, 8]


@pytest.mark.parametrize(
    "text",
    [
        "𠀀𪛖𮯰" * 200,
        "👩\u200d👩\u200d👧\u200d👦" * 300,
        "a" * 4900,
        "<para><b>&amp;</i>" * 200,
        "\u202e倒\u2066过来的字",
        "行\n" * 2000,
        "e" + "\u0301" * 4,
        "(\\)" * 500,
    ],
)
def test_no_words_break_it(letter, text):
    assert letter(text=text).startswith(b"%PDF-")


def test_the_same_letter_is_the_same_bytes(house, bureau):
    refer(ask(), bureau, at=MONDAY)
    hop = Hop.objects.select_related("lane__case__question__region", "sender", "receiver").get()
    drawn = [letter_pdf.draw(hop=hop, link=LINK, code=CODE, at=MONDAY) for _n in range(2)]

    assert drawn[0] == drawn[1]


def test_it_comes_as_a_file_that_nobody_keeps(house, client, bureau, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    hop = refer(ask(), bureau, at=MONDAY)[0]
    client.force_login(member(house.city))

    response = client.post(f"/cases/hops/{hop.pk}/letter.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="letter-{hop.pk}.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert "http://testserver/out/" in read(response.content)
    assert client.get(f"/cases/hops/{hop.pk}/letter.pdf").status_code == 405
