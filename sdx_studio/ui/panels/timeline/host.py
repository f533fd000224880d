"""What the time line may ask of the window around it."""

from typing import Protocol

from PySide6.QtWidgets import QMenu

from sdx_studio.document import Act
from sdx_studio.session import Session
from sdx_studio.session.live import Live
from sdx_studio.session.moments import Moment


class Host(Protocol):
    """The window as the time line sees it; moments in simulated seconds."""

    @property
    def session(self) -> Session:
        """The open project."""

    @property
    def live(self) -> Live:
        """Its running model."""

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of what is selected."""

    def say(self, words: str) -> None:
        """Words in the status bar."""

    def edit_act(self, id: str) -> None:
        """Let the person change an act of the scenario."""

    def rename_moment(self, moment: Moment) -> None:
        """Let the person call a bookmark otherwise."""

    def offer(self, menu: QMenu, act: Act | None, moment: Moment | None, time: float, planning: bool) -> None:
        """Fill a context menu for an act, a bookmark or an empty place; `planning` is the lane of the scenario."""
