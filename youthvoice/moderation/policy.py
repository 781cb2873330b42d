"""Who may judge words, and who may not: whoever is criticised never hides.

`why_not_hide` and `why_not_appeal` give the reason in words, empty for those who may.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from youthvoice.moderation.choices import JUDGES, AppealState, State
from youthvoice.moderation.criticism import fold, names_person
from youthvoice.moderation.matter import (
    Matter,
    Standing,
    Words,
    items_of,
    matter_of,
    standings,
)
from youthvoice.moderation.models import Item, mark_of
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.orgs.policy import Anyone
from youthvoice.people.models import User
from youthvoice.questions.models import Comment, Question
from youthvoice.questions.policy import Viewer


def is_judge(user: Anyone) -> bool:
    """May see the queue at all: on duty or leading somewhere, or an operator."""
    return orgs_policy.has_role(user, *JUDGES, Role.OPERATOR)


def may_report(viewer: Viewer, words: Words) -> bool:
    """Everybody who may read them, but those who wrote them."""
    return words.deleted_at is None and not wrote(viewer, words)


def wrote(viewer: Viewer, words: Words) -> bool:
    """Whether these are the viewer's own words, or those of an organisation of theirs."""
    if isinstance(words, Question):
        return viewer.is_asker(words)
    if isinstance(words, Comment) and words.is_asker:
        return viewer.is_asker(words.question)
    if viewer.person is None:
        return False
    if words.organisation_id is not None:
        return orgs_policy.is_member(viewer.person, words.organisation_id)
    return words.author_id == viewer.person.pk


def why_not_hide(user: Anyone, words: Words) -> str:
    """Why `user` may not decide whether `words` are hidden; empty when they may."""
    item = items_of(words).filter(state=State.OPEN).first()
    return why_not_decide(user, matter_of(words, item=item))


def why_not_decide(user: Anyone, matter: Matter) -> str:
    standing = _standing(user)
    if standing is None:
        return _("这件事不由你处理。")
    # The holder's own are told what keeps them from it, also where it has gone up already.
    judges = any(_has_power(standing, desk, matter) for desk in (matter.desk, matter.holder))
    if judges and (why := conflict(standing, matter)):
        return why
    return "" if _has_power(standing, matter.desk, matter) else _("这件事不由你处理。")


def why_not_pass(user: Anyone, matter: Matter) -> str:
    """Handing it to the operators needs the power, and no impartiality."""
    standing = _standing(user)
    if matter.desk is None:
        return _("已经在平台管理员手里了。")
    if standing is None or not _has_power(standing, matter.desk, matter):
        return _("这件事不由你处理。")
    return ""


def _standing(user: Anyone) -> Standing | None:
    if not isinstance(user, User) or not orgs_policy.is_staff(user):
        return None
    return standings([user]).get(user.pk)


def _has_power(standing: Standing, desk: int | None, matter: Matter) -> bool:
    return standing.is_operator or any((desk, role) in standing.roles for role in matter.judges)


def conflict(standing: Standing, matter: Matter) -> str:
    """What keeps somebody from judging these words, whatever their role; empty if nothing."""
    person, words = standing.person, matter.words
    if words.author_id == person.pk:
        return _("这是你自己写的，要由别人来看。")
    signed = getattr(words, "organisation_id", None)
    if signed is not None and standing.has_worked_in({signed}, since=matter.since):
        return _("这是你所在的组织写的，要由别人来看。")
    if mark_of(person.pk) in matter.reporters:
        return _("这是你举报的，要由别人来看。")
    if person.pk in matter.named or names_person(fold(matter.text), person.nickname):
        return _("这些话可能说到了你，要由别人来看。")
    if criticised := standing.has_worked_in(set(matter.about), since=matter.since):
        who = matter.chart.organisations[min(criticised)].short_name
        return _("这些话可能在说%s。你在那里工作，或者不久前还在，要由别人来看。") % who
    for by, organisation in matter.overturned:
        if by == person.pk or organisation in standing.works:
            return _("你们隐藏过这些话，申诉后恢复了，要由别人来看。")
    return ""


def place(matter: Matter, *, start: int | None) -> int | None:
    """The organisation whose judges get it: `start` or the nearest above with somebody free.

    None means the operators. Three queries.
    """
    chart = matter.chart
    if start is None or start not in chart.organisations:
        return None
    chain = [chart.organisations[start], *chart.above(start)]
    if matter.question.withheld_at is not None:
        # Nobody above may know of it, but operators.
        chain = [o for o in chain if o.pk == matter.holder]
    open_to = [o.pk for o in chain if o.is_active and o.pk not in matter.about]
    free = _free(matter, Q(organisation__in=open_to, role__in=matter.judges))
    taken = {pk for one in free for pk, role in one.roles if role in matter.judges}
    return next((pk for pk in open_to if pk in taken), None)


def _free(matter: Matter, rows: Q) -> list[Standing]:
    """Those with one of the memberships whom nothing keeps from judging."""
    memberships = Membership.objects.filter(rows, organisation__is_active=True)
    people = {m.person_id: m.person for m in memberships.select_related("person")}
    return [one for one in standings(people.values()).values() if not conflict(one, matter)]


def nobody_may(matter: Matter) -> bool:
    """No operator and no judge of its desk may decide: the words stay until one more comes."""
    rows = Q(role=Role.OPERATOR)
    if matter.desk is not None:
        rows |= Q(organisation=matter.desk, role__in=matter.judges)
    return not _free(matter, rows)


# --- Appeals -------------------------------------------------------------------------------


def is_author(viewer: Viewer, item: Item) -> bool:
    """Who is told that words were hidden, and may appeal."""
    words = item.words
    if isinstance(words, Question) or (isinstance(words, Comment) and words.is_asker):
        return viewer.is_asker(item.question)
    return viewer.person is not None and item.author_id == viewer.person.pk


def may_undo(user: Anyone, item: Item) -> bool:
    """Whoever hid it, as long as they are a judge; not after an appeal was decided."""
    is_final = hasattr(item, "appeal") and item.appeal.state != AppealState.OPEN
    return (
        item.state == State.HIDDEN
        and not is_final
        and item.decided_by_id == user.pk
        and is_judge(user)
    )


def may_appeal(viewer: Viewer, item: Item) -> bool:
    return item.state == State.HIDDEN and is_author(viewer, item) and not hasattr(item, "appeal")


def appeal_desk(item: Item, matter: Matter) -> int | None:
    """The nearest organisation above the one that hid it with somebody free; None: operators."""
    others = _but_of(item.decided_for_id, matter, _appeal_judges(item, matter))
    for organisation in matter.chart.above(item.decided_for_id):
        if any((organisation.pk, role) in one.roles for one in others for role in matter.judges):
            return organisation.pk
    return None


def why_not_appeal(user: Anyone, item: Item, matter: Matter) -> str:
    """Why `user` may not decide the appeal; empty when they may.

    Never whoever hid the words; their colleagues only when nobody else can.
    """
    standing = _standing(user)
    if standing is None or not _has_power(standing, item.appeal.desk_id, matter):
        return _("这件事不由你处理。")
    if item.decided_by_id == standing.person.pk:
        return _("是你隐藏的，申诉要由别人来看。")
    if why := conflict(standing, matter):
        return why
    hider = item.decided_for_id
    if hider is None or not standing.has_worked_in({hider}, since=matter.since):
        return ""
    rows = Q(role=Role.OPERATOR)
    if item.appeal.desk_id is not None:
        rows |= Q(organisation=item.appeal.desk_id, role__in=matter.judges)
    if _but_of(hider, matter, _free(matter, rows)):
        return _("是你所在的组织隐藏的，申诉要由别人来看。")
    return ""


def _appeal_judges(item: Item, matter: Matter) -> Iterable[Standing]:
    above = [o.pk for o in matter.chart.above(item.decided_for_id) if o.is_active]
    if matter.question.withheld_at is not None:
        above = []
    free = _free(matter, Q(organisation__in=above, role__in=matter.judges))
    return [one for one in free if one.person.pk != item.decided_by_id]


def _but_of(organisation: int | None, matter: Matter, people: Iterable[Standing]) -> list[Standing]:
    """Without those who work, or lately worked, in `organisation`."""
    if organisation is None:
        return list(people)
    return [p for p in people if not p.has_worked_in({organisation}, since=matter.since)]
