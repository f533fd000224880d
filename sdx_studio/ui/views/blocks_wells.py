"""The page with the wells of squares: painted, clicked, walked over with the keys, moved on while blocks move."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.ui.theme import Manner
from sdx_studio.ui.views.blocks_painting import BlocksPainter, Sight
from sdx_studio.ui.views.blocks_plan import Plan, plan
from sdx_studio.ui.views.blocks_squares import Sheet
from sdx_studio.ui.views.blocks_stock import FRESH, Stock, stocks
from sdx_studio.ui.views.blocks_telling import told
from sdx_studio.ui.views.rack_surface import Surface
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

BETWEEN_MS = 167
"""Between two pictures: six a second."""
GHOST_MS, GHOST_SECONDS = 40, 1.6
"""Between two pictures while squares fly, and how long one flies from place to place."""


class Wells(Surface):
    """Follows a run at most six times a second; only squares that fly are painted more often."""

    title = mark("Storage blocks")

    def __init__(self, owner: "Window") -> None:
        super().__init__(owner)
        self.setObjectName("wells")
        self.stocks: list[Stock] = []
        self.plan = Plan()
        self.clock = time.monotonic
        self._sheets: dict[str, Sheet] = {}
        self._drawn = -1.0
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.update)
        self._flight = QTimer(self, interval=GHOST_MS)
        self._flight.timeout.connect(self.update)
        self._fade = QTimer(self, singleShot=True, interval=round(FRESH * 1000) + 50)
        self._fade.timeout.connect(self._faded)

    # following ---------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Take the drawing anew."""
        self.stocks = stocks(self.document)
        self._sheets = {}

    def lay_out(self, room: QSize) -> None:
        """Place everything anew for a window of this size."""
        self.plan = plan(self.stocks, room.width() / Manner.scale) if self.stocks else Plan()
        if self.focus is not None and self.box(self.focus).isEmpty():
            self.focus = None
        self.grow(self.plan.width, self.plan.height)
        self.tell()
        self.update()

    def follow(self, layout: Layout, snapshot: Snapshot) -> None:
        """A newer picture of the running model."""
        self.readings.take(layout, snapshot)
        events = self.owner.live.events
        for stock in self.stocks:
            stock.follow(self.readings, events, self.clock)
        if any(stock.fresh for stock in self.stocks):
            self._fade.start()
        moving = any(stock.levelling for stock in self.stocks) and self.owner.live.playing and not Manner.still
        if moving != self._flight.isActive():
            self._flight.start() if moving else self._flight.stop()
        self.tell()
        self._refresh()

    def rest(self) -> None:
        """Nothing runs any more."""
        self.readings.forget()
        self._flight.stop()
        for stock in self.stocks:
            stock.rest()
        self.tell()
        self.update()

    def hold(self) -> None:
        """Nobody looks: no more pictures."""
        self._flight.stop()

    def _refresh(self) -> None:
        """Paint now, or when the last picture is old enough."""
        wait = BETWEEN_MS - round((self.clock() - self._drawn) * 1000)
        if wait <= 0:
            self.update()
        elif not self._later.isActive():
            self._later.start(wait)

    def _faded(self) -> None:
        for stock in self.stocks:
            stock.fresh.clear()
        self.update()

    # painting ----------------------------------------------------------------------------------------------------

    @property
    def sight(self) -> Sight:
        """What is seen."""
        keys = self.focus if self.hasFocus() else None
        chosen = frozenset(self.owner.canvas.selection)
        phase = self.clock() / GHOST_SECONDS % 1.0 if self._flight.isActive() else 0.0
        return Sight(self.document, self.owner.look, self.plan, self.readings, self._sheets, chosen, self.hovered, keys,
                     phase)  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        self._drawn = self.clock()
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.owner.look.colour("surface.canvas"))
        if not self.stocks:
            self.nothing(painter, _("No array in this project: connect one to the hosts, give it disks and volumes."))
            return
        painter.scale(Manner.scale, Manner.scale)
        BlocksPainter(painter, self.sight, Manner.scale).paint(self.area(QRectF(event.rect())))

    # what is where -----------------------------------------------------------------------------------------------

    def thing_at(self, spot: QPointF) -> str | None:
        """The volume, device, replication or array at a spot."""
        return self.plan.at(spot)

    def box(self, id: str) -> QRectF:
        """Where it is."""
        return self.plan.boxes().get(id, QRectF())

    def told(self, id: str) -> list[str]:
        """Lines about it."""
        return told(self.document, self.plan, self.readings, id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from array to device to volume."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        stops = list(self.plan.boxes())
        if by is None or not stops:
            super().keyPressEvent(event)
        elif self.focus not in stops:
            self.walk_to(stops[0])
        else:
            self.walk_to(stops[min(max(0, stops.index(self.focus) + by), len(stops) - 1)])
