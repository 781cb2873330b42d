"""People by the hundred, each with something of theirs in every table, marked by one string."""

import itertools
import json
import secrets
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.factories import MONDAY, ask, member
from youthvoice.journal.models import Entry
from youthvoice.journal.queries import faults
from youthvoice.kit.recounting import recount
from youthvoice.people.devices.sessions import SessionStore
from youthvoice.people.models import User
from youthvoice.pictures.queries import path_of
from youthvoice.questions import actions
from youthvoice.questions.choices import AnswerKind
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
from youthvoice.yours import actions as yours
from youthvoice.yours.models import Export, Leaving

LATER = MONDAY + timedelta(days=8)


def new_mark():
    """Fourteen hex digits, which fit into the name of a picture, too."""
    return f"d1e{secrets.token_hex(5)}f"


def make_leavers(house, many, mark, *, answers_too=True, pictures=True):
    """Somebody who stays, and `many` who have left; gives the numbers of the latter.

    Rows are made in bulk; counters are set by `recount`.
    """
    stays = member(house.city, username="stays", nickname="留下的人")
    common = ask(by=stays)
    office = actions.answer_question(
        question=common, text="官方的话。", organisation=house.city, at=MONDAY, by=_viewer(stays)
    )
    people = User.objects.bulk_create(
        User(
            username=f"{mark}{n}",
            nickname=f"小{mark}{n:04d}",
            email=f"{mark}{n}@mail.test",
            password=f"!{mark}",
            participated_at=MONDAY,
        )
        for n in range(many)
    )
    _accounts(people, mark)
    asked = Question.objects.bulk_create(
        _question(person, mark, pictures=pictures) for person in people
    )
    hidden = Question.objects.bulk_create(
        Question(
            kind="help",
            field="work",
            title="",
            text="",
            author=person,
            asked_at=MONDAY,
            deleted_at=MONDAY,
            hidden_reason="abuse",
        )
        for person in people
    )
    answers = Answer.objects.bulk_create(
        Answer(question=common, kind=AnswerKind.PEER, author=p, text=f"答{mark}", created_at=MONDAY)
        for p in people
    )
    Answer.objects.bulk_create(
        Answer(question=q, kind=AnswerKind.PEER, author=stays, text="别人的回答", created_at=MONDAY)
        for q in asked
    )
    comments = Comment.objects.bulk_create(
        Comment(
            question=common,
            author=p,
            thread=0,
            text=f"评{mark}" * 5,
            created_at=MONDAY,
            **under,
        )
        for p, under in itertools.product(people, ({}, {"answer": office}))
    )
    Hidden.objects.bulk_create(
        [
            *(Hidden(question=q, title=f"{mark}", text=f"藏{mark}", at=MONDAY) for q in hidden),
            *(Hidden(comment=c, text=f"藏{mark}", at=MONDAY) for c in comments[::7]),
        ]
    )
    Comment.objects.filter(pk__in=[c.pk for c in comments[::7]]).update(
        text="", deleted_at=MONDAY, hidden_reason="abuse"
    )
    Revision.objects.bulk_create(
        [
            *(Revision(question=q, title=mark, text=f"前{mark}" * 50, **_WHEN) for q in asked),
            *(Revision(answer=a, text=f"前{mark}", **_WHEN) for a in answers),
        ]
    )
    Follow.objects.bulk_create(Follow(question=common, person=p, at=MONDAY) for p in people)
    Useful.objects.bulk_create(Useful(answer=office, person=p, at=MONDAY) for p in people)
    if pictures:
        _pictures(asked, mark)
    _exports(people, mark)
    Leaving.objects.bulk_create(
        Leaving(account=p.pk, answers_too=answers_too, asked_at=MONDAY, due_at=LATER)
        for p in people
    )
    User.objects.filter(pk__in=[p.pk for p in people]).update(is_active=False)
    recount()
    return [p.pk for p in people]


_WHEN = {"since": MONDAY, "at": MONDAY}


def _viewer(person):
    from youthvoice.questions.policy import Viewer

    return Viewer(person)


def _question(person, mark, *, pictures):
    return Question(
        kind="help",
        field="work",
        region_id="410100",
        title=f"标题{mark}{person.pk}",
        text=f"问{mark}，" * 40,
        author=person,
        asked_at=MONDAY,
    )


def _accounts(people, mark):
    EmailAddress.objects.bulk_create(
        EmailAddress(user=p, email=p.email, primary=True, verified=True) for p in people
    )
    for person in people[:: max(len(people) // 20, 1)]:
        session = SessionStore()
        session["_auth_user_id"] = str(person.pk)
        session["account_authentication_methods"] = [{"username": person.username}]
        session.save()
        LogEntry.objects.log_actions(person.pk, [person], CHANGE, "[]", single_object=True)
        DBTaskResult.objects.create(
            status=TaskResultStatus.FAILED,
            args_kwargs={"args": [person.email], "kwargs": {}},
            task_path="a.b",
            backend_name="default",
            run_after=MONDAY,
            finished_at=MONDAY,
            exception_class_path="ValueError",
            traceback=f"about {person.nickname}",
        )


def _pictures(asked, mark):
    for number, question in enumerate(asked):
        name = f"{mark}{number:0{32 - len(mark)}x}"
        for size in ("", "-s"):
            default_storage.save(
                path_of(f"{name}{size}.jpg"), ContentFile(b"\xff\xd8\xff" + mark.encode())
            )
        Picture.objects.create(
            question=question,
            position=0,
            name=name,
            width=9,
            height=9,
            thumb_width=9,
            thumb_height=9,
        )


def _exports(people, mark):
    root = Path(settings.EXPORTS_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    for person in people[:: max(len(people) // 20, 1)]:
        export = Export.objects.create(
            person=person, name=secrets.token_hex(16), state="ready", asked_at=MONDAY, ends_at=LATER
        )
        (root / f"{export.name}.zip").write_bytes(mark.encode())


def found_in_files(mark):
    """How often the mark stands in the data folder's files and their names, in two codings."""
    # In a process of its own: SQLite's locks are dropped when a process that holds them
    # closes the file, however it came to open it.
    command = [sys.executable, "-c", _LOOK, str(settings.DATA_DIR), mark]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


_LOOK = """
import json, sys
from pathlib import Path
folder, mark = sys.argv[1:]
wanted = [mark.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")]
found = {}
for path in Path(folder).rglob("*"):
    content = path.read_bytes() if path.is_file() else b""
    many = sum(content.count(one) for one in wanted) + path.name.count(mark)
    if many:
        found[path.name] = many
print(json.dumps(found))
"""


def found_in_tables(mark):
    """The same in every row of every table, as the database itself would write it out."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            many = sum(mark in repr(row) for row in cursor.fetchall())
            if many:
                found[table] = many
    return found


def found(mark):
    """Both; on PostgreSQL the files are the server's own, and only the rows are looked at."""
    return found_in_files(mark) | found_in_tables(mark)


def erase_all():
    """All whose time has come; gives how many."""
    gone = 0
    while one := yours.erase_due(at=LATER):
        gone += one
    return gone


def leave_and_look(house, many):
    """So many leave: nothing that was theirs is found, and all that others need is right.

    Gives the seconds that erasing took.
    """
    mark = new_mark()
    leavers = make_leavers(house, many, mark)
    assert sum(found(mark).values()) > 10 * many
    begun = time.perf_counter()

    gone = erase_all()

    seconds = time.perf_counter() - begun
    assert gone == many
    assert found(mark) == {}
    assert not User.objects.filter(pk__in=leavers).exists()
    assert not Leaving.objects.exists()
    assert list(Path(settings.EXPORTS_ROOT).glob("*.zip")) == []
    sessions = (SessionStore().decode(one.session_data) for one in Session.objects.all())
    assert [one for one in sessions if "_auth_user_id" in one] == []
    assert Answer.objects.filter(text="别人的回答", question__deleted_at=LATER).count() == many
    assert Entry.objects.filter(verb="person.erased").count() == many
    assert recount() == []
    assert list(faults()) == []
    return seconds
