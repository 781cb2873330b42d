from django.apps import AppConfig


class Questions(AppConfig):
    name = "youthvoice.questions"
    verbose_name = "提问"

    def ready(self) -> None:
        from youthvoice.questions import holdings, receivers  # noqa: F401 - connects the signals

        holdings.join()
