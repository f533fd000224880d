"""The main window: one session on a canvas with its panels. It wires things together and knows no detail of any."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QStackedWidget,
)

from sdx_studio import __version__
from sdx_studio.session import Session
from sdx_studio.session.actions import commands
from sdx_studio.session.live import Live
from sdx_studio.session.players import Player
from sdx_studio.ui import chrome, theme
from sdx_studio.ui.appearance import Appearance
from sdx_studio.ui.cabinet import Panels
from sdx_studio.ui.canvas import access
from sdx_studio.ui.canvas.canvas import Canvas
from sdx_studio.ui.canvas.tools.select import SelectTool
from sdx_studio.ui.canvas.veil import veil
from sdx_studio.ui.clipboard import Clipboard
from sdx_studio.ui.desk import WindowDesk
from sdx_studio.ui.files import Files
from sdx_studio.ui.panels.help import HelpWindow
from sdx_studio.ui.preferences import Preferences
from sdx_studio.ui.reception import Reception
from sdx_studio.ui.running import Follower
from sdx_studio.ui.ways import Ways
from sdx_studio.words import _


class Window(QMainWindow):
    """Shows one session at a time; `make_player` says how models run: in a process of their own, or in-line."""

    def __init__(
        self,
        session: Session,
        make_player: Callable[[], Player],
        look: str | None = "light",
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__()
        access.install()
        self._make_player = make_player
        self.appearance = Appearance(self, preferences or Preferences(), look)
        self.session = session
        self.live = Live(session, make_player)
        self.desk = WindowDesk(self)
        self.files = Files(self)
        self.clipboard = Clipboard(self)
        self.open_menu: QMenu | None = None
        self.actions_by_id = chrome.make_actions(self, self.desk.perform)
        self.canvas = Canvas(session, self.look, self.desk, SelectTool)
        self.panels = Panels(self)
        self._lay_out()
        self.ways = Ways(self)
        self._listen()
        self.follower = Follower(self)
        self.retell()
        self.reception = Reception(self)
        self.resize(1440, 860)

    @property
    def look(self) -> theme.Theme:
        """The palette in use."""
        return self.appearance.look

    def _lay_out(self) -> None:
        area = Qt.DockWidgetArea
        self.stage = QStackedWidget()
        self.stage.addWidget(self.canvas)
        self.setCentralWidget(self.stage)
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
        self.canvas.selection_changed.connect(self._selected)
        self.panels.outline.itemSelectionChanged.connect(lambda: self.canvas.select(self.panels.outline.chosen()))
        self.clipboard.changed.connect(self.refresh_actions)
        self.appearance.changed.connect(self.retell)
        self._listen_to_session()

    def _listen_to_session(self) -> None:
        self.session.history.on_change(self._edited)

    def _edited(self) -> None:
        self.panels.edited()
        self.ways.edited()
        self.retitle()
        self.refresh_actions()

    def _selected(self) -> None:
        self.panels.selected()
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
        self.live.close()
        self.canvas.release()
        self.session = session
        self.live = Live(session, self._make_player)
        old, self.canvas = self.canvas, Canvas(session, self.look, self.desk, SelectTool)
        self.canvas.scene.grid = old.scene.grid
        veil(self.canvas, self.panels.layers.hidden, self.panels.layers.fixed)
        self.stage.addWidget(self.canvas)
        self.stage.setCurrentWidget(self.canvas)
        self.stage.removeWidget(old)
        old.deleteLater()
        self.canvas.selection_changed.connect(self._selected)
        self._listen_to_session()
        self.ways.take()
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
        self.canvas.set_theme(look)
        self.panels.retell()
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

    def toggle_panels(self) -> None:
        """Hide all docks, or show them again."""
        shown = any(dock.isVisible() for dock in self.docks)
        for dock in self.docks:
            dock.setVisible(not shown)

    def toggle_theme(self) -> None:
        """The next palette."""
        self.appearance.next_look()

    def toggle_language(self) -> None:
        """The next language."""
        self.appearance.next_language()

    def toggle_grid(self) -> None:
        """Corners snap to the grid, which is seen, or neither."""
        self.canvas.scene.grid = not self.canvas.scene.grid
        self.canvas.redraw()

    def toggle_help(self) -> None:
        """Pages about what the studio computes."""
        HelpWindow(self, self.look).show()

    def toggle_about(self) -> None:
        """What this is."""
        QMessageBox.about(self, _("About SDx Studio"), f"SDx Studio {__version__}\nApache-2.0")

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
        self.live.close()
        self.canvas.release()
        event.accept()
