"""Everything of ours that reads what people write, and how long what they write may be."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from youthvoice.gathering import likeness
from youthvoice.importing import sorting
from youthvoice.kit import clock
from youthvoice.kit import text as kit_text
from youthvoice.kit.fields import Line, Words
from youthvoice.moderation import criticism
from youthvoice.people.forms import clean_nickname
from youthvoice.people.signing_in.passwords import GuessesValidator
from youthvoice.questions.choices import TEXT_MOST, TITLE_MOST
from youthvoice.routing import features
from youthvoice.routing.rules import WORDS
from youthvoice.safety import personal, queries, signs
from youthvoice.safety.matching import Matcher
from youthvoice.safety.shipped import ordinary_words, shipped_words
from youthvoice.topics.choices import NAME_MOST
from youthvoice.topics.names import check_name

#: What a request may say in its fields at all (DATA_UPLOAD_MAX_MEMORY_SIZE), in bytes.
REQUEST_MOST = 1024 * 1024


@dataclass(frozen=True)
class Reader:
    name: str
    #: The longest text that it is given, in signs.
    most: int
    read: Callable[[str], Any]


def readers() -> list[Reader]:
    """All of them. What is kept of an earlier reading of the same words is left out."""
    words = Matcher(shipped_words(), ordinary_words())
    return [
        Reader("personal: find", TEXT_MOST, lambda text: personal.find(text, classes=True)),
        Reader("personal: mask", TEXT_MOST, lambda text: personal.mask(text, classes=True)),
        Reader("signs of danger", TEXT_MOST, signs.find),
        Reader("list: find", TEXT_MOST, words.find),
        Reader("list: mask", TEXT_MOST, lambda text: queries.mask(text, words.find(text))),
        Reader("words as shown", TEXT_MOST, kit_text.render.__wrapped__),
        Reader("description", TEXT_MOST, lambda text: kit_text.gist.__wrapped__(text, 110)),
        Reader("plain lines", TEXT_MOST, kit_text.render_plain),
        Reader("routing", TEXT_MOST, _route),
        Reader("sorting", TEXT_MOST, lambda text: sorting.field_of(text[:TITLE_MOST], text)),
        Reader("likeness", TEXT_MOST, _compare),
        Reader("criticism", TEXT_MOST, criticism.fold),
        Reader("nickname", 20, _refusing(clean_nickname)),
        Reader("topic's name", NAME_MOST, _refusing(check_name)),
        Reader("password", 4096, _refusing(GuessesValidator().validate)),
        Reader("field of words", TEXT_MOST, _refusing(Words(most=TEXT_MOST).clean)),
        Reader("field of words, too long", REQUEST_MOST, _sent(Words(most=TEXT_MOST).clean)),
        Reader("field of a line", TITLE_MOST, _refusing(_line().clean)),
        Reader("field of a line, too long", REQUEST_MOST, _sent(_line().clean)),
    ]


def _line() -> forms.CharField:
    return Line(max_length=TITLE_MOST, least=2)


def _route(text: str) -> None:
    features._blocks.cache_clear()
    features._rule_scores.cache_clear()
    for target in WORDS:
        features.count(target, features.Asked(text[:TITLE_MOST], text))


def _compare(text: str) -> None:
    """Two questions of the same words: each of their pairs of signs is held by two."""
    asked = [likeness.Asked(pk, "work", clock.now(), text[:TITLE_MOST], text) for pk in (1, 2)]
    list(likeness.pairs(asked))


def _sent(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """As much of a text as a request may hold."""
    reading = _refusing(read)
    return lambda text: reading(text.encode()[:REQUEST_MOST].decode(errors="ignore"))


def _refusing(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """A refusal is an answer like another."""

    def reading(text: str) -> None:
        with suppress(ValidationError):
            read(text)

    return reading
