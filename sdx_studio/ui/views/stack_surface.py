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

LEAF, STRIP, TITLE, GAP, PAD = 116.0, 40.0, 40.0, 6.0, 8.0
BESIDE, FACT = 36.0, 20.0
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


def wide(block: Block) -> float:
    """Px that a layer needs with everything on it."""
    inner = sum(wide(one) for one in _columns(block)) + GAP * max(0, len(_columns(block)) - 1)
    return max(LEAF, inner + (2 * PAD if block.role == "guest" else 0.0))


def high(block: Block) -> float:
    """Px from the foot of a layer to the top of what lies on it."""
    above = max((high(one) for one in block.inside), default=0.0)
    if block.role == "guest":
        return TITLE + above + PAD
    return STRIP + (GAP + above if above else 0.0)


def _columns(block: Block) -> tuple[Block, ...]:
    """What stands beside each other on a layer; in a guest the OS lies under its programs."""
    return block.inside


def lay_out(block: Block, left: float, foot: float, width: float) -> list[Place]:
    """Places of a layer and everything on it; it is `width` px wide and ends at `foot`."""
    if block.role == "guest":
        box = QRectF(left, foot - high(block), width, high(block))
        found = [Place(block, box, QRectF(left, box.top(), width, TITLE))]
        left, width, foot = left + PAD, width - 2 * PAD, foot - PAD
    else:
        box = QRectF(left, foot - STRIP, width, STRIP)
        found = [Place(block, box, box)]
        foot -= STRIP + GAP
    columns = _columns(block)
    if not columns:
        return found
    spare = width - sum(wide(one) for one in columns) - GAP * (len(columns) - 1)
    for one in columns:
        own = wide(one) + spare / len(columns)
        found += lay_out(one, left, foot, own)
        left += own + GAP
    return found


class StackSurface(QWidget):
    """Painted as one; the facts of each machine stand under its stack."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self._window = window
        self._stacks: list[tuple[Block, list[tuple[str, str]]]] = []
        self.readings = Readings()
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
        width = sum(wide(block) for block, _facts in self._stacks) + BESIDE * max(0, len(self._stacks) - 1)
        facts = max((len(facts) for _block, facts in self._stacks), default=0)
        height = max((high(block) for block, _facts in self._stacks), default=0.0) + 24 + (facts + 1) * FACT
        self.setMinimumSize(px(width + 2), px(height + 8))
        self.update()

    def places(self) -> list[Place]:
        """All layers with their places, in px at font scale 100 %."""
        found, left = [], 1.0
        foot = 4 + max((high(block) for block, _facts in self._stacks), default=0.0)
        spare = self.width() / Manner.scale - 2 - BESIDE * max(0, len(self._stacks) - 1)
        spare -= sum(wide(block) for block, _facts in self._stacks)
        for block, _facts in self._stacks:
            own = wide(block) + max(0.0, min(spare / len(self._stacks), wide(block)))
            found += lay_out(block, left, foot, own)
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
        room -= 48 if self.readings.running else 0
        y, role = place.words.top() + 14, _role_words(block.role)
        brush.text(painter, block.name, QPointF(left, y), "label", ink, room=room)
        brush.text(painter, block.detail, QPointF(left, y + 15), "micro", look.colour("ink.2"), room=room)
        stack_marks.paint(painter, self._window, self.readings, block, place.words)
        reading = self.readings.of(self._window.session.document, block.id or "")
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
