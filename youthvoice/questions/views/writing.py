"""Answering, commenting, editing and deleting: pages with a form each."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.orgs.queries import organisations_of
from youthvoice.questions import actions, policy, queries, viewers
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.forms import (
    AnswerForm,
    CommentForm,
    EditAnswerForm,
    EditQuestionForm,
)
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.questions.views.finding import answer_for, comment_for, question_for

_GET_AND_POST = require_http_methods(["GET", "POST"])


def _page(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    viewers.give_words(request, context["question"])
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _count(request: HttpRequest, viewer: policy.Viewer, *, nameless: bool) -> None:
    """Raises TooMany. Words without a name are never counted by the account."""
    if nameless or viewer.person is None:
        networks.take(networks.visit_of(request), What.WRITE_NAMELESS, at=clock.now())
    else:
        limits.take(What.WRITE, who=viewer.person.pk, at=clock.now())


def _count_change(request: HttpRequest, target: Question | Answer | Comment) -> None:
    """Raises TooMany. What was written without a name is never counted by the account."""
    viewer = viewers.viewer_of(request)
    if viewer.person is None or target.author_id is None:
        networks.take(networks.visit_of(request), What.CHANGE_NAMELESS, at=clock.now())
    else:
        limits.take(What.CHANGE, who=viewer.person.pk, at=clock.now())


@login_required
@_GET_AND_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    question, viewer = question_for(request, pk), viewers.viewer_of(request)
    organisations = organisations_of(viewer.user)
    holder = question.case.holder_id if hasattr(question, "case") else None
    form = AnswerForm(
        request.POST or None,
        organisations=organisations,
        first=holder,
        may_be_peer=policy.may_answer(viewer, question, None),
        writer=viewer.person,
    )
    if request.method == "POST" and form.is_valid():
        try:
            _count(request, viewer, nameless=False)
            made = actions.answer_question(
                question=question,
                text=form.cleaned_data["text"],
                by=viewer,
                organisation=form.signed_by,
                at=clock.now(),
                show_writer=form.cleaned_data.get("show_writer", False),
            )
            return redirect(made.get_absolute_url())
        except actions.UnableToAnswer as problem:
            form.add_error(None, str(problem))
        except limits.TooMany as problem:
            problem.refuse(form)
            return problem.mark(_answer_page(request, form, question))
    return _answer_page(request, form, question)


def _answer_page(request: HttpRequest, form: forms.Form, question: Question) -> HttpResponse:
    said = queries.said_of(question)
    return _page(request, "questions/answer.html", form, question=question, **said)


@_GET_AND_POST
def comment_on_question(request: HttpRequest, pk: int) -> HttpResponse:
    return _comment(request, question_for(request, pk), None)


@_GET_AND_POST
def comment_on_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = answer_for(request, pk)
    return _comment(request, found.question, found)


@_GET_AND_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment to a comment."""
    found = comment_for(request, pk)
    return _comment(request, found.question, found.answer, to=found)


def _comment(
    request: HttpRequest, question: Question, answer: Answer | None, to: Comment | None = None
) -> HttpResponse:
    viewer = viewers.viewer_of(request)
    if viewer.person is None and not viewer.is_asker(question):
        return redirect_to_login(request.get_full_path())
    nameless = question.is_nameless and viewer.is_asker(question)
    form = CommentForm(
        request.POST or None,
        organisations=[] if nameless else organisations_of(viewer.user),
        first=answer.organisation_id if answer else None,
        writer=viewer.person,
        nameless=nameless,
    )
    if request.method == "POST" and form.is_valid():
        try:
            _count(request, viewer, nameless=nameless)
            made = actions.comment(
                question=question,
                answer=answer,
                text=form.cleaned_data["text"],
                by=viewer,
                organisation=form.signed_by,
                at=clock.now(),
                to=to,
            )
            return redirect(queries.address_of(made))
        except actions.UnableToComment as problem:
            form.add_error(None, str(problem))
        except limits.TooMany as problem:
            problem.refuse(form)
            context = {"question": question, "answer": answer, "to": to}
            return problem.mark(_page(request, "questions/comment.html", form, **context))
    return _page(
        request,
        "questions/comment.html",
        form,
        question=question,
        answer=answer,
        to=to,
        # Where the asker has just said that it isn't solved.
        asks_missing=answer is None and "missing" in request.GET and viewer.is_asker(question),
    )


@_GET_AND_POST
def edit_question(request: HttpRequest, pk: int) -> HttpResponse:
    question, viewer = question_for(request, pk), viewers.viewer_of(request)
    if not policy.may_edit_question(viewer, question):
        return _refused(request, question, _("只有提问者自己能修改。"))
    initial = {"title": question.title, "text": question.text, "seen": question.version}
    form = EditQuestionForm(
        request.POST or None,
        initial=initial,
        writer=viewer.person,
        nameless=question.is_nameless,
    )
    if request.method == "POST" and form.is_valid():
        try:
            _count_change(request, question)
            actions.edit_question(question=question, by=viewer, at=clock.now(), **form.cleaned_data)
            return redirect(question)
        except actions.UnableToEdit as problem:
            form.add_error(None, str(problem))
        except limits.TooMany as problem:
            problem.refuse(form)
            context = {"target": question, "question": question}
            return problem.mark(_page(request, "questions/edit.html", form, **context))
    return _page(request, "questions/edit.html", form, target=question, question=question)


@login_required
@_GET_AND_POST
def edit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found, viewer = answer_for(request, pk), viewers.viewer_of(request)
    if not policy.may_edit_answer(viewer, found):
        return _refused(request, found.question, _("只有写下它的人或同组织的同事能修改。"))
    form = EditAnswerForm(
        request.POST or None,
        initial={"text": found.text, "seen": found.version},
        is_office=found.organisation_id is not None,
        writer=viewer.person,
    )
    if request.method == "POST" and form.is_valid():
        try:
            _count_change(request, found)
            actions.edit_answer(answer=found, by=viewer, at=clock.now(), **form.cleaned_data)
            return redirect(found.get_absolute_url())
        except actions.UnableToEdit as problem:
            form.add_error(None, str(problem))
        except limits.TooMany as problem:
            problem.refuse(form)
            context = {"target": found, "question": found.question}
            return problem.mark(_page(request, "questions/edit.html", form, **context))
    return _page(request, "questions/edit.html", form, target=found, question=found.question)


@_GET_AND_POST
def delete_question(request: HttpRequest, pk: int) -> HttpResponse:
    question, viewer = question_for(request, pk), viewers.viewer_of(request)
    return _delete(
        request,
        question,
        question,
        _("提问"),
        policy.may_edit_question(viewer, question),
        lambda: actions.delete_question(question=question, by=viewer, at=clock.now()),
    )


@login_required
@_GET_AND_POST
def delete_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found, viewer = answer_for(request, pk), viewers.viewer_of(request)
    return _delete(
        request,
        found.question,
        found,
        _("回答"),
        policy.may_edit_answer(viewer, found),
        lambda: actions.delete_answer(answer=found, by=viewer, at=clock.now()),
    )


@_GET_AND_POST
def delete_comment(request: HttpRequest, pk: int) -> HttpResponse:
    found, viewer = comment_for(request, pk), viewers.viewer_of(request)
    return _delete(
        request,
        found.question,
        found,
        _("评论"),
        policy.may_delete_comment(viewer, found),
        lambda: actions.delete_comment(comment=found, by=viewer, at=clock.now()),
    )


def _delete(
    request: HttpRequest,
    question: Question,
    target: Question | Answer | Comment,
    what: str,
    allowed: bool,
    act: Any,
) -> HttpResponse:
    if not allowed:
        return _refused(request, question, _("只有写下它的人能删除。"))
    if request.method == "POST":
        _count_change(request, target)
        try:
            act()
            return redirect(question)
        except Unable as problem:
            messages.error(request, str(problem))
    context = {"target": target, "question": question, "what": what}
    return _page(request, "questions/delete.html", forms.Form(), **context)


def _refused(request: HttpRequest, question: Question, why: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    viewers.give_words(request, question)
    context = {"question": question, "why": why}
    return render(request, "questions/refused.html", context, status=403)


@require_safe
def history_of_question(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_for(request, pk)
    return _history(request, question, question)


@require_safe
def history_of_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = answer_for(request, pk)
    return _history(request, found.question, found)


def _history(request: HttpRequest, question: Question, target: Question | Answer) -> HttpResponse:
    if not policy.may_see_history(viewers.viewer_of(request), target):
        raise Http404
    viewers.give_words(request, question)
    context = {
        "revisions": queries.revisions_of(target),
        "target": target,
        "question": question,
    }
    return render(request, "questions/history.html", context)
