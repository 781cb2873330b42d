import secrets

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.pictures import holding
from youthvoice.pictures.actions import Drawn, remove_files
from youthvoice.questions import actions, policy, viewers
from youthvoice.questions.models import Question
from youthvoice.supplements.forms import SupplementForm


@never_cache
@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """Pictures, field and region; the words are changed on a page of their own."""
    viewer = viewers.viewer_of(request)
    question = Question.objects.visible_to(request.user, viewer.opened).filter(pk=pk).first()
    if question is None:
        raise Http404
    if not policy.may_edit_question(viewer, question):
        return _refused(request, question)
    already = question.pictures.count()
    if request.method == "GET":
        initial = {"key": secrets.token_hex(16), "field": question.field}
        initial["region"] = question.region_id or ""
        return _page(request, question, SupplementForm(initial=initial, already=already))
    form = SupplementForm(
        request.POST,
        request.FILES,
        already=already,
        shelf=holding.shelf_of(request),
        at=clock.now(),
    )
    if not form.is_valid():
        return _come_back(request, question, form)
    try:
        _count(request, viewer, question, form)
    except limits.TooMany as problem:
        problem.refuse(form)
        return problem.mark(_come_back(request, question, form))
    drawn = form.draw_pictures()
    if form.errors:
        return _come_back(request, question, form)
    return _save(request, viewer, question, form, drawn)


def _save(
    request: HttpRequest,
    viewer: policy.Viewer,
    question: Question,
    form: SupplementForm,
    drawn: list[Drawn],
) -> HttpResponse:
    given = form.cleaned_data
    try:
        actions.supplement_question(
            question=question,
            field=given["field"],
            region=given["region"],
            pictures=drawn,
            by=viewer,
            at=clock.now(),
        )
    except actions.UnableToSupplement as problem:
        remove_files(one.name for one in drawn)
        form.add_error(None, str(problem))
        return _come_back(request, question, form)
    except BaseException:
        remove_files(one.name for one in drawn)
        raise
    form.sent()
    return redirect(question)


def _count(
    request: HttpRequest, viewer: policy.Viewer, question: Question, form: SupplementForm
) -> None:
    """Raises TooMany. What was asked without a name is never counted by the account."""
    visit, at = networks.visit_of(request), clock.now()
    pictures = {What.PICTURES: form.picture_count} if form.picture_count else {}
    if viewer.person is None or question.is_nameless:
        networks.take(visit, {What.CHANGE_NAMELESS: 1, **pictures}, at=at)
    else:
        also = [limits.Want(What.CHANGE, viewer.person.pk)]
        networks.take(visit, pictures, at=at, named=True, also=also)


def _come_back(request: HttpRequest, question: Question, form: SupplementForm) -> HttpResponse:
    holding.hold(request, form, named=not question.is_nameless, at=clock.now())
    return _page(request, question, form)


def _page(request: HttpRequest, question: Question, form: SupplementForm) -> HttpResponse:
    viewers.give_words(request, question)
    context = {"form": form, "question": question}
    status = 422 if form.errors else 200
    response = render(request, "supplements/supplement.html", context, status=status)
    holding.remember(request, response)
    return response


def _refused(request: HttpRequest, question: Question) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    viewers.give_words(request, question)
    context = {"question": question, "why": _("只有提问者自己能补充。")}
    return render(request, "questions/refused.html", context, status=403)
