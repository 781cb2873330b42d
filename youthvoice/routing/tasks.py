"""The nightly training: longer than a step of the clock may take, so it is a task."""

from datetime import datetime

from django_tasks import task

from youthvoice.kit import clock
from youthvoice.routing import actions, queries


@task()
def train() -> None:
    actions.train_models(at=clock.now())


def train_tonight(*, at: datetime) -> None:
    """A step of the clock, which only looks: letters about danger must not wait behind it."""
    if queries.is_time_to_train(at=at):
        train.enqueue()
