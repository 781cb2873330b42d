from typing import Any

from django.core.management.base import BaseCommand

from youthvoice.cases.actions import load_routes
from youthvoice.kit import clock
from youthvoice.orgs.actions import load_province
from youthvoice.safety.actions import load_safety


class Command(BaseCommand):
    help = "Load the province's regions, organisations and routes; what is there stays."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_province(at=clock.now())
        routes = load_routes(regions=loaded.committees, at=clock.now())
        safety = load_safety(at=clock.now())
        if options["verbosity"]:
            self.stdout.write(
                f"regions {loaded.regions}, organisations {loaded.organisations}, "
                f"routes {routes}, lines and words {safety}"
            )
