"""Draws one machine as it stands in a rack; px at font scale 100 %."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.session import describing, racking
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import COLOUR_OF, State
from sdx_studio.ui.canvas.far import number
from sdx_studio.ui.canvas.sprites import tile, tile_sprite
from sdx_studio.ui.canvas.vectors import on_pixels
from sdx_studio.ui.theme import Theme
from sdx_studio.ui.views.rack_plan import PAD, PATCH, Berth, Frame
from sdx_studio.ui.views.rack_readings import Reading, Readings

LINES = 40.0
"""Height from which a machine has two lines."""
BAR_FROM, LOW_LINE = 24.0, 15.0
"""Heights from which a machine has a bar, and words of the usual size."""
TILE_FROM, WATTS_FROM = 132.0, 180.0
"""Widths from which a machine shows its tile, and its power beside the number."""


class MachinePainter:
    """As much of a machine as there is room for."""

    def __init__(
        self, painter: QPainter, document: Document, look: Theme, readings: Readings, scale: float = 1.0
    ) -> None:
        self.painter, self.document, self.look, self.readings = painter, document, look, readings
        self.ratio = scale * painter.device().devicePixelRatioF()

    def _words(self, words: str, x: float, y: float, token: str, key: str, room: float | None = None,
               align: Qt.AlignmentFlag = brush.LEFT) -> None:  # fmt: skip
        ink = self.look.colour(key)
        brush.text(self.painter, words, QPointF(x, y), token, ink, room=room, align=align)

    def paint(self, berth: Berth, box: QRectF | None = None) -> None:
        """One machine where it stands, or in another box while it is dragged."""
        inside = QRectF(box or berth.box).adjusted(2, 1, -2, -1)
        reading = self.readings.of(self.document, berth.id)
        down = reading.state in (State.OFF, State.FAILED)
        paper = self.look.colour("card.well" if down else "card.paper")
        brush.panel(self.painter, inside, min(6.0, inside.height() / 4), paper, self.look.colour("line.2"))
        self._edge(inside, reading.state)
        self._face(berth.id, inside, reading)

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
        two, low = box.height() >= LINES, box.height() >= BAR_FROM
        middle = box.top() + 12 if two else box.top() + 8.5 if low else box.center().y()
        left = self._tile(id, box, box.top() + 15 if two else box.center().y())
        token = "guest" if box.height() >= LOW_LINE else "label"
        right = self._sign(box.right() - 6, middle, reading, token)
        watts = units.show(reading.watts, "W") if reading.watts == reading.watts else ""
        if not low and watts and box.width() >= WATTS_FROM:
            self._words(watts, right - 6, middle, "micro", "ink.2", align=brush.RIGHT)
            right -= brush.width_of(watts, "micro") + 12
        self._words(self.document.element(id).name, left, middle, token, "ink.1", right - left - 5)
        if low:
            second = middle + 15 if two else box.bottom() - 6.5
            self._words(watts, box.right() - 6, second, "micro", "ink.2", align=brush.RIGHT)
            end = box.right() - 6 - (brush.width_of(watts, "micro") + 8 if watts else 0.0)
            if two:
                self._words(describing.sizes(self.document, id), left, second, "micro", "ink.2", end - left)
                end, second = box.right() - 6, box.bottom() - 5.5
            self._load(QRectF(left, second - 2, end - left, 4), reading)

    def _load(self, track: QRectF, reading: Reading) -> None:
        """The leading measure as a bar, of what works."""
        if reading.lead == reading.lead and reading.state not in (State.OFF, State.FAILED) and track.width() >= 16:
            key = COLOUR_OF[reading.state if reading.state != State.NONE else State.OK]
            bar(self.painter, self.look, track, reading.lead, key)

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

    def patch(self, berth: Berth, frame: Frame | None) -> None:
        """The switches to which a machine's cables go, beside it."""
        if frame is None or berth.slot is None or frame.box.right() - frame.opening.right() < PATCH:
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


def bar(painter: QPainter, look: Theme, track: QRectF, share: float, key: str) -> None:
    """A track and how much of it is filled."""
    radius = track.height() / 2
    brush.panel(painter, track, radius, look.colour("card.track"), look.colour("line.2"))
    wide = track.width() * min(1.0, share)
    if share > 0:
        fill = QRectF(track.left(), track.top(), max(wide, min(3.0, track.width())), track.height())
        brush.panel(painter, fill, radius, look.colour(key), None)
