"""What the story of a small house is told with: who acts there and when, and its tables."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from django.apps import apps

from tests.factories import PASSWORD
from youthvoice.cases.models import Case
from youthvoice.demo import actions as demo
from youthvoice.orgs import actions as orgs
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Organisation, Region
from youthvoice.people import actions as people
from youthvoice.people.choices import AgeBand
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Question

#: The rows of the demo that come along: what they tell of is merged, promised, asked back.
_DEMO = {*(f"handled-{n:02}" for n in range(1, 11)), "life-02", "life-07", "life-16", "work-16"}
COUNTY, CITY, PROVINCE = "tuan-410122", "tuan-410100", "tuan-410000"
#: Tables that hold nothing here, and why.
EMPTY = {
    "auth.Group": "the house has no groups",
    "auth.Group_permissions": "the house has no groups",
    "people.User_groups": "the house has no groups",
    "people.User_user_permissions": "rights hang on memberships",
    "django_tasks_database.DBTaskResult": "what waits there is gone in ten minutes",
}


class Story:
    """One house while it is being filled; `facts` is what its readers need to know."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.facts: dict[str, Any] = {"at": at.isoformat(), "password": PASSWORD}
        self.bodies = {o.slug: o for o in Organisation.objects.select_related("region")}
        self.lead = User.objects.get(username="demo-lead")
        self.operator = User.objects.get(username="demo-operator")
        self.county = User.objects.get(username="demo-county")
        self.holder = self.works("holder", "小罗", COUNTY, Role.LEAD)
        self.holder.email = "holder@mail.test"
        self.holder.save()

    def ago(self, hours: float) -> datetime:
        return (self.at - timedelta(hours=hours)).replace(microsecond=0)

    def person(
        self, name: str, nickname: str, band: AgeBand = AgeBand.ADULT, *, hours: int = 900
    ) -> User:
        at = self.ago(hours)
        made = people.create_person(username=name, nickname=nickname, password=PASSWORD, at=at)
        people.sign_up(person=made, nickname=nickname, band=band, at=at)
        return made

    def works(self, name: str, nickname: str, slug: str, role: Role) -> User:
        made = self.person(name, nickname)
        orgs.join(
            person=made,
            organisation=self.bodies[slug],
            role=role,
            by=self.operator,
            at=self.ago(890),
        )
        return made

    def ask(self, title: str, text: str, *, hours: float, by: User | None = None, **also: Any):
        key = hashlib.sha256(f"{title} {self.at}".encode()).hexdigest()[:32]
        given: dict[str, Any] = {
            "kind": "help",
            "field": "work",
            "region": Region.objects.get(code="410122"),
            "key": key,
        } | also
        made = questions.ask_question(
            author=by, title=title, text=text, at=self.ago(hours), **given
        )
        return made.question, key

    def case(self, question: Question) -> Case:
        return Case.objects.select_related("question", "holder").get(question=question)


def rows() -> dict[str, int]:
    """How many each table has."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def read_all() -> None:
    """Every row of every table, all its columns."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            list(model._base_manager.all())


@contextmanager
def few_rows() -> Iterator[None]:
    """The demo's content, with these questions alone, and without its pictures, which are large."""
    with tempfile.TemporaryDirectory() as folder:
        for file in demo._CONTENT.glob("*.json"):
            found: Any = json.loads(file.read_text(encoding="utf-8"))
            if file.name.startswith("questions-"):
                found = [row | {"pictures": []} for row in found if row["key"] in _DEMO]
            elif file.name == "handled.json":
                found = [row for row in found if row.get("question", "handled-01") in _DEMO]
            elif file.name == "topics.json":
                found = [row | {"questions": ["life-02", "handled-08"]} for row in found]
            Path(folder, file.name).write_text(json.dumps(found), encoding="utf-8")
        with mock.patch.object(demo, "_CONTENT", Path(folder)):
            yield
