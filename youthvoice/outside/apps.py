from datetime import timedelta

from django.apps import AppConfig


class Outside(AppConfig):
    name = "youthvoice.outside"
    verbose_name = "外单位"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.outside import actions, holdings, receivers  # noqa: F401 - connects signals

        holdings.join()
        registry.add("cases.mail", every=timedelta(seconds=15), work=actions.send_mailings)
