"""Tiles of the welcome page: something to open, as a card with a picture or as a row, for mouse and keys."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.theme import Manner, Theme, font, px

CARD = (224, 198)
"""Size of a card at font scale 100 %."""
PICTURE = (224, 126)
ROW = 44
EDGE = 8.0
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class Tile(QAbstractButton):
    """Has a title and a line; Enter, Space and a click open it, arrows ask for the tile beside it."""

    wanted = Signal(QWidget, tuple)
    """This tile and a direction: the one beside it is wanted."""

    def __init__(self, title: str, line: str, look: Theme, icon: str = "") -> None:
        super().__init__()
        self.title, self.line, self.look, self.icon_name = title, line, look, icon
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows leave for the neighbour."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in ARROWS:
            self.wanted.emit(self, ARROWS[key])
        else:
            super().keyPressEvent(event)

    @property
    def room(self) -> QRectF:
        """Where it may paint, in px at font scale 100 %."""
        return QRectF(0, 0, self.width() / Manner.scale, self.height() / Manner.scale)

    def begin(self) -> QPainter:
        """A painter that works at font scale 100 %."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(Manner.scale, Manner.scale)
        return painter

    def ring(self, painter: QPainter) -> None:
        """What has the keyboard."""
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.colour("accent"), 2.0))
            painter.drawRoundedRect(self.room.adjusted(1, 1, -1, -1), EDGE, EDGE)


class Card(Tile):
    """A picture with title and line under it."""

    def __init__(self, title: str, line: str, look: Theme) -> None:
        super().__init__(title, line, look)
        self._image = QImage()
        self.setFixedSize(px(CARD[0]), px(CARD[1]))

    @property
    def drawn(self) -> bool:
        """Whether the picture is there."""
        return not self._image.isNull()

    def show_image(self, image: QImage) -> None:
        """The picture has come."""
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, look, room = self.begin(), self.look, self.room
        brush.panel(painter, room, EDGE, look.colour("card.paper"), None)
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(room, EDGE, EDGE)
        painter.setClipPath(clip)
        picture = QRectF(0, 0, room.width(), PICTURE[1])
        painter.fillRect(picture, look.colour("surface.canvas"))
        if self.drawn:
            painter.drawImage(picture, self._image)
        painter.fillRect(QRectF(0, PICTURE[1], room.width(), 1), look.colour("line.1"))
        painter.restore()
        edge = "line.3" if self.underMouse() else "line.2"
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour(edge), 1.0))
        painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), EDGE, EDGE)
        wide, under = room.width() - 24, PICTURE[1]
        brush.text(painter, self.title, QPointF(12, under + 18), "name", look.colour("ink.1"), room=wide)
        painter.setFont(font("micro"))
        painter.setPen(look.colour("ink.2"))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRectF(12, under + 30, wide, CARD[1] - under - 34), flags, self.line)
        self.ring(painter)
        painter.end()


class Row(Tile):
    """An icon, a title and a line beside it."""

    def __init__(self, title: str, line: str, look: Theme, icon: str) -> None:
        super().__init__(title, line, look, icon)
        self.faint = False
        """Whether what it stands for is not there."""
        self.setMinimumSize(px(96), px(ROW))

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(px(248), px(ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, look, room = self.begin(), self.look, self.room
        if self.underMouse():
            brush.panel(painter, room, EDGE, look.colour("surface.hover"), None)
        ink = look.colour("ink.3" if self.faint else "ink.1")
        icons.paint(painter, self.icon_name, QRectF(12, room.center().y() - 8, 16, 16), ink)
        wide, middle = room.width() - 52, room.center().y()
        brush.text(painter, self.title, QPointF(40, middle - 8), "guest", ink, room=wide)
        brush.text(painter, self.line, QPointF(40, middle + 9), "micro", look.colour("ink.2"), room=wide)
        self.ring(painter)
        painter.end()
