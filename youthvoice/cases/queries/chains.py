"""Who stands at each step of the chain by which what is late is told, and where nobody does."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from youthvoice.cases.choices import Rung
from youthvoice.cases.models import EmptyPlace, Lane, Notice, Reminder
from youthvoice.kit import clock
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership, Organisation
from youthvoice.orgs.queries import has_members, province_committee
from youthvoice.people.models import User

#: What role is told at a step; at the holder's own, whoever works there.
_ROLES = {Rung.LEAD: Role.LEAD, Rung.DUTY: Role.DUTY, Rung.PROVINCE: Role.LEAD}
#: For so long after somebody was missed there, operators see an empty place at their desks.
_EMPTY_FOR = timedelta(days=7)
#: Lines of each list at a desk.
NOTICES_SHOWN = 10
_PLACES_SHOWN = 10


def place_of(lane: Lane, rung: Rung) -> Organisation:
    """Whose people are told; until there is a rota, duty is the province's.

    A body in which nobody has an account is reached by whoever asked it: the case's holder.
    """
    if rung in (Rung.HOLDER, Rung.LEAD):
        is_reached = lane.is_own or has_members(lane.holder_id)
        return lane.holder if is_reached else lane.case.holder
    return province_committee() or lane.holder


def people_at(lane: Lane, rung: Rung) -> list[User]:
    """Who has it in hand, else who works there; or who has the step's role there."""
    place = place_of(lane, rung)
    works = Membership.objects.filter(organisation=place, organisation__is_active=True)
    if rung in _ROLES:
        works = works.filter(role=_ROLES[rung])
    people = User.objects.filter(pk__in=works.values("person"), is_active=True).order_by("pk")
    if rung == Rung.HOLDER and lane.person_id is not None:
        in_hand = list(people.filter(pk=lane.person_id))
        # Somebody who has left the office has nothing in hand there.
        return in_hand or list(people)
    return list(people)


def notices_for(user: User, *, at: datetime, but: Iterable[Lane] = ()) -> list[Notice]:
    """What is late and this person was told of, the oldest first, each lane once. One query.

    Nothing of the lanes `but`: where they stand, their own rows say it. One more than
    NOTICES_SHOWN where there are more.
    """
    rows = Notice.objects.live(at=at).filter(person=user).order_by("made_at", "pk")
    rows = rows.exclude(lane__in=[lane.pk for lane in but])
    newer = Notice.objects.filter(
        person=user, lane=OuterRef("lane"), round=OuterRef("round"), rung__gt=OuterRef("rung")
    )
    return list(
        rows.exclude(Exists(newer)).select_related(
            "lane__case__question", "lane__case__holder", "lane__holder"
        )[: NOTICES_SHOWN + 1]
    )


def notices_on(lanes: Iterable[Lane], user: User, *, at: datetime) -> dict[int, Notice]:
    """What this person was told of these lanes, by lane: the last step up. One query."""
    rows = Notice.objects.live(at=at).filter(person=user, lane__in=[lane.pk for lane in lanes])
    return {notice.lane_id: notice for notice in rows.order_by("rung")}


def reminders_of(lanes: Iterable[Lane]) -> dict[int, Reminder]:
    """The last word of a committee above on each of these lanes, by lane. One query."""
    rows = Reminder.objects.filter(lane__in=[lane.pk for lane in lanes]).select_related("sender")
    return {reminder.lane_id: reminder for reminder in rows.order_by("at", "pk")}


def may_remind(lane: Lane, sender: Organisation) -> bool:
    """Whether it has not reminded today yet. One query."""
    today = timezone.localdate(clock.now())
    return not Reminder.objects.filter(lane=lane, sender=sender, day=today).exists()


def empty_places(*, at: datetime) -> list[EmptyPlace]:
    """Where somebody was missed within the last week and there still is nobody. One query."""
    works = Membership.objects.filter(
        organisation=OuterRef("organisation"),
        organisation__is_active=True,
        person__is_active=True,
    )
    nobody = Q(~Exists(works), rung=Rung.HOLDER)
    for rung, role in _ROLES.items():
        nobody |= Q(~Exists(works.filter(role=role)), rung=rung)
    rows = EmptyPlace.objects.filter(nobody, last_seen_at__gte=at - _EMPTY_FOR)
    return list(rows.select_related("organisation").order_by("first_seen_at", "pk")[:_PLACES_SHOWN])
