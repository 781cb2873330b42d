"""One line of where a question stands, for whoever has just read it and wants the answers."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import ngettext

from youthvoice.cases.choices import StepKind
from youthvoice.cases.models import Step
from youthvoice.kit.labels import said as _
from youthvoice.kit.templatetags.kit_tags import ago, waited
from youthvoice.questions.choices import Outcome
from youthvoice.questions.models import Question
from youthvoice.site.lanes import Help, Line

#: Signs of a line of the lanes that the asker waits for.
_AWAITED = ("asked", "moving", "paused", "late")


@dataclass(frozen=True)
class Part:
    """Some words, and what their colour says: `echo`, `wait`, `late` or nothing."""

    words: str
    tone: str = ""


def state_line(question: Question, steps: list[Step], lanes: list[Help]) -> list[Part]:
    """Who answered last and what the asker says of it, or who has it and by when."""
    if question.is_imported or question.deleted_at is not None:
        return []
    parts = [part for part in (_answered(question, steps), _said(question)) if part]
    if question.outcome == Outcome.SOLVED:
        return parts
    if not parts:
        parts.append(Part(_("已经等了 %s") % waited(question.asked_at), "wait"))
    line = _awaited(lanes)
    return [*parts, *_parts_of(line)] if line is not None else parts


def _answered(question: Question, steps: list[Step]) -> Part | None:
    gone = set[int | None]()
    for step in reversed(steps):
        if step.kind == StepKind.UNANSWERED:
            gone.add(step.organisation_id)
        elif step.organisation_id in gone:
            continue
        elif step.kind == StepKind.ANSWERED and step.organisation is not None:
            who, at = step.organisation.short_name, ago(step.at)
            return Part(_("%(who)s %(at)s 回答了") % {"who": who, "at": at}, "echo")
    many = question.peer_count
    if not many:
        return None
    return Part(ngettext("%d 个青年回答了", "%d 个青年回答了", many) % many, "echo")


def _said(question: Question) -> Part | None:
    if question.outcome == Outcome.SOLVED:
        return Part(_("提问者说：解决了"), "echo")
    if question.outcome == Outcome.UNSOLVED:
        return Part(_("提问者说：还没解决"), "wait")
    return None


def _awaited(lanes: list[Help]) -> Line | None:
    """The body whose word is due first; one that is late before all."""
    lines = [line for help_ in lanes for line in help_.lines if line.mark in _AWAITED]
    return min(lines, key=_first, default=None)


def _first(line: Line) -> tuple[bool, bool, datetime]:
    return (not line.late, line.mark == "paused", line.due_at)


def _parts_of(line: Line) -> list[Part]:
    who = Part(_("%(who)s %(words)s") % {"who": line.body.short_name, "words": line.words})
    if not line.by:
        return [who]
    return [who, Part(f"{line.by}{line.late}", "late" if line.late else "")]
