"""Moving an opening on, by compare-and-set along the one table of moves."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from youthvoice.sealed.actions.problem import Unable
from youthvoice.sealed.choices import MOVES, State
from youthvoice.sealed.models import Opening


def move(opening: Opening, *, since: State, to: State, at: datetime, **changes: Any) -> None:
    """Raises Unable when it has moved meanwhile, or its time is over."""
    if to not in MOVES[since]:
        raise ValueError(f"no opening moves from {since} to {to}")
    rows = Opening.objects.filter(pk=opening.pk, state=since, lapses_at__gt=at)
    if not rows.update(state=to, **changes):
        raise Unable(_("刚才已经有变化，或者过了 7 天。刷新看看现在到了哪一步。"))


def check_at(opening: Opening, state: State, *, at: datetime) -> None:
    """The same look ahead of slow work; `move` has the last word."""
    if opening.state != state or opening.lapses_at <= at:
        raise Unable(_("现在不到这一步，或者过了 7 天。刷新看看现在到了哪一步。"))
