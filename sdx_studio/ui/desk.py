"""The desk of a window: what commands and the canvas may ask of it (`session.actions.Desk`, `canvas.Host`)."""

from PySide6.QtGui import QGuiApplication

from sdx_studio.document import EditError
from sdx_studio.session.actions import Action
from sdx_studio.ui.canvas.glide import stand
from sdx_studio.ui.canvas.tools.connect import ConnectTool
from sdx_studio.ui.canvas.tools.hand import HandTool
from sdx_studio.ui.canvas.tools.laser import LaserTool
from sdx_studio.ui.hosting import CanvasHost

TOOLS = {"tool.hand": HandTool, "tool.connect": ConnectTool, "tool.laser": LaserTool}


class WindowDesk(CanvasHost):
    """Carries commands out in one window and tells refusals in its status bar."""

    @property
    def grid(self) -> bool:
        """Whether corners snap to the grid while one drags."""
        return self.window.canvas.scene.grid

    @property
    def types(self) -> bool:
        """Whether outlines say where virtualization makes one thing appear as another."""
        return self.window.canvas.scene.types

    @property
    def view(self) -> str:
        """The view on the model that is seen."""
        return self.window.board.view

    @property
    def comparing(self) -> bool:
        """Whether two runs stand side by side."""
        return self.window.comparison.on

    def compare(self) -> None:
        """Fork the model and show both, or end that."""
        comparison = self.window.comparison
        if comparison.on:
            comparison.keep_a()
        else:
            comparison.start()

    def select(self, ids: tuple[str, ...]) -> None:
        """Select these."""
        self.window.canvas.select(ids)

    def fit(self, ids: tuple[str, ...] = ()) -> None:
        """Show everything, or some elements."""
        self.window.canvas.fit(ids)

    def zoom(self, factor: float) -> None:
        """Enlarge around the middle."""
        self.window.canvas.zoom(factor)

    def use_tool(self, id: str) -> None:
        """Take a tool into the hand; the arrow is the one at home."""
        tool = TOOLS.get(id)
        self.window.canvas.use(tool(self.window.canvas) if tool else None)

    def keep(self, text: str) -> None:
        """Put elements that were cut out on the clipboard."""
        self.window.clipboard.keep(text)

    def keep_text(self, text: str) -> None:
        """Put plain text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def holds(self) -> bool:
        """Whether there may be elements on the clipboard."""
        return self.window.clipboard.holds()

    def kept(self) -> str:
        """What lies on the clipboard, as text."""
        return self.window.clipboard.kept()

    def pointer(self) -> tuple[float, float] | None:
        """Where on the canvas the pointer is, or was when the context menu opened."""
        point = self.window.clipboard.point()
        spot = None if point is None else self.window.canvas.camera.to_canvas(point)
        return None if spot is None else (spot.x(), spot.y())

    def beneath(self) -> str | None:
        """The element under the pointer."""
        point = self.window.clipboard.point()
        return None if point is None else self.window.canvas.id_at(point)

    def file(self, what: str) -> None:
        """Commands that need a dialog."""
        getattr(self.window.files, what)()

    def show(self, what: str) -> None:
        """What helps to find one's way."""
        getattr(self.window.ways, what)()

    def go(self, where: str) -> None:
        """To another area of the window."""
        getattr(self.window.ways.areas, where)()

    def clock(self, what: str) -> None:
        """What belongs to the time of a run."""
        getattr(self.window.panels.timing, what)()

    def show_view(self, name: str) -> None:
        """Show another view on the model."""
        self.window.board.show_view(name)

    def keep_view(self, number: int) -> None:
        """Bookmark what is seen."""
        self.window.ways.keep_view(number)

    def go_to_view(self, number: int) -> None:
        """Show what was bookmarked."""
        self.window.ways.go_to_view(number)

    def toggle(self, what: str) -> None:
        """Commands that change the window only."""
        getattr(self.window.switches, what)()

    def prefer(self, what: str, value: str) -> None:
        """Choose how the window is shown."""
        self.window.appearance.choose(what, value)

    def preferred(self, what: str) -> str:
        """What is chosen of how the window is shown."""
        return self.window.appearance.chosen(what)

    def perform(self, action: Action) -> None:
        """Carry a command out; a refusal is said, nothing is changed."""
        reason = action.why_not(self)
        if reason is not None:
            self.say(reason)
            return
        for witness in self.witnesses:
            witness(action.id)
        before = stand(self.window.canvas.scene) if action.glides else None
        try:
            action.run(self)
        except EditError as refusal:
            self.say(str(refusal))
        if before is not None:
            self.window.canvas.glider.start(before)
        self.window.refresh_actions()
