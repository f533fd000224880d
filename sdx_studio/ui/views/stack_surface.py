"""Stacks of layers side by side, drawn from the hardware up; a click selects what was clicked."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sdx_studio import units
from sdx_studio.session import stacking
from sdx_studio.session.stacking import Block
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.theme import Manner, px
from sdx_studio.ui.views import stack_marks
from sdx_studio.ui.views.rack_readings import Reading, Readings
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

LEAF, STRIP, TITLE, GAP, PAD = 120.0, 40.0, 40.0, 6.0, 8.0
BESIDE, FACT = 36.0, 20.0
LEAST = 2
"""Guests beside each other at least; the view scrolls rather than have fewer."""
TINTS = {
    "hardware": "family.compute", "divider": "family.control", "kernel": "family.network",
    "engine": "family.client", "guest": "family.guest", "space": "family.guest", "program": "family.storage",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where one layer is drawn: its whole box, and the strip or title with its words."""

    block: Block
    box: QRectF
    words: QRectF


def rows_of(block: Block, across: int) -> list[tuple[Block, ...]]:
    """What stands on a layer, in rows as even as can be, of `across` at most; the lowest first."""
    inside = block.inside
    if not inside:
        return []
    count = math.ceil(len(inside) / across)
    each = math.ceil(len(inside) / count)
    return [inside[at : at + each] for at in range(0, len(inside), each)]


def wide(block: Block, across: int) -> float:
    """Px that a layer needs with everything on it."""
    rows = (sum(wide(one, across) for one in row) + GAP * (len(row) - 1) for row in rows_of(block, across))
    return max(LEAF, max(rows, default=0.0) + (2 * PAD if block.role == "guest" else 0.0))


def high(block: Block, across: int) -> float:
    """Px from the foot of a layer to the top of what lies on it."""
    rows = [max(high(one, across) for one in row) for row in rows_of(block, across)]
    above = sum(rows) + GAP * max(0, len(rows) - 1)
    if block.role == "guest":
        return TITLE + above + PAD
    return STRIP + (GAP + above if above else 0.0)


def lay_out(block: Block, left: float, foot: float, width: float, across: int) -> list[Place]:
    """Places of a layer and everything on it; it is `width` px wide and ends at `foot`."""
    if block.role == "guest":
        box = QRectF(left, foot - high(block, across), width, high(block, across))
        found = [Place(block, box, QRectF(left, box.top(), width, TITLE))]
        left, width, foot = left + PAD, width - 2 * PAD, foot - PAD
    else:
        box = QRectF(left, foot - STRIP, width, STRIP)
        found = [Place(block, box, box)]
        foot -= STRIP + GAP
    rows = rows_of(block, across)
    for row in reversed(rows):
        at, share = left, (width + GAP) / len(rows[0]) - GAP
        even = len(rows) > 1 and all(wide(one, across) <= share for one in row)
        spare = width - sum(wide(one, across) for one in row) - GAP * (len(row) - 1)
        for one in row:
            own = share if even else wide(one, across) + spare / len(row)
            found += lay_out(one, at, foot, own, across)
            at += own + GAP
        foot -= max(high(one, across) for one in row) + GAP
    return found


class StackSurface(QWidget):
    """Painted as one; the facts of each machine stand under its stack."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self._window = window
        self._stacks: list[tuple[Block, list[tuple[str, str]]]] = []
        self.readings = Readings()
        self._seen, self._across = 0, 1
        self.setObjectName("stack_surface")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_machines(self, machines: tuple[str, ...]) -> None:
        """These side by side."""
        document = self._window.session.document
        self._stacks = [(stacking.stack(document, id), stacking.words(stacking.facts(document, id))) for id in machines]
        lines = [
            f"{block.name}: " + ", ".join(f"{one.name} {one.detail}" for one in block.all() if one is not block)
            + ". " + ", ".join(f"{label} {value}" for label, value in facts)
            for block, facts in self._stacks
        ]  # fmt: skip
        self.setAccessibleName(_("Machine layers"))
        self.setAccessibleDescription("\n".join(lines))
        self._room()
        self.update()

    def fit(self, wide: int) -> None:
        """There are `wide` px to be seen at once: guests stand in rows as far as that is needed for it."""
        if wide != self._seen:
            self._seen = wide
            self._room()
            self.update()

    def _room(self) -> None:
        room = self._seen / Manner.scale
        most = max((len(one.inside) for block, _facts in self._stacks for one in block.all()), default=1)
        fitting = (across for across in range(max(1, most), LEAST, -1) if self._width(across) + 2 <= room)
        self._across = next(fitting, min(LEAST, max(1, most)))
        facts = max((len(facts) for _block, facts in self._stacks), default=0)
        self.setMinimumSize(px(self._width(self._across) + 2), px(self._foot() + 28 + (facts + 1) * FACT))

    def _width(self, across: int) -> float:
        """Px of all stacks beside each other."""
        return sum(wide(block, across) for block, _facts in self._stacks) + BESIDE * max(0, len(self._stacks) - 1)

    def _foot(self) -> float:
        """Where all stacks stand, px from the top."""
        return 4 + max((high(block, self._across) for block, _facts in self._stacks), default=0.0)

    def places(self) -> list[Place]:
        """All layers with their places, in px at font scale 100 %."""
        found, left, across, foot = [], 1.0, self._across, self._foot()
        spare = self.width() / Manner.scale - 2 - self._width(across)
        for block, _facts in self._stacks:
            own = wide(block, across) + max(0.0, min(spare / len(self._stacks), wide(block, across)))
            found += lay_out(block, left, foot, own, across)
            left += own + BESIDE
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the layer under the pointer."""
        at = event.position() / Manner.scale
        hit = [one.block.id for one in self.places() if one.block.id is not None and one.box.contains(at)]
        if hit:
            self._window.choose(hit[-1])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Stacks, and facts under each."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(Manner.scale, Manner.scale)
        places, chosen = self.places(), set(self._window.canvas.selection)
        for place in places:
            self._layer(painter, place, place.block.id in chosen)
        facts = iter(facts for _block, facts in self._stacks)
        for place in places:
            if place.block.role == "hardware":
                told = stack_marks.patches(self.readings, place.block)
                self._facts(painter, place.box, [*next(facts), *told])
        painter.end()

    def _layer(self, painter: QPainter, place: Place, chosen: bool) -> None:
        look, block = self._window.look, place.block
        tint, ink = (look.colour(f"{TINTS[block.role]}.{part}") for part in ("tint", "ink"))
        paper = look.colour("card.paper") if block.role == "guest" else tint
        brush.panel(painter, place.box, 6, paper, look.colour("line.2"))
        if block.id is None or block.role == "space":
            self._dashes(painter, place.box, look.colour("line.3"))
        if chosen:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.box.adjusted(-1, -1, 1, 1), 7, 7)
        left, room = place.words.left() + 10, place.words.width() - 20
        y, role = place.words.top() + 14, _role_words(block.role)
        reading = self.readings.of(self._window.session.document, block.id or "")
        taken = 0.0 if reading.state is State.NONE else 48.0
        brush.text(painter, block.name, QPointF(left, y), "label", ink, room=room - taken)
        signs = stack_marks.paint(painter, self._window, self.readings, block, place.words)
        brush.text(painter, block.detail, QPointF(left, y + 15), "micro", look.colour("ink.2"), room=room - signs)
        if reading.state is not State.NONE:
            self._reading(painter, place, reading)
            return
        taken = max(brush.width_of(block.name, "label"), brush.width_of(block.detail, "micro"))
        if taken + brush.width_of(role, "micro") + 16 < room:
            at = QPointF(place.words.right() - 10, place.words.center().y())
            brush.text(painter, role, at, "micro", look.colour("ink.3"), align=brush.RIGHT)

    def _reading(self, painter: QPainter, place: Place, reading: Reading) -> None:
        """State and leading measure of a layer that runs, at the right of its words."""
        look, y = self._window.look, place.words.top() + 14
        words = units.show(round(reading.lead, 2), "1") if math.isfinite(reading.lead) else ""
        right = place.words.right() - 10
        brush.text(painter, words, QPointF(right, y), "micro", look.colour("ink.1"), align=brush.RIGHT)
        spot = QPointF(right - brush.width_of(words, "micro") - 9, y)
        brush.mark(painter, reading.state, spot, 8, look)

    def _dashes(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        pen = QPen(colour, 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)

    def _facts(self, painter: QPainter, box: QRectF, facts: list[tuple[str, str]]) -> None:
        look = self._window.look
        y = box.bottom() + 20
        room = max(box.width(), 2 * LEAF)
        for label, value in facts:
            brush.text(painter, label, QPointF(box.left(), y), "micro", look.colour("ink.2"), room=room - 80)
            at = QPointF(box.left() + min(room, 340), y)
            brush.text(painter, value, at, "label", look.colour("ink.1"), align=brush.RIGHT)
            y += FACT


def _role_words(role: str) -> str:
    return {
        "divider": _("in place of an OS"), "kernel": _("one kernel"), "engine": _("keeps user spaces apart"),
        "space": _("own user space"), "guest": _("a machine of its own"), "program": _("program"),
        "hardware": _("hardware"),
    }[role]  # fmt: skip
