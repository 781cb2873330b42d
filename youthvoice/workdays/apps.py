from datetime import timedelta

from django.apps import AppConfig


class Workdays(AppConfig):
    name = "youthvoice.workdays"
    verbose_name = "工作日历"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.workdays import actions, receivers  # noqa: F401 - connects the signals

        registry.add("workdays.look_ahead", every=timedelta(days=1), work=actions.look_ahead)
