from typing import Any

from django.core.management.base import BaseCommand, CommandError

from youthvoice.people.choices import Origin
from youthvoice.people.models import User
from youthvoice.people.names import misleads


class Command(BaseCommand):
    """Nobody is renamed by itself: what the operators do with a name, they do in /admin/."""

    help = (
        "List accounts whose nickname would be refused today: an organisation was added or "
        "renamed since. Ends with an error if there are any."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        people = User.objects.filter(origin=Origin.LOCAL, is_active=True).order_by("pk")
        found = 0
        for person in people.iterator():
            if misleads(person.nickname, person=person):
                found += 1
                self.stdout.write(f"{person.pk} {person.nickname}")
        if found:
            raise CommandError(f"{found} nicknames read like somebody else's.")
        self.stdout.write("No nickname reads like somebody else's.")
