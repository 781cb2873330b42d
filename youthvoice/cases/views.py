from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from youthvoice.cases import policy, queries
from youthvoice.cases.choices import Show
from youthvoice.kit import clock
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import memberships_of


@never_cache
@login_required
@require_GET
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """What an organisation holds, for its members."""
    organisation = get_object_or_404(Organisation, slug=slug, is_active=True)
    if not policy.may_see_queue(request.user, organisation.pk):
        raise PermissionDenied
    show = request.GET.get("show", "")
    show = show if show in Show.values else "waiting"
    after = request.GET.get("after", "")
    found = queries.queue(organisation, show=show, after=after)
    url = reverse("cases:queue", args=[slug])
    context = {
        "organisation": organisation,
        "desks": queries.desks(memberships_of(request.user), at=clock.now()),
        "show": show,
        "tabs": [
            {"code": code, "label": label, "current": code == show, "url": f"{url}?show={code}"}
            for code, label in Show.choices
        ],
        "cases": found.items,
        "next_url": f"{url}?show={show}&after={found.next_after}" if found.next_after else "",
        "first_url": f"{url}?show={show}" if after else "",
    }
    return render(request, "cases/queue.html", context)
