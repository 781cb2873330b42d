"""Whom to call, here and now; and which listed words a text holds."""

import hashlib
import threading
from collections.abc import Sequence

from django.db import connection
from django.db.models import F, Q, QuerySet

from youthvoice.orgs.queries import all_regions
from youthvoice.readymade.prepared import prepared
from youthvoice.safety.matching import Hit, Matcher
from youthvoice.safety.models import HelpLine, ListedWord
from youthvoice.safety.personal import HIDDEN
from youthvoice.safety.shipped import ordinary_words, shipped_lines

#: Of one place and those above it.
LINES_MOST = 12
#: This process's automaton, and which list it was made of.
_Version = tuple[object, ...]
_kept: tuple[_Version, Matcher] | None = None
#: What each thread was last asked for, and what was found.
_last = threading.local()
#: Asked for each text that anybody writes: no work for Django to write it anew each time.
_CHANGED = "SELECT count(*), max(changed_at) FROM safety_listedword"


def help_lines(region_code: str | None = None) -> list[HelpLine]:
    """The lines to show for a place: the nearest first. Never empty. One query."""
    chain, regions = [], all_regions()
    while region_code in regions and region_code not in chain:
        chain.append(region_code)
        region_code = regions[region_code].parent_id
    found: list[HelpLine] = _of_places(**({"chain": chain} if chain else {}))
    # A house whose data was never loaded must not leave somebody without a number.
    return found or [HelpLine(**line) for line in shipped_lines()]


@prepared("chain")
def _of_places(chain: Sequence[str] = ()) -> QuerySet[HelpLine]:
    where = Q(region=None) | Q(region__in=chain) if chain else Q(region=None)
    rows = HelpLine.objects.select_related("region").filter(where, is_active=True)
    return rows.order_by(F("region").desc(nulls_last=True), "position", "pk")[:LINES_MOST]


def listed_words(text: str) -> list[Hit]:
    """The words of the operators' list in a text, however they are dressed up.

    One small query tells whether the list has changed; only then is it read anew.
    """
    global _kept
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED)
        version: _Version = cursor.fetchone()
    kept = _kept
    if kept is None or kept[0] != version:
        words = ListedWord.objects.filter(is_active=True).order_by("pk")
        kept = _kept = (version, Matcher(dict(words.values_list("word", "kind")), ordinary_words()))
    # Who listens to an act looks at the same words again; kept is their digest.
    looked = version, hashlib.sha256(text.encode(errors="surrogatepass")).digest()
    if getattr(_last, "looked", None) != looked:
        _last.hits = kept[1].find(text)
        _last.looked = looked
    return list(_last.hits)


def mask(text: str, hits: list[Hit]) -> str:
    """The same text with the letters and digits of every hit hidden."""
    signs = list(text)
    for hit in hits:
        for at in range(hit.start, hit.end):
            if signs[at].isalnum():
                signs[at] = HIDDEN
    return "".join(signs)
