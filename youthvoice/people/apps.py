from datetime import timedelta

from django.apps import AppConfig


class People(AppConfig):
    name = "youthvoice.people"
    verbose_name = "人"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.people import receivers  # noqa: F401 - connects the signals
        from youthvoice.people.phones import actions as phones

        registry.add("phones.forget", every=timedelta(minutes=10), work=phones.forget)
