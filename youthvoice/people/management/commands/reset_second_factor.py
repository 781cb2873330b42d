from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from youthvoice.kit import clock
from youthvoice.people.factors import actions
from youthvoice.people.models import User


class Command(BaseCommand):
    help = "Take away the second factor of somebody who lost it, and end their sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        person = User.objects.filter(username=username.lower()).first()
        if person is None:
            raise CommandError(f"There is no {username}.")
        try:
            actions.reset(person=person, by=None, at=clock.now())
        except actions.UnableToReset as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{person.username} signs in with the password and sets up a new one.")
