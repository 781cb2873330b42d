from datetime import timedelta

from django.apps import AppConfig


class Routing(AppConfig):
    name = "youthvoice.routing"
    verbose_name = "转办建议"

    def ready(self) -> None:
        from youthvoice.cases.queries import advice
        from youthvoice.clock import registry
        from youthvoice.routing import actions, queries, receivers, tasks  # noqa: F401 - connects the signals

        advice.advisers.append(lambda case: queries.bodies_told(case.question))

        # Several looks fall into the one hour of the night; all but the first find it done.
        registry.add("routing.train", every=timedelta(minutes=20), work=tasks.train_tonight)
        registry.add("routing.alone", every=timedelta(seconds=30), work=actions.act_alone)
