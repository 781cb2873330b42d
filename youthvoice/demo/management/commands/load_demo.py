from typing import Any

from django.core.management.base import BaseCommand

from youthvoice.demo import actions
from youthvoice.kit import clock


class Command(BaseCommand):
    help = "Fill an empty house with demo people and questions; a second time does nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        count = actions.load_demo(at=clock.now())
        if options["verbosity"]:
            words = f"The demo is loaded: {count} questions." if count else "The demo is there."
            self.stdout.write(words)
