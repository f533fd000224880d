"""What the canvas may ask of its window (`canvas.Host`), and what the window's desk is built on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMenu

from sdx_studio.document import EditError
from sdx_studio.session import Session, arranging
from sdx_studio.session.actions import commands
from sdx_studio.session.build import machine_of
from sdx_studio.session.live import Live
from sdx_studio.ui import putting
from sdx_studio.ui.context import add_migrations, add_plots, add_reads
from sdx_studio.ui.naming import NameEditor
from sdx_studio.ui.speaking import Speaker, announce
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

IN_MENU = (
    "edit.cut", "edit.copy", "edit.paste", "edit.paste_linked", "edit.duplicate", "edit.unlink", "edit.rename",
    "edit.delete", "edit.lock", "edit.template", "edit.group", "edit.select_alike", "edit.connect_selected",
    "link.straight", "link.curved", "link.orthogonal", "link.reset_way", "view.fit_selection",
)  # fmt: skip
ACTS = (
    "simulation.fail", "simulation.repair", "simulation.power_on", "simulation.power_off", "simulation.cut",
    "simulation.mend", "simulation.load", "simulation.optimise", "simulation.fail_over", "simulation.fail_back",
    "simulation.patch", "simulation.crash", "simulation.enter_maintenance", "simulation.exit_maintenance",
    "simulation.apply_recommendation", "simulation.restore_guest",
)  # fmt: skip


class CanvasHost:
    """Gestures, menus and words of one window."""

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

    def say(self, words: str) -> None:
        """Words in the status bar."""
        self.window.statusBar().showMessage(words)
        self.speaker.say(words)

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
            if commands()[id].why_not(self.window.desk) is None:
                menu.addAction(self.window.actions_by_id[id])
        add_migrations(self, menu, ids)
        add_reads(self, menu, ids)
        add_plots(self, menu, ids)
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
        reason = putting.put(self.window, key, count)
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
