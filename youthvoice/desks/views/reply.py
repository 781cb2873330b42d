"""Answering in the name of the body whose part it is, maybe from a canned reply."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from youthvoice.cases.actions import UnableToMove
from youthvoice.desks.forms import ReplyForm
from youthvoice.desks.queries.canned import is_unread
from youthvoice.desks.views.work import Act, do, find
from youthvoice.limits.choices import What
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer


def _reply(act: Act) -> str:
    act.see(lane=True)
    given, lane = act.given, act.lane
    if not given["is_read"] and is_unread(given["text"], lane, begun_with=given["begun_with"]):
        raise UnableToMove(_("这是常用回复的原样。按这件事改一改，或者勾上“我看过了”。"))
    made = questions.answer_question(
        question=act.case.question,
        text=given["text"],
        by=Viewer(act.by),
        organisation=lane.holder,
        at=act.at,
        show_writer=given["show_writer"],
    )
    return f"?lane={lane.pk}&sent={made.pk}"


@never_cache
@login_required
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReplyForm(request.POST, auto_id="reply_%s")
    return do(request, find(request, pk), "reply", form, _reply, counts=What.WRITE)
