from django.apps import AppConfig


class People(AppConfig):
    name = "youthvoice.people"
    verbose_name = "人"

    def ready(self) -> None:
        from youthvoice.people import (
            holdings,
            receivers,  # noqa: F401 - connects the signals
        )

        holdings.join()
