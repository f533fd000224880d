"""The laser pointer: a dot with a fading trail, for who explains. It selects nothing and changes nothing."""

import time
from collections import deque
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPen

from sdx_studio.ui import theme
from sdx_studio.ui.canvas.frames import FRAME_MS
from sdx_studio.ui.canvas.tools.tool import Tool

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

LASTS = 1.2
"""Seconds until a spot of the trail has faded."""
DOT = 7.0
WIDE = 6.0
MOST_SPOTS = 400


class LaserTool(Tool):
    """Follows the pointer, pressed or not; stays in the hand until Esc. `clock` gives seconds; tests turn their own."""

    id = "tool.laser"
    cursor = Qt.CursorShape.BlankCursor

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self.clock: Callable[[], float] = time.monotonic
        self.point: QPointF | None = None
        self.trail: deque[tuple[float, QPointF]] = deque(maxlen=MOST_SPOTS)
        self._timer = QTimer(canvas, interval=FRAME_MS)
        self._timer.timeout.connect(self._fade)

    def press(self, event: QMouseEvent) -> None:
        """Points there."""
        self.move(event)

    def move(self, event: QMouseEvent) -> None:
        """The dot follows, and leaves its trail unless motion is reduced."""
        self.point = event.position()
        if theme.motion("base") > 0:
            self.trail.append((self.clock(), event.position()))
            if not self._timer.isActive():
                self._timer.start()
        self.canvas.update()

    def _fade(self) -> None:
        """What is older than LASTS is gone."""
        now = self.clock()
        while self.trail and now - self.trail[0][0] >= LASTS:
            self.trail.popleft()
        if not self.trail:
            self._timer.stop()
        self.canvas.update()

    def paint(self, painter: QPainter) -> None:
        """The trail, thinner and paler the older it is, and the dot with a light rim."""
        look, now = self.canvas.scene.look, self.clock()
        spots = list(self.trail)
        for (_old, start), (at, end) in pairwise(spots):
            left = max(0.0, 1.0 - (now - at) / LASTS)
            pen = QPen(look.colour("accent", 0.7 * left), max(1.0, WIDE * left))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(start, end)
        if self.point is not None:
            painter.setPen(QPen(look.colour("card.paper"), 2))
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(self.point, DOT, DOT)

    def cancel(self) -> None:
        """No dot, no trail."""
        self._timer.stop()
        self.trail.clear()
        self.point = None
