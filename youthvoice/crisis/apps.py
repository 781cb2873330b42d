from datetime import timedelta

from django.apps import AppConfig


class Crisis(AppConfig):
    name = "youthvoice.crisis"
    verbose_name = "紧急情况"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.crisis import actions, holdings, receivers  # noqa: F401 - connects signals

        holdings.join()
        registry.add("crisis.letters", every=timedelta(seconds=5), work=actions.send_notices)
        registry.add("crisis.raise", every=timedelta(seconds=30), work=actions.raise_unread)
        registry.add("crisis.forget", every=timedelta(hours=6), work=actions.forget_false_alarms)
