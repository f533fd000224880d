"""What every view offers the window; a page is told of changes only while it is seen, and catches up when shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from sdx_studio.engine.snapshot import Layout, Snapshot

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class Page(QWidget):
    """A view on the window's session beside the canvas."""

    name = ""
    """One of `session.views.VIEWS`; the object's name is `view.<name>`."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self.owner = window
        self.setObjectName(f"view.{self.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def retell(self) -> None:
        """Everything anew: another session, language, palette or size of words."""

    def edited(self) -> None:
        """The drawing has changed."""

    def selected(self) -> None:
        """Something else is selected (`owner.canvas.selection`)."""

    def follow(self, layout: Layout, snapshot: Snapshot) -> None:
        """A newer picture of the running model."""

    def at_rest(self) -> None:
        """Nothing runs any more."""

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed meanwhile."""
        super().showEvent(event)
        self.retell()
        self.selected()
        self.catch_up()

    def catch_up(self) -> None:
        """The newest picture of the running model, if there is one."""
        player = self.owner.live.player
        latest = None if player is None else player.latest()
        if latest is not None:
            self.follow(*latest)
