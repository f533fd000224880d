"""What is so just now about what is selected: the state of a machine's memory, a cluster's imbalance and its advice."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sdx_studio.session import presently
from sdx_studio.session.presently import Line
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.readouts import LEVELS
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _

GLYPH = 12
"""Px of a mark."""


class JustNow(QWidget):
    """Hidden while there is nothing to say. `follow` comes with every snapshot; words are set when they change."""

    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inspector.now")
        self._look = look
        self._said: tuple[object, ...] = ()
        self._apply: Callable[[], None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self.advice = QLabel()
        self.advice.setWordWrap(True)
        self.advice.setObjectName("inspector.advice")
        self.apply = QPushButton(_("Apply recommendations"))
        self.apply.setObjectName("inspector.apply")
        self.apply.clicked.connect(self._pressed)
        column.addWidget(self.advice)
        column.addWidget(self.apply, 0, Qt.AlignmentFlag.AlignLeft)
        self.forget()

    def follow(self, scene: Scene, id: str, apply: Callable[[], None]) -> None:
        """Take over what a scene says of element `id`; the button does `apply`."""
        self._apply = apply
        lines = presently.lines(scene.document, id, lambda measure: scene.value(id, measure))
        advised = tuple(scene.doings.advised.get(id, {}).values())
        said = (tuple(lines), advised)
        if said == self._said:
            return
        self._said = said
        self._fill(lines)
        words = "\n".join(one.words(scene.document) for one in advised)
        self.advice.setText(f"{_('It recommends')}\n{words}" if words else "")
        self.advice.setVisible(bool(words))
        self.apply.setVisible(bool(words))
        self.setVisible(bool(lines or words))

    def forget(self) -> None:
        """Nothing runs."""
        self._said = ()
        self.advice.hide()
        self.apply.hide()
        self.hide()

    def _pressed(self) -> None:
        if self._apply is not None:
            self._apply()

    def _fill(self, lines: list[Line]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, line in enumerate(lines):
            label, words = QLabel(line.label), QLabel(line.words)
            label.setStyleSheet(f"color: {self._look.colours['ink.2']};")
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            words.setStyleSheet(f"color: {self._look.colours['ink.1']};")
            words.setAccessibleName(f"{line.label}: {line.words}")
            if line.level:
                sign = QLabel()
                sign.setPixmap(self._glyph(line))
                self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 2)

    def _glyph(self, line: Line) -> QPixmap:
        ratio, side = self.devicePixelRatioF(), px(GLYPH)
        picture = QPixmap(round(side * ratio), round(side * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        brush.mark(painter, LEVELS[line.level], QPointF(side / 2, side / 2), side * 0.8, self._look)
        painter.end()
        return picture
