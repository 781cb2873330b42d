from datetime import timedelta

from django.apps import AppConfig


class Yours(AppConfig):
    name = "youthvoice.yours"
    verbose_name = "我的数据"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.yours import actions, holdings

        holdings.join()
        registry.add("yours.erase", every=timedelta(minutes=1), work=actions.erase_due)
        registry.add("yours.scrub", every=timedelta(minutes=1), work=actions.scrub)
        # At least once in its hour.
        registry.add("yours.rewrite", every=timedelta(minutes=50), work=actions.rewrite_tonight)
        registry.add("yours.purge", every=timedelta(days=1), work=actions.purge)
