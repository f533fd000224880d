"""A plain text editor with numbers before its lines, quiet comments, and lines that can be marked."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from sdx_studio.ui.theme import Theme, px

FAMILIES = (
    '"DejaVu Sans Mono", "Cascadia Mono", "Consolas", "Menlo", "Noto Sans Mono CJK JP", "Noto Sans CJK JP", monospace'
)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
GAP = 8
"""Px on each side of a line's number."""


class _Ink(QSyntaxHighlighter):
    """Keys and comments stand back behind the values."""

    def __init__(self, document: QTextDocument, look: Theme) -> None:
        super().__init__(document)
        self._key, self._comment = QTextCharFormat(), QTextCharFormat()
        self.retell(look)

    def retell(self, look: Theme) -> None:
        """In another palette."""
        self._key.setForeground(look.colour("accent.text"))
        self._comment.setForeground(look.colour("ink.3"))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        if text.lstrip().startswith("#"):
            self.setFormat(0, len(text), self._comment)
            return
        key, colon, rest = text.partition(":")
        if colon:
            self.setFormat(0, len(key), self._key)
            at = rest.find(" #")
            if at >= 0:
                self.setFormat(len(key) + 1 + at, len(text), self._comment)


class _Numbers(QWidget):
    """The strip at the left edge."""

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        """As wide as the largest number needs."""
        return QSize(self._editor.strip(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The numbers of the lines that are seen."""
        self._editor.paint_numbers(event.rect())


class Editor(QPlainTextEdit):
    """Never wraps; Tab goes on to the next widget."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("configuration_text")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.signs: tuple[str, ...] = ()
        """What stands before the lines in place of their numbers."""
        self._marks: dict[int, str] = {}
        self._strip = _Numbers(self)
        self._ink = _Ink(self.document(), look)
        self.blockCountChanged.connect(self._room)
        self.updateRequest.connect(self._scrolled)
        self.retell(look)

    def retell(self, look: Theme) -> None:
        """In another palette or size of words."""
        self._look = look
        colours = look.colours
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {colours['surface.field']}; color: {colours['ink.1']}; border: none;"
            f" border-top: 1px solid {colours['line.1']}; border-bottom: 1px solid {colours['line.1']};"
            f" font-family: {FAMILIES}; font-size: {px(12)}px; selection-background-color: {colours['accent']};"
            f" selection-color: {colours['accent.ink']}; }}"
        )
        self._ink.retell(look)
        self._room()
        self.mark(self._marks)

    def mark(self, lines: Mapping[int, str]) -> None:
        """Lay a colour (a token) under lines, counted from 1."""
        self._marks = dict(lines)
        found = []
        for line, token in self._marks.items():
            one = QTextEdit.ExtraSelection()
            one.format.setBackground(self._look.colour(token))
            one.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            one.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
            found.append(one)
        self.setExtraSelections(found)
        self._strip.update()

    def marked(self) -> dict[int, str]:
        """The lines that are marked, and their tokens."""
        return dict(self._marks)

    def go_to(self, line: int) -> None:
        """Put the cursor on a line, counted from 1."""
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(line - 1)))
        self.ensureCursorVisible()

    def line(self) -> int:
        """The line of the cursor, counted from 1."""
        return self.textCursor().blockNumber() + 1

    def replace(self, text: str) -> None:
        """Show another text at the same place, as far as there is one."""
        line, top = self.line(), self.verticalScrollBar().value()
        self.setPlainText(text)
        self.go_to(min(line, self.blockCount()))
        self.verticalScrollBar().setValue(top)

    def strip(self) -> int:
        """Width of the numbers with their gaps (px)."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9" * digits) + px(2 * GAP)

    def _room(self, _count: int = 0) -> None:
        self.setViewportMargins(self.strip(), 0, 0, 0)
        self._strip.setGeometry(self._strip_box())

    def _strip_box(self) -> QRect:
        inside = self.contentsRect()
        return QRect(inside.left(), inside.top(), self.strip(), inside.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The strip is as high as the text."""
        super().resizeEvent(event)
        self._strip.setGeometry(self._strip_box())

    def _scrolled(self, rect: QRect, dy: int) -> None:
        if dy:
            self._strip.scroll(0, dy)
        else:
            self._strip.update(0, rect.y(), self._strip.width(), rect.height())

    def paint_numbers(self, rect: QRect) -> None:
        """Paint the strip: numbers, or the signs of a comparison."""
        painter = QPainter(self._strip)
        painter.fillRect(rect, self._look.colour("surface.panel"))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= rect.bottom():
            high = self.blockBoundingRect(block).height()
            row = QRect(0, round(top), self._strip.width(), round(high))
            token = self._marks.get(block.blockNumber() + 1)
            if token is not None:
                painter.fillRect(row, self._look.colour(token))
            painter.setPen(self._pen(token))
            painter.drawText(row.adjusted(0, 0, -px(GAP), 0), RIGHT, self._sign(block.blockNumber()))
            top += high
            block = block.next()
        painter.end()

    def _pen(self, token: str | None) -> QColor:
        return self._look.colour(token.removesuffix(".soft") if token is not None else "ink.3")

    def _sign(self, row: int) -> str:
        if self.signs:
            return self.signs[row] if row < len(self.signs) else ""
        return str(row + 1)
