"""The table of measures: filter, what is selected only, plot by Enter, menu or drag; copies as CSV."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QElapsedTimer, QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolButton

from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session import Session
from sdx_studio.session.live import Live
from sdx_studio.session.plotting import Series
from sdx_studio.ui import carrying
from sdx_studio.ui.icons import ui_icon
from sdx_studio.ui.panels.events.measures import ELEMENT, KIND, MEASURE, UNIT, VALUE, Measures
from sdx_studio.ui.panels.events.rows import Page, Sheet
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _, mark

WIDTHS, TIGHT = (96, 76, 112, 82, 82, 82, 52), (72, 76, 90, 76, 76, 76, 52)
NARROW = 620
"""Px of a table below which kind and unit are left out: the values have their unit with them."""


class Numbers(Sheet):
    """The sheet; a row that is pressed and drawn is carried to a plot."""

    def __init__(self, model: Measures) -> None:
        super().__init__(model, model)
        self.look: Theme | None = None
        self._numbers = model
        self._pressed: QPoint | None = None

    def held(self) -> list[Series]:
        """What the chosen rows are about."""
        return [self._numbers.series(row) for row in self.chosen()]

    def mimeData(self, rows: Iterable[int]) -> QMimeData:
        """Rows as what a drag holds."""
        return carrying.packed(self._numbers.series(row) for row in rows)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose; what is pressed may be drawn away."""
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        pressed = event.position().toPoint()
        self._pressed = pressed if left and self.indexAt(pressed).isValid() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the number that was pressed."""
        if self._pressed is None or not event.buttons():
            if not event.buttons():
                super().mouseMoveEvent(event)
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= carrying.START_DISTANCE:
            row = self.indexAt(self._pressed).row()
            self._pressed = None
            if self.look is not None:
                words = " ".join(str(self.model().index(row, column).data()) for column in (ELEMENT, MEASURE, VALUE))
                carrying.carry(self, (self._numbers.series(row),), words, self.look)


class MeasureTable(Page):
    """Every measure of every element, or of what is selected."""

    view: Numbers

    def __init__(
        self, session: Session, look: Theme, go_to: Callable[[str], None],
        plot: Callable[[tuple[Series, ...], int | None], None],
    ) -> None:  # fmt: skip
        self.model = Measures(session)
        self._selection: tuple[str, ...] = ()
        self._plot = plot
        self._asked = QElapsedTimer()
        self.ask_every = 500
        """Milliseconds after which means and peaks are asked for again."""
        super().__init__("measures", mark("Table"), Numbers(self.model))
        self.view.look = look
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.view.clicked.connect(lambda index: go_to(self.model.series(index.row()).element))
        self.view.taken.connect(lambda row: plot((self.model.series(row),), None))
        self.view.more = self._offer
        self.filter.textChanged.connect(self._refilter)
        self.only = QToolButton()
        self.only.setObjectName("measures_selected")
        self.only.setCheckable(True)
        self.only.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.only.toggled.connect(self._refilter)
        self.row.addWidget(self.only)

    def follow(self, live: Live, latest: tuple[Layout, Snapshot], selection: tuple[str, ...]) -> None:
        """Values of one snapshot; means and peaks are asked for now and then while somebody sees them."""
        layout, snapshot = latest
        told = live.measured
        if told is None or (told.time != snapshot.time and self._asked.hasExpired(self.ask_every)):
            self._asked.start()
            live.ask_measures()
        self._selection = selection
        self.model.show_figures(layout, snapshot.values, told)
        self._refilter()

    def edited(self) -> None:
        """Names may have changed."""
        self.model.stale = True

    def clear(self) -> None:
        """Nothing is measured."""
        self.model.clear()

    def retell(self, session: Session, look: Theme) -> None:
        """In another language, palette or size; for the session that is open."""
        self.model.session, self.view.look = session, look
        self.tell()
        self.model.retell()
        self.model.respell()
        self.only.setText(f" {_('Selected')}")
        self.only.setToolTip(_("Only what is selected, while something is"))
        self.only.setAccessibleName(_("Only what is selected, while something is"))
        self.only.setIcon(ui_icon("ui-select", look, "ink.2"))
        self.only.setIconSize(QSize(px(16), px(16)))
        self._narrow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns as there is room."""
        super().resizeEvent(event)
        self._narrow()

    def _narrow(self) -> None:
        narrow = self.width() < px(NARROW)
        self.view.fit(TIGHT if narrow else WIDTHS, MEASURE)
        for column in (KIND, UNIT):
            self.view.setColumnHidden(column, narrow)

    def _refilter(self) -> None:
        self.model.filter(self.filter.text(), self._selection if self.only.isChecked() else ())

    def _offer(self, menu: QMenu) -> None:
        series = tuple(self.view.held())
        action = menu.addAction(_("Plot"))
        action.setObjectName("measures.plot")
        action.setEnabled(bool(series))
        action.triggered.connect(lambda _checked=False: self._plot(series, None))
