from django.apps import AppConfig


class People(AppConfig):
    name = "youthvoice.people"
    verbose_name = "人"

    def ready(self) -> None:
        from youthvoice.people import receivers  # noqa: F401 - connects the signals
