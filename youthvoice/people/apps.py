from datetime import timedelta

from django.apps import AppConfig


class People(AppConfig):
    name = "youthvoice.people"
    verbose_name = "人"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.people import actions, receivers  # noqa: F401 - connects the signals

        registry.add("people.guardians", every=timedelta(hours=1), work=actions.erase_unanswered)
