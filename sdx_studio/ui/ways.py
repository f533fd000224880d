"""What helps to find one's way in a window: find, command palette, quick add, shortcuts, minimap, path, bookmarks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtWidgets import QApplication, QWidget

from sdx_studio.session import bookmarks
from sdx_studio.session.bookmarks import View
from sdx_studio.ui.areas import Areas
from sdx_studio.ui.canvas.camera import NEAREST
from sdx_studio.ui.panels.command_box import CommandBox
from sdx_studio.ui.panels.commands import CommandPicker
from sdx_studio.ui.panels.crumbs import Crumbs
from sdx_studio.ui.panels.destinations import Destinations
from sdx_studio.ui.panels.find import FindPanel
from sdx_studio.ui.panels.minimap import Minimap
from sdx_studio.ui.panels.picker import Picker
from sdx_studio.ui.panels.quick_add import QuickAdd
from sdx_studio.ui.panels.shortcuts import ShortcutWindow
from sdx_studio.ui.views.board import TOPOLOGY
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

READABLE = 0.4
"""Zoom from which names can be read: what is found is shown at least so large."""


class Ways(QObject):
    """Makes them, keeps them in place and tells them what changes."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.find_panel = FindPanel(window)
        self.command_picker = CommandPicker(window)
        self.adder = QuickAdd(window)
        self.mover = Destinations(window)
        self.pickers: tuple[Picker, ...] = (self.find_panel, self.command_picker, self.adder, self.mover)
        self.map = Minimap(window.stage, window.canvas)
        self.crumbs = Crumbs(window.board.room, self._choose)
        window.board.row.addWidget(self.crumbs)
        self.shortcut_window: ShortcutWindow | None = None
        self.areas = Areas(window)
        self.box = CommandBox()
        self.box.clicked.connect(self.commands)
        window.menuBar().setCornerWidget(self.box, Qt.Corner.TopRightCorner)
        for picker in self.pickers:
            picker.closed.connect(self._back_to_canvas)
        window.stage.installEventFilter(self)
        window.stage.currentChanged.connect(self.turned)
        QApplication.instance().focusChanged.connect(self._focus_went)  # type: ignore[union-attr]

    # commands ----------------------------------------------------------------------------------------------------

    def find(self) -> None:
        """Open find, or leap to its field."""
        self._open(self.find_panel)

    def commands(self) -> None:
        """Open the command palette."""
        self._open(self.command_picker, "")

    def quick_add(self) -> None:
        """Open quick add."""
        self._open(self.adder, "")

    def destinations(self) -> None:
        """Open the list of machines to which what is selected could move."""
        self._open(self.mover, "")

    def quick_add_for(self, source: str, spot: tuple[float, float]) -> None:
        """Open quick add with what a cable from `source` can go to; a choice stands at `spot` and is connected."""
        self.adder.close_up()
        self.adder.ask_for(source, spot)
        self._open(self.adder, "")

    def shortcuts(self) -> None:
        """Show all shortcuts in a window of their own."""
        if self.shortcut_window is None:
            self.shortcut_window = ShortcutWindow(self._window)
        self.shortcut_window.show()
        self.shortcut_window.raise_()
        self.shortcut_window.field.setFocus()

    def minimap(self) -> None:
        """Fold the minimap, or open it."""
        self.map.fold()

    def keep_view(self, number: int) -> None:
        """Bookmark what is seen as `number`."""
        canvas = self._window.canvas
        seen = canvas.camera.visible(QSizeF(canvas.size()))
        bookmarks.keep(self._window.session, number, View(seen.x(), seen.y(), seen.width(), seen.height()))
        self._window.desk.say(_("bookmarked: Alt+{number} comes back here", number=number))

    def go_to_view(self, number: int) -> None:
        """Show bookmark `number`."""
        view = bookmarks.bookmarks(self._window.session.document)[number]
        canvas = self._window.canvas
        area = QRectF(view.x, view.y, view.width, view.height)
        canvas.camera.fit(area, QSizeF(canvas.size()), margin=0.0, most=NEAREST)
        canvas.camera_changed.emit()
        canvas.redraw()

    def go_to(self, id: str) -> None:
        """Select something and bring it to the middle; what a closed group hides is shown by that group."""
        canvas = self._window.canvas
        canvas.select((id,))
        box = self._box(id)
        if box.isEmpty():
            return
        if canvas.camera.zoom < READABLE:
            canvas.zoom(READABLE / canvas.camera.zoom)
        seen = canvas.camera.visible(QSizeF(canvas.size()))
        if box.width() > seen.width() or box.height() > seen.height():
            canvas.fit((id,))
            return
        away: QPointF = seen.center() - box.center()
        canvas.pan(away.x() * canvas.camera.zoom, away.y() * canvas.camera.zoom)

    def _box(self, id: str) -> QRectF:
        """Where something is on the canvas, or the nearest thing around it that is drawn."""
        document, scene = self._window.session.document, self._window.canvas.scene
        if id in scene.routes.row:
            xs, ys = zip(*scene.routes.paths[scene.routes.row[id]], strict=True)
            return QRectF(min(xs), min(ys), max(1.0, max(xs) - min(xs)), max(1.0, max(ys) - min(ys)))
        around = (id, *document.above(id)) if id in document.elements else ()
        shown = next((one for one in around if one in scene.columns.row), None)
        return QRectF() if shown is None else scene.columns.box(scene.columns.row[shown])

    # following ---------------------------------------------------------------------------------------------------

    def edited(self) -> None:
        """The document has changed."""
        self.map.look_again()
        self._follow()
        if self.find_panel.isVisible() and not self.find_panel.field.hasFocus():
            self.find_panel.refresh()

    def selected(self) -> None:
        """Something else is selected."""
        self._follow()
        if self.adder.isVisible():
            self.adder.refresh()

    def take(self) -> None:
        """The window shows another canvas."""
        for picker in self.pickers:
            picker.close_up()
        self.map.follow(self._window.canvas)
        self.map.raise_()

    def turned(self) -> None:
        """The map lies over the canvas only."""
        self.map.setVisible(self._window.board.view == TOPOLOGY and len(self._window.sides) == 1)
        self.map.raise_()

    def retell(self) -> None:
        """Everything anew in the language and palette in use."""
        look = self._window.look
        self.find_panel.retell(look, _("Find by name or value"), _("Find"))
        self.command_picker.retell(look, _("Search or run a command"), _("Search commands"))
        self.adder.retell(look, _("Name of a part"), _("Quick add"))
        self.mover.retell(look, _("Name of a machine"), _("Migrate to"))
        self.map.retell()
        self.box.retell(self._window)
        self._follow()
        if self.shortcut_window is not None:
            self.shortcut_window.retell()
        self.arrange()

    def _follow(self) -> None:
        self.crumbs.follow(self._window.session, self._window.canvas.selection, self._window.look)

    def arrange(self) -> None:
        """Put everything in its place."""
        stage = self._window.stage
        area = QRect(stage.mapTo(self._window, stage.rect().topLeft()), stage.size())
        self.find_panel.stand(area, 12, right=True)
        self.adder.stand(area, area.height() // 5)
        self.mover.stand(area, area.height() // 5)
        self.command_picker.stand(self._window.rect(), 56)
        self.map.stand()
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The stage has another size."""
        if event.type() == QEvent.Type.Resize and watched is self._window.stage:
            self.arrange()
        return False

    # little things -----------------------------------------------------------------------------------------------

    def _open(self, picker: Picker, text: str | None = None) -> None:
        for other in self.pickers:
            if other is not picker:
                other.close_up()
        picker.open(text)
        self.arrange()

    def _focus_went(self, _old: QWidget | None, now: QWidget | None) -> None:
        """The palette, quick add and the destinations leave when one goes elsewhere in the window."""
        for picker in (self.command_picker, self.adder, self.mover):
            if now is not None and now is not picker.field and picker.isVisible() and now.window() is self._window:
                picker.hide()

    def _back_to_canvas(self) -> None:
        self._window.canvas.setFocus()

    def _choose(self, id: str | None) -> None:
        """A step of the path: select it, or show everything."""
        if id is None:
            self._window.canvas.select(())
            self._window.canvas.fit()
        elif id in self._window.session.document.elements:
            self._window.choose(id)
