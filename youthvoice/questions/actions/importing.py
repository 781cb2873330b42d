"""What was asked and replied elsewhere becomes a question, its imported author, and an answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.kit.numbers import next_number
from youthvoice.orgs.models import Region
from youthvoice.people.actions import find_or_import
from youthvoice.questions.actions import heat, tallies
from youthvoice.questions.choices import AnswerKind, Field, Kind, Origin, TallyName
from youthvoice.questions.models import Answer, Question
from youthvoice.questions.models.common import REPLY


@dataclass(frozen=True)
class Message:
    """A question of another place; whoever makes it has seen that all of it can be kept."""

    #: Of this message, and of its author, in all that is ever imported.
    code: str
    author_code: str
    kind: Kind
    field: Field
    title: str
    text: str
    asked_at: datetime
    #: Both or neither; not before it was asked.
    reply: str
    replied_at: datetime | None
    region: Region | None

    @property
    def seconds_to_reply(self) -> int | None:
        if self.replied_at is None:
            return None
        return int((self.replied_at - self.asked_at).total_seconds())


def import_question(message: Message, *, at: datetime) -> bool:
    """Keep a message, marked as imported; False if it is there already, and stays as it is."""
    if Question.objects.filter(import_code=message.code).exists():
        return False
    with transaction.atomic():
        author = find_or_import(code=message.author_code, at=message.asked_at)
        question = Question.objects.create(
            pk=next_number(Question),
            kind=message.kind,
            field=message.field,
            region=message.region,
            title=message.title,
            text=message.text,
            author=author,
            origin=Origin.IMPORTED,
            asked_at=message.asked_at,
            import_code=message.code,
            hot=heat.at_asking(message.asked_at),
            official_count=1 if message.reply else 0,
            first_answered_at=message.replied_at,
            first_answer_seconds=message.seconds_to_reply,
        )
        data = {SAID: question.commitment()}
        if message.replied_at is not None:
            reply = Answer.objects.create(
                pk=next_number(Answer),
                question=question,
                kind=AnswerKind.OFFICIAL,
                text=message.reply,
                origin=Origin.IMPORTED,
                created_at=message.replied_at,
            )
            data[REPLY] = reply.commitment()
        tallies.bump(TallyName.IMPORTED)
        record("question.imported", subject=question, actor=None, at=at, data=data)
    return True
