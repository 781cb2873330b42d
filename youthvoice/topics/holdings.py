"""What topics hold of those who take part in their questions."""

from youthvoice.kit.holdings import add
from youthvoice.questions.actions import erase_people


def join() -> None:
    # It goes with what it is reckoned from (`receivers.on_erasing`), and isn't exported.
    add("topics.Participant", by="person", erase=erase_people)
