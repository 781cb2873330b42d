from datetime import timedelta

from django.apps import AppConfig


class Desks(AppConfig):
    name = "youthvoice.desks"
    verbose_name = "工作台"

    def ready(self) -> None:
        from youthvoice.clock import registry
        from youthvoice.counts import registry as counts
        from youthvoice.desks import actions, counting, holdings, receivers  # noqa: F401 - connects signals

        holdings.join()
        counts.add(counting.count)
        registry.add("cases.presence", every=timedelta(minutes=1), work=actions.forget_presences)
