"""The writer's side: what was hidden and why, the appeal, and what became of one's reports."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from youthvoice.kit import clock
from youthvoice.kit.paging import Page
from youthvoice.moderation import actions, policy, queries
from youthvoice.moderation.choices import RULES, HideReason
from youthvoice.moderation.forms import AppealForm
from youthvoice.moderation.matter import text_of
from youthvoice.people.models import User
from youthvoice.questions import viewers

_TABS = {"hidden": _("我的话被隐藏"), "reports": _("我举报的")}


@never_cache
@require_http_methods(["GET", "POST"])
def hidden(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own words behind a stone, for their writer alone: by account or by receipt."""
    viewer, item = viewers.viewer_of(request), queries.find_for_author(pk)
    if item is None or not policy.is_author(viewer, item):
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            actions.appeal(item=item, text=text, by=viewer, at=clock.now())
            return redirect("moderation:hidden", pk=pk)
        except actions.UnableToAppeal as problem:
            form.add_error(None, str(problem))
    title, text = text_of(item.words)
    context = {
        "item": item,
        "question": item.question,
        "title": title,
        "text": text,
        "rule": RULES[HideReason(item.reason)],
        "appeal": item.appeal if hasattr(item, "appeal") else None,
        "may_appeal": policy.may_appeal(viewer, item),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "moderation/hidden.html", context, status=status)


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Under one's own name only."""
    person = cast(User, request.user)
    tab = request.GET.get("tab", "hidden")
    tab = tab if tab in _TABS else "hidden"
    after = request.GET.get("after", "")
    read = queries.reports_by if tab == "reports" else queries.hidden_of
    found: Page[Any] = read(person, after=after)
    url = f"{reverse('moderation:mine')}?tab={tab}"
    context = {
        "tab": tab,
        "tabs": [
            {
                "label": label,
                "url": f"{reverse('moderation:mine')}?tab={code}",
                "current": code == tab,
            }
            for code, label in _TABS.items()
        ],
        "rows": found.items,
        "next_url": f"{url}&after={found.next_after}" if found.next_after else "",
        "first_url": url if after else "",
    }
    return render(request, "moderation/mine.html", context)
