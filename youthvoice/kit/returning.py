"""Back to where somebody came from."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, url: str) -> HttpResponse:
    """To the page the act was made on; htmx is told to fetch its fragment instead."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        # Not `redirect`: a word without a slash would be taken for a view's name.
        return HttpResponseRedirect(wanted)
    return redirect(url)
