"""The staff's page of a case, and its acts: each a plain form that calls one action."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from youthvoice.cases import actions as cases
from youthvoice.cases.actions import SomebodyWasFirst, UnableToMove
from youthvoice.cases.choices import StepKind
from youthvoice.cases.models import Case, Hop, Lane, Step
from youthvoice.cases.queries import (
    advised_bodies,
    may_remind,
    owner_put_right,
    reminders_of,
    trail_of,
)
from youthvoice.desks import actions
from youthvoice.desks.forms import (
    ActForm,
    AskBackForm,
    BackForm,
    HopForm,
    NoteForm,
    ReferForm,
    RemindForm,
    ReplyForm,
    TransferForm,
)
from youthvoice.desks.models import Canned
from youthvoice.desks.queries import canned
from youthvoice.desks.queries.bodies import NAME_MOST, Bodies, bodies_in_use
from youthvoice.desks.queries.notes import notes_of
from youthvoice.desks.queries.presence import others_here
from youthvoice.desks.queries.sent import sent_of
from youthvoice.desks.queries.work import Work, case_for, lane_for, work_of
from youthvoice.desks.templatetags.desk_tags import is_late
from youthvoice.desks.views.late import back
from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions import viewers
from youthvoice.questions.queries import said_of

#: Bodies that an address may name for the form of asking them.
PICKED_MOST = 12


@dataclass
class Act:
    """What an act is given: where, by whom, what was sent, when."""

    work: Work
    by: User
    given: dict[str, Any]
    at: datetime

    @property
    def case(self) -> Case:
        return self.work.case

    @property
    def lane(self) -> Lane:
        """The lane that the form was about."""
        if self.work.part is None:
            raise UnableToMove(_("这件事不在你所在的组织手里。"))
        return self.work.part.lane

    @property
    def hop(self) -> Hop:
        """The referral that the form was about; the only open one where it names none."""
        hops = self.work.may_withdraw
        named = [hop for hop in hops if str(hop.pk) == self.given["hop"]] or hops
        if len(named) != 1:
            raise SomebodyWasFirst(_("它已经不在等回复了。"))
        return named[0]

    def see(self, *, lane: bool) -> None:
        """Raises SomebodyWasFirst where the page shows no longer what is."""
        cases.check_seen(
            case=self.case,
            version=self.given["version"],
            lane=self.lane if lane else None,
            mark=self.given["mark"],
        )


def find(request: HttpRequest, pk: int) -> Case:
    case = case_for(request.user, pk)
    if case is None:
        raise Http404
    return case


def person_of(request: HttpRequest) -> User:
    return cast(User, request.user)


@never_cache
@login_required
@require_GET
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """How a question is handled, and all that one may do about it."""
    case = find(request, pk)
    _be_here(request, case, is_writing=False)
    return page(request, case)


def _be_here(request: HttpRequest, case: Case, *, is_writing: bool) -> None:
    """Colleagues learn of it; who only looks on has nothing to collide with."""
    given = request.POST if request.method == "POST" else request.GET
    person = person_of(request)
    lane = lane_for(case, person, lane=given.get("lane", ""))
    if lane is not None:
        actions.be_here(case=case, lane=lane, by=person, is_writing=is_writing, at=clock.now())


@never_cache
@require_http_methods(["GET", "POST"])
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """The page says every 20 seconds that it is open, and is told who else has it.

    Whose session has ended is not led to sign in, for the answer stands amid the page. And a
    page that is only open keeps no session awake.
    """
    is_writing = request.POST.get("writing") == "1"
    if not is_writing:
        request.by_itself = True  # type: ignore[attr-defined]
    case = find(request, pk)
    if request.method == "POST":
        _be_here(request, case, is_writing=is_writing)
    others = others_here(case, person_of(request), at=clock.now())
    return render(request, "desks/_here.html", {"others_here": others})


def page(
    request: HttpRequest, case: Case, *, status: int = 200, name: str = "", form: Any = None
) -> HttpResponse:
    """The page as it is now; the form called `name` came back with what was typed."""
    viewers.give_words(request, case.question)
    sent = request.POST if request.method == "POST" else request.GET
    shown = work_of(case, person_of(request), lane=sent.get("lane", ""))
    who = request.GET.get("who", "").strip()[:NAME_MOST]
    chosen = sent.getlist("to")
    bodies = bodies_in_use(region_code=case.question.region_id, name=who, also=chosen)
    drafts = _drafts(request, shown)
    made = forms_of(shown, bodies, drafts)
    notes = notes_of(case, person_of(request), after=request.GET.get("notes", ""))
    url = reverse("desks:work", args=[case.question_id])
    kept = ""
    if name in made:
        made[name] = form
    elif form is not None:
        # What was typed isn't lost where the act is not theirs any more.
        kept = form.data.get("reason") or form.data.get("text") or ""
    picked = set[str]()
    if "refer" in made:
        # By one tap on what is suggested, too.
        picked = made["refer"].picked or set(request.GET.getlist("to")[:PICKED_MOST])
    steps = trail_of(case)
    context = {
        "work": shown,
        "case": case,
        "question": case.question,
        # What is withheld is read on its own page, where that is written down.
        **(said_of(case.question) if case.question.withheld_at is None else {}),
        "steps": steps,
        "put_right": _put_right(shown, steps),
        "forms": made,
        "came_back": name,
        "wrong": form,
        "replies": drafts.replies,
        "notes": notes.items,
        "more_notes_url": f"{url}?notes={notes.next_after}#notes" if notes.next_after else "",
        "others_here": others_here(case, person_of(request), at=clock.now()),
        "kept": kept,
        "who": who,
        "offered": _offered(case, bodies, name=who, picked=picked) if shown.may_refer else [],
        "picked": picked,
        "reminders": list(reminders_of(part.lane for part in shown.parts).values()),
        "sent": sent_of(case, person_of(request), answer=request.GET.get("sent", "")),
    }
    return render(request, "desks/work.html", context, status=status)


def _put_right(shown: Work, steps: list[Step]) -> dict[str, Any] | None:
    """What the asker changed, and whose it therefore is: to be handed over by one tap."""
    case = shown.case
    told = [step for step in steps if step.kind == StepKind.ADDED and step.at >= case.held_at]
    to = owner_put_right(case) if told and shown.may_transfer else None
    return {"what": told[-1].note, "to": to} if to and to.kind == OrgKind.LEAGUE else None


def _offered(case: Case, bodies: Bodies, *, name: str, picked: set[str]) -> Any:
    is_told = case.question.deleted_at is None and case.question.withheld_at is None
    first = advised_bodies(case) if is_told and not name else []
    return bodies.offered(name=name, picked=picked, but=case.holder_id, first=first)


@dataclass
class Drafts:
    """The canned replies that an answer may begin with, and the one that was chosen."""

    replies: list[Canned]
    initial: dict[str, str]


def _drafts(request: HttpRequest, shown: Work) -> Drafts:
    if shown.part is None or not shown.may_answer:
        return Drafts([], {})
    replies = list(canned.replies_of(shown.part.lane.holder))
    chosen = next((r for r in replies if str(r.pk) == request.GET.get("canned")), None)
    if chosen is None:
        return Drafts(replies, {})
    text = canned.draft(chosen, shown.part.lane)
    return Drafts(replies, {"text": text, "begun_with": canned.print_of(text)})


def forms_of(shown: Work, bodies: Bodies, drafts: Drafts, *, mark: str = "") -> dict[str, Any]:
    """Empty forms of what the viewer may do; ids apart, for several ask for a reason, and by
    `mark` where those of several cases stand on one page."""
    found: dict[str, Any] = {}
    if shown.part is not None or shown.over is not None:
        found["note"] = NoteForm(auto_id=f"note{mark}_%s")
    if shown.steps_in and shown.may_transfer:
        found["take"] = BackForm(auto_id=f"take{mark}_%s")
    if shown.sender and is_late(shown.overseen) and may_remind(shown.overseen, shown.sender):
        found["remind"] = RemindForm(auto_id=f"remind{mark}_%s")
    if shown.may_transfer:
        found["transfer"] = TransferForm(
            offices=bodies.offices(but=shown.case.holder_id), auto_id=f"transfer{mark}_%s"
        )
    if shown.may_give_back:
        found["give_back"] = BackForm(auto_id="back_%s")
    if shown.may_refer:
        found["refer"] = ReferForm(bodies=bodies.all(), auto_id="refer_%s")
    if shown.part is not None:
        found["return"] = BackForm(auto_id="return_%s")
        found["ask_back"] = AskBackForm(auto_id="ask_%s")
        if shown.may_answer:
            found["reply"] = ReplyForm(auto_id="reply_%s", initial=drafts.initial)
    return found


def do(
    request: HttpRequest,
    case: Case,
    name: str,
    form: forms.Form,
    act: Callable[[Act], str | None],
    *,
    counts: What | None = None,
    said: Any = "",
) -> HttpResponse:
    """Call the act; what stands against it is said in the form, with what was typed.

    An act may give what the page is then asked for. Whoever acted from a row of a desk comes
    back to it, and is told there what was `said`.
    """
    if not form.is_valid():
        return page(request, case, status=422, name=name, form=form)
    shown = work_of(case, person_of(request), lane=form.cleaned_data["lane"])
    at = clock.now()
    try:
        if counts is not None:
            limits.take(counts, who=person_of(request).pk, at=at)
        then = act(Act(shown, person_of(request), form.cleaned_data, at)) or ""
        if "desk" in request.POST:
            messages.success(request, str(said))
            return back(request)
        return redirect(reverse("desks:work", args=[case.question_id]) + then)
    except (UnableToMove, questions.UnableToComment, questions.UnableToAnswer) as problem:
        form.add_error(None, str(problem))
        status = 409 if isinstance(problem, SomebodyWasFirst) else 422
        return page(request, find(request, case.question_id), status=status, name=name, form=form)
    except limits.TooMany as problem:
        problem.refuse(form)
        return problem.mark(page(request, case, name=name, form=form))


def act_view(
    name: str, form: Callable[..., forms.Form], act: Callable[[Act], str | None], **more: Any
) -> Callable[..., HttpResponse]:
    """The view of an act whose form needs nothing from the case."""

    @never_cache
    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        case = find(request, pk)
        return do(request, case, name, form(request.POST), act, **more)

    return view


def _claim(act: Act) -> None:
    cases.claim(lane=act.lane, by=act.by, at=act.at)


def _release(act: Act) -> None:
    act.see(lane=True)
    cases.release(lane=act.lane, by=act.by, at=act.at)


def _return(act: Act) -> None:
    act.see(lane=True)
    hop = act.work.part.open_hop if act.work.part else None
    if hop is None:
        raise UnableToMove(_("这件事不能由你退回。"))
    cases.return_lane(hop=hop, reason=act.given["reason"], by=act.by, at=act.at)


def _ask_back(act: Act) -> None:
    act.see(lane=True)
    cases.ask_back(lane=act.lane, text=act.given["text"], by=act.by, at=act.at)


def _note(act: Act) -> None:
    given = {"text": act.given["text"], "by": act.by, "at": act.at}
    if act.work.part is None and act.work.over is not None:
        actions.write_note(lane=act.work.overseen, over=act.work.over, **given)
    else:
        actions.write_note(lane=act.lane, **given)


def _give_back(act: Act) -> None:
    act.see(lane=False)
    cases.give_back(case=act.case, reason=act.given["reason"], by=act.by, at=act.at)


def _withdraw(act: Act) -> None:
    cases.withdraw(hop=act.hop, by=act.by, at=act.at)


# Of two who claim, the second is told by the lane itself; pressing twice is once.
claim = act_view("claim", ActForm, _claim)
release = act_view("release", ActForm, _release)
return_lane = act_view("return", BackForm, _return)
ask_back = act_view("ask_back", AskBackForm, _ask_back, counts=What.WRITE)
note = act_view("note", NoteForm, _note, counts=What.WRITE, said=_lazy("记下了。"))
give_back = act_view("give_back", BackForm, _give_back)
withdraw = act_view("withdraw", HopForm, _withdraw)


@never_cache
@login_required
@require_POST
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    case = find(request, pk)
    chosen = request.POST.getlist("to")
    bodies = bodies_in_use(region_code=case.question.region_id, also=chosen)
    form = TransferForm(request.POST, offices=bodies.offices(), auto_id="transfer_%s")

    def act(act: Act) -> None:
        act.see(lane=False)
        to = Organisation.objects.get(pk=act.given["to"])
        cases.transfer(case=act.case, to=to, reason=act.given["reason"], by=act.by, at=act.at)

    return do(request, case, "transfer", form, act, said=_lazy("交过去了。"))


@never_cache
@login_required
@require_POST
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    case = find(request, pk)
    chosen = request.POST.getlist("to")
    bodies = bodies_in_use(region_code=case.question.region_id, also=chosen)
    form = ReferForm(request.POST, bodies=bodies.all(), auto_id="refer_%s")

    def act(act: Act) -> None:
        act.see(lane=False)
        given = {key: act.given[key] for key in ("reason", "grade")}
        to = list(Organisation.objects.filter(pk__in=act.given["to"]).order_by("pk"))
        cases.refer(case=act.case, to=to, by=act.by, at=act.at, **given)

    return do(request, case, "refer", form, act)
