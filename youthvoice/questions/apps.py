from django.apps import AppConfig


class Questions(AppConfig):
    name = "youthvoice.questions"
    verbose_name = "提问"

    def ready(self) -> None:
        from youthvoice.kit import recounting
        from youthvoice.questions import holdings, receivers  # noqa: F401 - connects the signals
        from youthvoice.questions.actions import COUNTED, count_anew

        holdings.join()
        recounting.add(count_anew, *COUNTED)
