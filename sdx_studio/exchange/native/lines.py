"""How a project's records stand in its file: typed lines, checked while they are decoded."""

from typing import Annotated

import msgspec

FORMAT = "sdx-project"
VERSION = 1
BOUND = 2**53
"""Whole numbers beyond this size are not the same in every program, so they are refused."""
FARTHEST = 1e9
"""Pixels."""

Whole = Annotated[int, msgspec.Meta(ge=-BOUND, le=BOUND)]
Pixels = Annotated[float, msgspec.Meta(ge=-FARTHEST, le=FARTHEST)]
Moment = Annotated[float, msgspec.Meta(ge=0.0, le=1e12)]
Word = Annotated[str, msgspec.Meta(min_length=1)]
Cell = Whole | float | str | bool | tuple[str, ...] | None


class ElementLine(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One element, members in the order of the file."""

    id: Word
    kind: Word
    name: str
    parent: str | None = None
    x: Pixels = 0
    y: Pixels = 0
    order: Whole = 0
    closed: bool = False
    fields: dict[str, Cell] = {}


class LinkLine(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One link."""

    id: Word
    a: Word
    b: Word
    route: str = "orthogonal"
    points: tuple[tuple[Pixels, Pixels], ...] = ()
    order: Whole = 0
    fields: dict[str, Cell] = {}


class ActLine(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One act of the scenario; `at` in simulated seconds."""

    id: Word
    at: Moment
    verb: Word
    target: str
    fields: dict[str, Cell] = {}


class Head(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What stands above the tables."""

    format: str
    version: int
    title: str = ""
    seed: Whole = 1
    duration: Annotated[float, msgspec.Meta(gt=0.0, le=1e12)] = 120
    notes: str = ""
    fields: dict[str, Cell] = {}


class Page(Head, forbid_unknown_fields=True, omit_defaults=True):
    """A whole file; a table that does not stand in it is UNSET."""

    elements: list[ElementLine] | msgspec.UnsetType = msgspec.UNSET
    links: list[LinkLine] | msgspec.UnsetType = msgspec.UNSET
    scenario: list[ActLine] | msgspec.UnsetType = msgspec.UNSET


Line = ElementLine | LinkLine | ActLine
TABLES: dict[str, type[ElementLine] | type[LinkLine] | type[ActLine]] = {
    "elements": ElementLine,
    "links": LinkLine,
    "scenario": ActLine,
}
