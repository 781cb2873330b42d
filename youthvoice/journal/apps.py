from django.apps import AppConfig


class Journal(AppConfig):
    name = "youthvoice.journal"
    verbose_name = "日志"

    def ready(self) -> None:
        from youthvoice.journal import receivers  # noqa: F401 - connects the signals
