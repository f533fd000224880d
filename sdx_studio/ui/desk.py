"""The desk of a window: what commands and the canvas may ask of it (`session.actions.Desk`, `canvas.Host`)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMenu

from sdx_studio.document import EditError
from sdx_studio.kinds import kind
from sdx_studio.session import Session, arranging
from sdx_studio.session.actions import Action, commands
from sdx_studio.session.build import machine_of
from sdx_studio.session.live import Live
from sdx_studio.session.quick import Wish
from sdx_studio.ui.canvas.glide import stand
from sdx_studio.ui.canvas.tools.connect import ConnectTool
from sdx_studio.ui.canvas.tools.hand import HandTool
from sdx_studio.ui.canvas.tools.laser import LaserTool
from sdx_studio.ui.context import add_migrations
from sdx_studio.ui.naming import NameEditor
from sdx_studio.ui.speaking import Speaker, announce
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

TOOLS = {"tool.hand": HandTool, "tool.connect": ConnectTool, "tool.laser": LaserTool}
IN_MENU = (
    "edit.cut", "edit.copy", "edit.paste", "edit.paste_linked", "edit.duplicate", "edit.unlink", "edit.rename",
    "edit.delete", "edit.lock", "edit.group", "edit.select_alike", "edit.connect_selected", "link.straight",
    "link.curved", "link.orthogonal", "link.reset_way", "view.fit_selection",
)  # fmt: skip
ACTS = (
    "simulation.fail", "simulation.repair", "simulation.power_on", "simulation.power_off", "simulation.cut",
    "simulation.mend", "simulation.optimise",
)  # fmt: skip


class WindowDesk:
    """Carries commands out in one window and tells refusals in its status bar."""

    def __init__(self, window: "Window") -> None:
        self.window = window
        self._names = NameEditor(window)
        self.speaker = Speaker(lambda words, urgent: announce(window.canvas, words, urgent))
        self.witnesses: list[Callable[[str], None]] = []
        """Called with a command's id before it is carried out."""

    @property
    def session(self) -> Session:
        """The open project."""
        return self.window.session

    @property
    def live(self) -> Live:
        """Its running model."""
        return self.window.live

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of what is selected."""
        return self.window.canvas.selection

    @property
    def grid(self) -> bool:
        """Whether corners snap to the grid while one drags."""
        return self.window.canvas.scene.grid

    def select(self, ids: tuple[str, ...]) -> None:
        """Select these."""
        self.window.canvas.select(ids)

    def say(self, words: str) -> None:
        """Words in the status bar."""
        self.window.statusBar().showMessage(words)
        self.speaker.say(words)

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

    def keep_view(self, number: int) -> None:
        """Bookmark what is seen."""
        self.window.ways.keep_view(number)

    def go_to_view(self, number: int) -> None:
        """Show what was bookmarked."""
        self.window.ways.go_to_view(number)

    def toggle(self, what: str) -> None:
        """Commands that change the window only."""
        getattr(self.window, f"toggle_{what}")()

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

    # what the canvas asks ----------------------------------------------------------------------------------------

    def rename(self, id: str) -> None:
        """Type a new name where the old one stands; Enter takes it, Esc leaves it."""
        self._names.open(id)

    def nudge(self, dx: float, dy: float) -> None:
        """Move what is selected a little; many nudges are one step."""
        try:
            arranging.nudge(self.session, self.selection, dx, dy)
        except EditError as refusal:
            self.say(str(refusal))

    def offer(self, source: str, spot: tuple[float, float]) -> None:
        """Quick add with what a cable from `source` can go to, to be put at a spot of the canvas."""
        self.window.ways.quick_add_for(source, spot)

    def start_or_pause(self) -> None:
        """What the space bar stands for."""
        self.window.actions_by_id["simulation.play"].trigger()

    def carry_over(self, ids: list[str], target: str | None) -> bool:
        """In a running model, dropping a guest on another machine moves it live."""
        document = self.session.document
        if not self.live.started or target is None or not all("mobile" in document.traits(id) for id in ids):
            return False
        for id in ids:
            self.live.act("migrate", id, to=machine_of(document, target))
        return True

    def menu_for(self, ids: tuple[str, ...], at: QPointF) -> None:
        """Everything one can do to what is selected."""
        menu = QMenu(self.window)
        for id in (*IN_MENU, *ACTS):
            if commands()[id].why_not(self) is None:
                menu.addAction(self.window.actions_by_id[id])
        add_migrations(self, menu, ids)
        if menu.isEmpty():
            menu.addAction(self.window.actions_by_id["view.fit"])
        self.window.clipboard.opened(menu, at)
        menu.popup(at.toPoint())
        self.window.open_menu = menu

    def inspect(self) -> None:
        """The first property of what is selected."""
        self.window.ways.areas.inspect()

    def put(self, key: str, count: int = 1) -> None:
        """New parts into what is selected, or in the middle of what is seen."""
        reason = self.window.ways.adder.put(Wish(kind(key), None, count))
        if reason is not None:
            self.say(reason)

    def migrate(self, ids: list[str], machine: str) -> None:
        """Move guests live: now if the model runs, otherwise planned for the start of the next run."""
        for id in ids:
            if self.live.started:
                self.live.act("migrate", id, to=machine)
            else:
                self.session.do("migrate", id, to=machine, at=1.0)
                self.say(_("planned for second 1 of the next run"))
