"""Open questions that look alike are offered to their holders as groups; people decide."""

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.models import Case
from youthvoice.gathering import likeness, policy
from youthvoice.gathering.choices import MERGEABLE
from youthvoice.gathering.models import Apart, Group, GroupMember
from youthvoice.journal.actions import record
from youthvoice.kit.paging import by_time, narrowed
from youthvoice.people.models import User

#: The open questions that are looked at: those that have waited shortest.
LOOKED_AT_MOST = 2000


def gather(*, at: datetime) -> int:
    """Find the groups anew in place of the last ones; gives how many. For the worker.

    It takes seconds, so it reads and reckons before it writes.
    """
    rows = Case.objects.filter(question__deleted_at=None, question__withheld_at=None)
    key = by_time("waiting_since")
    some = narrowed(rows, {"state": MERGEABLE}, key=key, size=LOOKED_AT_MOST)
    newest = some.select_related("question").order_by("-waiting_since", "-pk")[:LOOKED_AT_MOST]
    asked = [
        likeness.Asked(
            pk=case.pk,
            field=case.question.field,
            at=case.question.asked_at,
            title=case.question.title,
            text=case.question.text,
        )
        for case in sorted(newest, key=lambda case: case.question_id)
    ]
    apart = _apart(asked)
    found = likeness.groups_of(asked, apart=apart)
    with transaction.atomic():
        # What was set apart while this was reckoned comes with the next run.
        late = _apart(asked) - apart
        found = [one for one in found if late.isdisjoint(combinations(sorted(one.pks), 2))]
        Group.objects.all().delete()
        groups = Group.objects.bulk_create(Group(score=one.score, made_at=at) for one in found)
        GroupMember.objects.bulk_create(
            GroupMember(group=group, case_id=pk)
            for group, one in zip(groups, found, strict=True)
            for pk in one.pks
        )
    return len(found)


def _apart(asked: Sequence[likeness.Asked]) -> set[tuple[int, int]]:
    """Of those that are looked at, not of all that were ever set apart."""
    rows = Apart.objects.filter(one__in=[one.pk for one in asked])
    return set(rows.values_list("one", "other"))


def set_apart(*, cases: Sequence[Case], by: User, at: datetime) -> None:
    """These are not the same, whatever they look like: no run brings two of them together.

    Saying so again changes nothing. Raises UnableToMove.
    """
    pks = sorted({case.pk for case in cases})
    if not 2 <= len(pks) <= likeness.GROUP_MOST:
        raise UnableToMove(_("请选 2 到 %d 个提问。") % likeness.GROUP_MOST)
    if not all(policy.may_gather(by, case) for case in cases):
        raise UnableToMove(_("这些提问不由你分开。"))
    first = min(cases, key=lambda case: case.pk)
    with transaction.atomic():
        Apart.objects.bulk_create(
            (Apart(one_id=one, other_id=other, at=at) for one, other in combinations(pks, 2)),
            ignore_conflicts=True,
        )
        GroupMember.objects.filter(case__in=pks).delete()
        record(
            "case.set_apart",
            subject=first,
            actor=by,
            at=at,
            data={"questions": sorted(case.question_id for case in cases)},
        )
