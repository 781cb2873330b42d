"""The letter to a body without accounts, as a PDF: the question, what is asked, link and code.

Import it where a letter is drawn: what draws it is a tenth of all that a process would load.
It never says who asked. Personal numbers in the asker's words are masked unless the asker
released them: that they stand on a page of ours is no leave to hand them on.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from html import escape
from io import BytesIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer

from youthvoice.cases.models import Hop
from youthvoice.kit.templatetags.kit_tags import clock_time, estimated
from youthvoice.outside.choices import LINK_DAYS
from youthvoice.outside.queries import handed_on
from youthvoice.outside.rare_signs import font_of
from youthvoice.questions.models import Question

#: One of the fonts that readers of PDF bring along themselves, so that none is carried here.
_FONT = "STSong-Light"
#: Printed in place of a sign that neither this font has nor, of ideographs, one of the system.
_GETA = "〓"
#: Of the asker's text; what is longer is read by the link.
_TEXT_MOST = 6000
_MARGIN = 62
_QR_POINTS = 96

_TITLE = ParagraphStyle(
    "title", fontName=_FONT, fontSize=19, leading=30, alignment=TA_CENTER, spaceAfter=14
)
_BODY = ParagraphStyle(
    "body", fontName=_FONT, fontSize=11, leading=19, wordWrap="CJK", spaceAfter=6
)

_HEAD = ParagraphStyle("head", parent=_BODY, fontSize=13, leading=22, spaceBefore=12)
_SMALL = ParagraphStyle("small", parent=_BODY, fontSize=9, leading=15)
_LINK = ParagraphStyle("link", parent=_BODY, fontName="Courier", fontSize=10, leading=16)
_CODE = ParagraphStyle("code", parent=_LINK, fontSize=20, leading=30)

#: Of an indent, in ems.
_INDENT_MOST = 8
#: A letter and its marks, which the font may have as one; nothing else is composed.
_MARKED = re.compile("[A-Za-z][\u0300-\u036f]{1,4}")
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: Ideographs of extension A are in the font; GBK has the rest of what it can print.
_EXTENSION_A = re.compile("[\u3400-\u4dbf]")


def draw(*, hop: Hop, link: str, code: str, at: datetime, shows_numbers: bool = False) -> bytes:
    """The letter. `hop` has its lane, case, question, holder, sender and receiver with it.

    Without a `code` it says that this comes by another way. `shows_numbers` says that the
    asker released what would be masked.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    file = BytesIO()
    SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=_("%d 号提问的转办函") % hop.lane.case.question_id,
        author=settings.SITE_NAME,
        # No time of ours and no random number in it.
        invariant=1,
    ).build(list(_parts(hop, link, code, at, shows_numbers)))
    return file.getvalue()


def _parts(hop: Hop, link: str, code: str, at: datetime, shows_numbers: bool) -> Iterator[Flowable]:
    question = hop.lane.case.question
    asked = handed_on(question, shows_numbers=shows_numbers, sign="*")
    names = {
        "to": hop.receiver.name,
        "from": hop.sender.name,
        "site": settings.SITE_NAME,
        "number": question.pk,
    }
    yield Paragraph(printable(_("转办函")), _TITLE)
    yield _line(_("%(to)s：") % names)
    yield _line(
        _("%(from)s在“%(site)s”收到一位青年的提问（%(number)d 号），请你单位办理，并公开回复。")
        % names
    )
    yield from _typed(_("为什么请你单位：%s") % hop.reason)
    yield _line(
        _("请在 %s 前签收。") % estimated(clock_time(hop.sign_due_at), hop.sign_is_estimated)
    )
    yield _line(_("请在 %s 前回复。") % estimated(clock_time(hop.due_at), hop.is_estimated))
    yield Paragraph(printable(_("提问")), _HEAD)
    yield _line(asked.title)
    yield _line(_facts(question), _SMALL)
    yield from _typed(asked.text[:_TEXT_MOST])
    if len(asked.text) > _TEXT_MOST:
        yield _line(_("（下面还有，请到链接里看全文。）"), _SMALL)
    yield _line(_notes(shows_numbers), _SMALL)
    yield KeepTogether(
        [
            Paragraph(printable(_("怎样回复")), _HEAD),
            _line(
                _(
                    "不用注册。在浏览器里打开这个链接，填下面的校验码，就能签收、回复，或者说明理由退回。"
                )
                if code
                else _(
                    "不用注册。在浏览器里打开这个链接，填校验码，就能签收、回复，或者说明理由退回。"
                )
            ),
            Paragraph(escape(link), _LINK),
            *_code_lines(hop, code),
            _code_picture(link),
            _line(
                _(
                    "校验码只能用一次，%(days)d 天内有效；用过以后 12 小时内可以接着办。"
                    "再要一个，请找%(from)s。"
                )
                % {"days": LINK_DAYS, "from": hop.sender.short_name},
                _SMALL,
            ),
        ]
    )
    yield Spacer(1, 18)
    yield _line(_signed(hop, at))


def _code_lines(hop: Hop, code: str) -> list[Flowable]:
    if code:
        return [Paragraph(escape(code), _CODE)]
    words = _("校验码是八位数字，不写在这里：%s另外告诉你们，打电话，或者另寄一封邮件。")
    return [_line(words % hop.sender.short_name)]


def _signed(hop: Hop, at: datetime) -> str:
    day = timezone.localtime(at)
    return _("%(from)s，%(year)d年%(month)d月%(day)d日") % {
        "from": hop.sender.name,
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


def _facts(question: Question) -> str:
    place = question.region.name if question.region else ""
    parts = [
        question.get_kind_display(),
        question.get_field_display(),
        place,
        clock_time(question.asked_at),
    ]
    return "，".join(str(part) for part in parts if part)


def _notes(shows_numbers: bool) -> str:
    numbers = (
        _(
            "提问里的电话、微信号等照原样印：提问者同意给办这件事的单位看。"
            "请只用来办这件事，不要再给别人。"
        )
        if shows_numbers
        else _("提问里的电话、证件号、微信号等已经遮住：提问者没有说可以给别的单位看。")
    )
    return numbers + _("图片不在信里。印不出的字写作〓。")


def _line(text: str, style: ParagraphStyle = _BODY) -> Paragraph:
    return Paragraph(printable(text), style)


def _typed(text: str) -> Iterator[Paragraph]:
    """Lines that somebody typed, each with its indent, which a paragraph would drop."""
    for line in text.split("\n"):
        words = line.lstrip()
        if words:
            blanks = line[: len(line) - len(words)].expandtabs(4)
            ems = min(sum(1 if blank == "\u3000" else 0.5 for blank in blanks), _INDENT_MOST)
            style = _BODY.clone("typed", firstLineIndent=ems * _BODY.fontSize) if ems else _BODY
            yield _line(words, style)


def printable(text: str) -> str:
    """The text as markup of a paragraph, with only what its fonts have."""
    whole = _MARKED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return "".join(_sign(sign) for sign in whole)


def _sign(sign: str) -> str:
    if _has(sign):
        return escape(sign)
    if font := font_of(sign):
        return f'<font name="{font}">{sign}</font>'
    if sign.isspace():
        return " "
    # Controls, joiners and selectors draw nothing by themselves.
    if unicodedata.category(sign) in {"Cc", "Cf"} or _SELECTOR.fullmatch(sign):
        return ""
    plain = unicodedata.normalize("NFKC", sign)
    return escape(plain) if all(_has(part) for part in plain) else _GETA


def _has(sign: str) -> bool:
    if " " <= sign <= "~" or _EXTENSION_A.fullmatch(sign):
        return True
    try:
        return sign > "~" and len(sign.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def _code_picture(link: str) -> Drawing:
    widget = QrCodeWidget(link, barLevel="M")
    left, bottom, right, top = widget.getBounds()
    scale = _QR_POINTS / max(right - left, top - bottom)
    drawing = Drawing(_QR_POINTS, _QR_POINTS, transform=[scale, 0, 0, scale, 0, 0])
    drawing.add(widget)
    return drawing
