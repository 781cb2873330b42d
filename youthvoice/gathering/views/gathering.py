"""What looks like the same thing, merging it, and what is handled together."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.models import Case
from youthvoice.cases.policy import is_public
from youthvoice.cases.queries import access_desk
from youthvoice.gathering import actions, policy, queries
from youthvoice.gathering.forms import GatherForm, TakeForm
from youthvoice.gathering.models import Merge
from youthvoice.gathering.views import topics as topics_views
from youthvoice.kit import clock
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.topics import queries as topics_queries

#: The lists of the page.
_LIKELY, _TOGETHER, _TOPICS = "likely", "together", "topics"


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def gather(request: HttpRequest, slug: str) -> HttpResponse:
    """Groups of open questions that look alike, to merge or to set apart."""
    organisation = access_desk(request.user, slug)
    form = GatherForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _act(request, organisation, form)
        except UnableToMove as problem:
            form.add_error(None, str(problem))
    return _page(request, organisation, form)


def _act(request: HttpRequest, organisation: Organisation, form: GatherForm) -> HttpResponse:
    by, at, given = cast(User, request.user), clock.now(), form.cleaned_data
    if given["act"] == form.TOPIC:
        return redirect(topics_views.address(organisation, given["pick"]))
    cases = queries.cases_by_number(given["pick"])
    if given["act"] == form.APART:
        if cases:
            actions.set_apart(cases=cases, by=by, at=at)
        messages.success(request, _("记下了，不再把它们当成一件事。"))
        return redirect("gathering:gather", organisation.slug)
    leads = queries.cases_by_number([given["lead"]])
    if not leads:
        raise UnableToMove(_("没有这个提问，请再选一次。"))
    actions.merge(cases=cases, into=leads[0], by=by, at=at)
    messages.success(request, _("并好了，一起办理。"))
    return redirect("gathering:together", organisation.slug, given["lead"])


def _page(request: HttpRequest, organisation: Organisation, form: GatherForm) -> HttpResponse:
    show, after = request.GET.get("show", _LIKELY), request.GET.get("after", "")
    show = show if show in {_TOGETHER, _TOPICS} else _LIKELY
    url = reverse("gathering:gather", args=[organisation.slug])
    here = f"{url}?show={show}"
    context = {
        "organisation": organisation,
        "form": form,
        "show": show,
        "tabs": [
            {"label": label, "url": f"{url}?show={code}", "current": code == show}
            for code, label in (
                (_LIKELY, _("像是一件事")),
                (_TOGETHER, _("一起办理中")),
                (_TOPICS, _("我们的话题")),
            )
        ],
        "first_url": here if after else "",
    }
    if show == _TOGETHER:
        leads = queries.leads(organisation, after=after)
        context["leads"], next_after = leads.items, leads.next_after
    elif show == _TOPICS:
        hosted = topics_queries.hosted_by(organisation, after=after)
        context["topics"], next_after = hosted.items, hosted.next_after
    else:
        groups = queries.groups(organisation, after=after)
        context["groups"], next_after = queries.offered(groups.items), groups.next_after
    context["next_url"] = f"{here}&after={next_after}" if next_after else ""
    status = 422 if form.errors else 200
    return render(request, "gathering/gather.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A lead and what is handled together with it; each may be taken out again."""
    organisation = access_desk(request.user, slug)
    lead = next(iter(queries.cases_by_number([pk])), None)
    if lead is None or not policy.may_gather(request.user, lead):
        raise Http404
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _take(lead, form.cleaned_data["take"], by=cast(User, request.user))
        except UnableToMove as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("拆开了，它又单独办理。"))
            return redirect("gathering:together", organisation.slug, pk)
    after = request.GET.get("after", "")
    found = queries.together(lead, after=after)
    url = reverse("gathering:together", args=[organisation.slug, pk])
    context = {
        "organisation": organisation,
        "form": form,
        "lead": lead,
        "question": lead.question,
        "merges": found.items,
        "many": queries.together_count(lead),
        "topic_url": _topic_url(organisation, lead, found.items),
        "next_url": f"{url}?after={found.next_after}" if found.next_after else "",
        "first_url": url if after else "",
    }
    status = 422 if form.errors else 200
    return render(request, "gathering/together.html", context, status=status)


def _topic_url(organisation: Organisation, lead: Case, merges: list[Merge]) -> str:
    """Where the lead and what this page shows of those that hang on it become a topic."""
    cases = [lead, *(merge.case for merge in merges)]
    public = [case.question_id for case in cases if is_public(case)]
    return topics_views.address(organisation, public)


def _take(lead: Case, number: int, *, by: User) -> None:
    """Raises UnableToMove, also for what hangs on another."""
    for case in queries.cases_by_number([number]):
        if queries.lead_of(case) == lead:
            actions.unmerge(case=case, by=by, at=clock.now())
            return
    raise UnableToMove(_("它没有和这个提问一起办，可能刚刚拆开了。"))
