"""What a command declares, and what it may ask of the desk it is used at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sdx_studio.session.acts import ACTS
from sdx_studio.session.live import Live
from sdx_studio.session.session import Session
from sdx_studio.words import _


class Desk(Protocol):
    """Where commands are given: a window, or a test that stands for one."""

    @property
    def session(self) -> Session:
        """The open project."""

    @property
    def live(self) -> Live:
        """Its running model."""

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of selected elements and links."""

    @property
    def grid(self) -> bool:
        """Whether corners snap to the grid while one drags."""

    @property
    def types(self) -> bool:
        """Whether outlines say where virtualization makes one thing appear as another."""

    @property
    def view(self) -> str:
        """The view on the model that is seen: one of `session.views.VIEWS`, or empty on the welcome page."""

    @property
    def comparing(self) -> bool:
        """Whether two runs stand side by side."""

    def compare(self) -> None:
        """Fork the model and show both, or end that."""

    def select(self, ids: tuple[str, ...]) -> None:
        """Select these."""

    def say(self, words: str) -> None:
        """Tell the person something, without stopping them."""

    def fit(self, ids: tuple[str, ...] = ()) -> None:
        """Show everything, or some elements."""

    def zoom(self, factor: float) -> None:
        """Enlarge the picture."""

    def use_tool(self, id: str) -> None:
        """Take a tool into the hand."""

    def rename(self, id: str) -> None:
        """Let the person type a new name."""

    def keep(self, text: str) -> None:
        """Put elements that were cut out on the clipboard, as text and as pictures."""

    def keep_text(self, text: str) -> None:
        """Put plain text on the clipboard."""

    def holds(self) -> bool:
        """Whether the clipboard may hold elements."""

    def kept(self) -> str:
        """The text of them; of whatever lies there, when it is something else."""

    def pointer(self) -> tuple[float, float] | None:
        """Where on the canvas (px at zoom 1) the pointer is; None when it is elsewhere."""

    def beneath(self) -> str | None:
        """The element under the pointer."""

    def file(self, what: str) -> None:
        """new, open, save, save_as, export, to_paper, quit: what needs a dialog; welcome: the page one begins on."""

    def show(self, what: str) -> None:
        """find, commands, quick_add, destinations, shortcuts, minimap: what helps to find one's way."""

    def go(self, where: str) -> None:
        """next, previous, configuration: to another area of the window by keys."""

    def clock(self, what: str) -> None:
        """run_until, breakpoints, bookmark, next_bookmark, previous_bookmark: what belongs to the time of a run."""

    def show_view(self, name: str) -> None:
        """Show one of `session.views.VIEWS`."""

    def keep_view(self, number: int) -> None:
        """Bookmark the part of the canvas that is seen."""

    def go_to_view(self, number: int) -> None:
        """Show a bookmarked part of the canvas."""

    def toggle(self, what: str) -> None:
        """panels, theme, language, grid, types, about: what changes the window only."""

    def prefer(self, what: str, value: str) -> None:
        """Choose a look, a language, a scale of the words, to keep still, or to see details; kept for every project."""

    def preferred(self, what: str) -> str:
        """What is chosen of look, language, scale, still and details."""


def _always(_desk: Desk) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Action:
    """One command. `why_not` says in words why it cannot be used now, or None."""

    id: str
    label: str
    menu: str
    run: Callable[[Desk], None]
    order: int = 100
    shortcut: str = ""
    icon: str = ""
    why_not: Callable[[Desk], str | None] = _always
    under: str = ""
    """Title of the submenu in which it stands, if any."""
    checked: Callable[[Desk], bool] | None = None
    """Whether it is on now; None for what is neither on nor off."""
    glides: bool = False
    """Whether the canvas shows the way from where things were to where they are."""


def landing(desk: Desk) -> tuple[tuple[float, float] | None, str | None, str | None]:
    """Where a paste goes: the pointer's place, the one selected element, and the element under the pointer."""
    document = desk.session.document
    chosen = [id for id in desk.selection if id in document.elements]
    at = desk.pointer()
    return at, chosen[0] if len(chosen) == 1 else None, None if at is None else desk.beneath()


def targets(desk: Desk, verb: str) -> tuple[str, ...]:
    """What of the selection an act of the running model can be done to."""
    wanted = set(ACTS[verb].targets)
    document = desk.session.document
    return tuple(
        id
        for id in desk.selection
        if (id in document.links and "link" in wanted) or (id in document.elements and wanted & document.traits(id))
    )


def why_not(desk: Desk, verb: str) -> str | None:
    """Why the act cannot be done to the selection now, in words."""
    if not desk.live.started:
        return _("press play first: this happens in the running model")
    return None if targets(desk, verb) else _("nothing selected to which this could happen")


def do(desk: Desk, verb: str) -> None:
    """Do the act to everything selected that it fits."""
    for id in targets(desk, verb):
        desk.live.act(verb, id)


def switch(what: str) -> tuple[Callable[[Desk], None], Callable[[Desk], bool]]:
    """What turns a preference on or off, and what says whether it is on."""

    def on(desk: Desk) -> bool:
        return desk.preferred(what) == "true"

    def turn(desk: Desk) -> None:
        desk.prefer(what, "false" if on(desk) else "true")

    return turn, on
