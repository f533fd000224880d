"""What lies on a clipboard, as typed lines."""

from typing import Any

import msgspec

from sdx_studio.document.lines import Cell, ElementLine, LinkLine, Pixels, Whole, Word

FORMAT = "sdx-elements"
VERSION = 1
LARGEST = 64 * 1024 * 1024
"""Characters; no text that is larger is read."""
MOST = 200_000
"""Elements, links and acts that a project may hold."""


class Part(ElementLine, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One element; its parent may be left behind."""

    taken: dict[str, Cell] = msgspec.field(default_factory=dict)
    """Values that come from templates; they stand in where the template is left behind."""
    extra: dict[str, Any] = msgspec.field(default_factory=dict)


class Cable(LinkLine, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One link between two of the elements."""

    extra: dict[str, Any] = msgspec.field(default_factory=dict)


class Seen(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """An element that is left behind, so that another one with its id is not taken for it."""

    kind: Word
    name: str


class Sheet(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Elements in drawing order, outer ones before what they hold."""

    format: str
    version: Whole
    elements: list[Part]
    links: list[Cable] = []
    outside: dict[str, Seen] = {}
    boxes: dict[str, tuple[Pixels, Pixels, Pixels, Pixels]] = {}
    """X, y, width and height on the canvas of the outermost elements."""

    def outermost(self) -> list[Part]:
        """Elements that lie in no other one of these."""
        inside = {part.id for part in self.elements}
        return [part for part in self.elements if part.parent not in inside]
