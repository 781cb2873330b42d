"""The question page, the same for everyone, and its personal fragment."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from youthvoice.cases.models import Case
from youthvoice.cases.queries import trail_of, works_on
from youthvoice.crisis import policy as crisis_policy
from youthvoice.crisis import queries as crisis_queries
from youthvoice.entrance.surrogates import question_key
from youthvoice.gathering import queries as gathering
from youthvoice.kit import clock
from youthvoice.kit.paging import Page
from youthvoice.kit.public import note_of, public_page, visitors_piece
from youthvoice.moderation import queries as moderation_queries
from youthvoice.orgs.queries import organisations_of
from youthvoice.outside.queries import numbers_choice
from youthvoice.promises import queries as promises
from youthvoice.questions import policy, queries, viewers
from youthvoice.questions.models import Answer, Comment, Picture, Question
from youthvoice.rates import policy as rates_policy
from youthvoice.reads.actions import count_read
from youthvoice.readymade.prepared import prepared
from youthvoice.safety.queries import help_lines
from youthvoice.sealed import queries as sealed_queries
from youthvoice.site import beside, lanes, own, promised
from youthvoice.site.public import EVERYBODY
from youthvoice.site.said import of_lead
from youthvoice.site.state_line import state_line
from youthvoice.topics.queries import with_topics

_RELATED = 5
#: On a telephone a longer question shows its beginning above its answers.
_LINES_FIRST, _SIGNS_A_LINE = 6, 21


def _find(pk: int, viewer: policy.Viewer) -> Question:
    found = _public.first(number=pk)
    if found is None:
        rows = Question.objects.visible_to(viewer.user, viewer.opened)
        found = _with_all(rows).filter(pk=pk).first()
    return _or_404(found)


@prepared("number")
def _public(number: int) -> QuerySet[Question]:
    rows = Question.objects.visible_to(EVERYBODY)
    return _with_all(with_topics(rows)).filter(pk=number)


def _with_all(rows: QuerySet[Question]) -> QuerySet[Question]:
    return queries.shown(rows.select_related("on_behalf__organisation"))


def _or_404(found: Question | None) -> Question:
    if found is None:
        raise Http404
    return found


def _case(question: Question) -> Case | None:
    return question.case if hasattr(question, "case") else None


def _count_read(request: HttpRequest, question: Question) -> None:
    """Not of whoever has opened its receipt: the first reader of a nameless question is its asker,
    and that they are counted among staff would say of them that they are."""
    if question.pk not in viewers.opened_by(request):
        count_read(request, queries.name_for_reads(question))


@public_page("after", "of", "comments", "with", keys=())
def question(request: HttpRequest, pk: int) -> HttpResponse:
    found = _or_404(_public.first(number=pk))
    _count_read(request, found)
    queries.add_reads([found])
    gone = found.deleted_at is not None and not found.hidden_reason
    context = _whole(request, found)
    _note_about(request, found, context)
    return render(request, "site/question.html", context, status=410 if gone else 200)


def _note_about(request: HttpRequest, found: Question, context: dict[str, Any]) -> None:
    """The page tells of this question and those handled together with it; related ones stand
    there with their titles."""
    if (note := note_of(request)) is not None:
        lead = context.get("lead_question")
        told = [found, *([lead] if lead else []), *context.get("together", [])]
        note.about += [question_key(one.pk) for one in told]


@never_cache
@require_GET
def private(request: HttpRequest, pk: int) -> HttpResponse:
    """A question that is withheld, for those who may know of it."""
    viewer = viewers.viewer_of(request)
    found = _find(pk, viewer)
    if found.withheld_at is None:
        return redirect(found)
    queries.add_reads([found])
    viewers.give_words(request, found)
    record = crisis_queries.of_question(found)
    is_asker = viewer.is_asker(found)
    context = {
        **_whole(request, found),
        "crisis": record,
        "is_asker": is_asker,
        "may_object": record is not None and crisis_policy.may_object(viewer, record),
        "lines": help_lines(found.region_id) if is_asker else [],
    }
    return render(request, "site/question.html", context)


def _whole(request: HttpRequest, found: Question) -> dict[str, Any]:
    """What the page shows of a question."""
    case = _case(found)
    page, comments = _places(request, found)
    url = found.get_absolute_url()
    promises.add_promises(page.answers, today=clock.today())
    steps = trail_of(case) if case else []
    helps = lanes.of_question(found, case)
    together = _together(request, found, case)
    return {
        "question": found,
        "is_long": _lines_about(found.text) > _LINES_FIRST,
        "case": case,
        "steps": steps,
        "lanes": helps,
        # Handled with another one, whose page says it.
        "state_line": [] if together.get("lead_question") else state_line(found, steps, helps),
        "answers": page.answers,
        "next_answers_url": f"{url}?after={page.next_after}" if page.next_after else "",
        "comments": comments.items,
        "pictures": _pictures(found),
        "next_comments_url": f"{url}?comments={comments.next_after}#comments"
        if comments.next_after
        else "",
        "comments_begun": "comments" in request.GET and "of" not in request.GET,
        "related": beside.related(found, most=_RELATED),
        "related_name": _related_name(found),
        "me_query": _place(request),
        **together,
    }


def _lines_about(text: str) -> int:
    """Lines on a telephone, a paragraph's gap being one."""
    lines = text.splitlines()
    return sum(1 + (-(-len(line) // _SIGNS_A_LINE) if line.strip() else 0) for line in lines)


def _pictures(found: Question) -> list[Picture]:
    pictures = beside.pictures_of(question=found.pk)
    for picture in pictures:
        picture.question = found
    return pictures


def _related_name(found: Question) -> str:
    """By what `related` chose: the field, and the place where the question has one."""
    field = _("%s方面的提问") % found.get_field_display()
    return f"{found.region.name} · {field}" if found.region else field


def _places(request: HttpRequest, found: Question) -> tuple[queries.AnswerPage, Page[Comment]]:
    """The answers and the comments that the address asks for."""
    given = request.GET
    after, of, comments = (given.get(name, "") for name in ("after", "of", "comments"))
    page = queries.answers_of(found, after=after, of=of, comments=comments)
    url = found.get_absolute_url()
    for answer in page.answers:
        more = answer.next_comments  # type: ignore[attr-defined]
        place = {"after": after} if after else {}
        place |= {"of": str(answer.pk), "comments": more}
        answer.begun = of == str(answer.pk)  # type: ignore[attr-defined]
        answer.next_comments_url = (  # type: ignore[attr-defined]
            f"{url}?{urlencode(place, safe='~')}#answer-{answer.pk}" if more else ""
        )
    return page, queries.comments_of(found, after="" if of else comments)


def _together(request: HttpRequest, found: Question, case: Case | None) -> dict[str, object]:
    """The question that this one is handled with, and its answers; or those handled with it."""
    lead = gathering.lead_of(case) if case else None
    if case is None or lead is not None:
        return of_lead(lead)
    after = request.GET.get("with", "")
    page = gathering.together(case, after=after)
    # Few fit on one page, and then need no query to be counted.
    is_all = not page.next_after and not after
    url = f"{found.get_absolute_url()}?with={page.next_after}#together"
    return {
        "together": [merge.case.question for merge in page.items],
        "together_count": len(page.items) if is_all else gathering.together_count(case),
        "next_together_url": url if page.next_after else "",
    }


def _place(request: HttpRequest) -> str:
    """Where in its lists the page is, for the fragment; only what looks like a place."""
    given = {name: request.GET.get(name, "") for name in ("after", "of", "comments")}
    kept = {name: place for name, place in given.items() if place.replace("~", "").isdigit()}
    return f"?{urlencode(kept)}" if kept else ""


def _acts(request: HttpRequest, found: Question) -> dict[str, object]:
    """What this reader may do here, and has done."""
    viewers.give_words(request, found)
    viewer = viewers.viewer_of(request)
    page, own_place = _places(request, found)
    person = viewer.person
    organisations = organisations_of(viewer.user)
    mine = {o.pk for o in organisations}
    voted = beside.found_useful(person, page.answers)
    may_mark = policy.may_mark(viewer, found)
    case = _case(found)
    is_asker = viewer.is_asker(found)

    def edits(answer: Answer) -> bool:
        # The policy's rule over what is already at hand, in place of a query an answer.
        if person is None or answer.deleted_at is not None:
            return False
        if answer.organisation_id is not None:
            return answer.organisation_id in mine
        return answer.author_id == person.pk

    comments: list[Comment] = [
        c
        for a in page.answers
        for c in a.shown_comments  # type: ignore[attr-defined]
    ] + own_place.items
    for answer in page.answers:
        answer.question = found
    for comment in comments:
        comment.question = found
    return {
        "question": found,
        "case": case,
        "viewer": {
            "user": viewer.user,
            "is_asker": is_asker,
            "by_receipt": found.pk in viewer.opened,
            "works": works_on(viewer.user, case),
            "is_holder_member": case is not None and case.holder_id in mine,
        },
        "follows": beside.follows(person, found),
        "numbers": numbers_choice(viewer, found) if is_asker else None,
        "awaiting_me": list(lanes.awaiting_asker(case)) if is_asker else [],
        "openings": sealed_queries.told(found.pk, at=clock.now())
        if found.pk in viewer.opened
        else [],
        "can": {
            "answer": policy.may_answer(viewer, found, None)
            or any(policy.may_answer(viewer, found, o) for o in organisations[:1]),
            "answer_as": organisations,
            "comment": policy.may_comment(viewer, found),
            "follow": policy.may_follow(viewer, found),
            "mark": may_mark,
            "edit": policy.may_edit_question(viewer, found),
            "delete": policy.may_edit_question(viewer, found),
            "exclude": case is not None
            and case.holder_id in mine
            and rates_policy.may_propose_exclusion(viewer.user, case),
        },
        "answer_rights": [
            {
                "answer": answer,
                "voted": answer.pk in voted,
                "can_vote": policy.may_find_useful(viewer, answer),
                "can_accept": may_mark,
                "accepted": answer.accepted_at is not None,
                "can_edit": edits(answer),
                "can_delete": edits(answer),
                "writer": answer.author if answer.organisation_id in mine else None,
            }
            for answer in page.answers
            if answer.deleted_at is None
        ],
        "told": moderation_queries.told(found, viewer),
        **promised.add_acts(page.answers, case, viewer, mine, at=clock.now()),
        "own_comments": [c for c in comments if policy.may_delete_comment(viewer, c)],
    }


@visitors_piece("after", "of", "comments")
def me_question(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that makes the public page one's own."""
    found = _find(pk, viewers.viewer_of(request))
    _count_read(request, found)
    said = [str(m) for m in own.said_now(request)]
    # Each look at withheld words is a look of its own.
    if found.withheld_at is None:
        own.let_keep(request)
    return render(request, "site/me_question.html", {**_acts(request, found), "said": said})


@never_cache
@require_GET
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """The same acts on a page of their own, for those without scripts."""
    found = _find(pk, viewers.viewer_of(request))
    return render(request, "site/act.html", {**_acts(request, found), "plain": True})
