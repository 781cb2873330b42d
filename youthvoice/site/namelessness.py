"""What is kept, looked through for anything that leads from a nameless question to a person.

It stands here and not in `questions` because it looks at every app's rows. It can't know who
asked; it finds the ways by which anybody could.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db.models import DateField, ForeignKey, Model, Q
from django.utils import timezone
from PIL import Image, UnidentifiedImageError

from youthvoice.journal.models import Entry
from youthvoice.kit import clock
from youthvoice.kit.clock import start_of_day
from youthvoice.people.models import SignIn, User
from youthvoice.pictures import queries as pictures
from youthvoice.questions.choices import Origin
from youthvoice.questions.models import Answer, Comment, Question

#: Rows that stand between a question and a person, and why none of them names its asker.
KNOWN_PAIRS = {
    "questions.question.author": "the database refuses it for a nameless question",
    "questions.answer.author": "who answered, under their own name",
    "questions.comment.author": "who commented; the asker's own comments carry nobody",
    "questions.follow.person": "somebody else's wish to be told",
    "questions.useful.person": "what somebody thought of an answer",
    "cases.lane.person": "the staff who have it in hand",
    "cases.lane.moved_by": "the staff who moved it",
    "cases.hop.made_by": "the staff who referred it",
    "desks.note.author": "the staff who noted something for colleagues",
    "desks.mention.person": "a colleague whom a note calls",
    "desks.presence.person": "the staff who have its page open, for a minute",
    "cases.reminder.by": "the staff of a committee above who reminded its holder",
    "cases.notice.person": "the staff who are told that it is late",
    "desks.onbehalf.by": "the staff who wrote down what a caller asked; who called stands nowhere",
    "moderation.item.author": "who wrote reported words, under their own name",
    "moderation.item.decided_by": "who judged them",
    "moderation.item_named.user": "a member of staff whose nickname stands in them",
    "moderation.appeal.decided_by": "who judged the appeal",
    "crisis.logline.by": "the staff who helped",
    "crisis.reading.person": "the staff who read it",
    "crisis.notice.person": "the staff who are told",
    "rates.exclusion.asked_by": "the lead who wants it left out of the rates",
    "rates.exclusion.confirmed_by": "the second lead who agrees",
}
#: Times, to the second, of what a person did under their own name: a table's columns, and why.
_OPEN = {
    "people.user: participated_at": "their first public act",
    "questions.question: asked_at edited_at deleted_at withheld_at outcome_at first_answered_at": (
        "a question under one's name"
    ),
    "questions.answer: created_at edited_at deleted_at": "an answer",
    "questions.comment: created_at deleted_at": "a comment",
    "questions.follow: at": "what they follow; of their own will",
    "questions.useful: at": "what they found useful; of their own will",
    "cases.lane: moved_at due_at escalate_at": "the work of staff, and what is due of it",
    "cases.hop: made_at sign_due_at due_at signed_at": "the work of staff",
    "cases.reminder: at day": "the work of staff",
    "orgs.invitation: made_at ends_at": "the work of leads and operators",
    "desks.note: at": "the work of staff",
    "desks.mention: at": "the work of staff",
    "desks.presence: seen_at": "the work of staff, for a minute",
    "cases.notice: made_at seen_at next_at": (
        "what the worker told staff, and when they ticked it off"
    ),
    "desks.onbehalf: consented_at": (
        "the work of staff; asked at a whole second, so that moments can't meet"
    ),
    "moderation.item: opened_at decided_at undone_at": (
        "what judges did with words, known to their writer"
    ),
    "moderation.appeal: made_at decided_at": "the judges' work; the appeal itself names nobody",
    "sealed.opening: asked_at decided_at peeled_at opened_at lapses_at silent_until told_from": (
        "the two named people's work"
    ),
    "crisis.logline: at": "the work of staff",
    "crisis.reading: hour": "the work of staff",
    "crisis.notice: next_at": "letters to staff",
    "rates.exclusion: asked_at confirmed_at ended_at": "the work of staff",
    "yours.export: asked_at ends_at": "what they asked for of their own account",
    "admin.logentry: action_time": "the work of staff",
}
OPEN_TIMES = {
    f"{table}.{column}"
    for table, columns in (name.split(": ") for name in _OPEN)
    for column in columns.split()
}
#: Days and weeks of private acts, and why the month wouldn't do. All other private acts tell
#: their month at most: whoever knows the day or the week has fewer who may have asked in it.
DAYS = {
    "people.consent.given_at": "the proof of it; the month only when given by signing up",
    "people.consent.withdrawn_at": "the proof of it",
    "people.guardianship.sent_at": "the link opens for seven days; gone with the answer",
    "people.guardianship.agreed_at": "the guardian's act, and the proof of it",
    "people.guardianship.erase_at": "a child's wait is 30 days; gone with the answer",
}
WEEKS = {
    "people.signin.seen": "whose it is, only the key tells; a session lives for weeks",
    "sessions.session.expire_date": "sealed; a session lives for weeks",
}
#: Rows that are a person's without naming them, and the column that stands for the person.
MARKED = {SignIn: "mark", Session: "session_key"}
#: What tells the month at most, as everything does that stands nowhere here.
MONTHS = {
    "people.user.last_login": "always empty",
    "people.user.date_joined": "the month in which they signed up",
    "people.phone.added_at": "the month",
    "mfa.authenticator.created_at": "the month",
    "mfa.authenticator.last_used_at": "always empty",
}
#: Times in somebody's row that may be the asker's doing, and whose row it is.
ASKERS_TIMES = {
    "questions.answer.accepted_at": "who answered",
    "cases.lane.since": "the staff who took what waits since it was asked, or asked anew",
    "cases.lane.stopped_at": "the staff whose clock stops when its asker says what came of it",
    "cases.hop.ended_at": "the staff whose referral ends with that, too",
}
#: What a session may hold.
SESSION_KEYS = re.compile(
    r"_auth_user_(id|backend|hash)|_session_expiry|_password_reset_key|account_\w+"
    r"|mfa\.(totp\.secret|webauthn\.state)|phone|sign_in|shut_account|after_factor|works|demo|out"
)
#: What only the asker does.
ASKERS_VERBS = (
    "question.asked",
    "question.edited",
    "question.supplemented",
    "question.marked",
    "question.deleted",
)
_PLACE = re.compile(rb"/q/(\d+)/|questions\.question:(\d+)\b|\"question\": ?(\d+)\b")
_WORD = re.compile(rb"[\w.+-]{3,}(?:@[\w.-]+)?")
_TEXTS = {".log", ".txt", ".json", ".jsonl", ".csv", ".html", ".xml", ".atom", ".eml", ".ics"}
_CHUNK = 1000


@dataclass(frozen=True)
class Link:
    """Somewhere a nameless question and a person come together."""

    where: str
    what: str


@dataclass
class Audit:
    questions: int
    tables: int
    files: int
    links: list[Link]


def audit(files: Iterable[Path]) -> Audit:
    """Look through all tables, and the given files and folders."""
    nameless = set(_nameless().values_list("pk", flat=True))
    found = [link for look in LOOKS for link in look(nameless)]
    paths = [path for given in files for path in _files(given)]
    people = _identifiers() if paths else set()
    for path in paths:
        found += _file(path, nameless, people)
    return Audit(len(nameless), len(apps.get_models()), len(paths), found)


def _nameless() -> Any:
    return Question.objects.filter(is_nameless=True, origin=Origin.LOCAL)


# --- Tables ------------------------------------------------------------------------------


def people_in(model: type[Model]) -> list[str]:
    """The columns of a model that name a person."""
    fields = (f for f in model._meta.get_fields() if isinstance(f, ForeignKey))
    return [f.name for f in fields if f.related_model is User]


#: Steps from a row to a question that are looked at: a referral hangs on a lane of a case.
_STEPS = 3


def _ways_to_question(model: type[Model], steps: int = _STEPS) -> list[str]:
    """How rows of a model lead to a question: themselves, by a column, or by some more steps."""
    if model is Question:
        return ["pk"]
    found = []
    for field in model._meta.get_fields():
        if not isinstance(field, ForeignKey):
            continue
        if field.related_model is Question:
            found.append(field.name)
        elif steps > 1 and field.related_model not in (model, User):
            further = _ways_to_question(field.related_model, steps - 1)
            found += [f"{field.name}__{way}" for way in further]
    return found


def pairs() -> dict[str, tuple[type[Model], str, list[str]]]:
    """All columns that name a person in rows that lead to a question."""
    return {
        f"{model._meta.label_lower}.{person}": (model, person, ways)
        for model in apps.get_models(include_auto_created=True)
        if (ways := _ways_to_question(model))
        for person in people_in(model)
    }


def unknown_pairs(nameless: set[int]) -> Iterator[Link]:
    for name, (model, person, ways) in pairs().items():
        if name in KNOWN_PAIRS and name != "questions.question.author":
            continue
        rows = model._default_manager.exclude(**{person: None})
        for way in ways:
            at = rows.values_list(way, flat=True).iterator(_CHUNK)
            count = sum(pk in nameless for pk in at)
            if count:
                yield Link(name, f"{count} rows tie a person to a nameless question")


def askers_acts(nameless: set[int]) -> Iterator[Link]:
    """What the asker did by the receipt carries nobody."""
    own = Comment.objects.filter(is_asker=True, question__is_nameless=True)
    if count := own.exclude(author=None).count():
        yield Link("questions.comment.author", f"{count} comments by askers name a person")
    mine = set(own.values_list("pk", flat=True))
    rows = Entry.objects.filter(actor__isnull=False).filter(
        Q(verb__in=ASKERS_VERBS)
        | Q(verb__in=["answer.accepted", "answer.put_back"])
        | Q(verb__in=["case.kept", "case.broken", "case.called_back"])
        | Q(verb__in=["case.numbers_released", "case.numbers_kept"])
        | Q(subject__startswith="questions.comment:")
    )
    count = 0
    for verb, subject, data in rows.values_list("verb", "subject", "data").iterator(_CHUNK):
        pk = int(subject.partition(":")[2])
        if subject.startswith("questions.comment:"):
            is_theirs = pk in mine and not verb.endswith((".hidden", ".shown"))
        else:
            is_theirs = (pk if verb in ASKERS_VERBS else data.get("question")) in nameless
        count += is_theirs
    if count:
        yield Link("journal.entry.actor", f"{count} entries name who asked")


def times_of_people() -> Iterator[tuple[str, type[Model], str, str]]:
    """Columns of times and days in rows that belong to a person: name, model, column, person's
    column."""
    for model in apps.get_models(include_auto_created=True):
        columns = [f.name for f in model._meta.fields if isinstance(f, DateField)]
        owners = ["pk"] if model is User else people_in(model)
        owners += [MARKED[model]] if model in MARKED else []
        for column in columns:
            # Who moved it is at moved_by, when at moved_at.
            by = [owner for owner in owners if owner == column.replace("_at", "_by")]
            if owners:
                yield f"{model._meta.label_lower}.{column}", model, column, (by or owners)[0]


def _acts_of_people() -> Iterator[tuple[str, type[Model], str, str]]:
    return (found for found in times_of_people() if found[0] not in ASKERS_TIMES)


def exact_times(nameless: set[int]) -> Iterator[Link]:
    """No row says on which day somebody came in private: signing in comes before asking."""
    for name, model, column, owner in _acts_of_people():
        if name in OPEN_TIMES:
            continue
        rows = model._default_manager.exclude(**{column: None}).exclude(**{owner: None})
        times = rows.values_list(column, flat=True).iterator(_CHUNK)
        if count := sum(not _is_coarse(at, name) for at in times):
            yield Link(name, f"{count} rows tell too well when a private act was")


def _is_coarse(at: datetime | date, name: str) -> bool:
    """Whether it is where a month begins, or what the column may tell besides."""
    if isinstance(at, datetime):
        if at != start_of_day(at):
            return False
        at = timezone.localdate(at)
    if name in DAYS:
        return True
    return at.weekday() == 0 if name in WEEKS else at.day == 1


def shared_moments(nameless: set[int]) -> Iterator[Link]:
    """No act by a person carries the very microsecond of an act of the nameless asker."""
    moments: set[datetime] = set()
    for times in _nameless().values_list("asked_at", "edited_at", "outcome_at").iterator(_CHUNK):
        moments.update(at for at in times if at is not None)
    own = Comment.objects.filter(is_asker=True, question__is_nameless=True)
    moments.update(own.values_list("created_at", flat=True))
    # Whole seconds are written by hand (the demo's, an import's) and meet by themselves.
    moments = {at for at in moments if at.microsecond}
    for name, model, column, owner in _acts_of_people():
        rows = model._default_manager.exclude(**{column: None}).exclude(**{owner: None})
        if model in (Question, Answer, Comment):
            rows = rows.filter(author__isnull=False)
        if count := sum(at in moments for at in rows.values_list(column, flat=True).iterator()):
            yield Link(name, f"{count} rows share the moment of a nameless act")
    acts = Entry.objects.filter(actor__isnull=False).values_list("at", flat=True)
    if count := sum(at in moments for at in acts.iterator(_CHUNK)):
        yield Link("journal.entry.at", f"{count} entries with an actor share it")


def sessions(nameless: set[int]) -> Iterator[Link]:
    """A session holds who is signed in, and nothing of what was asked; and it is sealed."""
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore()
    for session in Session.objects.iterator(_CHUNK):
        found = store.decode(session.session_data)
        if not found:
            yield Link("sessions.session", "isn't sealed with the key of this house")
        for key in found:
            if not SESSION_KEYS.fullmatch(key):
                yield Link("sessions.session", f"holds {key}")


def held_pictures(nameless: set[int]) -> Iterator[Link]:
    """What waits for a form is nobody's by its name, its time or what it holds, and goes."""
    for path, why in pictures.strange_held(at=clock.now()):
        yield Link(str(path), why)
    for path, file in pictures.held_files():
        yield from _picture(path, file)


LOOKS: list[Callable[[set[int]], Iterator[Link]]] = [
    unknown_pairs,
    askers_acts,
    exact_times,
    shared_moments,
    sessions,
    held_pictures,
]

# --- Files -------------------------------------------------------------------------------


def _files(given: Path) -> Iterator[Path]:
    yield from sorted(p for p in given.rglob("*") if p.is_file()) if given.is_dir() else [given]


def _identifiers() -> set[bytes]:
    """Sign-in names and addresses of everybody."""
    rows = User.objects.values_list("username", "email").iterator(_CHUNK)
    return {word.encode() for row in rows for word in row if len(word) > 2}


def _file(path: Path, nameless: set[int], people: set[bytes]) -> Iterator[Link]:
    suffix = path.suffix.lower()
    if suffix in {".jpg", ".jpeg", ".png", ".webp"}:
        yield from _picture(path)
    elif suffix == ".zip":
        try:
            with ZipFile(path) as archive:
                for member in archive.infolist():
                    if Path(member.filename).suffix.lower() in _TEXTS:
                        with archive.open(member) as lines:
                            yield from _lines(f"{path}:{member.filename}", lines, nameless, people)
        except BadZipFile:
            yield Link(str(path), "is no readable archive")
    elif suffix in _TEXTS:
        with path.open("rb") as lines:
            yield from _lines(str(path), lines, nameless, people)


def _picture(path: Path, file: BytesIO | None = None) -> Iterator[Link]:
    """A picture says nothing but its looks."""
    try:
        with Image.open(file or path) as image:
            kept = sorted(str(k) for k in image.info if not str(k).startswith(("jfif", "progress")))
            if kept or image.getexif():
                yield Link(str(path), f"carries metadata: {', '.join(kept) or 'exif'}")
    except (UnidentifiedImageError, OSError):
        yield Link(str(path), "is no readable picture")


def _lines(
    where: str, lines: Iterable[bytes], nameless: set[int], people: set[bytes]
) -> Iterator[Link]:
    for number, line in enumerate(lines, start=1):
        places = {int(next(filter(None, found))) for found in _PLACE.findall(line)}
        if places & nameless and people.intersection(_WORD.findall(line)):
            yield Link(f"{where}:{number}", "a nameless question and a person on one line")
