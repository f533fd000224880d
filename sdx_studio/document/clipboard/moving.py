"""Where copies stand: at a point, or where their originals are and a step further, never one exactly on another."""

from collections.abc import Callable, Mapping

from sdx_studio.document.clipboard.sheet import Part, Sheet
from sdx_studio.document.document import Document
from sdx_studio.document.history import Edit
from sdx_studio.document.layout import boxes
from sdx_studio.document.lines import FARTHEST

STEP = 24.0
"""Pixels to the right and down from one copy to the next."""
GRID = 8.0
INSET = (24.0, 48.0)
"""Corner in a new parent that leaves its children free, where nobody said where."""
MOST_STEPS = 1000
Point = tuple[float, float]


class Spots:
    """Places of the outermost copies. Made before the first of them is put in."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self._document = document
        self._sheet = sheet
        self._boxes = boxes(document)

    def settle(
        self, edit: Edit, new: Mapping[str, str], at: Point | None, home: Callable[[Part], str | None]
    ) -> dict[str, Point | None]:
        """Move the copies (`new`, by original) to their places; returns how far each is from its original, if known."""
        outer = self._sheet.outermost()
        wanted = {part.id: self._wanted(part, new[part.id], at, home(part)) for part in outer}
        shift = self._steps({new[id]: point for id, point in wanted.items() if self._is_free(new[id])}) * STEP
        away: dict[str, Point | None] = {}
        for part in outer:
            one = self._document.elements[new[part.id]]
            x, y = self.moved(wanted[part.id], (shift, shift) if self._is_free(one.id) else (0.0, 0.0))
            edit.update(one.but(x=x, y=y))
            old, corner = self._corner_of(part), self._free_corner(one.parent)
            if corner is not None:
                away[part.id] = (corner[0] + x - old[0], corner[1] + y - old[1])
            else:
                away[part.id] = None
        return away

    @staticmethod
    def moved(point: Point, by: Point) -> Point:
        """A point somewhere else, within what a file may hold."""
        x, y = (min(FARTHEST, max(-FARTHEST, round(old + far, 2))) for old, far in zip(point, by, strict=True))
        return x, y

    def _wanted(self, part: Part, id: str, at: Point | None, home: str | None) -> Point:
        """The corner of a copy, counted from its parent's, before any step."""
        parent = self._document.elements[id].parent
        x, y = self._corner_of(part)
        corner = self._free_corner(parent)
        if corner is None:
            return part.x, part.y
        if at is not None:
            dx, dy = self._to(at)
            return x + dx - corner[0], y + dy - corner[1]
        if parent == home and (parent is not None or part.parent is None):
            return part.x, part.y
        if parent is None:
            return x, y
        left, top = self._outline()[:2]
        return x - left + INSET[0], y - top + INSET[1]

    def _to(self, at: Point) -> Point:
        """From where all of it was to `at`, on the grid."""
        left, top, right, bottom = self._outline()
        far = (at[0] - (left + right) / 2, at[1] - (top + bottom) / 2)
        return round(far[0] / GRID) * GRID, round(far[1] / GRID) * GRID

    def _corner_of(self, part: Part) -> Point:
        """Where the original's corner was on its canvas."""
        box = self._sheet.boxes.get(part.id)
        return (part.x, part.y) if box is None else box[:2]

    def _outline(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of everything that was cut out."""
        found = [self._sheet.boxes.get(part.id, (part.x, part.y, 0.0, 0.0)) for part in self._sheet.outermost()]
        return (min(box[0] for box in found), min(box[1] for box in found), max(box[0] + box[2] for box in found),
                max(box[1] + box[3] for box in found))  # fmt: skip

    def _free_corner(self, parent: str | None) -> Point | None:
        """Corner on the canvas of what leaves its children free; None when it packs them itself."""
        if parent is None:
            return 0.0, 0.0
        box = self._boxes.get(parent)
        return (box.x, box.y) if box is not None and self._document.kind_of(parent).shape == "ground" else None

    def _is_free(self, id: str) -> bool:
        return self._free_corner(self._document.elements[id].parent) is not None

    def _steps(self, wanted: Mapping[str, Point]) -> int:
        """How many steps on nothing of the same parent has its corner where a copy would have it."""
        elements = self._document.elements
        parents = {elements[id].parent for id in wanted}
        others = {one for parent in parents for one in self._document.children(parent) if one not in wanted}
        taken = {(elements[one].parent, round(elements[one].x), round(elements[one].y)) for one in others}
        for count in range(MOST_STEPS):
            far = count * STEP
            if all((elements[id].parent, round(x + far), round(y + far)) not in taken for id, (x, y) in wanted.items()):
                return count
        return MOST_STEPS
