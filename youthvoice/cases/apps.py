from django.apps import AppConfig


class Cases(AppConfig):
    name = "youthvoice.cases"
    verbose_name = "办理"

    def ready(self) -> None:
        from youthvoice.cases import holdings, receivers  # noqa: F401 - connects the signals

        holdings.join()
