"""Pictures are drawn anew: what was sent is never kept, nor what it says of its maker."""

import secrets
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from youthvoice.pictures import child, shelf
from youthvoice.pictures.queries import path_of

#: One child at a time in a process, so that all senders together take no more memory.
_turn = threading.Lock()


@dataclass(frozen=True)
class Drawn:
    """A picture in the store: <name>.jpg and the small <name>-s.jpg, sizes in pixels."""

    name: str
    width: int
    height: int
    thumb_width: int
    thumb_height: int


class UnableToDraw(ValidationError):
    """A file is no picture, or too large a one; `place` says which, from 0."""

    def __init__(self, message: str, *, code: str | None, place: int) -> None:
        super().__init__(message, code=code)
        self.place = place


def draw(sent: BinaryIO) -> Drawn:
    """Decode, turn upright, shrink and store a picture and its small one, without metadata.

    Bounds: settings.PICTURE_SHORT, PICTURE_AREA and PICTURE_THUMB_SIDE; of what is longer than
    twice its width the small one shows the beginning. Transparent places become white, of moving
    pictures the first is taken. Raises UnableToDraw with a sentence.
    """
    [drawn] = draw_all([sent])
    return drawn


def draw_all(sent: Sequence[BinaryIO]) -> list[Drawn]:
    """`draw` each, in one child: its start is paid once. None is stored before all are drawn.

    Raises UnableToDraw at the first that can't be drawn.
    """
    made = []
    # The turn is taken first: who waits has no child yet, and no time is counted.
    with _turn, child.ready() as process:
        for place, file in enumerate(sent):
            try:
                made.append(child.asked(process, file.read()))
            except ValidationError as problem:
                raise UnableToDraw(str(problem.message), code=problem.code, place=place) from None
    return store_all(made)


def draw_each(sent: Sequence[BinaryIO]) -> list[child.Made | ValidationError]:
    """Draw each and store none; in the place of one that can't be drawn stands why.

    A child that had to refuse one may have been killed for it: the next has another, and who
    waits for their turn comes first.
    """
    made: list[child.Made | ValidationError] = []
    waiting = list(sent)
    while waiting:
        with _turn, child.ready() as process:
            while waiting:
                try:
                    made.append(child.asked(process, waiting.pop(0).read()))
                except ValidationError as problem:
                    made.append(problem)
                    break
    return made


def store_all(made: Iterable[child.Made]) -> list[Drawn]:
    """Into the store, each under a new name of its own."""
    return [_store(one) for one in made]


def _store(made: child.Made) -> Drawn:
    name = secrets.token_hex(16)
    default_storage.save(path_of(f"{name}.jpg"), ContentFile(made.full))
    default_storage.save(path_of(f"{name}-s.jpg"), ContentFile(made.small))
    return Drawn(name, *made.sizes)


def remove_files(names: Iterable[str]) -> None:
    """Take pictures out of the store; missing ones are fine."""
    for name in names:
        default_storage.delete(path_of(f"{name}.jpg"))
        default_storage.delete(path_of(f"{name}-s.jpg"))


def purge_held(*, at: datetime) -> int:
    """Erase what waits for forms that were left; gives how many pictures that were."""
    return shelf.purge(at=at)
