from datetime import timedelta

from django.apps import AppConfig
from django.db.models import Q


class Cases(AppConfig):
    name = "youthvoice.cases"
    verbose_name = "办理"

    def ready(self) -> None:
        from youthvoice.cases import actions, holdings, receivers  # noqa: F401 - connects signals
        from youthvoice.clock import registry
        from youthvoice.questions import above

        above.beside.append("case__holder")
        above.held_by.append(lambda bodies: Q(case__holder__in=bodies))
        holdings.join()
        registry.add("cases.escalate", every=timedelta(seconds=30), work=actions.escalate_due)
        registry.add("cases.letters", every=timedelta(seconds=30), work=actions.send_reminders)
        registry.add("cases.replan", every=timedelta(minutes=1), work=actions.replan)
