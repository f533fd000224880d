"""The welcome page: a new project, what was left unsaved, recent files, and the gallery of samples with pictures."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sdx_studio.session.gallery import SAMPLES
from sdx_studio.ui.panels.tiles import CARD, Card, Row, Tile
from sdx_studio.ui.theme import Theme, px, ui_font
from sdx_studio.words import _

SIDE = 264
"""Width of the column at the left, at font scale 100 %."""
GAP, MARGIN = 16, 32
MOST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows beside the samples: (path, line, whether it is there), and (title, time) of unsaved work."""

    recent: tuple[tuple[Path, str, bool], ...] = ()
    unsaved: tuple[tuple[str, str], ...] = field(default=())


class Welcome(QScrollArea):
    """Built anew by `retell`; says what the person wants and does nothing itself."""

    new_wanted = Signal()
    open_wanted = Signal()
    template_wanted = Signal(str)
    sample_wanted = Signal(str)
    recent_wanted = Signal(str)
    forget_wanted = Signal(str)
    recover_wanted = Signal(int)
    discard_wanted = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards: dict[str, Card] = {}
        self.tiles: list[Tile] = []
        self.menu: QMenu | None = None
        self._grid = QGridLayout()
        self._columns = 0

    def retell(self, look: Theme, shown: Shown) -> None:
        """Everything anew in the language, palette and size in use."""
        self.setAccessibleName(_("Welcome page"))
        ground = look.colours["surface.canvas"]
        self.setStyleSheet(f"QScrollArea#welcome, QWidget#welcome_body {{ background: {ground} }}")
        self.cards, self.tiles, self._columns = {}, [], 0
        body = QWidget()
        body.setObjectName("welcome_body")
        across = QHBoxLayout(body)
        across.setContentsMargins(px(MARGIN), px(24), px(MARGIN), px(24))
        across.setSpacing(px(MARGIN))
        across.addStretch(1)
        across.addLayout(self._side(look, shown))
        across.addLayout(self._gallery(look))
        across.addStretch(1)
        self.setWidget(body)
        self._arrange()

    def _side(self, look: Theme, shown: Shown) -> QVBoxLayout:
        column = _column()
        if shown.unsaved:
            column.addWidget(_heading(_("Unsaved work"), look))
            for number, (title, line) in enumerate(shown.unsaved):
                self._unsaved(column, number, Row(title or _("Untitled"), line, look, "ui-undo"))
            column.addSpacing(px(GAP))
        column.addWidget(_heading(_("New"), look))
        self._row(column, Row(_("Empty project"), _("Draw from the beginning"), look, "ui-plus"), self.new_wanted.emit)
        self._row(column, Row(_("Open…"), _("A project, or a file to import"), look, "ui-more"), self.open_wanted.emit)
        column.addSpacing(px(GAP))
        if shown.recent:
            column.addWidget(_heading(_("Recent files"), look))
            for one in shown.recent:
                self._recent(column, *one, look)
            column.addSpacing(px(GAP))
        column.addWidget(_heading(_("New from template"), look))
        for sample in SAMPLES:
            if sample.template:
                row = Row(_(sample.title), _(sample.line), look, "ui-layout")
                row.setAccessibleName(_("New from template: {title}", title=row.title))
                self._row(column, row, functools.partial(self.template_wanted.emit, sample.stem))
        column.addStretch(1)
        return column

    def _recent(self, column: QVBoxLayout, path: Path, line: str, there: bool, look: Theme) -> None:
        row = Row(path.name, line, look, "ui-clock")
        row.faint = not there
        row.setToolTip(str(path))
        self._row(column, row, functools.partial(self.recent_wanted.emit, str(path)))
        self._offer(row, _("Remove from list"), functools.partial(self.forget_wanted.emit, str(path)))

    def _unsaved(self, column: QVBoxLayout, number: int, row: Row) -> None:
        """Work that a click brings back, and beside it the way to give it up."""
        row.setAccessibleName(_("Recover {title}", title=row.title))
        row.setToolTip(row.accessibleName())
        give_up = QPushButton(_("Discard"))
        give_up.setObjectName(f"discard_{number}")
        give_up.setAccessibleName(_("Discard {title}", title=row.title))
        give_up.clicked.connect(lambda _on=False: self.discard_wanted.emit(number))
        line = QHBoxLayout()
        line.addWidget(row, 1)
        line.addWidget(give_up)
        holder = QWidget()
        holder.setFixedWidth(px(SIDE))
        line.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(line)
        column.addWidget(holder)
        self._take(row, functools.partial(self.recover_wanted.emit, number))

    def _row(self, column: QVBoxLayout, row: Row, wanted: Callable[[], None]) -> None:
        row.setFixedWidth(px(SIDE))
        column.addWidget(row)
        self._take(row, wanted)

    def _take(self, tile: Tile, wanted: Callable[[], None]) -> None:
        tile.clicked.connect(lambda _on=False: wanted())
        tile.wanted.connect(self._go)
        self.tiles.append(tile)

    def _offer(self, row: Row, words: str, wanted: Callable[[], None]) -> None:
        """A context menu with one entry."""

        def show(point: QPoint) -> None:
            self.menu = QMenu(self)
            self.menu.addAction(words).triggered.connect(lambda _on=False: wanted())
            self.menu.popup(row.mapToGlobal(point))

        row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        row.customContextMenuRequested.connect(show)

    def _gallery(self, look: Theme) -> QVBoxLayout:
        column = _column()
        column.addWidget(_heading(_("Samples"), look))
        self._grid = QGridLayout()
        self._grid.setSpacing(px(GAP))
        for sample in SAMPLES:
            card = Card(_(sample.title), _(sample.line), look)
            self.cards[str(sample.path)] = card
            self._take(card, functools.partial(self.sample_wanted.emit, sample.stem))
        column.addLayout(self._grid)
        column.addStretch(1)
        return column

    def _arrange(self) -> None:
        """As many cards beside each other as there is room for."""
        room = self.viewport().width() - 2 * px(MARGIN) - px(SIDE) - px(MARGIN)
        columns = min(MOST_COLUMNS, max(1, (room + px(GAP)) // (px(CARD[0]) + px(GAP))))
        if columns != self._columns:
            self._columns = columns
            for index, card in enumerate(self.cards.values()):
                self._grid.addWidget(card, index // columns, index % columns)

    def show_image(self, path: str, image: QImage) -> None:
        """A sample's picture has been drawn."""
        if path in self.cards:
            self.cards[path].show_image(image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gallery takes the room there is."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the canvas."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _go(self, tile: QWidget, way: tuple[int, int]) -> None:
        """The keyboard goes to the nearest tile in this direction."""
        near = nearest(tile, way, self.tiles)
        if near is not None:
            near.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(near, 0, px(GAP))


def nearest(tile: QWidget, way: tuple[int, int], others: list[Tile]) -> Tile | None:
    """The tile that lies next in a direction: least far along it, and beside it counts double."""
    here = _middle(tile)
    found: list[tuple[int, Tile]] = []
    for other in others:
        step = _middle(other) - here
        along, beside = (step.x() * way[0], step.y()) if way[0] else (step.y() * way[1], step.x())
        if along > 0 and (way[0] or abs(beside) < other.width()):
            found.append((along + 2 * abs(beside), other))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _middle(tile: QWidget) -> QPoint:
    return tile.mapTo(tile.window(), tile.rect().center())


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(4))
    return column


def _heading(words: str, look: Theme) -> QLabel:
    label = QLabel(words)
    label.setFont(ui_font("title"))
    ink = look.colours["ink.1"]
    label.setStyleSheet(f"font-size: {px(18)}px; font-weight: 600; color: {ink}; padding: 4px 0 8px 0")
    return label
