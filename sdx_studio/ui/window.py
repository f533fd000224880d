"""The main window: one session on a canvas with its panels. It wires things together and knows no detail of any."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QMenu,
)

from sdx_studio.session import Session
from sdx_studio.session.actions import commands
from sdx_studio.session.live import Live
from sdx_studio.session.players import Player
from sdx_studio.ui import chrome, theme
from sdx_studio.ui.appearance import Appearance
from sdx_studio.ui.cabinet import Panels
from sdx_studio.ui.canvas import access
from sdx_studio.ui.canvas.canvas import Canvas
from sdx_studio.ui.canvas.veil import veil
from sdx_studio.ui.clipboard import Clipboard
from sdx_studio.ui.comparison import Comparison
from sdx_studio.ui.desk import WindowDesk
from sdx_studio.ui.files import Files
from sdx_studio.ui.preferences import Preferences
from sdx_studio.ui.reception import Reception
from sdx_studio.ui.running import Follower
from sdx_studio.ui.sides import Side
from sdx_studio.ui.switches import Switches
from sdx_studio.ui.views.board import TOPOLOGY, Board
from sdx_studio.ui.ways import Ways
from sdx_studio.words import _


class Window(QMainWindow):
    """Shows one session, or two runs of it; `make_player` says how models run: in their own process, or in-line."""

    session_changed = Signal()
    """Another project is shown."""

    def __init__(
        self,
        session: Session,
        make_player: Callable[[], Player],
        look: str | None = "light",
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__()
        access.install()
        self.make_player = make_player
        self.appearance = Appearance(self, preferences or Preferences(), look)
        self.desk = WindowDesk(self)
        self.switches = Switches(self)
        self.files = Files(self)
        self.clipboard = Clipboard(self)
        self.open_menu: QMenu | None = None
        self.actions_by_id = chrome.make_actions(self, self.desk.perform)
        self.side = Side(self, session, Live(session, make_player))
        self.sides = [self.side]
        """A, and while two runs are compared B."""
        self.panels = Panels(self)
        self._lay_out()
        self.ways = Ways(self)
        self._listen()
        self.follower = Follower(self)
        self.comparison = Comparison(self)
        self.retell()
        self.reception = Reception(self)
        self.resize(1440, 860)

    @property
    def session(self) -> Session:
        """The session that one works on."""
        return self.side.session

    @property
    def live(self) -> Live:
        """Its running model."""
        return self.side.live

    @property
    def canvas(self) -> Canvas:
        """Its canvas."""
        return self.side.canvas

    @property
    def look(self) -> theme.Theme:
        """The palette in use."""
        return self.appearance.look

    def _lay_out(self) -> None:
        area = Qt.DockWidgetArea
        self.board = Board(self)
        self.stage = self.board.stage
        self.board.put(self.sides)
        self.setCentralWidget(self.board)
        self.setCorner(Qt.Corner.BottomLeftCorner, area.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, area.RightDockWidgetArea)
        self.docks = [
            chrome.make_dock(self, "parts", self.panels.parts_tabs, area.LeftDockWidgetArea, 160),
            chrome.make_dock(self, "side", self.panels.side_tabs, area.RightDockWidgetArea, 256),
            chrome.make_dock(self, "run", self.panels.below, area.BottomDockWidgetArea, 0),
        ]
        self._docks_placed = False
        self.bar = chrome.make_bar(self, self.actions_by_id, self.panels.transport)
        self.status = QLabel()
        self.statusBar().addPermanentWidget(self.status)
        self.statusBar().setSizeGripEnabled(False)

    def _listen(self) -> None:
        self.panels.outline.itemSelectionChanged.connect(lambda: self.canvas.select(self.panels.outline.chosen()))
        self.clipboard.changed.connect(self.refresh_actions)
        self.appearance.changed.connect(self.retell)
        self.listen_to(self.side)

    def listen_to(self, side: Side) -> None:
        """Follow the edits and the selection of a side; those of one that is not meant only its canvas follows."""
        side.session.history.on_change(lambda: self._edited() if side is self.side else None)
        side.canvas.selection_changed.connect(lambda: self._selected() if side is self.side else None)

    def _edited(self) -> None:
        self.panels.edited()
        self.board.edited()
        self.ways.edited()
        self.retitle()
        self.refresh_actions()

    def _selected(self) -> None:
        self.panels.selected()
        self.board.selected()
        self.ways.selected()
        self.refresh_actions()
        self.tell_status()

    def choose(self, id: str) -> None:
        """Select something from a list and bring it into view."""
        self.canvas.select((id,))
        box = self.canvas.screen_box(id)
        if not box.isEmpty() and not self.canvas.rect().contains(box.center().toPoint()):
            self.canvas.fit((id,))

    def take(self, session: Session) -> None:
        """Show another session in place of this one."""
        self.comparison.end()
        old = self.side
        old.close_up()
        self.side = Side(self, session, Live(session, self.make_player))
        self.sides = [self.side]
        self.canvas.scene.grid, self.canvas.scene.types = old.canvas.scene.grid, old.canvas.scene.types
        veil(self.canvas, self.panels.layers.hidden, self.panels.layers.fixed)
        self.board.put(self.sides)
        self.board.show_view(TOPOLOGY)
        old.deleteLater()
        self.listen_to(self.side)
        self.ways.take()
        self.session_changed.emit()
        self.panels.clear_run()
        self.retell()
        QApplication.processEvents()
        self.canvas.fit()

    def retell(self) -> None:
        """Everything anew in the language and palette in use."""
        look = self.look
        self.appearance.dress()
        chrome.retell(self.actions_by_id, look)
        chrome.retell_bar(self.bar, look)
        self.panels.transport.fit(self.width())
        chrome.make_menus(self, self.actions_by_id, self.files.open_sample, self.files.list_recent)
        for side in self.sides:
            side.canvas.set_theme(look)
        self.comparison.retell()
        self.panels.retell()
        self.board.retell()
        chrome.scale_docks(self.docks)
        self.ways.retell()
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
            checked = commands()[id].checked
            if checked is not None:
                action.setChecked(checked(self.desk))

    def tell_status(self) -> None:
        """Counts, speed and frame time at the right of the status bar."""
        self.status.setText(chrome.status(self.session, self.live, self.canvas))

    def restore(self) -> bool:
        """Stand where the person's last window stood, with its docks as they were; False when there was none."""
        kept = self.appearance.preferences.window()
        if kept is None or not self.restoreGeometry(kept[0]):
            return False
        self._docks_placed = self.restoreState(kept[1])
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Docks take the sizes they like the first time."""
        super().showEvent(event)
        if not self._docks_placed:
            self._docks_placed = True
            self.panels.show_details(self.appearance.details(self.height()))
            chrome.place_docks(self, self.docks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tool bar shows what there is room for."""
        super().resizeEvent(event)
        self.panels.transport.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, then end the model's process."""
        if not self.files.may_leave():
            event.ignore()
            return
        self.appearance.preferences.keep_window(self.saveGeometry(), self.saveState())
        self.follower.stop()
        for side in self.sides:
            side.close_up()
        event.accept()
