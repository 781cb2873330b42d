from datetime import timedelta

from django.apps import AppConfig


class Moderation(AppConfig):
    name = "youthvoice.moderation"
    verbose_name = "举报与隐藏"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.moderation import holdings, receivers  # noqa: F401 - connects the signals
        from youthvoice.moderation.actions import place_anew

        holdings.join()
        registry.add("moderation.place", every=timedelta(minutes=10), work=place_anew)
