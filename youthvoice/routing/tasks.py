"""The nightly training: longer than a step of the clock may take, so it is a task."""

from datetime import datetime

from django_tasks import task

from youthvoice.kit import clock
from youthvoice.routing import actions, queries
from youthvoice.routing.choices import Target


@task()
def train() -> None:
    actions.train_models(at=clock.now())


def train_tonight(*, at: datetime) -> None:
    """A step of the clock: letters about danger must not wait behind it."""
    if any(queries.has_new(target) for target in Target):
        train.enqueue()
