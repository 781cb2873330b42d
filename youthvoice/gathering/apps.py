from datetime import timedelta

from django.apps import AppConfig
from django.db.models import Q


class Gathering(AppConfig):
    name = "youthvoice.gathering"
    verbose_name = "汇总"

    def ready(self) -> None:
        from youthvoice.cases.queries import checking
        from youthvoice.clock import registry
        from youthvoice.counts import registry as counts
        from youthvoice.gathering import actions, queries, receivers  # noqa: F401 - connects signals
        from youthvoice.questions import above

        # What is handled together with another waits, and is answered, with that one.
        # By the column that it is joined by: PostgreSQL takes that for a list of what isn't there.
        above.waits.append(Q(case__merge__case=None))
        counts.follow(actions.note_touched)
        checking.join(queries.wrongly_merged)
        registry.add("cases.gather", every=timedelta(minutes=30), work=actions.gather)
        registry.add("cases.unmerge", every=timedelta(seconds=10), work=actions.unmerge_lost)
