from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from youthvoice.cases import policy as cases_policy
from youthvoice.cases.models import Case
from youthvoice.routing import policy, queries


@never_cache
@login_required
@require_GET
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Who might answer a question, for those who have a part in it: a page, or a piece of one."""
    case = get_object_or_404(Case.objects.select_related("question", "holder").of_question(pk))
    question = case.question
    # It tells words of the question, so there is none of what is out of view or gone.
    if not queries.is_readable(question) or not policy.may_see_suggestion(request.user, case):
        raise Http404
    told = queries.told_of(question)
    context = {
        "question": question,
        "told": told,
        "is_there": told.holder is not None and told.holder.code == str(case.holder_id),
        "may_refer": cases_policy.may_refer(request.user, case),
        "bodies": queries.bodies_of(told.group, question),
    }
    is_piece = request.headers.get("HX-Request") == "true"
    return render(request, "routing/_suggestion.html" if is_piece else "routing/page.html", context)
