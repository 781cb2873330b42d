"""A plain rule for the field and the kind of what was not sorted by its author.

Each word counts 3 in the title and 1 for being anywhere in the text; the field with the
highest sum wins, the earlier in the table at a tie, and 生活 where no word is found. The
rule is told in docs/operating.md; issue by issue something better may take its place.
"""

from youthvoice.orgs.fields import OF_FIELD
from youthvoice.questions.choices import Field, Kind

KIND_WORDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.SUGGEST, ("建议", "希望能", "提议", "何不", "意见")),
    (Kind.CONSULT, ("咨询", "请问", "如何", "怎么", "什么时候", "是否", "吗", "多久")),
    (Kind.TALK, ("倾诉", "心里", "难过", "委屈", "好累", "迷茫")),
)


def field_of(title: str, text: str) -> Field:
    scores = {
        field: sum(3 * (word in title) + (word in text) for word in of.words)
        for field, of in OF_FIELD.items()
    }
    best = max(scores, key=lambda field: scores[field])
    return best if scores[best] else Field.LIFE


def kind_of(title: str, text: str) -> Kind:
    """The first kind of which a word stands in the title; otherwise somebody seeks help."""
    for kind, words in KIND_WORDS:
        if any(word in title for word in words):
            return kind
    return Kind.HELP
