"""One open project: document, history and the world that runs it. Window, command line and services all hold one.

May import everything below. May not enter: Qt, widgets, anything that draws. `actions/` holds one file per user
command, `players/` the two ways to run a world.
"""

from sdx_studio.session.run import Run
from sdx_studio.session.session import Session

__all__ = ["Run", "Session"]
