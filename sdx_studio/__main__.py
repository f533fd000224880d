"""Window or command line? The command line decides; Qt is only imported when something is drawn."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdx_studio.cli import Picture


def _without_display() -> bool:
    """Whether nobody could see a window (only X11 and Wayland systems tell)."""
    if sys.platform in ("win32", "darwin"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class QtStudio:
    """Draws with Qt, which is imported at the first wish."""

    def window(self, file: Path | None, play: bool, another: bool) -> int:
        """Open the window; returns its exit code."""
        from sdx_studio.ui import quiet

        quiet.hold()
        self._platform()
        from sdx_studio.ui.app import open_window

        return open_window(file, play, another)

    def render(self, picture: "Picture") -> None:
        """Draw a picture or an animation into a file."""
        self._platform()
        from sdx_studio.ui.pictures import render

        render(picture)

    def _platform(self) -> None:
        if _without_display():
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a command line; without arguments the program's own."""
    from sdx_studio.cli import main as command_line

    return command_line(sys.argv[1:] if argv is None else argv, QtStudio())


if __name__ == "__main__":
    sys.exit(main())
