"""我的: what somebody asked, follows and answered, with what their questions hang on and what
they are asked back about."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from youthvoice.people.models import User
from youthvoice.questions import queries
from youthvoice.questions.models import Question

#: What a question is handled with.
_LEAD = "case__merge__lead__question"
TABS = {
    "asked": gettext_lazy("我的提问"),
    "following": gettext_lazy("我也想问的"),
    "answered": gettext_lazy("我的回答"),
}


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody asked, follows and answered under their own name."""
    person = cast(User, request.user)
    tab = request.GET.get("tab", "asked")
    tab = tab if tab in TABS else "asked"
    after = request.GET.get("after", "")
    rows: list[Question]
    if tab == "following":
        follows = queries.followed_by(person, after=after, beside=(_LEAD,))
        rows, next_after = [f.question for f in follows.items], follows.next_after
    elif tab == "answered":
        answers = queries.answered_by(person, after=after)
        rows, next_after = [a.question for a in answers.items], answers.next_after
    else:
        asked = queries.asked_by(person, after=after, beside=(_LEAD,), behind=("case__callbacks",))
        rows, next_after = asked.items, asked.next_after
    base = f"{reverse('site:mine')}?tab={tab}"
    context = {
        "tab": tab,
        "tabs": [
            {
                "code": code,
                "label": label,
                "current": code == tab,
                "url": f"{reverse('site:mine')}?tab={code}",
            }
            for code, label in TABS.items()
        ],
        "questions": rows,
        "next_url": f"{base}&after={next_after}" if next_after else "",
        "first_url": base if after else "",
    }
    return render(request, "site/mine.html", context)
