"""What is held of pictures for a time only; it is in no table, and nobody's by name."""

from youthvoice.kit import retention
from youthvoice.pictures.actions import purge_held


def join() -> None:
    retention.add("held", purge=purge_held)
