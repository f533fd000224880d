"""Pictures of the views beside the canvas, as the command line draws them."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from sdx_studio import Session, assets
from sdx_studio.cli import Picture
from sdx_studio.session.views import VIEWS
from sdx_studio.ui.pictures import render

SAMPLE = assets.path("samples", "01-live-migration.sdx")
BESIDE = tuple(VIEWS)[1:]


def drawn(folder: Path, view: str, **figures: object) -> QImage:
    target = folder / "a.png"
    render(Picture(Session.open(SAMPLE), target, view=view, **figures))
    return QImage(str(target))


@pytest.mark.parametrize("view", BESIDE)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_view_is_drawn_at_rest_and_running(view: str, theme: str, tmp_path: Path) -> None:
    rest = drawn(tmp_path, view, theme=theme)
    running = drawn(tmp_path, view, theme=theme, at=20.0)
    assert min(rest.width(), rest.height()) >= 900
    assert rest != running
    corner = running.pixelColor(2, 2)
    assert (corner.lightness() < 80) == (theme == "dark")


def test_size_scale_and_pdf(tmp_path: Path) -> None:
    image = drawn(tmp_path, "blocks", size=(1000, 700), scale=2.0)
    assert (image.width(), image.height()) == (2000, 1400)
    render(Picture(Session.open(SAMPLE), tmp_path / "a.pdf", view="outline"))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_only_the_topology_moves(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.png, \.pdf"):
        render(Picture(Session.open(SAMPLE), tmp_path / "a.gif", view="blocks"))
    assert not list(tmp_path.iterdir())
