from typing import Any

from django.core.management.base import BaseCommand, CommandError

from youthvoice.kit.recounting import Busy, recount


class Command(BaseCommand):
    help = "Count all kept numbers anew from the rows; say and mend what was wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            wrong = recount()
        except Busy as problem:
            raise CommandError(str(problem)) from None
        for name, kept, counted in wrong:
            self.stdout.write(f"{name}: was {kept}, is {counted}")
        if not wrong:
            self.stdout.write("All numbers are exact.")
