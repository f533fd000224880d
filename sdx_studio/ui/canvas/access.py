"""The canvas for screen readers: every element a child with its name, its state in words and its place on screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.heading import STATE_WORDS
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

_kept: dict[int, "CanvasAccess"] = {}


class _Forget:
    """Lets go of a canvas's interface when the canvas is gone."""

    def __init__(self, key: int) -> None:
        self._key = key

    def __call__(self) -> None:
        _kept.pop(self._key, None)


class ElementAccess(QAccessibleInterface):
    """One element as a list item."""

    def __init__(self, canvas: "Canvas", id: str) -> None:
        super().__init__()
        self._canvas = canvas
        self._id = id

    def isValid(self) -> bool:
        """Whether it is still drawn."""
        return self._id in self._canvas.scene.columns.row

    def object(self) -> QObject:
        """Elements are no objects of Qt's."""
        return None  # type: ignore[return-value]

    def parent(self) -> QAccessibleInterface:
        """The canvas."""
        return _of(self._canvas)

    def child(self, _index: int) -> QAccessibleInterface:
        """The list is flat: what holds it is said in the description."""
        return None  # type: ignore[return-value]

    def childCount(self) -> int:
        """None."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """None."""
        return -1

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface:
        """None."""
        return None  # type: ignore[return-value]

    def rect(self) -> QRect:
        """Where it is on the screen."""
        box = self._canvas.screen_box(self._id).toRect()
        return QRect(self._canvas.mapToGlobal(box.topLeft()), box.size())

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Selected or not."""
        made = QAccessible.State()
        made.selectable = True
        made.selected = self._id in self._canvas.selection
        return made

    def text(self, which: QAccessible.Text) -> str:
        """Name; state and number as the value; kind and container as the description."""
        if not self.isValid():
            return ""
        document = self._canvas.session.document
        one = document.element(self._id)
        if which == QAccessible.Text.Name:
            return one.name
        if which == QAccessible.Text.Value:
            return state_words(self._canvas, self._id)
        if which == QAccessible.Text.Description:
            label = _(document.kind_of(self._id).label)
            above = self._canvas.scene.columns.holder(self._id)
            return _("{kind} in {name}", kind=label, name=document.element(above).name) if above else label
        return ""

    def setText(self, _which: QAccessible.Text, _text: str) -> None:
        """Names are changed by the rename command."""


class CanvasAccess(QAccessibleWidget):
    """The canvas as a list of its elements."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas, QAccessible.Role.List, _("Canvas"))
        self._canvas = canvas
        self._children: dict[str, ElementAccess] = {}

    def _child(self, id: str) -> ElementAccess:
        if id not in self._children:
            self._children[id] = ElementAccess(self._canvas, id)
        return self._children[id]

    def childCount(self) -> int:
        """Elements drawn."""
        return len(self._canvas.scene.columns.ids)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The element drawn as the index-th."""
        ids = self._canvas.scene.columns.ids
        return self._child(ids[index]) if 0 <= index < len(ids) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Its place in drawing order."""
        for index, id in enumerate(self._canvas.scene.columns.ids):
            if self._children.get(id) is child:
                return index
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The element under a point of the screen."""
        from PySide6.QtCore import QPoint

        id = self._canvas.id_at(self._canvas.mapFromGlobal(QPoint(x, y)).toPointF())
        return None if id is None else self._child(id)


def state_words(canvas: "Canvas", id: str) -> str:
    """An element's state and number in words."""
    columns = canvas.scene.columns
    row = columns.row[id]
    words = _(STATE_WORDS[State(int(columns.state[row]))]) if columns.state[row] else _("at rest")
    lead = columns.lead[row]
    return f"{words}, {lead * 100:.0f}\u00a0%" if lead == lead else words


def _of(canvas: "Canvas") -> CanvasAccess:
    if id(canvas) not in _kept:
        _kept[id(canvas)] = CanvasAccess(canvas)
        canvas.destroyed.connect(_Forget(id(canvas)))
    return _kept[id(canvas)]


def _factory(_key: str, thing: QObject | None) -> QAccessibleInterface | None:
    from sdx_studio.ui.canvas.canvas import Canvas

    return _of(thing) if isinstance(thing, Canvas) else None


def install() -> None:
    """Make canvases known to the accessibility bus; once is enough."""
    if not _installed:
        QAccessible.installFactory(_factory)
        _installed.append(True)


_installed: list[bool] = []
