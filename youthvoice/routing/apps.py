from datetime import timedelta

from django.apps import AppConfig


class Routing(AppConfig):
    name = "youthvoice.routing"
    verbose_name = "转办建议"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.routing import receivers, tasks  # noqa: F401 - connects the signals

        registry.add("routing.train", every=timedelta(days=1), work=tasks.train_tonight)
