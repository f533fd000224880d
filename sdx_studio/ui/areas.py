"""The areas of a window for the keys: canvas, parts, properties, timeline, what happened. Esc goes to the canvas."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

REASON = Qt.FocusReason.ShortcutFocusReason


class Areas:
    """Goes from one to the next; hidden ones are left out."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        for area in self._panels():
            back = QShortcut(QKeySequence(Qt.Key.Key_Escape), area)
            back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            back.activated.connect(self.back)

    def _panels(self) -> tuple[QWidget, ...]:
        panels = self._window.panels
        return panels.parts_tabs, panels.side_tabs, panels.timeline, panels.run_tabs

    def _places(self) -> list[tuple[QWidget, QWidget]]:
        """Areas that are seen, each with what in it takes the keys."""
        panels, stage = self._window.panels, self._window.stage
        reception = self._window.reception
        here: QWidget = self._window.board.page or self._window.canvas
        if reception.page is not None and reception.shown:
            here = reception.page.tiles[0]
        seen: list[tuple[QWidget, QWidget]] = [(stage, here)]
        entries = {panels.palette: panels.palette.filter, panels.inspector: panels.inspector.first_field()}
        entries |= {panels.events: panels.events.view, panels.measures: panels.measures.view}
        for area, page in (
            (panels.parts_tabs, panels.parts_tabs.currentWidget()),
            (panels.side_tabs, panels.side_tabs.currentWidget()),
            (panels.timeline, panels.timeline),
            (panels.run_tabs, panels.run_tabs.currentWidget()),
        ):
            if area.isVisible():
                seen.append((area, entries.get(page) or _first(page) or area))
        return seen

    def next(self) -> None:
        """To the next area."""
        self._walk(1)

    def previous(self) -> None:
        """To the area before."""
        self._walk(-1)

    def _walk(self, by: int) -> None:
        here, places = QApplication.focusWidget(), self._places()
        at = next((n for n, (area, _entry) in enumerate(places) if here and (area is here or area.isAncestorOf(here))),
                  -1 if by > 0 else 0)  # fmt: skip
        places[(at + by) % len(places)][1].setFocus(REASON)

    def inspect(self) -> None:
        """The first property of what is selected."""
        panels = self._window.panels
        panels.side_tabs.setCurrentWidget(panels.inspector)
        dock = next(one for one in self._window.docks if one.widget() is panels.side_tabs)
        dock.show()
        (panels.inspector.first_field() or panels.inspector).setFocus(REASON)

    def configuration(self) -> None:
        """The configuration of what is selected, ready to type."""
        panels = self._window.panels
        panels.side_tabs.setCurrentWidget(panels.configuration)
        next(one for one in self._window.docks if one.widget() is panels.side_tabs).show()
        panels.configuration.setFocus(REASON)

    def back(self) -> None:
        """To the canvas; what is being typed in the properties is given up."""
        self._window.panels.inspector.give_up()
        (self._window.board.page or self._window.canvas).setFocus(REASON)


def _first(page: QWidget | None) -> QWidget | None:
    """A page, or the first thing in it that takes the keys when it does not itself."""
    if page is None or page.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return page
    inside = page.findChildren(QWidget)
    return next((one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(page)), page)
