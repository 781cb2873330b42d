from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from youthvoice.demo import actions, policy
from youthvoice.kit import clock


class Command(BaseCommand):
    help = "Fill an empty house with demo people and questions; never where people live."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--first-start", action="store_true", help="not where it was declined before"
        )
        parser.add_argument(
            "--decline", action="store_true", help="load nothing, and let no later start do so"
        )

    def handle(
        self, *args: Any, first_start: bool, decline: bool, verbosity: int, **options: Any
    ) -> None:
        if decline:
            actions.decline_demo(at=clock.now())
            return
        if first_start and policy.is_declined():
            return
        count = actions.load_demo(at=clock.now())
        if verbosity:
            loaded = f"The demo is loaded: {count} questions."
            self.stdout.write(loaded if count else "The house is not empty: nothing to load.")
