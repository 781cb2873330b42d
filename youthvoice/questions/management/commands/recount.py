from typing import Any

from django.core.management.base import BaseCommand

from youthvoice.questions.actions import recount


class Command(BaseCommand):
    help = "Count the pulse's numbers anew from the rows; say and mend what was wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        drifts = recount()
        for drift in drifts:
            self.stdout.write(f"{drift.name}: was {drift.kept}, is {drift.counted}")
        if not drifts:
            self.stdout.write("All numbers are exact.")
