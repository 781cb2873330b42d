from datetime import timedelta

from django.apps import AppConfig


class Cases(AppConfig):
    name = "youthvoice.cases"
    verbose_name = "办理"

    def ready(self) -> None:
        from youthvoice.cases import actions, holdings, receivers  # noqa: F401 - connects signals
        from youthvoice.clock import registry

        holdings.join()
        registry.add("cases.escalate", every=timedelta(seconds=30), work=actions.escalate_due)
        registry.add("cases.letters", every=timedelta(seconds=30), work=actions.send_reminders)
