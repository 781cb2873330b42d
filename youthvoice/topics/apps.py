from django.apps import AppConfig


class Topics(AppConfig):
    name = "youthvoice.topics"
    verbose_name = "话题"

    def ready(self) -> None:
        from youthvoice.kit import recounting
        from youthvoice.topics import holdings, receivers  # noqa: F401 - connects the signals
        from youthvoice.topics.actions import COUNTED, count_anew

        holdings.join()
        recounting.add(count_anew, *COUNTED)
