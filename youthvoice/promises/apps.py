from django.apps import AppConfig


class Promises(AppConfig):
    name = "youthvoice.promises"
    verbose_name = "承诺"

    def ready(self) -> None:
        from youthvoice.promises import receivers  # noqa: F401 - connects signals
