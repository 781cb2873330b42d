"""Who may, in questions. A reader is a person, or whoever holds a receipt, or both."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.choices import lane_of
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.questions.choices import AnswerKind
from youthvoice.questions.models import Answer, Comment, Question

#: What a body's answer is, by the help that the body gives.
_KINDS = {
    "league": AnswerKind.OFFICIAL,
    "government": AnswerKind.GOVERNMENT,
    "society": AnswerKind.EXPERT,
}


@dataclass(frozen=True)
class Viewer:
    """Who is looking: an account or none, and the questions their receipts have opened."""

    user: User | AnonymousUser
    opened: frozenset[int] = frozenset()

    @property
    def person(self) -> User | None:
        return self.user if isinstance(self.user, User) and self.user.is_active else None

    def is_asker(self, question: Question) -> bool:
        if question.pk in self.opened:
            return True
        return self.person is not None and question.author_id == self.person.pk


def may_answer(viewer: Viewer, question: Question, organisation: Organisation | None) -> bool:
    """As oneself: anyone with an account but the asker. For an organisation: its members."""
    person = viewer.person
    if person is None or question.deleted_at is not None or question.is_imported:
        return False
    if organisation is None:
        return not viewer.is_asker(question)
    return orgs_policy.may_answer_for(person, organisation.pk)


def answer_kind(organisation: Organisation | None) -> AnswerKind:
    if organisation is None:
        return AnswerKind.PEER
    return _KINDS[lane_of(organisation.kind)]


def may_comment(viewer: Viewer, question: Question) -> bool:
    if question.deleted_at is not None or question.is_imported:
        return False
    return viewer.person is not None or viewer.is_asker(question)


def may_follow(viewer: Viewer, question: Question) -> bool:
    return (
        viewer.person is not None and question.deleted_at is None and not viewer.is_asker(question)
    )


def may_find_useful(viewer: Viewer, answer: Answer) -> bool:
    """Not under one's name on one's own nameless question: the row would tell whose it is."""
    return (
        viewer.person is not None
        and answer.deleted_at is None
        and answer.author_id != viewer.person.pk
        and not (answer.question.is_nameless and viewer.is_asker(answer.question))
    )


def may_mark(viewer: Viewer, question: Question) -> bool:
    """Only the asker says whether it is solved."""
    return question.deleted_at is None and viewer.is_asker(question)


def may_edit_question(viewer: Viewer, question: Question) -> bool:
    return question.deleted_at is None and viewer.is_asker(question)


def may_erase(viewer: Viewer, question: Question) -> bool:
    """By the receipt, also what is hidden or taken back already. Who has a name leaves by it."""
    return question.is_nameless and viewer.is_asker(question)


def may_edit_answer(viewer: Viewer, answer: Answer) -> bool:
    """Its writer; an organisation's answer also its other members."""
    person = viewer.person
    if person is None or answer.deleted_at is not None:
        return False
    if answer.organisation_id is not None:
        return orgs_policy.is_member(person, answer.organisation_id)
    return answer.author_id == person.pk


def may_delete_comment(viewer: Viewer, comment: Comment) -> bool:
    if comment.deleted_at is not None:
        return False
    if comment.is_asker:
        return viewer.is_asker(comment.question)
    return viewer.person is not None and comment.author_id == viewer.person.pk


def may_see_history(viewer: Viewer, target: Question | Answer) -> bool:
    """An organisation's earlier words are everybody's; a person's only their own and staff's.

    People edit to take back what they should not have told.
    """
    if isinstance(target, Answer):
        if target.deleted_at is None and target.organisation_id is not None:
            return True
        return may_edit_answer(viewer, target)
    return may_edit_question(viewer, target)
