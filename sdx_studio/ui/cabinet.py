"""All panels of a window: made together, told together when session, language or palette change."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from sdx_studio.ui import chrome
from sdx_studio.ui.canvas.tools.place import PlaceTool
from sdx_studio.ui.canvas.veil import veil
from sdx_studio.ui.panels.configuration import ConfigurationPanel
from sdx_studio.ui.panels.differences import Differences
from sdx_studio.ui.panels.events import EventList, MeasureTable
from sdx_studio.ui.panels.history import HistoryPanel
from sdx_studio.ui.panels.inspector import Inspector
from sdx_studio.ui.panels.layers import Layers
from sdx_studio.ui.panels.outline import Outline
from sdx_studio.ui.panels.palette import Palette
from sdx_studio.ui.panels.plots import Plots
from sdx_studio.ui.panels.timeline import Timeline
from sdx_studio.ui.panels.timeline.gantt import Gantt
from sdx_studio.ui.panels.transport import Transport
from sdx_studio.ui.timing import Timing
from sdx_studio.ui.views.board import TOPOLOGY
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

ANY_HEIGHT = 16_777_215
"""What Qt takes for no limit."""


class Panels:
    """The panels by name, and the three groups of tabs in which they stand."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        session, look = window.session, window.look
        self.palette = Palette(session, look, self._arm, window.desk.put)
        self.outline = Outline(session)
        self.layers = Layers(look, self._veil)
        self.inspector = Inspector(session, look, window.desk.say)
        self.history = HistoryPanel(session)
        self.configuration = ConfigurationPanel(session, look, window.desk.say)
        self.events = EventList(session, look, self._go_to, self._seek)
        self.differences = Differences(look)
        self.plots = Plots(window)
        self.measures = MeasureTable(session, look, self._go_to, self.plots.take)
        self.timing = Timing(window)
        self.timeline = Timeline(session, look, window.choose, self.timing)
        self.gantt = Gantt(window, self.timeline)
        self.gantt.resized.connect(self._refit)
        self.transport = Transport(window.live, look, window.actions_by_id)
        self.transport.asked.connect(self.timing.ask_until)
        self.parts_tabs = chrome.make_tabs("parts_tabs", [("", self.palette), ("", self.outline), ("", self.layers)])
        sides = [("", self.inspector), ("", self.configuration), ("", self.history)]
        self.side_tabs = chrome.make_tabs("side_tabs", sides)
        self.run_tabs = chrome.make_tabs("run_tabs", [("", self.events), ("", self.measures), ("", self.differences)])
        self.run_tabs.setTabVisible(2, False)
        self.below = self._below()

    def _below(self) -> QWidget:
        self.details = split = QSplitter()
        split.setObjectName("details")
        split.setChildrenCollapsible(False)
        split.addWidget(self.plots)
        split.addWidget(self.run_tabs)
        split.setSizes([620, 480])
        below = QWidget()
        below.setObjectName("panel")
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.timeline)
        column.addWidget(self.gantt)
        column.addWidget(split, 1)
        return below

    def _go_to(self, id: str) -> None:
        self._window.ways.go_to(id)

    def _seek(self, time: float) -> None:
        """Be at a moment of the run."""
        if self._window.live.started:
            self._window.live.seek(time)

    def _arm(self, key: str) -> None:
        """Take a part into the hand."""
        canvas = self._window.canvas
        self._window.board.show_view(TOPOLOGY)
        canvas.use(PlaceTool(canvas, key))

    def _veil(self, hidden: frozenset[str], fixed: frozenset[str]) -> None:
        veil(self._window.canvas, hidden, fixed)

    def retell(self) -> None:
        """Everything anew in the language, palette and size in use, for the session that is open."""
        session, look = self._window.session, self._window.look
        self._retitle()
        self.palette.retell(session, look)
        self.outline.retell(session)
        self.layers.retell(look)
        self.inspector.retell(session, look)
        self.history.retell(session)
        self.configuration.retell(session, look)
        self.events.retell(session, look)
        self.events.clear()
        self.events.add(self._window.live.events, session)
        self.measures.retell(session, look)
        self.differences.retell(look)
        self.plots.retell(look)
        self.timeline.retell(session, look)
        self.gantt.retell()
        self.transport.retell(self._window.live, look)
        self.timing.retell()
        self.show_details(self._window.appearance.details(self._window.height()))

    def _retitle(self) -> None:
        for tabs, titles in (
            (self.parts_tabs, (_("Parts"), _("Outline"), _("Layers"))),
            (self.side_tabs, (_("Properties"), _("Configuration"), _("History"))),
            (self.run_tabs, (_("Events"), _("Table"), _("Differences"))),
        ):
            tabs.setAccessibleName(" · ".join(titles))
            for index, title in enumerate(titles):
                tabs.setTabText(index, title)
                _name(tabs.widget(index), title)

    def show_comparison(self, shown: bool) -> None:
        """Show the table of differences while two runs are compared."""
        place = self.run_tabs.indexOf(self.differences)
        self.run_tabs.setTabVisible(place, shown)
        self.differences.show_rows([])
        if shown:
            self.run_tabs.setCurrentIndex(place)
            self.details.setSizes([380, 620])
            self.show_details(True)

    def show_details(self, shown: bool) -> None:
        """Show plots, events and table under the timeline, or the timeline alone."""
        self.details.setVisible(shown)
        self._refit()

    def _refit(self) -> None:
        """As much room below the canvas as what is shown there needs."""
        least = self.timeline.height() + self.gantt.height()
        self.below.setMaximumHeight(least if self.details.isHidden() else ANY_HEIGHT)

    def edited(self) -> None:
        """The document has changed."""
        session, chosen = self._window.session, self._window.canvas.selection
        self.history.retell(session)
        self.palette.edited()
        self.outline.retell(session)
        self.outline.show_ids(chosen)
        self.inspector.show_ids(chosen)
        self.configuration.show_ids(chosen)
        self.timeline.update()
        self.gantt.selected()
        self.plots.edited()
        self.measures.edited()

    def selected(self) -> None:
        """Something else is selected."""
        chosen = self._window.canvas.selection
        self.inspector.show_ids(chosen)
        self.configuration.show_ids(chosen)
        self.outline.show_ids(chosen)
        self.gantt.selected()
        self.plots.edited()

    def clear_run(self) -> None:
        """Nothing runs any more."""
        self.events.clear()
        self.measures.clear()
        self.timeline.follow(0.0, [])
        self.gantt.retell()
        self.plots.clear_run()


def _name(page: QWidget | None, title: str) -> None:
    """What a page and what scrolls in it are called."""
    for one in (page, *page.findChildren(QScrollArea)) if page is not None else ():
        one.setAccessibleName(title)
