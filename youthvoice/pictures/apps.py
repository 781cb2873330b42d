from datetime import timedelta

from django.apps import AppConfig


class Pictures(AppConfig):
    name = "youthvoice.pictures"
    verbose_name = "图片"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.pictures import holdings
        from youthvoice.pictures.actions import purge_held

        holdings.join()
        # The daily purge comes too seldom for what may wait an hour.
        registry.add("pictures.held", every=timedelta(minutes=10), work=purge_held)
