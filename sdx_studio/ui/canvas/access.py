"""The canvas for screen readers: elements and cables with name, state in words, place, surroundings and actions."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr

from sdx_studio.document import Change
from sdx_studio.ui.canvas.reading import reading_order, reading_place
from sdx_studio.ui.canvas.telling import link_name, link_state, state_words, surroundings
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

ACTIONS = {"Press": mark("Select"), "ShowMenu": mark("Context menu"), "Rename": mark("Rename"),
           "Properties": mark("Properties")}  # fmt: skip
"""What a screen reader may do to an element, by the names that Qt knows or that are the canvas's own."""
MOST_TOLD = 50
"""New elements and cables of one edit that are told one by one."""
NOTHING = VoidPtr(0)
_kept: dict[int, "CanvasAccess"] = {}


class _Forget:
    """Lets go of a canvas's interface when the canvas is gone."""

    def __init__(self, key: int) -> None:
        self._key = key

    def __call__(self) -> None:
        _kept.pop(self._key, None)


class ItemActions(QAccessibleActionInterface):
    """What can be done to one element or cable."""

    def __init__(self, canvas: "Canvas", id: str) -> None:
        super().__init__()
        self._canvas = canvas
        self._id = id

    def actionNames(self) -> list[str]:
        """Cables have no name to be changed."""
        linked = self._id in self._canvas.scene.routes.row
        return [one for one in ACTIONS if not (linked and one == "Rename")]

    def localizedActionName(self, name: str) -> str:
        """As it is said."""
        return _(ACTIONS[name]) if name in ACTIONS else ""

    def localizedActionDescription(self, name: str) -> str:
        """The same words: they say it all."""
        return self.localizedActionName(name)

    def keyBindingsForAction(self, name: str) -> list[str]:
        """Keys that do the same once it is selected."""
        return {"ShowMenu": ["Shift+F10"], "Rename": ["F2"], "Properties": ["Return"]}.get(name, [])

    def doAction(self, name: str) -> None:
        """Every action selects first."""
        canvas = self._canvas
        if name not in self.actionNames():
            return
        canvas.walker.go(self._id)
        if name == "ShowMenu":
            canvas.walker.menu()
        elif name == "Rename":
            canvas.host.rename(self._id)
        elif name == "Properties":
            canvas.host.inspect()


class ItemAccess(QAccessibleInterface):
    """One element or cable as a list item."""

    def __init__(self, canvas: "Canvas", id: str) -> None:
        super().__init__()
        self._canvas = canvas
        self._id = id
        self._actions = ItemActions(canvas, id)

    def isValid(self) -> bool:
        """Whether it is still drawn."""
        return self._id in self._canvas.scene.columns.row or self._id in self._canvas.scene.routes.row

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """Items have actions and nothing else."""
        return self._actions if kind == QAccessible.InterfaceType.ActionInterface else NOTHING

    def object(self) -> QObject:
        """Items are no objects of Qt's."""
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
        if not self.isValid():
            return QRect()
        box = self._canvas.walker.box(self._id).toRect()
        return QRect(self._canvas.mapToGlobal(box.topLeft()), box.size())

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Selected, where the keys are, out of view, or gone."""
        made, canvas = QAccessible.State(), self._canvas
        if not self.isValid():
            made.invalid = True
            return made
        made.selectable = made.multiSelectable = made.focusable = True
        made.selected = self._id in canvas.selection
        made.focused = canvas.hasFocus() and canvas.walker.focus == self._id
        made.offscreen = not canvas.walker.box(self._id).toRect().intersects(canvas.rect())
        one = canvas.session.document.elements.get(self._id)
        made.readOnly = one is not None and one.locked
        return made

    def text(self, which: QAccessible.Text) -> str:
        """Name; state and number as the value; kind, container and cables as the description."""
        if not self.isValid():
            return ""
        canvas = self._canvas
        linked = self._id in canvas.scene.routes.row
        if which == QAccessible.Text.Name:
            return link_name(canvas, self._id) if linked else canvas.session.document.element(self._id).name
        if which == QAccessible.Text.Value:
            return link_state(canvas, self._id) if linked else state_words(canvas, self._id)
        if which == QAccessible.Text.Description:
            return surroundings(canvas, self._id)
        return ""

    def setText(self, _which: QAccessible.Text, _text: str) -> None:
        """Names are changed by the rename command."""


class CanvasAccess(QAccessibleWidget):
    """The canvas as a list: its elements in reading order, then its cables."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas, QAccessible.Role.List, _("Canvas"))
        self._canvas = canvas
        self._children: dict[str, ItemAccess] = {}

    def item(self, id: str) -> ItemAccess:
        """The interface of an element or a cable; always the same one."""
        if id not in self._children:
            self._children[id] = ItemAccess(self._canvas, id)
        return self._children[id]

    def place(self, id: str | None) -> int:
        """Its index among the children; −1 when it is not drawn."""
        scene = self._canvas.scene
        if id in scene.routes.row:
            return len(scene.columns.ids) + scene.routes.row[id]
        return reading_place(scene.columns).get(id or "", -1)

    def text(self, which: QAccessible.Text) -> str:
        """Name in the language in use; how many things there are as the description."""
        if which == QAccessible.Text.Name:
            return _("Canvas")
        if which == QAccessible.Text.Description:
            columns, routes = self._canvas.scene.columns, self._canvas.scene.routes
            return _("{elements} elements, {links} cables", elements=len(columns.ids), links=len(routes.ids))
        return super().text(which)

    def childCount(self) -> int:
        """Elements and cables drawn."""
        return len(self._canvas.scene.columns.ids) + len(self._canvas.scene.routes.ids)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The index-th of them."""
        scene = self._canvas.scene
        count = len(scene.columns.ids)
        if not 0 <= index < self.childCount():
            return None
        return self.item(reading_order(scene.columns)[index] if index < count else scene.routes.ids[index - count])

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Its place among the children."""
        return self.place(next((id for id, one in self._children.items() if one is child), None))

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Where the keys are."""
        id = self._canvas.walker.focus
        return self.item(id) if id is not None and self._canvas.hasFocus() and self.place(id) >= 0 else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The element under a point of the screen."""
        id = self._canvas.id_at(self._canvas.mapFromGlobal(QPoint(x, y)).toPointF())
        return None if id is None else self.item(id)


def walked_to(canvas: "Canvas", id: str) -> None:
    """Tell a screen reader that the keys are on this now."""
    if QAccessible.isActive():
        _tell(canvas, QAccessible.Event.Focus, id)


def changed(canvas: "Canvas", changes: Iterable[Change]) -> None:
    """Tell a screen reader what has come; after a large edit only that the list is another one."""
    if not QAccessible.isActive():
        return
    tables = ("elements", "links")
    came = [one.id for one in changes if one.table in tables and one.before is None]
    for id in came if len(came) <= MOST_TOLD else ():
        _tell(canvas, QAccessible.Event.ObjectCreated, id)
    if len(came) > MOST_TOLD or any(one.table in tables and one.after is None for one in changes):
        QAccessible.updateAccessibility(QAccessibleEvent(canvas, QAccessible.Event.ObjectReorder))


def _tell(canvas: "Canvas", what: QAccessible.Event, id: str) -> None:
    """An event of one of the canvas's children."""
    place = _of(canvas).place(id)
    if place >= 0:
        event = QAccessibleEvent(canvas, what)
        event.setChild(place)
        QAccessible.updateAccessibility(event)


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
