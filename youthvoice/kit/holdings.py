"""What the house holds of a person: where it lies, what they are given, what goes when they leave.

Each app says it in its `holdings.py`, one `add` for each table and link; the page of exports
and the step that erases read it here. tests/architecture/test_holdings.py fails for a table
that nobody has named.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from django.apps import apps
from django.db import models, transaction

#: Rows that one statement touches at most, so that no erasure holds up the writers.
CHUNK = 200


class AtErasure(Enum):
    DELETE = "delete"
    #: The row stays and forgets whose it is.
    UNLINK = "unlink"
    #: Nothing of it is touched; `why` says by what right.
    KEEP = "keep"


@dataclass(frozen=True)
class Leaver:
    """Somebody whose account is being erased."""

    pk: int
    #: Their answers to others go too, which stay without a name otherwise.
    answers_too: bool = False


class Erase(Protocol):
    """Erases what one app holds of these people. Done twice it is done once."""

    def __call__(self, leavers: Sequence[Leaver], *, at: datetime) -> None: ...


#: A heading, and the look-up it stands for, if need be with what is made of the value.
Columns = Mapping[Any, str | tuple[str, Callable[[Any], object]]]


@dataclass(frozen=True)
class Holding:
    """One link from a table to a person."""

    model: str
    #: The look-up that leads from a row to the person.
    by: str
    erase: AtErasure | Erase
    why: str = ""
    #: Finds a person's rows where no look-up leads to them.
    found: Callable[[int], models.QuerySet[Any]] | None = None
    #: What the person reads over it in their export; without a name it is not exported.
    name: Any = ""
    columns: Columns = field(default_factory=dict)
    #: Files of theirs: the name in the export and the path in the store.
    files: Callable[[models.QuerySet[Any]], Iterator[tuple[str, str]]] | None = None

    @property
    def table(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def rows(self, person: int) -> models.QuerySet[Any]:
        if self.found is not None:
            return self.found(person).order_by("pk")
        return self.table._base_manager.filter(**{self.by: person}).order_by("pk")


_holdings: list[Holding] = []


def add(model: str, *, by: str, erase: AtErasure | Erase, **more: Any) -> None:
    """Call it when the apps are ready; what is added last is erased first."""
    holding = Holding(model, by, erase, **more)
    if erase is AtErasure.KEEP and not holding.why:
        raise ValueError(f"{model}: what is kept of a person needs a reason")
    _holdings.append(holding)


def all_holdings() -> list[Holding]:
    return list(_holdings)


def of(model: str) -> Holding:
    """The first one of a table."""
    return next(holding for holding in _holdings if holding.model == model)


def erase(leavers: Sequence[Leaver], *, at: datetime) -> None:
    """Erase everything that the apps hold, high floors first. It may be cut off and run again."""
    done: list[Erase] = []
    for holding in reversed(_holdings):
        if not isinstance(holding.erase, AtErasure):
            # One function may see to several tables.
            if holding.erase not in done:
                done.append(holding.erase)
                holding.erase(leavers, at=at)
        elif holding.erase is not AtErasure.KEEP:
            _erase_rows(holding, leavers)


def _erase_rows(holding: Holding, leavers: Sequence[Leaver]) -> None:
    table = holding.table._base_manager
    theirs = table.filter(**{f"{holding.by}__in": [leaver.pk for leaver in leavers]})
    while chunk := list(theirs.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            rows = table.filter(pk__in=chunk)
            if holding.erase is AtErasure.DELETE:
                rows.delete()
            else:
                rows.update(**{holding.by: None})
