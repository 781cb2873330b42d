"""How often the questions of a topic were read, together (`counts`)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from youthvoice.counts.actions import note
from youthvoice.counts.registry import Share
from youthvoice.questions.queries import READS
from youthvoice.reads import queries as reads
from youthvoice.topics.models import Tag
from youthvoice.topics.queries import READ, shown_tags


def count(shares: dict[int, Share], *, at: datetime) -> None:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    tags = shown_tags().filter(question__in=shares)
    for question, topic in tags.values_list("question", "topic"):
        found[f"{READS}{question}"].append((question, topic))
    for name, many in reads.totals(found).items() if found else ():
        for question, topic in found[name]:
            shares[question].add(READ, topic, many)


def on_reads(targets: Collection[str]) -> None:
    """Those of them that are in a topic are counted anew."""
    numbers = [int(name.removeprefix(READS)) for name in targets if name.startswith(READS)]
    note(sorted(set(Tag.objects.filter(question__in=numbers).values_list("question", flat=True))))
