from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from youthvoice.demo.choices import WHAT, DemoRole, username_of
from youthvoice.demo.policy import sign_in_allowed
from youthvoice.orgs.queries import memberships_of
from youthvoice.people.models import User

_LANDING = {DemoRole.OPERATOR: "admin:index", DemoRole.YOUTH: "site:mine"}


@never_cache
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """A door for each role."""
    if not sign_in_allowed(request):
        raise Http404
    people = {u.username: u for u in User.objects.filter(username__startswith="demo-")}
    roles = [
        {"code": code, "label": label, "what": WHAT[DemoRole(code)], "who": _who(person)}
        for code, label in DemoRole.choices
        if (person := people.get(username_of(code))) is not None
    ]
    return render(request, "demo/choose.html", {"roles": roles})


def _who(person: User) -> str:
    organisation = next((m.organisation.short_name for m in memberships_of(person)), "")
    return f"{person.nickname} · {organisation}" if organisation else person.nickname


@never_cache
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become the demo's person of a role."""
    role = request.POST.get("role", "")
    if not sign_in_allowed(request) or role not in DemoRole.values:
        raise Http404
    person = get_object_or_404(User, username=username_of(role))
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    # Nobody here has a second factor; what this is worth is asked anew with each request.
    request.session["demo"] = True
    return redirect(_LANDING.get(DemoRole(role), "site:desk"))
