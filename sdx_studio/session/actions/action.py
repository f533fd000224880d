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

    def file(self, what: str) -> None:
        """new, open, save, save_as, export, quit: what needs a dialog."""

    def show(self, what: str) -> None:
        """find, commands, quick_add, shortcuts, minimap: what helps to find one's way."""

    def keep_view(self, number: int) -> None:
        """Bookmark the part of the canvas that is seen."""

    def go_to_view(self, number: int) -> None:
        """Show a bookmarked part of the canvas."""

    def toggle(self, what: str) -> None:
        """panels, theme, language, about: what changes the window only."""


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
    checkable: bool = False
    under: str = ""
    """Title of the submenu in which it stands, if any."""


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
