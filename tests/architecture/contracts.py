"""Contracts of import-linter that find the apps in `youthvoice/floors.py`; see pyproject.toml."""

from pathlib import Path
from typing import Any, ClassVar

from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

from youthvoice import floors

_HOUSE = Path(floors.__file__).parent


class Floors(LayersContract):
    """The floors, and that nothing of the house stands outside them."""

    type_name = "floors"

    def __init__(
        self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]
    ) -> None:
        found = {
            "containers": [_HOUSE.name],
            "layers": [" | ".join(floor) for floor in floors.FLOORS],
            "exhaustive": "true",
            "exhaustive_ignores": list(floors.BESIDE),
        }
        super().__init__(name, session_options, contract_options | found)


class Rooms(LayersContract):
    """The rooms of each app, and of whatever inside an app has rooms of its own."""

    type_name = "rooms"

    def __init__(
        self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]
    ) -> None:
        rooms = {
            room.strip("( )") for layer in contract_options["layers"] for room in layer.split("|")
        }
        super().__init__(name, session_options, contract_options | {"containers": _with(rooms)})


def _with(rooms: set[str]) -> list[str]:
    """The packages that have a room, by their whole names."""
    found = {
        path.parent
        for room in rooms
        for path in _HOUSE.rglob(f"{room}*")
        if path.name in {room, f"{room}.py"}
        and not rooms & set(path.relative_to(_HOUSE).parts[:-1])
    }
    # Of an app that has moved away Python may have left its caches.
    found = {p for p in found if (p / "__init__.py").is_file() and "tests" not in p.parts}
    return sorted(".".join(path.relative_to(_HOUSE.parent).parts) for path in found)


class Beside(ForbiddenContract):
    """What stands beside the floors uses none of them."""

    type_name = "beside"
    sources: ClassVar = [f"{_HOUSE.name}.{name}" for name in ("cli", "supervisor")]

    def __init__(
        self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]
    ) -> None:
        found = {"source_modules": self.sources, "forbidden_modules": _apps()}
        super().__init__(name, session_options, contract_options | found)


class Outside(ForbiddenContract):
    """No app uses what is outside the house."""

    type_name = "outside"

    def __init__(
        self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]
    ) -> None:
        found = {"source_modules": _apps(), "forbidden_modules": ["config"]}
        super().__init__(name, session_options, contract_options | found)


def _apps() -> list[str]:
    return [f"{_HOUSE.name}.{app}" for app in floors.APPS]
