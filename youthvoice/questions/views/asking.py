import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from youthvoice.kit import clock
from youthvoice.kit.templatetags.kit_tags import due, duration, estimated
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.orgs.fields import OF_FIELD
from youthvoice.orgs.queries import all_regions
from youthvoice.orgs.widgets import remember, remembered
from youthvoice.pictures import holding
from youthvoice.pictures.actions import remove_files
from youthvoice.questions import actions, queries, viewers
from youthvoice.questions.choices import TEXT_MOST, Field, Kind
from youthvoice.questions.forms import AskForm
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.readymade.fragments import Fragments
from youthvoice.safety import signs
from youthvoice.safety.queries import help_lines

_KEPT = Fragments(256 * 1024)


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form, and what it says once the question is accepted."""
    viewer = viewers.viewer_of(request)
    signed_in = viewer.person is not None
    if request.method == "GET":
        form = AskForm(initial=_initial(request, signed_in), signed_in=signed_in)
        return _show(request, form, signed_in)
    form = AskForm(
        request.POST,
        request.FILES,
        signed_in=signed_in,
        writer=viewer.person,
        shelf=holding.shelf_of(request),
        at=clock.now(),
    )
    if not form.is_valid():
        return _come_back(request, form, signed_in)
    try:
        _count(request, viewer, form)
    except limits.TooMany as problem:
        problem.refuse(form)
        return problem.mark(_come_back(request, form, signed_in))
    pictures = form.draw_pictures()
    if form.errors:
        return _come_back(request, form, signed_in)
    given = form.cleaned_data
    named = given["name_choice"] == "named"
    try:
        asked = actions.ask_question(
            kind=given["kind"],
            field=given["field"],
            region=given["region"],
            title=given["title"],
            text=given["text"],
            author=viewer.person if named else None,
            sealed_for=None if named else viewer.person,
            key=viewers.sending_of(request, given, given["name_choice"]),
            at=clock.now(),
            pictures=pictures,
        )
    except BaseException:
        remove_files(p.name for p in pictures)
        raise
    if not asked.is_new:
        remove_files(p.name for p in pictures)
    form.sent()
    response = _sent(request, asked)
    code = given["region"].code if given["region"] is not None else ""
    remember(request, response, code if given["remember_region"] else "")
    return response


def _come_back(request: HttpRequest, form: AskForm, signed_in: bool) -> HttpResponse:
    """The form with what was typed, what was chosen, and what is wrong."""
    named = signed_in and form.data.get("name_choice") == "named"
    holding.hold(request, form, named=named, at=clock.now())
    return _show(request, form, signed_in, status=422)


def _count(request: HttpRequest, viewer: Viewer, form: AskForm) -> None:
    """Raises TooMany. Without a name nothing is counted that is keyed by the account."""
    by = viewer.person if form.cleaned_data["name_choice"] == "named" else None
    acts = {What.ASK: 1}
    if form.picture_count:
        acts[What.PICTURES] = form.picture_count
    also = [limits.Want(What.ASK_NAMED, by.pk)] if by is not None else []
    visit = networks.visit_of(request)
    networks.take(visit, acts, at=clock.now(), named=by is not None, also=also)


def _initial(request: HttpRequest, signed_in: bool) -> dict[str, Any]:
    kept = remembered(request)
    # As the page of a body has it, on whose poster an address may stand.
    region = request.GET.get("region", kept)
    field, kind = request.GET.get("field", ""), request.GET.get("kind", "")
    return {
        "key": secrets.token_hex(16),
        "kind": kind if kind in Kind.values else Kind.HELP,
        "field": field if field in Field.values else "",
        "region": region if region in all_regions() else "",
        "remember_region": bool(kept),
        "name_choice": "named" if signed_in else "nameless",
    }


def _kept(name: str, *key: str, **context: Any) -> SafeString:
    """A piece of the form that is the same for everybody who comes with the same key."""
    template = f"questions/_ask_{name}.html"
    return _KEPT.get(name, *key, draw=lambda: render_to_string(template, context))


def _show(
    request: HttpRequest, form: AskForm, signed_in: bool, *, status: int = 200
) -> HttpResponse:
    chosen = [str(form[name].value()) for name in ("field", "kind")]
    context = {
        "form": form,
        "advice": _kept("advice", advice=[(field, of.advice) for field, of in OF_FIELD.items()]),
        "choices": "" if form.is_bound else _kept("choices", *chosen, form=form),
        "signed_in": signed_in,
        "lines": help_lines(form.data.get("region")),
        "danger": _shows_danger(form),
    }
    response = render(request, "questions/ask.html", context, status=status)
    holding.remember(request, response)
    return response


def _shows_danger(form: AskForm) -> bool:
    """Help stands in the page at once, also where no script looks while somebody types."""
    # As it was typed: what is too long was not even read.
    typed = (form.data.get(name, "")[:TEXT_MOST] for name in AskForm.guarded)
    return signs.is_found("\n".join(typed))


def _sent(request: HttpRequest, asked: actions.Asked) -> HttpResponse:
    """Who has it, when to expect an answer, and the receipt, shown this once."""
    question = asked.question
    if not asked.is_new:
        question = queries.shown(Question.objects.all()).get(pk=question.pk)
    context = {
        "question": question,
        "holder": question.case.holder,
        "receipt": asked.receipt,
        "named": not question.is_nameless,
        "expect": _expectation(question, is_new=asked.is_new),
        # Not sure enough to withhold it: whom to call is said all the same.
        "lines": help_lines(question.region_id)
        if question.withheld_at or signs.is_found(f"{question.title}\n{question.text}")
        else [],
    }
    response = render(request, "questions/sent.html", context)
    if asked.receipt:
        viewers.remember(request, response, question.pk)
    return response


def _expectation(question: Question, *, is_new: bool = False) -> str:
    """What the holder's clock counts to, which the page shows too, and what was measured."""
    case = question.case
    due_at, rests = case.first_due_at, case.first_is_estimated
    if not is_new:
        due_at, rests = case.lanes.own().values_list("due_at", "is_estimated").get()
    words = _("最晚%s，会有团组织回复你。") % estimated(due(due_at), rests)
    seconds = queries.median_first_answer_seconds(at=clock.now(), kept=queries.site_numbers())
    if seconds is None:
        return words + _("要是晚了，晚了多久，提问那一页上看得见。")
    measured = _("最近 %(days)d 天里，答过的提问有一半在 %(wait)s内等到第一个回答。")
    return words + measured % {"days": queries.MEDIAN_DAYS, "wait": duration(seconds)}
