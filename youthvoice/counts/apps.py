from datetime import timedelta

from django.apps import AppConfig


class Counts(AppConfig):
    name = "youthvoice.counts"
    verbose_name = "计数"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.counts import actions
        from youthvoice.counts.models import Changed, Counted, Kept, Sum
        from youthvoice.kit import recounting

        registry.add("counts.settle", every=timedelta(seconds=5), work=actions.settle)
        recounting.add(actions.recount, Changed, Counted, Sum, Kept)
