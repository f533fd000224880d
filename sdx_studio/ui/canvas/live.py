"""Cards from close up, the part that moves: shape and number, bars, borders that call for action. In canvas px."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio.ui.canvas import brush, extras, readouts, stacks
from sdx_studio.ui.canvas.bars import meter_boxes, sign_spot
from sdx_studio.ui.canvas.columns import COLOUR_OF, SHAPES, State
from sdx_studio.ui.canvas.far import number
from sdx_studio.ui.canvas.scene import Scene

_RADIUS = {"guest": 6.0, "chip": 5.0, "block": 6.0, "slot": 3.0}


class LivePainter:
    """Paints what changes from snapshot to snapshot for one row after another."""

    def __init__(self, painter: QPainter, scene: Scene, scale: float = 1.0) -> None:
        self.painter = painter
        self.scene = scene
        self.look = scene.look
        self.scale = scale

    def paint(self, row: int) -> None:
        """Draw the moving part of one element."""
        columns = self.scene.columns
        shape, state = SHAPES[columns.shape[row]], State(int(columns.state[row]))
        if state == State.NONE or shape in ("ground", "cabinet", "layer"):
            return
        box = columns.box(row)
        if state in (State.OFF, State.FAILED):
            self._down(box, shape, state)
        self._edge(box, shape, state)
        self._fills(row, shape, box, state)
        self._number(row, shape, box, state)
        if state not in (State.OFF, State.FAILED):
            extras.paint(self.painter, self.scene, row, shape, self.scale)

    def _down(self, box: QRectF, shape: str, state: State) -> None:
        """Sunken and pale: what stands in it is not there just now."""
        veil = self.look.colour("card.well", 0.72 if state == State.OFF else 0.55)
        brush.panel(self.painter, box, _RADIUS.get(shape, 8.0), veil, None)

    def _edge(self, box: QRectF, shape: str, state: State) -> None:
        widths = {State.CRITICAL: 2.0, State.FAILED: 2.0, State.MOVING: 1.5, State.OFF: 1.0}
        if state not in widths or shape == "slot":
            return
        width = widths[state]
        key = COLOUR_OF[state] if state != State.OFF else "line.3"
        pen = QPen(self.look.colour(key), width)
        if state != State.CRITICAL:
            pen.setDashPattern([4 / width, 3 / width])
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        radius = _RADIUS.get(shape, 8.0)
        self.painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)

    def _fills(self, row: int, shape: str, box: QRectF, state: State) -> None:
        if state in (State.OFF, State.FAILED):
            return
        columns = self.scene.columns
        meters = columns.kind[row].meters
        if shape == "slot":
            self._upright(row, box)
            return
        for index, track in enumerate(meter_boxes(shape, max(len(meters), 1), box)[: len(meters)]):
            if state == State.MOVING and shape == "guest":
                break
            value = columns.meters[row, index]
            if value != value:
                continue
            pressed = self._pressed(row, shape, meters[index].measure)
            if pressed is not None:
                extras.memory_bar(self.painter, self.scene, track, value, pressed)
            else:
                self._fill(track, value, level(value) if meters[index].alarming else State.OK)
            if shape in ("machine", "array"):
                words = f"{value * 100:.0f}\u00a0%"
                at = QPointF(track.right(), track.top() - 8)
                self._words(words, at, "label")

    def _pressed(self, row: int, shape: str, measure: str) -> readouts.Pressure | None:
        """How short of memory a machine is, for its memory's bar."""
        if shape != "machine" or measure != "memory.utilisation":
            return None
        return readouts.pressure(self.scene, self.scene.columns.ids[row])

    def _fill(self, track: QRectF, value: float, state: State) -> None:
        shown = min(1.0, max(0.0, value))
        bar = QRectF(track.left(), track.top(), max(track.width() * shown, min(3.0, track.width())), track.height())
        colour = self.look.colour(COLOUR_OF[state])
        brush.panel(self.painter, bar, track.height() / 2, colour, None)

    def _upright(self, row: int, box: QRectF) -> None:
        value = self.scene.columns.meters[row, 0]
        if value == value and self._blocks(row):
            stacks.edge(self.painter, self.scene, row, level(value))
        elif value == value:
            inner = box.adjusted(2, 2, -2, -2)
            high = inner.height() * min(1.0, max(0.0, value))
            bar = QRectF(inner.left(), inner.bottom() - high, inner.width(), high)
            brush.panel(self.painter, bar, 2, self.look.colour(COLOUR_OF[level(value)]), None)

    def _blocks(self, row: int) -> bool:
        """Whether a disk's array shows the blocks in its wells."""
        parent = int(self.scene.columns.parent[row])
        pool = stacks.pools(self.scene).get(self.scene.columns.ids[parent]) if parent >= 0 else None
        return pool is not None and bool(pool.volumes)

    def _words(self, words: str, at: QPointF, token: str) -> None:
        brush.text(self.painter, words, at, token, self.look.colour("ink.1"), align=brush.RIGHT, scale=self.scale)

    def _number(self, row: int, shape: str, box: QRectF, state: State) -> None:
        """Shape and number at the place that every card keeps for them."""
        lead = self.scene.columns.lead[row]
        spot = sign_spot(shape, box)
        if shape == "chip":
            brush.mark(self.painter, state, QPointF(box.left() + 11, box.center().y()), 8, self.look)
        if spot is None:
            return
        words = number(lead, state)
        x, y, from_right = spot
        if not from_right:
            brush.mark(self.painter, state, QPointF(x, y), 9, self.look)
            ways, room = readouts.words(self.scene, row), box.right() - x - 14
            said = next((one for one in ways if brush.width_of(one, "label", self.scale) <= room), words)
            said, token = (said, "label") if ways else (words, "body")
            ink = self.look.colour("ink.1")
            brush.text(self.painter, said, QPointF(x + 9, y), token, ink, scale=self.scale)
            return
        token, size = ("guest", 9.0) if shape == "guest" else ("value", 11.0)
        self._words(words, QPointF(x, y), token)
        gap = brush.width_of(words, token, self.scale) + 5 if words else 0
        brush.mark(self.painter, state, QPointF(x - gap - size / 2, y), size * self.scale, self.look)


def level(value: float) -> State:
    """State colour of a bar by its own value."""
    return State.CRITICAL if value >= 0.95 else State.BUSY if value >= 0.8 else State.IDLE if value < 0.03 else State.OK
