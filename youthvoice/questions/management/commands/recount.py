from typing import Any

from django.core.management.base import BaseCommand

from youthvoice.questions.actions import recount
from youthvoice.reads.actions import recount as recount_reads


class Command(BaseCommand):
    help = "Count all kept numbers anew from the rows; say and mend what was wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = [(d.name, d.kept, d.counted) for d in recount()] + recount_reads()
        for name, kept, counted in wrong:
            self.stdout.write(f"{name}: was {kept}, is {counted}")
        if not wrong:
            self.stdout.write("All numbers are exact.")
