"""The parts: columns of icons in groups; drag one onto the canvas, or click it and then the canvas."""

from collections.abc import Callable
from dataclasses import dataclass

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
    QShowEvent,
)
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QScrollArea, QToolButton, QVBoxLayout, QWidget

from sdx_studio.kinds import catalogue
from sdx_studio.session import Session
from sdx_studio.session.templates import MARK, templates
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
TEMPLATES = mark("Templates")
LEAST_WORDS = 9
"""Px of the smallest words on a button."""
TILE = 64
"""Pixels of a part's width; a longer name goes on in a second line, or becomes smaller when it is one word."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a button stands for: `key` of a kind or of a template, and what it is called in the language in use."""

    key: str
    icon: str
    label: str
    help: str
    words: tuple[str, ...] = ()
    """Other words by which it is found."""


def _parts(group: str) -> list[Part]:
    """The kinds of one group."""
    kinds = [one for one in catalogue().values() if one.group == group]
    return [Part(one.key, one.key, _(one.label), _(one.help), (one.key, one.label)) for one in kinds]


def _templates(session: Session) -> tuple[Part, ...]:
    """The templates of a project."""
    document = session.document
    return tuple(
        Part(f"{MARK}{id}", document.elements[id].kind, document.elements[id].name,
             _("a copy of {name}", name=document.elements[id].name), (_(document.kind_of(id).label),))
        for id in templates(document)
    )  # fmt: skip


def _breaks(label: str) -> bool:
    """Whether a name may go on in a second line: between words, or anywhere in Japanese."""
    return " " in label or not label.isascii()


class PartButton(QToolButton):
    """One kind, or a template of one: 24 px icon over its name."""

    def __init__(self, part: Part, look: Theme, arm: Callable[[str], None], put: Callable[[str], None]) -> None:
        super().__init__()
        self._put = put
        self.part = part
        self.setObjectName(f"part.{part.key}")
        self.look = look
        self._pressed_at: QPoint | None = None
        words = QFont(font("micro"))
        wide = QFontMetricsF(words).horizontalAdvance(part.label)
        if wide > TILE and not _breaks(part.label):
            words.setPixelSize(max(LEAST_WORDS, int(QFontInfo(words).pixelSize() * TILE / wide)))
        self._words = words
        end = Qt.TextElideMode.ElideRight
        self._label = part.label if _breaks(part.label) else QFontMetricsF(words).elidedText(part.label, end, TILE)
        self.setFixedSize(QSize(px(TILE), px(56 if wide <= TILE or not _breaks(part.label) else 69)))
        self.setToolTip(f"{part.label}: {part.help}")
        self.setAccessibleName(part.label)
        self.setAccessibleDescription(part.help)
        self.clicked.connect(lambda: arm(part.key))

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
        icons.paint(painter, icons.drawing(self.part.icon, 24), QRectF(20, 7, 24, 24), look.colour("ink.1"))
        painter.setFont(self._words)
        painter.setPen(look.colour("ink.1"))
        place = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        label = self._label
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
            self._put(self.part.key)
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
        held.setData(KIND_MIME, QByteArray(self.part.key.encode()))
        drag.setMimeData(held)
        empty = QPixmap(1, 1)
        empty.fill(Qt.GlobalColor.transparent)
        drag.setPixmap(empty)
        drag.exec(Qt.DropAction.CopyAction)


class Palette(QWidget):
    """All kinds in their groups, and the project's templates, with a filter."""

    def __init__(self, session: Session, look: Theme, arm: Callable[[str], None], put: Callable[[str], None]) -> None:
        super().__init__()
        self._put = put
        self._session = session
        self._templates: tuple[Part, ...] = ()
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._arm = arm
        self._columns = 3
        self._stale = True
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

    def retell(self, session: Session, look: Theme) -> None:
        """Show everything anew, in another language or palette, or for another session."""
        self._session, self._look = session, look
        self._templates = _templates(session)
        self.filter.setPlaceholderText(_("Find a part"))
        self.filter.setAccessibleName(_("Find a part"))
        self._fill(self.filter.text())

    def edited(self) -> None:
        """The drawing has changed, perhaps its templates."""
        found = _templates(self._session)
        if found != self._templates:
            self._templates = found
            self._fill(self.filter.text())

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self._fill(self.filter.text())

    def _fill(self, wanted: str) -> None:
        """The buttons anew; as long as nobody sees them that can wait."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        body = QWidget()
        body.setObjectName("palette_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(2)
        needle = wanted.strip().casefold()
        groups = [(heading, _parts(group)) for group, heading in GROUPS.items()]
        for heading, parts in (*groups, (TEMPLATES, self._templates)):
            found = [one for one in parts if any(needle in word.casefold() for word in (*one.words, one.label))]
            if found:
                column.addWidget(self._heading(_(heading)))
                column.addLayout(self._grid(found))
        column.addStretch(1)
        exchange(self._scroll, body, self)

    def _first(self) -> PartButton | None:
        body = self._scroll.widget()
        return None if body is None else body.findChild(PartButton)

    def _put_first(self) -> None:
        """Enter in the filter: the first part that is shown goes where it belongs."""
        first = self._first()
        if first is not None and self.filter.text():
            self._put(first.part.key)

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

    def _heading(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setStyleSheet(f"font-size: {px(11)}px; font-weight: 600; padding: 8px 4px 2px 4px;")
        return label

    def _grid(self, parts: list[Part]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(0)
        for index, one in enumerate(parts):
            button = PartButton(one, self._look, self._arm, self._put)
            place = divmod(index, self._columns)
            grid.addWidget(button, *place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(self._columns, 1)
        return grid
