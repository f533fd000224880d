"""Where everything stands: rectangles from containment, in px at zoom 1.

Grounds (site, bare canvas) leave their children where they were put; a rack stacks, a machine packs its guests in
rows of equal width, an array lays out disks and volumes. Containers grow with what they hold. Measures are those of
the look: guest 88 × 58, machine 400 wide, leaf 48 high.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sdx_studio.document.document import Document

Sizes = dict[str, tuple[float, float]]
Spots = dict[str, list[tuple[str, float, float]]]

LEAF = (148.0, 48.0)
GUEST = (88.0, 58.0)
GAP = 8.0
WELL_HEAD, WELL_PAD = 24.0, 8.0
MACHINE_WIDTH, MACHINE_HEAD = 400.0, 76.0
GUEST_HEAD = 36.0
COLUMNS = 4
CHIP = (84.0, 24.0)
RACK_PAD, RACK_HEAD, RACK_GAP = 8.0, 30.0, 10.0
SITE_PAD, SITE_HEAD, SITE_MIN = 14.0, 30.0, (320.0, 180.0)
ARRAY_HEAD = (204.0, 88.0)
SLOT = (14.0, 44.0)
VOLUME = (128.0, 44.0)
CLOSED = (220.0, 48.0)


@dataclass(frozen=True, slots=True)
class Box:
    """Rectangle of an element on the canvas and how deep inside others it is."""

    x: float
    y: float
    width: float
    height: float
    depth: int = 0

    @property
    def right(self) -> float:
        """X of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Y of the lower edge."""
        return self.y + self.height


class Packing:
    """Sizes from the inside out, then places from the outside in. `moved` shows elements in other parents (a run)."""

    def __init__(self, document: Document, moved: Mapping[str, str] | None = None) -> None:
        self.document = document
        self.moved = dict(moved or {})
        self.sizes: Sizes = {}
        self.spots: Spots = {}
        self._guests: dict[str, list[str]] = {}
        for id, parent in self.moved.items():
            self._guests.setdefault(parent, []).append(id)

    def boxes(self) -> dict[str, Box]:
        """All boxes, outer ones before what they hold, in drawing order."""
        placed: dict[str, Box] = {}
        for id in self.children(None):
            self.place(id, placed)
        return placed

    def place(self, id: str, placed: dict[str, Box]) -> None:
        """Put one element that stands on the bare canvas, with everything inside it."""
        one = self.document.elements[id]
        width, height = self.size(id)
        stack = [(id, Box(one.x, one.y, width, height))]
        while stack:
            inner, box = stack.pop()
            placed[inner] = box
            for child, x, y in reversed(self.spots.get(inner, ())):
                wide, high = self.sizes[child]
                stack.append((child, Box(box.x + x, box.y + y, wide, high, box.depth + 1)))

    def children(self, id: str | None) -> list[str]:
        """What sits in `id` now, by drawing order, with what the run has moved."""
        own = [one for one in self.document.children(id) if self.moved.get(one, id) == id]
        arrived = self._guests.get(id, ()) if id is not None else ()
        return own + sorted(one for one in arrived if one not in own and one in self.document.elements)

    def size(self, id: str) -> tuple[float, float]:
        """Width and height of an element, growing with what is inside."""
        if id not in self.sizes:
            shape = self.document.kind_of(id).shape
            self.sizes[id] = CLOSED if self.document.elements[id].closed else getattr(self, f"_{shape}")(id)
        return self.sizes[id]

    def _fixed(self, id: str) -> tuple[float, float]:
        bars = self.document.kind_of(id).meters
        return (LEAF[0], LEAF[1] + 12.0 if bars else LEAF[1])

    _leaf = _fixed

    def _chip(self, _id: str) -> tuple[float, float]:
        return CHIP

    def _slot(self, id: str) -> tuple[float, float]:
        return SLOT if self.document.elements[id].parent else LEAF

    def _block(self, id: str) -> tuple[float, float]:
        return VOLUME if self.document.elements[id].parent else LEAF

    def _guest(self, id: str) -> tuple[float, float]:
        inner = self.children(id)
        if not inner:
            return GUEST
        width, height = self.size(inner[0])
        columns = max(2.0, -(-(width + 2 * WELL_PAD + GAP) // (GUEST[0] + GAP)))
        wide = columns * GUEST[0] + (columns - 1) * GAP
        self._stretch(inner[0], wide - 2 * WELL_PAD)
        self.spots[id] = [(inner[0], WELL_PAD, GUEST_HEAD)]
        return (wide, GUEST_HEAD + height + WELL_PAD)

    def _machine(self, id: str) -> tuple[float, float]:
        inner = self.children(id)
        if not inner:
            return (MACHINE_WIDTH, MACHINE_HEAD + 4.0)
        if self.document.kind_of(inner[0]).shape == "chip":
            wide, height = self._rows(id, inner, MACHINE_WIDTH - 2 * WELL_PAD, MACHINE_HEAD)
            return (max(MACHINE_WIDTH, wide + 2 * WELL_PAD), MACHINE_HEAD + height + WELL_PAD)
        wide, height = self.size(inner[0])
        width = max(MACHINE_WIDTH, wide + 2 * WELL_PAD)
        self._stretch(inner[0], width - 2 * WELL_PAD)
        self.spots[id] = [(inner[0], WELL_PAD, MACHINE_HEAD)]
        return (width, MACHINE_HEAD + height + WELL_PAD)

    def _layer(self, id: str) -> tuple[float, float]:
        inner = self.children(id)
        layered = any("layer" in self.document.traits(one) for one in inner)
        narrow = layered or (inner and self.document.kind_of(inner[0]).shape == "chip")
        row = 3 * CHIP[0] + 2 * GAP if narrow else COLUMNS * GUEST[0] + (COLUMNS - 1) * GAP
        if not inner and self.document.ancestor(id, "guest"):
            row = CHIP[0]
        width, height = self._rows(id, inner, row)
        return (width + 2 * WELL_PAD, WELL_HEAD + max(height, 22.0) + WELL_PAD)

    def _rows(self, id: str, inner: list[str], row: float, head: float = WELL_HEAD) -> tuple[float, float]:
        """Packs `inner` below `head` into rows at least `row` wide; a layer has a row of its own, as wide as all."""
        widest = max([row, *(self.size(one)[0] for one in inner)])
        x = y = tall = 0.0
        used = row if not inner or self.document.kind_of(inner[0]).shape != "chip" else 0.0
        spots = []
        alone = False
        for one in inner:
            wide, high = self.size(one)
            layer = "layer" in self.document.traits(one)
            if x and (layer or alone or x + wide > widest):
                x, y, tall = 0.0, y + tall + GAP, 0.0
            alone = layer
            spots.append((one, WELL_PAD + x, head + y))
            x, tall = x + wide + GAP, max(tall, high)
            used = max(used, x - GAP)
        self.spots[id] = spots
        return (used, y + tall)

    def _cabinet(self, id: str) -> tuple[float, float]:
        inner = self.children(id)
        width = max([MACHINE_WIDTH, *(self.size(one)[0] for one in inner)])
        y = RACK_HEAD
        spots = []
        for one in inner:
            spots.append((one, RACK_PAD, y))
            if self.document.kind_of(one).shape == "machine":
                self._widen(one, width)
            y += self.sizes[one][1] + RACK_GAP
        self.spots[id] = spots
        bottom = y - RACK_GAP + RACK_PAD if inner else RACK_HEAD + MACHINE_HEAD
        return (width + 2 * RACK_PAD, bottom)

    def _widen(self, id: str, width: float) -> None:
        """Makes a machine and the layers in it as wide as its rack."""
        self.sizes[id] = (width, self.sizes[id][1])
        for layer, _x, _y in self.spots.get(id, ()):
            self._stretch(layer, width - 2 * WELL_PAD)

    def _stretch(self, layer: str, width: float) -> None:
        """Gives a layer this width, and the layers right in it theirs."""
        self.sizes[layer] = (width, self.sizes[layer][1])
        for inner, _x, _y in self.spots.get(layer, ()):
            if "layer" in self.document.traits(inner):
                self._stretch(inner, width - 2 * WELL_PAD)

    def _ground(self, id: str) -> tuple[float, float]:
        right, bottom = SITE_MIN
        spots = []
        for one in self.children(id):
            child = self.document.elements[one]
            x, y = max(SITE_PAD, child.x), max(SITE_HEAD + 6.0, child.y)
            wide, high = self.size(one)
            spots.append((one, x, y))
            right, bottom = max(right, x + wide + SITE_PAD), max(bottom, y + high + SITE_PAD)
        self.spots[id] = spots
        return (right, bottom)

    def _array(self, id: str) -> tuple[float, float]:
        inner = self.children(id)
        disks = [one for one in inner if self.document.kind_of(one).shape == "slot"]
        volumes = [one for one in inner if one not in disks]
        x, bottom = ARRAY_HEAD[0] + WELL_PAD, ARRAY_HEAD[1]
        spots: list[tuple[str, float, float]] = []
        for group, wide, high, columns in ((disks, *SLOT, 12), (volumes, *VOLUME, 3)):
            for index, one in enumerate(group):
                self.sizes[one] = (wide, high)
                column, line = index % columns, index // columns
                spots.append((one, x + WELL_PAD + column * (wide + 6.0), 8.0 + WELL_HEAD + line * (high + 6.0)))
            lines = -(-len(group) // columns)
            across = max(min(len(group), columns), 4 if high == SLOT[1] and wide == SLOT[0] else 1)
            x += across * (wide + 6.0) - 6.0 + 2 * WELL_PAD + WELL_PAD
            bottom = max(bottom, 8.0 + WELL_HEAD + lines * (high + 6.0) + WELL_PAD)
        self.spots[id] = spots
        return (x, bottom)


def boxes(document: Document, moved: Mapping[str, str] | None = None) -> dict[str, Box]:
    """Boxes of all elements, outer ones before inner ones, in drawing order."""
    return Packing(document, moved).boxes()


def array_wells(document: Document, id: str, box: Box) -> tuple[tuple[float, float, float, float], ...]:
    """The two wells (disks, volumes) of an array's card as x, y, width, height from its corner."""
    inner = document.children(id)
    disks = sum(document.kind_of(one).shape == "slot" for one in inner)
    wide = max(min(disks, 12), 4) * (SLOT[0] + 6.0) - 6.0 + 2 * WELL_PAD
    first = (ARRAY_HEAD[0] + WELL_PAD, 8.0, wide, box.height - 16.0)
    start = first[0] + wide + WELL_PAD
    return (first, (start, 8.0, box.width - start - WELL_PAD, box.height - 16.0))
