"""The view of network flows: a list of all with the way of the chosen one, and the tables by which nodes forward."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
)

from sdx_studio import units
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.routing import GLIMPSE
from sdx_studio.ui.theme import px
from sdx_studio.ui.views.flows_asking import Asking
from sdx_studio.ui.views.flows_list import FlowsPane
from sdx_studio.ui.views.flows_nodes import NodesPane
from sdx_studio.ui.views.page import Page
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

TABS = (mark("All flows"), mark("Flow and forwarding tables"))
LEAST = 250
"""Px of height at font scale 100 % below which the lists scroll as a whole."""
TOPICS = ("routes", "tables")
"""What each tab asks the engine for."""


class FlowsPage(Page):
    """Asks the running model while it is seen; without one it shows what would be."""

    name = "flows"

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self.asking = Asking(window)
        self.flows, self.nodes = FlowsPane(window, self._ask), NodesPane(window, self._ask)
        self.stage = QStackedWidget()
        self.stage.addWidget(self.flows)
        self.stage.addWidget(self.nodes)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(6)
        column.addLayout(self._head())
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.stage)
        column.addWidget(scroll, 1)
        self.setFocusProxy(self.flows.list)

    def _head(self) -> QHBoxLayout:
        """The tabs, and what is to be said about the figures."""
        self.tabs = QTabBar()
        self.tabs.setObjectName("flow_tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _title in TABS:
            self.tabs.addTab("")
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.tabs)
        top.addWidget(self.note, 1)
        self.tabs.currentChanged.connect(self._turned)
        return top

    def retell(self) -> None:
        """Everything anew."""
        self.asking.anew()
        for place, title in enumerate(TABS):
            self.tabs.setTabText(place, _(title))
        self.setAccessibleName(_("Network flows"))
        self.tabs.setAccessibleName(_("Network flows"))
        self.note.setStyleSheet(f"color: {self.owner.look.colours['ink.2']};")
        self.stage.setMinimumHeight(px(LEAST))
        self.flows.retell()
        self.nodes.retell()

    def edited(self) -> None:
        """The drawing has changed."""
        self.asking.edited()
        self.nodes.fill()
        self.catch_up()

    def selected(self) -> None:
        """A flow or a node that is selected elsewhere is chosen here."""
        chosen = self.owner.canvas.selection
        if len(chosen) == 1 and not self.nodes.busy and not self.flows.busy:
            if chosen[0] != self.nodes.chosen and self.nodes.choose(chosen[0]):
                self._ask()
            self.flows.meet(chosen[0])
        self.flows.way.tell()
        self.flows.way.update()

    def follow(self, layout: Layout, snapshot: Snapshot) -> None:  # noqa: ARG002 - it asks for more than they know
        """Take over what the engine has answered, and ask again now and then."""
        topic, about = self._question()
        figures = self.asking.heard(topic, about)
        self.note.setText("")
        if figures is not None:
            self._show(topic, figures)

    def _question(self) -> tuple[str, str]:
        """What the tab that is seen wants to know, and about what."""
        place = self.tabs.currentIndex()
        return TOPICS[place], (self.flows.chosen, self.nodes.chosen)[place]

    def _ask(self) -> None:
        """Another thing is in question."""
        self.asking.hurry()
        self.catch_up()

    def catch_up(self) -> None:
        """The newest picture of the running model, or what would be."""
        if self.owner.live.started:
            self.note.setText("")
            super().catch_up()
        else:
            self.at_rest()

    def at_rest(self) -> None:
        """What would be a moment after the start."""
        topic, about = self._question()
        figures = self.asking.guess(topic, about)
        if figures is None:
            self.note.setText("")
            self.flows.say_instead(_("This project is large: press play to see what flows."))
            self.nodes.show_table(None)
            return
        self.note.setText(_("as it would be {time} after the start", time=units.show(GLIMPSE, "s")))
        self._show(topic, figures)

    def _show(self, topic: str, figures: Mapping[str, Any]) -> None:
        if topic == TOPICS[0]:
            self.flows.show_figures(figures)
        elif figures["about"] == self.nodes.chosen:
            self.nodes.show_table(figures["table"])

    def _turned(self, place: int) -> None:
        self.stage.setCurrentIndex(place)
        self.setFocusProxy((self.flows.list, self.nodes.list)[place])
        self._ask()
