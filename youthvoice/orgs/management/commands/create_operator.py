import getpass
import os
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from youthvoice.kit import clock
from youthvoice.orgs.actions import join
from youthvoice.orgs.choices import Role
from youthvoice.orgs.queries import province_committee
from youthvoice.people.actions import create_person
from youthvoice.people.models import User


class Command(BaseCommand):
    help = "Make the account of a platform operator, in the provincial committee."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--nickname", default="平台管理员")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, username: str, nickname: str, email: str, **options: Any) -> None:
        """Asks for the password, or takes it from OPERATOR_PASSWORD (for scripts)."""
        committee = province_committee()
        if committee is None:
            raise CommandError("There is no provincial committee yet: run load-instance first.")
        username = username.lower()
        if User.objects.filter(username=username).exists():
            raise CommandError(f"{username} is taken.")
        asked_for = User(username=username, nickname=nickname, email=email)
        given = {"username", "nickname", "email"}
        try:
            asked_for.clean_fields(exclude={f.name for f in User._meta.fields} - given)
            password = os.environ.get("OPERATOR_PASSWORD") or getpass.getpass("Password: ")
            validate_password(password, asked_for)
        except ValidationError as problem:
            wrong = (
                problem.message_dict
                if hasattr(problem, "error_dict")
                else {"password": problem.messages}
            )
            said = "; ".join(f"{name}: {' '.join(words)}" for name, words in wrong.items())
            raise CommandError(said) from None
        with transaction.atomic():
            person = create_person(
                username=username,
                nickname=nickname,
                email=email,
                password=password,
                at=clock.now(),
            )
            join(person=person, organisation=committee, role=Role.OPERATOR, by=None, at=clock.now())
        self.stdout.write(f"{username} is an operator of {committee.short_name}.")
