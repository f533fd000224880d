"""Draws arrays as wells of squares, with what they hold and promise; px at font scale 100 %."""

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.formulas.storage import BLOCK
from sdx_studio.session import blocking, describing
from sdx_studio.ui.canvas import brush, overlay
from sdx_studio.ui.canvas.columns import COLOUR_OF, State
from sdx_studio.ui.canvas.sprites import tile, tile_sprite
from sdx_studio.ui.canvas.vectors import on_pixels
from sdx_studio.ui.theme import Theme
from sdx_studio.ui.views import blocks_squares as squares
from sdx_studio.ui.views.blocks_lists import Lists
from sdx_studio.ui.views.blocks_plan import CARD_FOOT, PAD, SIDE, STEP, Card, Plan, Section
from sdx_studio.ui.views.blocks_stock import Stock
from sdx_studio.ui.views.rack_readings import Readings, level
from sdx_studio.words import _

METER, METER_GAP = 150.0, 20.0
GHOSTS = 4


@dataclass
class Sight:
    """What is to be drawn; `phase` (0…1) says how far the squares that move have come."""

    document: Document
    look: Theme
    plan: Plan
    readings: Readings
    sheets: dict[str, squares.Sheet] = field(default_factory=dict)
    selection: frozenset[str] = field(default_factory=frozenset)
    hovered: str | None = None
    focus: str | None = None
    phase: float = 0.0


class BlocksPainter:
    """One page."""

    def __init__(self, painter: QPainter, sight: Sight, scale: float = 1.0) -> None:
        self.painter, self.sight = painter, sight
        self.look, self.document = sight.look, sight.document
        self.ratio = scale * painter.device().devicePixelRatioF()
        self.lists = Lists(painter, sight.look, sight.document, sight.readings)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, seen: QRectF) -> None:
        """Everything that touches the area `seen`."""
        for section in self.sight.plan.sections:
            if section.box.adjusted(-8, -8, 8, 8).intersects(seen):
                self._section(section, seen)
        if self.sight.plan.legend.intersects(seen):
            self.lists.legend(self.sight.plan.legend, self.sight.plan.width)
        self._rings()

    def _section(self, section: Section, seen: QRectF) -> None:
        self._head(section)
        for card in section.cards:
            if card.box.intersects(seen):
                self._card(section, card)
        self.lists.volumes(section)
        self.lists.pool(section)
        if section.stock.levelling:
            self._moving(section)

    def _words(self, words: str, x: float, y: float, token: str, key: str, room: float | None = None,
               align: Qt.AlignmentFlag = brush.LEFT) -> None:  # fmt: skip
        ink = self.look.colour(key)
        brush.text(self.painter, words, QPointF(x, y), token, ink, room=room, align=align)

    def _tile(self, id: str, box: QRectF) -> None:
        kind = self.document.kind_of(id)
        if on_pixels(self.painter):
            sprite = tile_sprite(kind, round(box.width()), self.look.name, self.ratio)
            self.painter.drawPixmap(box, sprite, QRectF())
        else:
            tile(self.painter, kind, box, self.look)

    # an array ----------------------------------------------------------------------------------------------------

    def _head(self, section: Section) -> None:
        """Tile, name, what a square is; at the right how full and how busy it is."""
        stock, box, pool = section.stock, section.head, section.stock.pool
        self._tile(pool.id, QRectF(box.left(), box.top() + 4, 28, 28))
        values = self.sight.readings
        busy, iops = values.value(pool.id, "storage.utilisation"), values.value(pool.id, "storage.iops")
        used = _("{used} of {size}", used=units.show(stock.used, "B"), size=units.show(pool.capacity, "B"))
        meters = [(_("Used"), used, stock.fill)]
        if busy == busy:
            meters.append((_("IOPS"), units.show(iops, ""), busy))
        right = box.right()
        for label, words, share in reversed(meters[: 1 if box.width() < 560 else 2]):
            self._meter(QRectF(right - METER, box.top() + 4, METER, 30), label, words, share)
            right -= METER + METER_GAP
        x, room = box.left() + 38, right - box.left() - 44
        self._words(self.document.element(pool.id).name, x, box.top() + 12, "title", "ink.1", room)
        self._words(square_words(self.document, stock), x, box.top() + 33, "micro", "ink.2", room)

    def _meter(self, box: QRectF, label: str, words: str, share: float) -> None:
        self._words(label, box.left(), box.top() + 6, "micro", "ink.2")
        self._words(words, box.right(), box.top() + 6, "label", "ink.1", align=brush.RIGHT,
                    room=box.width() - brush.width_of(label, "micro") - 8)  # fmt: skip
        track = QRectF(box.left(), box.top() + 17, box.width(), 6)
        brush.panel(self.painter, track, 3, self.look.colour("card.track"), self.look.colour("line.2"))
        if share == share and share > 0:
            wide = max(3.0, track.width() * min(1.0, share))
            key = COLOUR_OF[State.CRITICAL if share >= 0.95 else State.BUSY if share >= 0.8 else State.OK]
            brush.panel(self.painter, QRectF(track.left(), track.top(), wide, 6), 3, self.look.colour(key), None)

    # a device ----------------------------------------------------------------------------------------------------

    def _card(self, section: Section, card: Card) -> None:
        stock, box, look = section.stock, card.box, self.look
        device = stock.pool.devices[card.device]
        well = card.well.translated(-box.topLeft())
        inside = (well.x(), well.y(), well.width(), well.height())
        empty = squares.card_sprite(box.width(), box.height(), inside, look.name, self.ratio)
        self.painter.drawPixmap(box.topLeft() - QPointF(squares.EDGE, squares.EDGE), empty)
        self._tile(device.id, QRectF(box.left() + PAD, box.top() + 9, 26, 26))
        share = stock.now.raw[card.device] / (device.capacity or 1.0)
        percent = f"{share * 100:.0f}\u00a0%"
        right, y = box.right() - PAD - 2, box.top() + 22
        self._words(percent, right, y, "value", "ink.1", align=brush.RIGHT)
        gap = brush.width_of(percent, "value") + 11
        if self.sight.readings.running:
            state = level(self.document.kind_of(stock.pool.id), share)
            brush.mark(self.painter, state, QPointF(right - gap, y), 10, look)
        x, room = box.left() + PAD + 34, box.width() - 2 * PAD - 34 - gap - 12
        self._words(self.document.element(device.id).name, x, box.top() + 15, "name", "ink.1", room)
        self._words(describing.figures(self.document, device.id), x, box.top() + 31, "micro", "ink.2", room)
        self.grid(stock, card)
        self._foot(stock, card)

    def grid(self, stock: Stock, card: Card) -> None:
        """The squares of a device, with rings around some."""
        owners = stock.grid.owners[card.device]
        wanted = squares.codes(stock.pool, card.device, owners)
        sheet = self.sight.sheets.setdefault(stock.pool.devices[card.device].id, squares.Sheet())
        self.painter.drawPixmap(card.corner, sheet.pixels(card, wanted, self.look, self.ratio))
        for device, square in stock.fresh:
            if device == card.device and square < card.cells:
                self._ring_square(card.spot(square), self.look.colour("ink.1"), 1.6, Qt.PenStyle.SolidLine)
        for device, square, owner in stock.grid.coming:
            if device == card.device:
                self._ring_square(card.spot(square), squares.colour(owner, self.look), 1.6, Qt.PenStyle.DotLine)
        for place, volume in enumerate(stock.pool.volumes):
            if volume.id in self.sight.selection or volume.id == self.sight.hovered:
                chosen = volume.id in self.sight.selection
                self._outline(card, np.flatnonzero(owners == place), "accent" if chosen else "line.3")

    def _ring_square(self, at: QPointF, colour: QColor, width: float, style: Qt.PenStyle) -> None:
        self.painter.setPen(QPen(colour, width, style))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(QRectF(at.x() - 0.5, at.y() - 0.5, SIDE + 1, SIDE + 1), 2.5, 2.5)

    def _outline(self, card: Card, chosen: "np.ndarray[tuple[int], np.dtype[np.int64]]", key: str) -> None:
        """Runs of a volume's squares, row by row."""
        self.painter.setPen(QPen(self.look.colour(key), 1.5))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        if not chosen.size:
            return
        cuts = np.flatnonzero((np.diff(chosen) > 1) | (np.diff(chosen // card.columns) > 0)) + 1
        for run in np.split(chosen, cuts):
            at = card.spot(int(run[0]))
            wide = len(run) * STEP - (STEP - SIDE)
            self.painter.drawRoundedRect(QRectF(at.x() - 1.5, at.y() - 1.5, wide + 3, SIDE + 3), 3, 3)

    def _foot(self, stock: Stock, card: Card) -> None:
        device, y = stock.pool.devices[card.device], card.box.bottom() - CARD_FOOT / 2
        words = ""
        if stock.levelling:
            more = blocking.to_move(stock.pool, stock.now)[card.device]
            shown = units.show(abs(more), "B")
            words = _("{bytes} to move away", bytes=shown) if more > 0 else _("receives {bytes}", bytes=shown)
        else:
            held = _("{used} of {size}", used=units.show(stock.now.raw[card.device], "B"),
                     size=units.show(device.capacity, "B"))  # fmt: skip
            iops = self.sight.readings.value(device.id, "storage.iops")
            words = held if iops != iops else f"{held} · {units.show(iops, '')} IOPS"
        self._words(words, card.box.left() + PAD + 2, y - 1, "micro", "ink.2", card.box.width() - 2 * PAD - 4)

    # what moves --------------------------------------------------------------------------------------------------

    def _moving(self, section: Section) -> None:
        """Squares on an arc from the device that has too much to the one that has too little."""
        stock = section.stock
        more = blocking.to_move(stock.pool, stock.now)
        if len(more) < 2 or max(more) <= 0:
            return
        source, target = int(np.argmax(more)), int(np.argmin(more))
        ends = [self._end(section, source, -1), self._end(section, target, 0)]
        top = QPointF((ends[0].x() + ends[1].x()) / 2, min(ends[0].y(), ends[1].y()) - 70)
        path = [_on_arc(ends[0], top, ends[1], step / 24) for step in range(25)]
        for width, key, style in ((7.0, "card.paper", Qt.PenStyle.SolidLine), (1.6, "ink.1", Qt.PenStyle.DashLine)):
            self.painter.setPen(QPen(self.look.colour(key), width, style))
            self.painter.drawPolyline(path)
        owners = stock.grid.owners[source]
        held = owners[owners != blocking.FREE]
        for ghost in range(GHOSTS):
            at = _on_arc(ends[0], top, ends[1], (ghost + self.sight.phase) / GHOSTS)
            box = QRectF(at.x() - 7.5, at.y() - 7.5, 15, 15)
            brush.panel(self.painter, box.adjusted(-2, -2, 2, 2), 4, self.look.colour("card.paper"), None)
            squares.fill(self.painter, box, int(held[-1]) if held.size else 0, self.look, 3)
        for end in ends:
            self._ring_square(end - QPointF(SIDE / 2, SIDE / 2), self.look.colour("ink.1"), 1.6, Qt.PenStyle.DotLine)
        words = _("levelling")
        if stock.pace == stock.pace:
            words = _("levelling {rate}", rate=units.show(stock.pace, "B/s"))
        brush.chip(self.painter, words, QPointF(top.x(), (top.y() + min(ends[0].y(), ends[1].y())) / 2 - 20), self.look)

    def _end(self, section: Section, device: int, offset: int) -> QPointF:
        """Middle of the last square that holds something (−1), or of the first that is free (0)."""
        owners = section.stock.grid.owners[device]
        square = int((owners != blocking.FREE).sum()) + offset
        card = section.cards[device]
        return card.spot(min(max(0, square), card.cells - 1)) + QPointF(SIDE / 2, SIDE / 2)

    def _rings(self) -> None:
        boxes = self.sight.plan.boxes()
        for id in self.sight.selection:
            if id in boxes:
                self.painter.setPen(QPen(self.look.colour("accent"), 2))
                self.painter.setBrush(Qt.BrushStyle.NoBrush)
                self.painter.drawRoundedRect(boxes[id].adjusted(-3, -1, 3, 1), 9, 9)
        if self.sight.focus in boxes:
            overlay.focus(self.painter, boxes[str(self.sight.focus)].adjusted(4, 5, -4, -5), self.look)


def square_words(document: Document, stock: Stock) -> str:
    """Protection, number of devices, and what a square stands for."""
    size = stock.pool.square
    said = [describing.figures(document, stock.pool.id), _("{count} disks", count=len(stock.pool.devices))]
    blocks = units.show(size / BLOCK, "")
    said.append(_("one square = {size} = {blocks} blocks of 4 KiB", size=units.show(size, "B"), blocks=blocks))
    return " · ".join(part for part in said if part)


def _on_arc(start: QPointF, top: QPointF, end: QPointF, share: float) -> QPointF:
    """A point of the curve from `start` to `end` that is pulled towards `top`."""
    rest = 1.0 - share
    return start * (rest * rest) + top * (2 * rest * share) + end * (share * share)
