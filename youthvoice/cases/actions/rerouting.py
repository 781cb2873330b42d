"""The asker has put right what it is about or where: by the table it may be another's then."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from youthvoice.cases.actions.handing import transfer
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.choices import State, StepKind
from youthvoice.cases.models import Case, Hop
from youthvoice.cases.queries import owner_by_table

#: Nobody of a body has done anything.
_UNTOUCHED = (StepKind.ASKED, StepKind.HELD, StepKind.ADDED, StepKind.LATE)


def reroute(*, case: Case, what: dict[str, Any], at: datetime) -> None:
    """Where nobody has acted on it yet, it goes to whom it would have gone.

    Else whoever holds it is offered to hand it over, on its page. Within the transaction of the
    act that changed its question.
    """
    if not {"field", "region"} & what.keys() or case.state != State.RECEIVED:
        return
    others = case.steps.exclude(kind__in=_UNTOUCHED)
    others = others.exclude(kind=StepKind.ANSWERED, organisation=None)
    if others.exists() or Hop.objects.filter(lane__case=case).exists():
        return
    to = owner_by_table(case)
    if to is None:
        return
    try:
        reason = _("提问者改了领域或地区，按转办规则转给这里。")
        transfer(case=case, to=to, reason=reason, by=None, at=at)
    except UnableToMove:
        # A body that only takes its part: the holder asks it.
        return
