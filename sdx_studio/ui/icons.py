"""The project's own SVG icons, coloured by the theme, cached by name, size, colours and pixel ratio."""

import functools
import re

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sdx_studio import assets
from sdx_studio.ui.theme import Theme, px

_INK = "#14171c"
_TINT = "#e3e6ea"


@functools.lru_cache(maxsize=256)
def _source(name: str) -> str:
    return assets.path("icons", f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=1024)
def renderer(name: str, ink: str, tint: str) -> QSvgRenderer:
    """The drawing `name` with its ink and tint exchanged."""
    text = re.sub(_TINT, tint, re.sub(_INK, ink, _source(name)))
    return QSvgRenderer(QByteArray(text.encode()))


def known(name: str) -> bool:
    """Whether there is such a drawing."""
    return (assets.root() / "icons" / f"{name}.svg").exists()


def drawing(kind: str, size: int) -> str:
    """File name of a kind's icon for a size in px: the next smaller of its three drawings; a tag for unknown kinds."""
    step = 48 if size >= 48 else 24 if size >= 24 else 16
    name = f"{kind}-{step}"
    return name if known(name) else f"template-{step}"


def paint(painter: QPainter, name: str, box: QRectF, ink: QColor, tint: QColor | None = None) -> None:
    """Draw an icon as vectors into `box` (for pictures and large sizes)."""
    renderer(name, ink.name(), (tint or ink).name()).render(painter, box)


@functools.lru_cache(maxsize=2048)
def pixmap(name: str, size: int, ink: str, tint: str, ratio: float) -> QPixmap:
    """The icon as pixels, `size` px wide at a pixel ratio."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer(name, ink, tint).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def ui_icon(name: str, look: Theme, key: str = "ink.1") -> QIcon:
    """An interface icon (`ui-play`) as a QIcon with its disabled look, as large as the words are."""
    made, size = QIcon(), px(16)
    ink = look.colour(key).name()
    faint = look.mixed("ink.3", "surface.chrome", 0.5).name()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, size, ink, ink, ratio))
        made.addPixmap(pixmap(name, size, faint, faint, ratio), QIcon.Mode.Disabled)
    return made
