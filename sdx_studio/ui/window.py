"""The main window: one session on a canvas with its panels. It wires things together and knows no detail of any."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu, QMessageBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sdx_studio import __version__
from sdx_studio.session import Session
from sdx_studio.session.actions import commands
from sdx_studio.session.live import Live
from sdx_studio.session.players import Player
from sdx_studio.ui import chrome, theme
from sdx_studio.ui.canvas import access
from sdx_studio.ui.canvas.canvas import Canvas
from sdx_studio.ui.canvas.tools.place import PlaceTool
from sdx_studio.ui.canvas.tools.select import SelectTool
from sdx_studio.ui.desk import WindowDesk
from sdx_studio.ui.files import Files
from sdx_studio.ui.panels.events import EventList, MeasureTable
from sdx_studio.ui.panels.history import HistoryPanel
from sdx_studio.ui.panels.inspector import Inspector
from sdx_studio.ui.panels.outline import Outline
from sdx_studio.ui.panels.palette import Palette
from sdx_studio.ui.panels.plots import Plots
from sdx_studio.ui.panels.timeline import Timeline
from sdx_studio.ui.panels.transport import Transport
from sdx_studio.ui.running import Follower
from sdx_studio.words import _, dictionary

LANGUAGES = ("en", "ja")


class Window(QMainWindow):
    """Shows one session at a time. `make_player` says how models run: in a process of their own, or in-line in tests."""

    def __init__(self, session: Session, make_player: Callable[[], Player], look: str = "light") -> None:
        super().__init__()
        access.install()
        self._make_player = make_player
        self._look_name = look
        self.session = session
        self.live = Live(session, make_player)
        self.desk = WindowDesk(self)
        self.files = Files(self)
        self.open_menu: QMenu | None = None
        self.actions_by_id = chrome.make_actions(self, self.desk.perform)
        self.canvas = Canvas(session, self.look, self.desk, SelectTool)
        self._make_panels()
        self._lay_out()
        self._listen()
        self.follower = Follower(self)
        self.retell()
        self.resize(1440, 860)

    @property
    def look(self) -> theme.Theme:
        """The palette in use."""
        return theme.theme(self._look_name)

    def _make_panels(self) -> None:
        look = self.look
        self.palette_panel = Palette(look, lambda key: self.canvas.use(PlaceTool(self.canvas, key)))
        self.outline = Outline(self.session)
        self.inspector = Inspector(self.session, look, self.desk.say)
        self.history_panel = HistoryPanel(self.session)
        self.events = EventList(self._choose)
        self.measures = MeasureTable(self._choose)
        self.plots = Plots(look)
        self.timeline = Timeline(self.session, look, self._choose)
        self.transport = Transport(self.live, look, self.actions_by_id)
        self.status = QLabel()

    def _lay_out(self) -> None:
        area = Qt.DockWidgetArea
        self.stage = QStackedWidget()
        self.stage.addWidget(self.canvas)
        self.setCentralWidget(self.stage)
        self.setCorner(Qt.Corner.BottomLeftCorner, area.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, area.RightDockWidgetArea)
        self.parts_tabs = chrome.make_tabs("parts_tabs", [("", self.palette_panel), ("", self.outline)])
        self.side_tabs = chrome.make_tabs("side_tabs", [("", self.inspector), ("", self.history_panel)])
        self.run_tabs = chrome.make_tabs("run_tabs", [("", self.events), ("", self.measures)])
        split = QSplitter()
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
        column.addWidget(split, 1)
        self.docks = [
            chrome.make_dock(self, "parts", self.parts_tabs, area.LeftDockWidgetArea, 216),
            chrome.make_dock(self, "side", self.side_tabs, area.RightDockWidgetArea, 280),
            chrome.make_dock(self, "run", below, area.BottomDockWidgetArea, 150),
        ]
        ways = (Qt.Orientation.Horizontal, Qt.Orientation.Horizontal, Qt.Orientation.Vertical)
        self._dock_sizes = list(zip(self.docks, (224, 330, 236), ways, strict=True))
        chrome.make_bar(self, self.actions_by_id, self.transport)
        self.statusBar().addPermanentWidget(self.status)
        self.statusBar().setSizeGripEnabled(False)

    def _listen(self) -> None:
        self.canvas.selection_changed.connect(self._selected)
        self.outline.itemSelectionChanged.connect(lambda: self.canvas.select(self.outline.chosen()))
        self._listen_to_session()

    def _listen_to_session(self) -> None:
        self.session.history.on_change(self._edited)

    def _edited(self) -> None:
        self.history_panel.retell(self.session)
        self.outline.retell(self.session)
        self.outline.show_ids(self.canvas.selection)
        self.inspector.show_ids(self.canvas.selection)
        self.timeline.update()
        self.retitle()
        self.refresh_actions()

    def _selected(self) -> None:
        self.inspector.show_ids(self.canvas.selection)
        self.outline.show_ids(self.canvas.selection)
        self.refresh_actions()
        self.tell_status()

    def _choose(self, id: str) -> None:
        """Select something from a list and bring it into view."""
        self.canvas.select((id,))
        box = self.canvas.screen_box(id)
        if not box.isEmpty() and not self.canvas.rect().contains(box.center().toPoint()):
            self.canvas.fit((id,))

    def take(self, session: Session) -> None:
        """Show another session in place of this one."""
        self.live.close()
        self.canvas.release()
        self.session = session
        self.live = Live(session, self._make_player)
        old, self.canvas = self.canvas, Canvas(session, self.look, self.desk, SelectTool)
        self.stage.addWidget(self.canvas)
        self.stage.setCurrentWidget(self.canvas)
        self.stage.removeWidget(old)
        old.deleteLater()
        self.canvas.selection_changed.connect(self._selected)
        self._listen_to_session()
        self.events.clear()
        self.measures.model.replace([])
        self.timeline.follow(0.0, [])
        self.retell()
        QApplication.processEvents()
        self.canvas.fit()

    def retell(self) -> None:
        """Everything anew in the language and palette in use."""
        look = self.look
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(theme.palette(look))
            application.setStyleSheet(theme.style_sheet(look))
        chrome.retell(self.actions_by_id, look)
        chrome.make_menus(self, self.actions_by_id)
        for tabs, titles in (
            (self.parts_tabs, (_("Parts"), _("Outline"))),
            (self.side_tabs, (_("Properties"), _("History"))),
            (self.run_tabs, (_("Events"), _("Table"))),
        ):
            for index, title in enumerate(titles):
                tabs.setTabText(index, title)
        self.canvas.set_theme(look)
        self.palette_panel.retell(look)
        self.outline.retell(self.session)
        self.inspector.retell(self.session, look)
        self.history_panel.retell(self.session)
        self.plots.retell(look)
        self.timeline.retell(self.session, look)
        self.transport.retell(self.live, look)
        self.retitle()
        self.refresh_actions()
        self.tell_status()

    def retitle(self) -> None:
        """File name and whether it has changed, in the title bar."""
        session = self.session
        name = session.path.name if session.path else session.document.properties.title or _("Untitled")
        self.setWindowTitle(f"{name}{'*' if session.history.modified else ''} – SDx Studio")

    def refresh_actions(self) -> None:
        """Enable what can be done now; what cannot says why in its tip."""
        for id, action in self.actions_by_id.items():
            reason = commands()[id].why_not(self.desk)
            action.setEnabled(reason is None)
            action.setStatusTip(reason or "")

    def tell_status(self) -> None:
        """Counts, speed and frame time at the right of the status bar."""
        document = self.session.document
        words = [
            _("{elements} elements · {selected} selected", elements=len(document.elements), selected=len(self.canvas.selection)),
            _("Seed {seed}", seed=document.properties.seed),
        ]
        if self.live.started:
            words.append(f"{self.live.speed:.3g}×")
            words.append(f"{self.canvas.frame_ms():.1f} ms")
        self.status.setText("    ".join(words))

    def toggle_panels(self) -> None:
        """Hide all docks, or show them again."""
        shown = any(dock.isVisible() for dock in self.docks)
        for dock in self.docks:
            dock.setVisible(not shown)

    def toggle_theme(self) -> None:
        """The next palette."""
        names = theme.THEMES
        self._look_name = names[(names.index(self._look_name) + 1) % len(names)]
        self.retell()

    def toggle_language(self) -> None:
        """The next language."""
        dictionary.use(LANGUAGES[(LANGUAGES.index(dictionary.language) + 1) % len(LANGUAGES)])
        self.retell()

    def toggle_about(self) -> None:
        """What this is."""
        QMessageBox.about(self, _("About SDx Studio"), f"SDx Studio {__version__}\nApache-2.0")

    def showEvent(self, event: QShowEvent) -> None:
        """Docks take the sizes they like the first time."""
        super().showEvent(event)
        if self._dock_sizes:
            for dock, size, way in self._dock_sizes:
                self.resizeDocks([dock], [size], way)
            self._dock_sizes = []

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, then end the model's process."""
        if not self.files.may_leave():
            event.ignore()
            return
        self.follower.stop()
        self.live.close()
        self.canvas.release()
        event.accept()
