from typing import Any

from django.apps import AppConfig


class Promises(AppConfig):
    name = "youthvoice.promises"
    verbose_name = "承诺"

    def ready(self) -> None:
        from youthvoice.kit import clock
        from youthvoice.promises import queries, receivers  # noqa: F401 - connects signals
        from youthvoice.questions import above

        def add(answers: Any) -> None:
            queries.add_promises(answers, at=clock.now())

        above.beneath.append(("promise", add, "promises/_beneath.html"))
