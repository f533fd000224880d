"""The middle of the window: a strip of tabs over the stage on which canvas, welcome page and views stand."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.views import VIEWS
from sdx_studio.ui import views
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

TOPOLOGY = next(iter(VIEWS))


class Board(QWidget):
    """Knows which view is seen; pages are made when they are first asked for."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self._window = window
        self._pages: dict[str, views.Page] = {}
        self.strip = QWidget()
        self.strip.setObjectName("view_strip")
        self.strip.setMinimumWidth(1)
        self.tabs = self._tab_bar()
        self.row = QHBoxLayout(self.strip)
        self.row.setContentsMargins(2, 0, 8, 0)
        self.row.setSpacing(8)
        self.row.addWidget(self.tabs)
        self.chooser = self._chooser()
        self.row.addWidget(self.chooser)
        self.row.addStretch(1)
        self.canvases = QSplitter()
        self.canvases.setObjectName("canvases")
        self.canvases.setChildrenCollapsible(False)
        self.stage = QStackedWidget()
        self.stage.addWidget(self.canvases)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.stage, 1)
        self.stage.currentChanged.connect(self._turned)

    def _tab_bar(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setObjectName("views")
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setUsesScrollButtons(False)
        tabs.setElideMode(Qt.TextElideMode.ElideNone)
        tabs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for _name in VIEWS:
            tabs.addTab("")
        tabs.currentChanged.connect(lambda index: self.show_view(tuple(VIEWS)[index]))
        return tabs

    def _chooser(self) -> QToolButton:
        """All views behind one button, where the tabs have no room."""
        button = QToolButton()
        button.setObjectName("view_chooser")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setObjectName("view_chooser_menu")
        for name in VIEWS:
            menu.addAction(self._window.actions_by_id[f"view.show.{name}"])
        button.setMenu(menu)
        button.hide()
        return button

    def room(self) -> float:
        """Px that the tabs leave in the strip."""
        widget = self.chooser if self._narrow else self.tabs
        return float(self.strip.width() - widget.sizeHint().width() - 32)

    @property
    def _narrow(self) -> bool:
        return self.tabs.sizeHint().width() + 12 > self.strip.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tabs, or one button where they have no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.tabs.setVisible(not self._narrow)
        self.chooser.setVisible(self._narrow)

    @property
    def page(self) -> views.Page | None:
        """The view that is seen in place of the canvas."""
        here = self.stage.currentWidget()
        return here if isinstance(here, views.Page) else None

    @property
    def view(self) -> str:
        """The name of the view that is seen; empty on the welcome page."""
        page = self.page
        if page is not None:
            return page.name
        return TOPOLOGY if self.stage.currentWidget() is self.canvases else ""

    def put(self, sides: Sequence[QWidget]) -> None:
        """Have these sides beside each other, and no others."""
        for place in reversed(range(self.canvases.count())):
            widget = self.canvases.widget(place)
            if widget is not None and widget not in sides:
                widget.setParent(None)
        for place, side in enumerate(sides):
            self.canvases.insertWidget(place, side)
            side.show()
        self.canvases.setSizes([1000] * len(sides))

    def show_view(self, name: str) -> None:
        """Show one of VIEWS."""
        if name == self.view:
            return
        there: QWidget = self.canvases
        if name != TOPOLOGY:
            if name not in self._pages:
                self._pages[name] = views.make(name, self._window)
                self.stage.addWidget(self._pages[name])
            there = self._pages[name]
        self.stage.setCurrentWidget(there)
        (self._window.canvas if name == TOPOLOGY else there).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.refresh_actions()

    def _turned(self) -> None:
        """Another page is on the stage, by whatever way."""
        name = self.view
        self.strip.setVisible(bool(name))
        if name:
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(tuple(VIEWS).index(name))
            self.tabs.blockSignals(False)
            self.chooser.setText(_(VIEWS[name]))

    def retell(self) -> None:
        """The strip in the language and size in use, and the page that is seen."""
        for index, label in enumerate(VIEWS.values()):
            self.tabs.setTabText(index, _(label))
            self.tabs.setTabToolTip(index, f"Ctrl+{index + 1}")
        self.tabs.setAccessibleName(_("Views"))
        self.strip.setFixedHeight(self.tabs.sizeHint().height())
        self.chooser.setAccessibleName(_("Views"))
        self.chooser.setText(_(VIEWS[self.view or TOPOLOGY]))
        self._fit()
        if self.page is not None:
            self.page.retell()
            self.page.selected()
            self.page.catch_up()

    def edited(self) -> None:
        """The drawing has changed."""
        if self.page is not None:
            self.page.edited()

    def selected(self) -> None:
        """Something else is selected."""
        if self.page is not None:
            self.page.selected()

    def follow(self, layout: Layout, snapshot: Snapshot) -> None:
        """A newer picture of the running model."""
        if self.page is not None:
            self.page.follow(layout, snapshot)

    def at_rest(self) -> None:
        """Nothing runs any more."""
        if self.page is not None:
            self.page.at_rest()
