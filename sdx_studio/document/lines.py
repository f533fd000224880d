"""How elements and links stand in a text: typed lines, checked while they are decoded. Files and clipboard use them."""

from typing import Annotated

import msgspec

BOUND = 2**53
"""Whole numbers beyond this size are not the same in every program, so they are refused."""
FARTHEST = 1e9
"""Pixels."""

Whole = Annotated[int, msgspec.Meta(ge=-BOUND, le=BOUND)]
Pixels = Annotated[float, msgspec.Meta(ge=-FARTHEST, le=FARTHEST)]
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
    locked: bool = False
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
