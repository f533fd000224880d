"""Where arrays, their devices and volumes lie in the blocks view; px at font scale 100 %."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from PySide6.QtCore import QPointF, QRectF

from sdx_studio.session.blocking import FREE
from sdx_studio.ui.views.blocks_stock import Stock

SIDE, STEP = 13.0, 16.0
"""A square, and from one to the next."""
MARGIN, GAP, PAD, WELL = 24.0, 16.0, 10.0, 8.0
HEAD, CARD_HEAD, CARD_FOOT = 60.0, 46.0, 26.0
TITLE, ROW, COPY, POOL = 34.0, 30.0, 26.0, 84.0
FEWEST_CARD, WIDEST_CARD = 176.0, 400.0
LEGEND, KEYS = 62.0, 22.0
NARROW = 420.0


@dataclass(frozen=True, slots=True)
class Card:
    """A device: its card and the grid of its squares."""

    device: int
    box: QRectF
    corner: QPointF
    columns: int
    cells: int

    @property
    def rows(self) -> int:
        """Rows of squares."""
        return ceil(self.cells / self.columns)

    @property
    def well(self) -> QRectF:
        """The well around the squares."""
        x, y = self.box.left() + PAD, self.corner.y() - WELL
        wide = self.box.width() - 2 * PAD
        return QRectF(x, y, wide, self.rows * STEP - STEP + SIDE + 2 * WELL)

    def spot(self, square: int) -> QPointF:
        """Upper left corner of a square."""
        row, column = divmod(square, self.columns)
        return QPointF(self.corner.x() + column * STEP, self.corner.y() + row * STEP)

    def square_at(self, point: QPointF) -> int | None:
        """The square at a point."""
        column, row = int((point.x() - self.corner.x()) // STEP), int((point.y() - self.corner.y()) // STEP)
        square = row * self.columns + column
        return square if 0 <= column < self.columns and row >= 0 and square < self.cells else None


@dataclass(frozen=True, slots=True)
class Section:
    """One array on the page."""

    stock: Stock
    box: QRectF
    head: QRectF
    cards: tuple[Card, ...]
    rows: dict[str, QRectF]
    """Volume → its line in the list."""
    copies: dict[str, QRectF]
    """Volume → the line of its replication."""
    pool: QRectF


@dataclass(slots=True)
class Plan:
    """Everything on the page, and how large the page is."""

    sections: list[Section] = field(default_factory=list)
    legend: QRectF = field(default_factory=QRectF)
    width: float = 0.0
    height: float = 0.0

    def boxes(self) -> dict[str, QRectF]:
        """What can be selected, in reading order."""
        found: dict[str, QRectF] = {}
        for section in self.sections:
            found[section.stock.pool.id] = section.head
            for card in section.cards:
                found[section.stock.pool.devices[card.device].id] = card.box
            found.update(section.rows)
            found.update({section.stock.replicas[one].id: box for one, box in section.copies.items()})
        return found

    def square_at(self, point: QPointF) -> tuple[Section, Card, int] | None:
        """The square at a point."""
        for section in self.sections:
            for card in section.cards:
                if card.well.contains(point) and (square := card.square_at(point)) is not None:
                    return section, card, square
        return None

    def at(self, point: QPointF) -> str | None:
        """What a point is on: the volume of a square, a device, a volume's line, a replication, or the array."""
        hit = self.square_at(point)
        if hit is not None:
            section, card, square = hit
            owner = int(section.stock.grid.owners[card.device][square])
            pool = section.stock.pool
            return pool.devices[card.device].id if owner == FREE else pool.volumes[owner].id
        return next((id for id, box in self.boxes().items() if box.contains(point)), None)


def plan(stocks: Sequence[Stock], width: float) -> Plan:
    """The page for a window of this width."""
    made, y = Plan(width=max(width, NARROW)), MARGIN
    for stock in stocks:
        section = _section(stock, y, made.width)
        made.sections.append(section)
        y = section.box.bottom() + MARGIN
    made.legend = QRectF(MARGIN, y, made.width - 2 * MARGIN, LEGEND + KEYS * _lines(made.width))
    made.height = made.legend.bottom() + MARGIN
    return made


def legend_columns(width: float) -> int:
    """How many signs of the legend stand beside each other."""
    return max(1, int((width - 2 * MARGIN) // 230))


def _lines(width: float) -> int:
    return ceil(7 / legend_columns(width))


def _section(stock: Stock, top: float, width: float) -> Section:
    left, room = MARGIN, width - 2 * MARGIN
    head = QRectF(left, top, room, HEAD)
    cards = _cards(stock, head.bottom(), room)
    y = max((card.box.bottom() for card in cards), default=head.bottom()) + GAP
    rows: dict[str, QRectF] = {}
    copies: dict[str, QRectF] = {}
    if stock.pool.volumes:
        y += TITLE
    for volume in stock.pool.volumes:
        rows[volume.id] = QRectF(left, y, room, ROW)
        y += ROW
        if volume.id in stock.replicas:
            copies[volume.id] = QRectF(left, y, room, COPY)
            y += COPY
    pool = QRectF(left, y + 8, room, POOL)
    return Section(stock, QRectF(left, top, room, pool.bottom() - top), head, cards, rows, copies, pool)


def _cards(stock: Stock, top: float, room: float) -> tuple[Card, ...]:
    cells = stock.pool.cells()
    if not cells:
        return ()
    most = max(1, int((room + GAP) // (FEWEST_CARD + GAP)))
    beside = ceil(len(cells) / ceil(len(cells) / most))
    wide = min(WIDEST_CARD, (room + GAP) / beside - GAP)
    columns = max(1, int((wide - 2 * PAD - 2 * WELL + STEP - SIDE) // STEP))
    inset = (wide - columns * STEP + STEP - SIDE) / 2
    high = CARD_HEAD + ceil(max(cells) / columns) * STEP + 2 * WELL + CARD_FOOT
    made = []
    for device, count in enumerate(cells):
        row, column = divmod(device, beside)
        box = QRectF(MARGIN + column * (wide + GAP), top + row * (high + GAP), wide, high)
        corner = QPointF(box.left() + inset, box.top() + CARD_HEAD + WELL)
        made.append(Card(device, box, corner, columns, count))
    return tuple(made)
