"""The asker says whether other bodies may see the numbers in their question."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from youthvoice.cases.actions import UnableToMove
from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.outside import actions, policy, queries
from youthvoice.outside.forms import NumbersForm
from youthvoice.questions import viewers
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer


@never_cache
@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever is signed in as its asker, or holds its receipt; nobody else learns of it."""
    viewer = viewers.viewer_of(request)
    known = Question.objects.visible_to(viewer.user, viewer.opened)
    question = known.select_related("case__holder", "region", "author").filter(pk=pk).first()
    if question is None or not policy.may_keep_numbers(viewer, question):
        raise Http404
    if request.method == "GET":
        return _page(request, question, viewer, NumbersForm())
    form = NumbersForm(request.POST)
    if form.is_valid():
        try:
            # By network: nothing that is done without a name is counted by account.
            visit, named = networks.visit_of(request), not question.is_nameless
            networks.take(visit, What.CHANGE_NAMELESS, at=clock.now(), named=named)
            _act(question, viewer, form)
            return redirect(request.path)
        except UnableToMove as problem:
            form.add_error(None, str(problem))
        except limits.TooMany as problem:
            problem.refuse(form)
            return problem.mark(_page(request, question, viewer, form))
    return _page(request, question, viewer, form, status=422)


def _act(question: Question, viewer: Viewer, form: NumbersForm) -> None:
    if form.cleaned_data["is_shown"]:
        grown = form.cleaned_data["of_age"]
        actions.release_numbers(question=question, by=viewer, is_grown=grown, at=clock.now())
    else:
        actions.keep_numbers(question=question, by=viewer, at=clock.now())


def _page(
    request: HttpRequest, question: Question, viewer: Viewer, form: NumbersForm, status: int = 200
) -> HttpResponse:
    context = {
        "question": question,
        "form": form,
        "released": queries.shows_numbers(question),
        "holds_numbers": queries.holds_numbers(question),
        "may_release": policy.may_release_numbers(viewer, question),
    }
    return render(request, "outside/numbers.html", context, status=status)
