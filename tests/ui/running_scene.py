"""A scene that follows a run, for tests of what it shows."""

from pathlib import Path

from sdx_studio import Session
from sdx_studio.session.filming import Film
from sdx_studio.ui import pictures, theme
from sdx_studio.ui.canvas.scene import Scene

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


class Running:
    """A scene that follows a run in this process; times only rise."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.scene = Scene(session.document, theme.theme("light"))
        self.film = Film(session.document)
        self.ids = {one.name: id for id, one in session.document.elements.items()}

    def at(self, seconds: float) -> Scene:
        """The scene at a moment."""
        pictures.show(self.scene, self.film, seconds)
        return self.scene

    def row(self, name: str) -> int:
        """Row of what has a name."""
        return self.scene.columns.row[self.ids[name]]


def sample(name: str, cut: str | None = None, at: float = 0.0) -> Running:
    """One of the samples, with a cable of which a cut is planned."""
    session = Session.open(next(SAMPLES.glob(f"{name}*.sdx")))
    if cut is not None:
        session.do("cut", cut, at=at)
    return Running(session)
