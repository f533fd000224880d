"""The command line: one file a command, found by walking this package.

May import the session and everything below it. May not enter: Qt. What draws is handed in as a `Studio`.
"""

from sdx_studio.cli.frame import main
from sdx_studio.cli.studio import Picture, Studio

__all__ = ["Picture", "Studio", "main"]
