"""Making a topic of what was gathered, and looking after a desk's topics."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from youthvoice.cases.policy import is_public
from youthvoice.cases.queries import access_desk
from youthvoice.gathering import actions, queries
from youthvoice.gathering.forms import LookAfterForm, Numbers, TopicForm
from youthvoice.kit import clock
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.topics import actions as topics_actions
from youthvoice.topics import queries as topics_queries
from youthvoice.topics.models import Topic

#: Topics that are offered to choose among.
_OFFERED = 100
_PICKED = Numbers(required=False)


def address(organisation: Organisation, numbers: list[int]) -> str:
    """Where these questions are put into a topic."""
    url = reverse("gathering:topic_make", args=[organisation.slug])
    return f"{url}?{urlencode({'pick': numbers}, doseq=True)}"


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """A new topic with the questions that were picked, or one that is there."""
    organisation = access_desk(request.user, slug)
    offered = topics_queries.open_at(organisation, most=_OFFERED)
    form = TopicForm(request.POST if request.method == "POST" else None, topics=offered)
    if request.method == "POST" and form.is_valid():
        try:
            return _make(request, organisation, form)
        except actions.UnableToMakeTopic as problem:
            form.add_error(None, str(problem))
    picked = request.POST if request.method == "POST" else request.GET
    numbers = [int(n) for n in picked.getlist("pick") if _PICKED.valid_value(n)]
    cases = queries.cases_by_number(numbers[: actions.PUT_MOST])
    context = {
        "organisation": organisation,
        "form": form,
        "cases": [case for case in cases if is_public(case)],
        "fields": [form[name] for name in ("topic", "name", "intro")],
    }
    status = 422 if form.errors else 200
    return render(request, "gathering/topic_make.html", context, status=status)


def _make(request: HttpRequest, organisation: Organisation, form: TopicForm) -> HttpResponse:
    by, at, given = cast(User, request.user), clock.now(), form.cleaned_data
    cases = queries.cases_by_number(given["pick"])
    if len(cases) < len(set(given["pick"])):
        raise actions.UnableToMakeTopic(
            _("选中的提问里，有的刚刚不再公开，这次一个都没有放。请再看一遍。")
        )
    topic = form.chosen
    if topic is None:
        topic = actions.make_topic(
            cases=cases, name=given["name"], intro=given["intro"], host=organisation, by=by, at=at
        )
        messages.success(request, _("话题 %s 开好了。") % topic)
    else:
        many = actions.add_to_topic(cases=cases, topic=topic, by=by, at=at)
        words = {"many": many, "topic": topic}
        messages.success(request, _("%(many)d 个提问放进了 %(topic)s。") % words)
    return redirect("gathering:topic", organisation.slug, topic.pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def look_after(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A topic of the desk's: what is in it, taking a question out, ending it."""
    organisation = access_desk(request.user, slug)
    topic = get_object_or_404(Topic.objects.select_related("host"), pk=pk, host=organisation)
    form = LookAfterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _act(topic, form, by=cast(User, request.user)))
            return redirect("gathering:topic", organisation.slug, pk)
        except (actions.UnableToMakeTopic, topics_actions.UnableToClose) as problem:
            form.add_error(None, str(problem))
    after = request.GET.get("after", "")
    tags = topics_queries.in_topic(topic, after=after)
    url = reverse("gathering:topic", args=[organisation.slug, pk])
    context = {
        "organisation": organisation,
        "form": form,
        "topic": topic,
        "tags": tags.items,
        "next_url": f"{url}?after={tags.next_after}" if tags.next_after else "",
        "first_url": url if after else "",
    }
    status = 422 if form.errors else 200
    return render(request, "gathering/topic.html", context, status=status)


def _act(topic: Topic, form: LookAfterForm, *, by: User) -> str:
    """What was done, in words. Raises UnableToMakeTopic and UnableToClose."""
    at, take = clock.now(), form.cleaned_data["take"]
    if take is not None:
        actions.remove_from_topic(topic=topic, question=take, by=by, at=at)
        return _("拿出来了，它的页面不变。")
    if form.cleaned_data["act"] == form.CLOSE:
        topics_actions.close_topic(topic=topic, by=by, at=at)
        return _("结束了。页面还在，不再放新的提问。")
    topics_actions.reopen_topic(topic=topic, by=by, at=at)
    return _("重新打开了，可以再放提问。")
