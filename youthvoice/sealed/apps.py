from datetime import timedelta

from django.apps import AppConfig


class Sealed(AppConfig):
    name = "youthvoice.sealed"
    verbose_name = "封存"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.sealed import holdings
        from youthvoice.sealed.actions import tidy

        holdings.join()
        registry.add("sealed.tidy", every=timedelta(minutes=10), work=tidy)
