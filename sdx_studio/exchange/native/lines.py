"""How a project's records stand in its file: typed lines, checked while they are decoded."""

from typing import Annotated

import msgspec

from sdx_studio.document.lines import BOUND, Cell, ElementLine, LinkLine, Whole, Word

__all__ = [
    "BOUND", "FORMAT", "TABLES", "VERSION", "ActLine", "Cell", "ElementLine", "Head", "Line", "LinkLine", "Page",
]  # fmt: skip
FORMAT = "sdx-project"
VERSION = 1

Moment = Annotated[float, msgspec.Meta(ge=0.0, le=1e12)]


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
