"""What the command line asks of whoever can draw."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sdx_studio.session import Session


@dataclass(frozen=True, slots=True)
class Picture:
    """A wish for a picture or an animation; times in simulated seconds, `size` in pixels (None: as needed).

    `speed` is how many simulated seconds a second of the animation shows; `progress` hears the share that is done
    (0…1) and may raise to stop the work, which then leaves nothing behind.
    """

    session: Session
    target: Path
    at: float | None = None
    until: float | None = None
    fps: float = 12.0
    scale: float = 1.0
    theme: str = "light"
    view: str = "topology"
    size: tuple[int, int] | None = None
    speed: float = 1.0
    progress: Callable[[float], None] | None = None


class Studio(Protocol):
    """Opens windows and draws pictures."""

    def window(self, file: Path | None, play: bool, another: bool) -> int:
        """Open the window, with a file if one is given and running if `play`; returns the exit code.

        A window that is open already takes the file over unless `another` one is wanted.
        """

    def render(self, picture: Picture) -> None:
        """Draw a picture into its target file; raises OSError or ValueError with a message for people."""
