"""A studio that only remembers, and a small project to try commands on."""

from dataclasses import dataclass, field
from pathlib import Path

from sdx_studio.cli import Picture

LAB = Path(__file__).parents[1] / "files" / "v1-map.sdx"


@dataclass
class Drawn:
    """A studio that only remembers what it was asked for."""

    windows: list[tuple[Path | None, bool]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    others: list[bool] = field(default_factory=list)

    def window(self, file: Path | None, play: bool, another: bool) -> int:
        self.others.append(another)
        self.windows.append((file, play))
        return 0

    def render(self, picture: Picture) -> None:
        self.pictures.append(picture)


@dataclass
class Said:
    """What a command line came to."""

    code: int
    out: str
    err: str
    studio: Drawn
