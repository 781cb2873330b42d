from django.apps import AppConfig


class Rates(AppConfig):
    name = "youthvoice.rates"
    verbose_name = "统计"

    def ready(self) -> None:
        from youthvoice.counts import registry
        from youthvoice.rates import actions, counting, holdings

        holdings.join()
        registry.add(counting.count)
        registry.follow(actions.keep_late)
        registry.keep("rates", counting.keep_month)
        registry.keep("hops", counting.keep_bodies)
