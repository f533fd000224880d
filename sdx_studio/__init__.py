"""SDx Studio: draw an infrastructure, run it, understand it.

`from sdx_studio import Session` opens the same door to scripts, notebooks and tests that the window uses.
The import is lazy, so that `import sdx_studio` costs nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdx_studio.session import Session as Session

__version__ = "0.1.0"
__all__ = ["Session", "__version__"]


def __getattr__(name: str) -> object:
    if name == "Session":
        from sdx_studio.session import Session

        return Session
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
