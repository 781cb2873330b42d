"""Asking, and the receipt of those who leave no name."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.kit.numbers import next_number
from youthvoice.kit.receipts import code_for, digest_of
from youthvoice.orgs.models import Region
from youthvoice.people.models import User
from youthvoice.pictures.actions import Drawn
from youthvoice.questions.actions import heat, tallies
from youthvoice.questions.choices import TallyName
from youthvoice.questions.models import Picture, Question, Receipt
from youthvoice.readymade.writing import insert
from youthvoice.sealed.actions import seal


@dataclass(frozen=True)
class Asked:
    question: Question
    #: Sixteen digits in groups, or empty when the question carries a name.
    receipt: str
    #: False when the same sending had arrived before.
    is_new: bool


def ask_question(
    *,
    kind: str,
    field: str,
    region: Region | None,
    title: str,
    text: str,
    author: User | None,
    key: str,
    at: datetime,
    pictures: list[Drawn] | None = None,
    sealed_for: User | None = None,
    also: Callable[[Question], None] | None = None,
) -> Asked:
    """Accept a question. Anybody may ask; without `author` it is nameless for good.

    `sealed_for` is the account behind a nameless question: it goes into the sealed record,
    where the house keeps those, and nowhere else.

    `also` is what a higher floor writes beside it, within the transaction and once.

    `key` is what this sending is known by (`questions.viewers.sending_of`), 32 hex digits or
    more: arriving twice, it gives the same question and, as the receipt's code follows from
    it, the same receipt. The row keeps only the key's hash. What holds the question is told
    by the receivers of `question.asked`, within this transaction.
    """
    key_hash = hashlib.sha256(key.encode()).hexdigest()
    receipt = code_for(key) if author is None else ""
    # The slow hash before the transaction: nobody waits for it in the writers' queue.
    digest = digest_of(receipt) if receipt else b""
    try:
        with transaction.atomic():
            question = Question(
                pk=next_number(Question),
                kind=kind,
                field=field,
                region=region,
                title=title,
                text=text,
                author=author,
                is_nameless=author is None,
                key_hash=key_hash,
                asked_at=at,
                hot=heat.at_asking(at),
            )
            insert(question)
            if receipt:
                Receipt.objects.create(question=question, digest=digest)
                seal(question=question.pk, person=sealed_for, at=at)
            Picture.objects.bulk_create(Picture.of(question, pictures or []))
            tallies.bump(TallyName.QUESTIONS)
            if author is None:
                tallies.bump(TallyName.NAMELESS)
            tallies.count_participant(question)
            if also is not None:
                also(question)
            data = {SAID: question.commitment()}
            record("question.asked", subject=question, actor=author, at=at, data=data)
    except IntegrityError:
        earlier = Question.objects.filter(key_hash=key_hash).first()
        if earlier is None:
            raise
        return Asked(earlier, receipt if earlier.is_nameless else "", is_new=False)
    return Asked(question, receipt, is_new=True)
