"""Draws racks with what stands in them; px at font scale 100 %."""

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.session import describing, racking
from sdx_studio.ui.canvas import brush, overlay
from sdx_studio.ui.canvas.columns import COLOUR_OF, State
from sdx_studio.ui.canvas.far import number
from sdx_studio.ui.canvas.sprites import tile, tile_sprite
from sdx_studio.ui.canvas.vectors import draw_rects, on_pixels
from sdx_studio.ui.theme import Theme
from sdx_studio.ui.views.rack_plan import GUTTER, PAD, PATCH, Berth, Frame, Hall, Plan
from sdx_studio.ui.views.rack_readings import Reading, Readings
from sdx_studio.words import _

EVERY = 5
"""Units between numbers where there is no room for all."""
LINES = 34.0
"""Height from which a machine has two lines."""
BAR_FROM, LOW_LINE = 21.0, 15.0
"""Heights from which a machine has a bar, and words of the usual size."""
TILE_FROM, WATTS_FROM = 132.0, 180.0
"""Widths from which a machine shows its tile, and its power beside the number."""


@dataclass
class Sight:
    """What is to be drawn: the plan of the page, the readings, and what is selected, under the pointer, at the keys."""

    document: Document
    look: Theme
    plan: Plan
    readings: Readings
    selection: frozenset[str] = field(default_factory=frozenset)
    hovered: str | None = None
    focus: str | None = None


class RackPainter:
    """One page."""

    def __init__(self, painter: QPainter, sight: Sight, scale: float = 1.0) -> None:
        self.painter, self.sight = painter, sight
        self.look, self.document = sight.look, sight.document
        self.ratio = scale * painter.device().devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, seen: QRectF) -> None:
        """Everything that touches the area `seen`."""
        plan = self.sight.plan
        for hall in plan.halls:
            if hall.box.intersects(seen):
                self._hall(hall)
        for frame in plan.frames.values():
            if frame.box.intersects(seen):
                self._frame(frame)
        for berth in plan.berths.values():
            if berth.box.intersects(seen.adjusted(-PATCH, 0, PATCH, 0)):
                self.machine(berth)
        self._rings()

    def _words(self, words: str, x: float, y: float, token: str, key: str, room: float | None = None,
               align: Qt.AlignmentFlag = brush.LEFT) -> None:  # fmt: skip
        ink = self.look.colour(key)
        brush.text(self.painter, words, QPointF(x, y), token, ink, room=room, align=align)

    # grounds -----------------------------------------------------------------------------------------------------

    def _hall(self, hall: Hall) -> None:
        room, box = hall.room, hall.box
        brush.panel(self.painter, box, 12, self.look.colour("ground.site"), self.look.colour("line.2"))
        name = _("No site") if room.site is None else self.document.element(room.site).name
        said = []
        if room.racks:
            taken, total = sum(rack.used for rack in room.racks), sum(rack.units for rack in room.racks)
            said.append(_("{used} of {total} U", used=taken, total=total))
        watts = self.sight.readings.value(room.site or "", "power")
        if watts == watts:
            said.append(units.show(watts, "W"))
        x, y, room_for = box.left() + 14, box.top() + 16, box.width() - 28
        self._words(name, x, y, "name", "ink.1", room_for)
        wide = brush.width_of(name, "name") + 10
        self._words(" · ".join(said), x + wide, y, "micro", "ink.2", max(0.0, room_for - wide))
        if hall.loose is not None:
            words = _("Not in a rack") + f" · {len(room.loose)}"
            self._words(words, hall.loose.left() + 2, hall.loose.top() + 10, "label", "ink.2", hall.loose.width())

    def _frame(self, frame: Frame) -> None:
        box, rack, look = frame.box, frame.rack, self.look
        brush.panel(self.painter, box, 10, look.colour("ground.rack"), look.colour("line.2"))
        watts = self.sight.readings.value(rack.id, "power")
        power = units.show(watts, "W") if watts == watts else ""
        taken = _("{used} of {total} U", used=rack.used, total=rack.units)
        left, right = box.left() + 10, box.right() - 10
        gap = brush.width_of(power, "guest") + 8
        self._words(self.document.element(rack.id).name, left, box.top() + 15, "name", "ink.1", right - left - gap)
        self._words(power, right, box.top() + 15, "guest", "ink.1", align=brush.RIGHT)
        wide = brush.width_of(taken, "micro") + 10
        self._words(taken, left, box.top() + 34, "micro", "ink.2", right - left)
        if right - left - wide >= 24:
            track = QRectF(left + wide, box.top() + 31, right - left - wide, 6)
            self._bar(track, rack.used / max(1, rack.units), "line.3")
        self._opening(frame)

    def _bar(self, track: QRectF, share: float, key: str) -> None:
        radius = track.height() / 2
        brush.panel(self.painter, track, radius, self.look.colour("card.track"), self.look.colour("line.2"))
        wide = track.width() * min(1.0, share)
        if share > 0:
            fill = QRectF(track.left(), track.top(), max(wide, min(3.0, track.width())), track.height())
            brush.panel(self.painter, fill, radius, self.look.colour(key), None)

    def _opening(self, frame: Frame) -> None:
        """Numbers at the rail, and a faint slot for every unit."""
        opening, painter = frame.opening, self.painter
        brush.panel(painter, opening.adjusted(-1, -1, 1, 1), 3, self.look.colour("card.well"),
                    self.look.colour("line.2"))  # fmt: skip
        total = frame.rack.units
        tops = opening.top() + np.arange(total) * frame.unit
        free = [frame.rack.over(total - place, 1) is None for place in range(total)]
        slots = np.array([(opening.left() + 3.5, top + 1.5, opening.width() - 7, frame.unit - 3) for top in tops[free]])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(self.look.colour("line.1"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_rects(painter, slots.reshape(-1, 4))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = 1 if frame.unit >= 12.5 else EVERY
        x = opening.left() - 5
        for unit in range(total, 0, -1):
            if unit % step == 0 or unit in (1, total):
                y = opening.top() + (total - unit + 0.5) * frame.unit
                self._words(str(unit), x, y, "micro", "ink.3", GUTTER, brush.RIGHT)

    # machines ----------------------------------------------------------------------------------------------------

    def machine(self, berth: Berth, box: QRectF | None = None) -> None:
        """One machine where it stands, or in another box while it is dragged."""
        inside = QRectF(box or berth.box).adjusted(2, 1, -2, -1)
        reading = self.sight.readings.of(self.document, berth.id)
        down = reading.state in (State.OFF, State.FAILED)
        paper = self.look.colour("card.well" if down else "card.paper")
        brush.panel(self.painter, inside, min(6.0, inside.height() / 4), paper, self.look.colour("line.2"))
        self._edge(inside, reading.state)
        self._face(berth.id, inside, reading)
        if box is None and berth.slot is not None:
            self._patch(berth)

    def _edge(self, box: QRectF, state: State) -> None:
        """Only what calls for action changes the border."""
        widths = {State.CRITICAL: 2.0, State.FAILED: 2.0, State.OFF: 1.0, State.MAINTENANCE: 1.5}
        if state not in widths:
            return
        pen = QPen(self.look.colour(COLOUR_OF[state]), widths[state])
        if state != State.CRITICAL:
            pen.setDashPattern([4 / widths[state], 3 / widths[state]])
        half = widths[state] / 2
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = min(6.0, box.height() / 4)
        self.painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)

    def _face(self, id: str, box: QRectF, reading: Reading) -> None:
        """Tile, name, state and number, power, bar: as much as there is room for."""
        two = box.height() >= LINES
        middle = box.top() + 12 if two else box.center().y() - (2.5 if box.height() >= BAR_FROM else 0)
        left = self._tile(id, box, middle if not two else box.top() + 15)
        token = "guest" if box.height() >= LOW_LINE else "label"
        right = self._sign(box.right() - 6, middle, reading, token)
        watts = units.show(reading.watts, "W") if reading.watts == reading.watts else ""
        if not two and watts and box.width() >= WATTS_FROM:
            self._words(watts, right - 6, middle, "micro", "ink.2", align=brush.RIGHT)
            right -= brush.width_of(watts, "micro") + 12
        self._words(self.document.element(id).name, left, middle, token, "ink.1", right - left - 5)
        if two:
            wide = brush.width_of(watts, "micro") + 8 if watts else 0.0
            self._words(watts, box.right() - 6, middle + 15, "micro", "ink.2", align=brush.RIGHT)
            self._words(describing.sizes(self.document, id), left, middle + 15, "micro", "ink.2",
                        box.right() - 6 - left - wide)  # fmt: skip
        if box.height() >= BAR_FROM and reading.lead == reading.lead and reading.state not in (State.OFF, State.FAILED):
            low = box.bottom() - (7.5 if box.height() >= LINES + 5 else 6)
            key = COLOUR_OF[reading.state if reading.state != State.NONE else State.OK]
            self._bar(QRectF(left, low, box.right() - 6 - left, 4), reading.lead, key)

    def _tile(self, id: str, box: QRectF, middle: float) -> float:
        """The kind's icon; returns where the words begin."""
        size = min(22.0, box.height() - 3)
        if size < 9 or box.width() < TILE_FROM:
            return box.left() + 7
        kind = self.document.kind_of(id)
        at = QRectF(box.left() + 4, min(max(middle - size / 2, box.top() + 1.5), box.bottom() - size - 1.5), size, size)
        if on_pixels(self.painter):
            self.painter.drawPixmap(at, tile_sprite(kind, round(size), self.look.name, self.ratio), QRectF())
        else:
            tile(self.painter, kind, at, self.look)
        return at.right() + 6

    def _sign(self, right: float, middle: float, reading: Reading, token: str) -> float:
        """Shape and number of the state at the right; returns where they begin."""
        if reading.state == State.NONE:
            return right
        words = number(reading.lead, reading.state)
        self._words(words, right, middle, token, "ink.1", align=brush.RIGHT)
        gap = brush.width_of(words, token) + 4 if words else 0.0
        brush.mark(self.painter, reading.state, QPointF(right - gap - 4.5, middle), 9, self.look)
        return right - gap - 10

    def _patch(self, berth: Berth) -> None:
        """The switches to which a machine's cables go, beside it."""
        frame = self.sight.plan.frames.get(berth.rack or "")
        if frame is None or frame.box.right() - frame.opening.right() < PATCH:
            return
        into = racking.patched(self.document, berth.id)
        if not into:
            return
        y, x = berth.box.center().y(), frame.opening.right()
        self.painter.setPen(QPen(self.look.colour("line.link"), 1.5))
        self.painter.setBrush(self.look.colour("card.paper"))
        self.painter.drawLine(QPointF(x + 1, y), QPointF(x + 6, y))
        self.painter.drawEllipse(QPointF(x + 8.5, y), 2.5, 2.5)
        more = f" +{len(into) - 1}" if len(into) > 1 else ""
        room = PATCH - 14 + PAD - 4 - brush.width_of(more, "micro")
        name = brush.fitted(self.document.element(into[0]).name, "micro", 1.0, room)
        self._words(name + more, x + 14, y, "micro", "ink.2")

    # rings -------------------------------------------------------------------------------------------------------

    def _rings(self) -> None:
        sight = self.sight
        if sight.hovered in sight.plan.berths and sight.hovered not in sight.selection:
            self._ring(sight.plan.box(str(sight.hovered)), "line.3", 1.5)
        for id in sight.selection:
            box = sight.plan.box(id)
            if not box.isEmpty():
                self._ring(box.adjusted(-1, -1, 1, 1), "accent", 2.0)
        if sight.focus is not None and not sight.plan.box(sight.focus).isEmpty():
            overlay.focus(self.painter, sight.plan.box(sight.focus).adjusted(5, 5, -5, -5), self.look)

    def _ring(self, box: QRectF, key: str, width: float) -> None:
        self.painter.setPen(QPen(self.look.colour(key), width))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(box, 7, 7)
