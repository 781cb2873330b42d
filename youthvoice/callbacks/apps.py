from datetime import timedelta

from django.apps import AppConfig


class Callbacks(AppConfig):
    name = "youthvoice.callbacks"
    verbose_name = "回访"

    def ready(self) -> None:
        from youthvoice.callbacks import actions, choices, holdings, queries, receivers  # noqa: F401 - connects signals
        from youthvoice.cases.queries import checking
        from youthvoice.clock import registry
        from youthvoice.gathering import actions as gathering

        holdings.join()
        gathering.tell_also(choices.MERGED)
        checking.join(queries.asked_of_anothers)
        # Their names are older than the app: an operator's graphs know them so.
        registry.add("cases.call_merged", every=timedelta(minutes=1), work=actions.plan_merged)
        registry.add("cases.call_back", every=timedelta(minutes=1), work=actions.open_due)
        registry.add("cases.back_letters", every=timedelta(seconds=30), work=actions.send_letters)
