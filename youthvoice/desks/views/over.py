"""What a committee above does about a case below it: from the row of its desk, or its page."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from youthvoice.cases import actions as cases
from youthvoice.desks.forms import RemindForm
from youthvoice.desks.queries.bodies import bodies_in_use
from youthvoice.desks.queries.work import work_of
from youthvoice.desks.views.work import Act, Drafts, act_view, find, forms_of, person_of
from youthvoice.limits.choices import What


@never_cache
@login_required
@require_GET
def over(request: HttpRequest, pk: int) -> HttpResponse:
    """All that may be done, as a piece for a row; without scripts the case's page has it."""
    case = find(request, pk)
    lane = request.GET.get("lane", "")
    shown = work_of(case, person_of(request), lane=lane)
    if shown.over is None:
        raise Http404
    if request.headers.get("HX-Request") != "true":
        return redirect(f"{reverse('desks:work', args=[pk])}?lane={shown.overseen.pk}#over")
    bodies = bodies_in_use(region_code=case.question.region_id)
    made = forms_of(shown, bodies, Drafts([], {}), mark=f"-{shown.overseen.pk}")
    context = {
        "work": shown,
        "case": case,
        "forms": made,
        "desk": request.GET.get("desk", ""),
        "on_desk": True,
    }
    return render(request, "desks/_over.html", context)


def _remind(act: Act) -> None:
    lane = act.work.overseen
    cases.remind(lane=lane, line=act.given["text"], by=act.by, at=act.at)


remind = act_view("remind", RemindForm, _remind, counts=What.WRITE, said=_("提醒发出去了。"))
