"""Erasing the words of those who leave. What others need stays without a name.

Work goes by small batches, each a transaction: a row stops being theirs in the one that
empties it, so a run that was cut off is simply begun again. Within a batch rows are locked as
everybody locks them (comments, answers, questions, tallies, the journal), and each kind in the
order of its numbers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.dispatch import Signal
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.kit.holdings import Leaver
from youthvoice.people import actions as people_actions
from youthvoice.pictures.actions import remove_files
from youthvoice.questions import policy
from youthvoice.questions.actions import first_answer, heat, tallies
from youthvoice.questions.actions.deleting import UnableToDelete
from youthvoice.questions.choices import TallyName
from youthvoice.questions.models import (
    Answer,
    Comment,
    Follow,
    Hidden,
    Picture,
    Question,
    Revision,
    Useful,
)

#: Sent as the last step of each batch, with `questions`, on which something was erased, and
#: `people`, whose it was: of marks there is no entry that could be heard.
erased = Signal()
#: Sent within the transaction that erases them, by `Question`, `Answer` or `Comment`, with
#: `numbers`: what was said of these words elsewhere goes with them. Also of words that were
#: hidden or taken back before, of which no entry is made any more.
words_erased = Signal()

#: Rows of one transaction: others wait for their turn a few hundredths of a second.
_BATCH = 20


def erase_people(leavers: Sequence[Leaver], *, at: datetime) -> None:
    """Questions and comments become stones; answers stay unless they are to go as well.

    What was written for an organisation is the organisation's, and stays without its writer.
    """
    people = [leaver.pk for leaver in leavers]
    with_answers = [leaver.pk for leaver in leavers if leaver.answers_too]
    asked = Question.objects.filter(author__in=people)
    _in_batches(asked, partial(_erase_questions, at=at), before=_remove_pictures)
    commented = Comment.objects.filter(author__in=people)
    _in_batches(commented, partial(_erase_comments, at=at))
    for whose, words in ((with_answers, True), (people, False)):
        answered = Answer.objects.filter(author__in=whose)
        _in_batches(answered, partial(_erase_answers, at=at, words=words))
    _in_batches(Useful.objects.filter(person__in=people), _erase_marks)
    _in_batches(Follow.objects.filter(person__in=people), _erase_follows)
    with transaction.atomic():
        gone = sum(people_actions.forget_participation(person) for person in people)
        if gone:
            tallies.bump(TallyName.PEOPLE, -gone)


def erase_nameless_question(*, question: Question, by: policy.Viewer, at: datetime) -> None:
    """Whoever holds the receipt erases their question and what they said under it.

    The receipt stays: it is a hash, and opens what the house may still have to tell them.
    Raises UnableToDelete.
    """
    if not policy.may_erase(by, question):
        raise UnableToDelete(_("只有拿着回执的人能抹去它。"))
    said = Comment.objects.filter(question=question, is_asker=True)
    _in_batches(said, partial(_erase_comments, at=at))
    asked = Question.objects.filter(pk=question.pk)
    _in_batches(asked, partial(_erase_questions, at=at), before=_remove_pictures)


def _in_batches(
    rows: QuerySet[Any],
    work: Callable[[list[Any]], None],
    *,
    before: Callable[[list[Any]], None] | None = None,
) -> None:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        if before is not None:
            before(batch)
        with transaction.atomic():
            work(batch)
        last = batch[-1].pk


def _locked(model: type[Model], numbers: Iterable[Any]) -> list[Any]:
    """The rows as they stand now; nobody changes them until our transaction ends."""
    wanted = {number for number in numbers if number is not None}
    rows = model._base_manager.filter(pk__in=wanted).order_by("pk")
    return list(rows.select_for_update())


def _remove_pictures(batch: list[Question]) -> None:
    """The files before the rows that name them: else a crash between would leave them for good."""
    remove_files(Picture.objects.filter(question__in=batch).values_list("name", flat=True))


def _erase_questions(batch: list[Question], at: datetime) -> None:
    numbers = [question.pk for question in batch]
    now = _locked(Question, numbers)
    people = [question.author_id for question in now]
    for kind in (Picture, Revision, Hidden):
        kind._base_manager.filter(question__in=numbers).delete()
    stood = [question for question in now if question.deleted_at is None]
    Question.objects.filter(pk__in=numbers).update(title="", text="", salt="", author=None)
    Question.objects.filter(pk__in=[question.pk for question in stood]).update(deleted_at=at)
    counted = Counter(
        TallyName.IMPORTED if question.is_imported else TallyName.QUESTIONS
        for question in stood
        if question.withheld_at is None
    )
    for name, many in sorted(counted.items()):
        tallies.bump(name, -many)
    for question in stood:
        question.title, question.text = "", ""
        question.author, question.deleted_at = None, at
        record("question.deleted", subject=question, actor=None, at=at, data={"erased": 1})
    words_erased.send(Question, numbers=numbers)
    _tell(numbers, people)


def _erase_comments(batch: list[Comment], at: datetime) -> None:
    now = _locked(Comment, [comment.pk for comment in batch])
    offices = [comment.pk for comment in now if comment.organisation_id is not None]
    own = [comment for comment in now if comment.organisation_id is None]
    stood = [comment for comment in own if comment.deleted_at is None]
    answers = _locked(Answer, [comment.answer_id for comment in stood])
    _locked(Question, [comment.question_id for comment in stood])
    Comment.objects.filter(pk__in=offices).update(author=None)
    Hidden.objects.filter(comment__in=own).delete()
    Comment.objects.filter(pk__in=[c.pk for c in own]).update(text="", salt="", author=None)
    Comment.objects.filter(pk__in=[c.pk for c in stood]).update(deleted_at=at)
    for answer in answers:
        many = sum(comment.answer_id == answer.pk for comment in stood)
        Answer.objects.filter(pk=answer.pk).update(comment_count=F("comment_count") - many)
    for question, many in sorted(Counter(c.question_id for c in stood).items()):
        heat.add(question, comment_count=-many)
    for comment in stood:
        data = {"question": comment.question_id, "erased": 1}
        record("comment.deleted", subject=comment, actor=None, at=at, data=data)
    words_erased.send(Comment, numbers=[comment.pk for comment in own])
    _tell([c.question_id for c in own], [c.author_id for c in own])


def _erase_answers(batch: list[Answer], at: datetime, *, words: bool) -> None:
    now = _locked(Answer, [answer.pk for answer in batch])
    offices = [answer.pk for answer in now if answer.organisation_id is not None]
    own = [answer for answer in now if answer.organisation_id is None]
    stood = [answer for answer in own if answer.deleted_at is None] if words else []
    questions = _locked(Question, [answer.question_id for answer in stood])
    Answer.objects.filter(pk__in=offices).update(author=None, show_writer=False)
    # Earlier words are their writer's alone, and hidden ones nobody needs.
    Revision.objects.filter(answer__in=own).delete()
    Hidden.objects.filter(answer__in=own).delete()
    kept = Answer.objects.filter(pk__in=[answer.pk for answer in own])
    kept.update(author=None)
    for number in sorted({answer.question_id for answer in own}):
        heat.add(number)
    if words:
        _take_words(own, stood, questions, at)
    _tell([answer.question_id for answer in own], [answer.author_id for answer in own])


def _take_words(
    own: list[Answer], stood: list[Answer], questions: list[Question], at: datetime
) -> None:
    kept = Answer.objects.filter(pk__in=[answer.pk for answer in own])
    kept.update(text="", salt="", accepted_at=None)
    Answer.objects.filter(pk__in=[answer.pk for answer in stood]).update(deleted_at=at)
    for answer in stood:
        counts = {f"{answer.kind}_count": -1, "useful_count": -answer.useful_count}
        heat.add(answer.question_id, **counts)
    for question in questions:
        first_answer.note(question)
    for answer in stood:
        data = {"question": answer.question_id, "kind": answer.kind, "erased": 1}
        record("answer.deleted", subject=answer, actor=None, at=at, data=data)
    words_erased.send(Answer, numbers=[answer.pk for answer in own])


def _erase_marks(batch: list[Useful]) -> None:
    answers = _locked(Answer, [mark.answer_id for mark in batch])
    _locked(Question, [answer.question_id for answer in answers])
    marks = Useful.objects.filter(pk__in=[mark.pk for mark in batch])
    counted = Counter(marks.values_list("answer", flat=True))
    marks.delete()
    for answer in answers:
        many = counted[answer.pk]
        Answer.objects.filter(pk=answer.pk).update(useful_count=F("useful_count") - many)
        # A deleted answer took its marks out of the question's sum when it went.
        if answer.deleted_at is None:
            heat.add(answer.question_id, useful_count=-many)
    _tell([answer.question_id for answer in answers], [mark.person_id for mark in batch])


def _erase_follows(batch: list[Follow]) -> None:
    _locked(Question, [following.question_id for following in batch])
    follows = Follow.objects.filter(pk__in=[following.pk for following in batch])
    counted = Counter(follows.values_list("question", flat=True))
    follows.delete()
    for question, many in sorted(counted.items()):
        heat.add(question, follow_count=-many)
    _tell(counted, [following.person_id for following in batch])


def _tell(questions: Iterable[int], people: Iterable[int | None]) -> None:
    """After the entries: who follows up on both does it behind the journal's lock."""
    gone = {person for person in people if person is not None}
    erased.send(sender=None, questions=set(questions), people=gone)
