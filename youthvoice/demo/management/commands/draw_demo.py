from typing import Any

from django.core.management.base import BaseCommand

from youthvoice.demo import drawings


class Command(BaseCommand):
    help = "Draw the demo's pictures anew, after a change of how they are drawn."

    def handle(self, *args: Any, **options: Any) -> None:
        drawings.KEPT.mkdir(exist_ok=True)
        for name in drawings.NAMES:
            drawings.kept(name).write_bytes(drawings.draw(name))
