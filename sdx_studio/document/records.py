"""What a project consists of: frozen records, compared by value, kept by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Self

from sdx_studio.kinds import Value

ROUTES = ("orthogonal", "straight", "curved")
"""How a link is drawn."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


class _Record:
    """Something with an id whose fields can be exchanged by name."""

    __slots__ = ()

    def but(self, **changed: object) -> Self:
        """The same record with some attributes exchanged."""
        return replace(self, **changed)  # type: ignore[type-var]

    def setting(self, **values: Value) -> Self:
        """The same record with some field values set; None puts a field back to its default."""
        given = {**self.fields, **values}  # type: ignore[attr-defined]
        return self.but(fields={key: value for key, value in sorted(given.items()) if value is not None})


@dataclass(frozen=True, slots=True)
class Element(_Record):
    """One thing on the canvas.

    `x`, `y` (px at zoom 1) count from the parent's corner where the parent leaves its children free, otherwise
    `order` decides the place. `fields` holds only what was set.
    """

    id: str
    kind: str
    name: str
    parent: str | None = None
    x: float = 0.0
    y: float = 0.0
    order: int = 0
    closed: bool = False
    locked: bool = False
    """It stays where it is: neither moved nor arranged nor deleted."""
    fields: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    """Unknown members of the file, kept as they were."""


@dataclass(frozen=True, slots=True)
class Link(_Record):
    """A cable between two elements."""

    id: str
    a: str
    b: str
    route: str = "orthogonal"
    points: tuple[tuple[float, float], ...] = ()
    order: int = 0
    fields: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Act(_Record):
    """One timed act of the scenario: at `at` simulated seconds do `verb` to `target`, with `fields` as figures."""

    id: str
    at: float
    verb: str
    target: str
    fields: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Properties(_Record):
    """What belongs to the project as a whole."""

    id: str = "project"
    title: str = ""
    seed: int = 1
    duration: float = 120.0
    """Simulated seconds that the timeline shows."""
    notes: str = ""
    fields: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


Record = Element | Link | Act | Properties
