from typing import Any

from django.core.management.base import BaseCommand

from youthvoice.routing import queries


class Command(BaseCommand):
    help = "How often staff decided as had been suggested, and undid what the house did alone."

    def handle(self, *args: Any, **options: Any) -> None:
        for of in queries.accepted():
            self.stdout.write(
                f"{of.target}: suggested before {of.told} decisions, "
                f"{of.as_told} of them as suggested ({_share(of.as_told, of.told)})"
            )
        alone = queries.alone_figures()
        self.stdout.write(
            f"alone: looked at {alone.looked_at}, moved {alone.moved}, of these corrected "
            f"{alone.corrected} ({_share(alone.corrected, alone.moved)})"
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"
