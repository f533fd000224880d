"""The parts: columns of icons in groups; drag one onto the canvas, or click it and then the canvas."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QDrag,
    QFocusEvent,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QScrollArea, QToolButton, QVBoxLayout, QWidget

from sdx_studio.kinds import Kind, catalogue
from sdx_studio.ui import icons
from sdx_studio.ui.canvas.canvas import KIND_MIME
from sdx_studio.ui.panels.leaving import exchange
from sdx_studio.ui.theme import Manner, Theme, font, px
from sdx_studio.words import _, mark

GROUPS = {
    "machines": mark("Machines"), "layers": mark("Layers and guests"), "storage": mark("Storage"),
    "network": mark("Network"), "places": mark("Places"), "control": mark("Control"),
}  # fmt: skip

ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
TILE = 64
"""Pixels of a part's width; a longer name goes on in a second line, or becomes smaller when it is one word."""


def _breaks(label: str) -> bool:
    """Whether a name may go on in a second line: between words, or anywhere in Japanese."""
    return " " in label or not label.isascii()


class PartButton(QToolButton):
    """One kind: 24 px icon over its name."""

    def __init__(self, what: Kind, look: Theme, arm: Callable[[str], None], put: Callable[[str], None]) -> None:
        super().__init__()
        self._put = put
        self.setObjectName(f"part.{what.key}")
        self.what = what
        self.look = look
        self._pressed_at: QPoint | None = None
        words = QFont(font("micro"))
        wide = QFontMetricsF(words).horizontalAdvance(_(what.label))
        if wide > TILE and not _breaks(_(what.label)):
            words.setPixelSize(int(QFontInfo(words).pixelSize() * TILE / wide))
        self._words = words
        self.setFixedSize(QSize(px(TILE), px(56 if wide <= TILE or not _breaks(_(what.label)) else 69)))
        self.setToolTip(f"{_(what.label)}: {_(what.help)}")
        self.setAccessibleName(_(what.label))
        self.setAccessibleDescription(_(what.help))
        self.clicked.connect(lambda: arm(what.key))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and name; hover and press as grounds."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self.look
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 2) if self.hasFocus() else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(look.colour("surface.pressed" if self.isDown() else "surface.hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.scale(Manner.scale, Manner.scale)
        icons.paint(painter, icons.drawing(self.what.key, 24), QRectF(20, 7, 24, 24), look.colour("ink.1"))
        painter.setFont(self._words)
        painter.setPen(look.colour("ink.1"))
        place = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        label = _(self.what.label)
        wrap = Qt.TextFlag.TextWordWrap if " " in label else Qt.TextFlag.TextWrapAnywhere
        painter.drawText(QRectF(0, 36, TILE, self.height() / Manner.scale - 36), int(place) | int(wrap), label)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, in case it becomes a drag."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough from the press it becomes a drag."""
        start = self._pressed_at
        if start is not None and (event.position().toPoint() - start).manhattanLength() > 6:
            self._pressed_at = None
            self.setDown(False)
            self._drag()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the parts beside it; Enter puts it where it belongs."""
        if event.key() in ARROWS:
            self._walk(ARROWS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._put(self.what.key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What has the keys is in view."""
        super().focusInEvent(event)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(self)

    def _walk(self, way: tuple[int, int]) -> None:
        """To the nearest part in a direction (x, y; one is 0)."""
        here = self.geometry().center()
        best: tuple[int, PartButton] | None = None
        around = self.parentWidget()
        for other in around.findChildren(PartButton) if around is not None else ():
            step = other.geometry().center() - here
            along = step.x() * way[0] + step.y() * way[1]
            across = abs(step.x() * way[1]) + abs(step.y() * way[0])
            cost = along + 3 * across
            if along > self.height() // 3 and (best is None or cost < best[0]):
                best = (cost, other)
        if best is not None:
            best[1].setFocus(Qt.FocusReason.TabFocusReason)

    def _drag(self) -> None:
        drag = QDrag(self)
        held = QMimeData()
        held.setData(KIND_MIME, QByteArray(self.what.key.encode()))
        drag.setMimeData(held)
        empty = QPixmap(1, 1)
        empty.fill(Qt.GlobalColor.transparent)
        drag.setPixmap(empty)
        drag.exec(Qt.DropAction.CopyAction)


class Palette(QWidget):
    """All kinds in their groups, with a filter."""

    def __init__(self, look: Theme, arm: Callable[[str], None], put: Callable[[str], None]) -> None:
        super().__init__()
        self._put = put
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._arm = arm
        self._columns = 3
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 12, 4, 8)
        outer.setSpacing(8)
        self.filter = QLineEdit()
        self.filter.setObjectName("palette_filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._fill)
        self.filter.returnPressed.connect(self._put_first)
        self.filter.installEventFilter(self)
        outer.addWidget(self.filter)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self._scroll)
        self.retell(look)

    def retell(self, look: Theme) -> None:
        """Show everything anew, in another language or palette."""
        self._look = look
        self.filter.setPlaceholderText(_("Find a part"))
        self.filter.setAccessibleName(_("Find a part"))
        self._fill(self.filter.text())

    def _fill(self, wanted: str) -> None:
        body = QWidget()
        body.setObjectName("palette_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(2)
        needle = wanted.strip().casefold()
        for group, heading in GROUPS.items():
            kinds = [one for one in catalogue().values() if one.group == group and self._matches(one, needle)]
            if kinds:
                column.addWidget(self._heading(_(heading)))
                column.addLayout(self._grid(kinds))
        column.addStretch(1)
        exchange(self._scroll, body, self)

    def _first(self) -> PartButton | None:
        body = self._scroll.widget()
        return None if body is None else body.findChild(PartButton)

    def _put_first(self) -> None:
        """Enter in the filter: the first part that is shown goes where it belongs."""
        first = self._first()
        if first is not None and self.filter.text():
            self._put(first.what.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the filter to the parts."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            first = self._first()
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        columns = max(1, (self._scroll.width() - px(12)) // px(TILE))
        if columns != self._columns:
            self._columns = columns
            self._fill(self.filter.text())

    @staticmethod
    def _matches(what: Kind, needle: str) -> bool:
        return not needle or any(needle in one.casefold() for one in (what.key, what.label, _(what.label)))

    def _heading(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setStyleSheet(f"font-size: {px(11)}px; font-weight: 600; padding: 8px 4px 2px 4px;")
        return label

    def _grid(self, kinds: list[Kind]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(0)
        for index, one in enumerate(kinds):
            button = PartButton(one, self._look, self._arm, self._put)
            place = divmod(index, self._columns)
            grid.addWidget(button, *place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(self._columns, 1)
        return grid
