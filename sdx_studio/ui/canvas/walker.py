"""Walking over the canvas by keys: in reading order, along cables, into things and out of them.

What one walks to becomes selected; what was marked on the way stays selected too.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from sdx_studio.ui.canvas import access
from sdx_studio.ui.canvas.reading import cabled, reading_order, reading_place, towards
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

KEYS = (
    (mark("Next element"), "Tab"),
    (mark("Previous element"), "Shift+Tab"),
    (mark("First element"), "Home"),
    (mark("Last element"), "End"),
    (mark("Along a cable"), "Ctrl+←↑→↓"),
    (mark("Along a cable, and keep what was selected"), "Ctrl+Shift+←↑→↓"),
    (mark("Next cable of the element"), "Alt+→"),
    (mark("Previous cable of the element"), "Alt+←"),
    (mark("What it is in"), "Alt+↑"),
    (mark("What is in it"), "Alt+↓"),
    (mark("Keep it selected while walking on"), "Ctrl+Space"),
    (mark("Move by one pixel"), "←↑→↓"),
    (mark("Move by ten pixels"), "Shift+←↑→↓"),
    (mark("Properties; Esc comes back"), "Enter"),
    (mark("Context menu"), "Shift+F10"),
    (mark("Select nothing; leave a tool"), "Esc"),
)  # fmt: skip
"""Keys of the canvas that are no command's shortcut: what they do, and how they are written."""
WAYS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
MARGIN = 24.0
"""Px of a widget that stay free beside what is walked to."""
BY_KEY = (
    Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason,
)  # fmt: skip
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT, _NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


class Walker(QObject):
    """Where on the canvas the keys are. `by_key` is whether the canvas was reached by keys, so that a ring is shown."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._at: str | None = None
        self._around: str | None = None
        """The element whose cables are gone through."""
        self.kept: tuple[str, ...] = ()
        """What stays selected while one walks on."""
        self.by_key = False
        self._going = False
        key, plain = Qt.Key, {}
        plain[key.Key_Tab] = lambda: self.step(1)
        plain[key.Key_Backtab] = lambda: self.step(-1)
        plain[key.Key_Home] = lambda: self.end(0)
        plain[key.Key_End] = lambda: self.end(-1)
        plain[key.Key_Return] = plain[key.Key_Enter] = self._inspect
        plain[key.Key_Menu] = self.menu
        self._plain: dict[int, Callable[[], bool]] = {int(one): do for one, do in plain.items()}
        canvas.installEventFilter(self)
        canvas.selection_changed.connect(self._selected)

    def _selected(self) -> None:
        """Something is selected, by walking or otherwise; otherwise nothing is kept any more."""
        if not self._going:
            self.kept = ()
        if self.focus is not None:
            access.walked_to(self._canvas, self.focus)

    @property
    def focus(self) -> str | None:
        """Where the keys are: what was walked to, as long as it is selected or kept; else what was selected last."""
        chosen = self._canvas.selection
        if self._at is not None and self._at in (*chosen, *self.kept) and self._known(self._at):
            return self._at
        return chosen[-1] if chosen else None

    def _known(self, id: str) -> bool:
        scene = self._canvas.scene
        return id in scene.columns.row or id in scene.routes.row

    @property
    def shown(self) -> bool:
        """Whether the ring is drawn."""
        return self.by_key and self._canvas.hasFocus()

    # keys --------------------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Tab before Qt takes it; how the canvas was reached."""
        if isinstance(event, QKeyEvent):
            return event.key() in TABS and event.type() == QEvent.Type.KeyPress and self._canvas.tool.key(event)
        if event.type() == QEvent.Type.MouseButtonPress:
            self.by_key, self.kept, self._at = False, (), None
        elif isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in BY_KEY:
            self.by_key = True
            self._canvas.update()
        return event.type() == QEvent.Type.ContextMenu

    def key(self, event: QKeyEvent) -> bool:
        """Walk; False for what is no key of walking, and for Tab beyond the ends, which leaves the canvas."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if key in WAYS and held in (_CTRL, _CTRL | _SHIFT):
            return self._along(WAYS[key], keep=bool(held & _SHIFT))
        if key in WAYS and held == _ALT:
            x, y = WAYS[key]
            return self._cable(x) if x else self._level(y)
        if key == Qt.Key.Key_Space and held == _CTRL:
            return self.keep()
        if key == Qt.Key.Key_F10 and held == _SHIFT:
            return self.menu()
        back = key in TABS and held == _SHIFT
        plain = self._plain.get(int(Qt.Key.Key_Backtab if back else key))
        return plain is not None and (back or held == _NONE) and plain()

    # walking -----------------------------------------------------------------------------------------------------

    def step(self, by: int) -> bool:
        """To the next (or previous) in reading order; False at the end."""
        order = reading_order(self._canvas.scene.columns)
        place = reading_place(self._canvas.scene.columns).get(self._element() or "")
        if not order:
            return False
        wanted = (0 if by > 0 else len(order) - 1) if place is None else place + by
        return 0 <= wanted < len(order) and self.go(order[wanted])

    def end(self, place: int) -> bool:
        """To the first (0) or last (−1)."""
        order = reading_order(self._canvas.scene.columns)
        return bool(order) and self.go(order[place])

    def _element(self) -> str | None:
        """The element where the keys are; of a cable the one whose cables are gone through."""
        id, document = self.focus, self._canvas.session.document
        if id is not None and id in document.links:
            link = document.links[id]
            return self._around if self._around in (link.a, link.b) else link.a
        return id

    def _along(self, way: tuple[int, int], keep: bool) -> bool:
        """To what a cable leads to in a direction; from a cable to its end there."""
        document, columns, id = self._canvas.session.document, self._canvas.scene.columns, self._element()
        if id is None:
            return self.step(1)
        owner, links = cabled(document, id)
        if self.focus in document.links:
            links = tuple(link for link in links if link.id == self.focus)
        others = {link.b if link.a == owner else link.a for link in links}
        found = towards(columns, owner, sorted(others), way) if owner in columns.row else None
        if found is None:
            self._canvas.host.say(_("no cable of {name} leads that way", name=document.element(owner).name))
            return True
        if keep:
            self.kept = tuple(dict.fromkeys((*self.kept, id)))
        return self.go(found)

    def _cable(self, by: int) -> bool:
        """To the next cable of the element where the keys are."""
        id, document = self._element(), self._canvas.session.document
        if id is None:
            return True
        owner, links = cabled(document, id)
        ids = sorted(link.id for link in links if link.id in self._canvas.scene.routes.row)
        if not ids:
            self._canvas.host.say(_("{name} has no cable", name=document.element(id).name))
            return True
        self._around = owner
        at = ids.index(self.focus) + by if self.focus in ids else (0 if by > 0 else -1)
        return self.go(ids[at % len(ids)])

    def _level(self, down: int) -> bool:
        """Out to what holds it, or to the first thing inside."""
        canvas, id = self._canvas, self._element()
        if id is None:
            return self.step(1)
        if self.focus in canvas.session.document.links:
            return self.go(id)
        columns = canvas.scene.columns
        if down < 0:
            above = columns.holder(id)
            return above is None or above not in columns.row or self.go(above)
        order, place = reading_order(columns), reading_place(columns)
        after = place[id] + 1 if id in place else len(order)
        inside = after < len(order) and columns.holder(order[after]) == id
        return not inside or self.go(order[after])

    def keep(self) -> bool:
        """Let what the keys are on stay selected while one walks on, or no longer."""
        id = self.focus
        if id is not None:
            rest = tuple(one for one in self.kept if one != id)
            self.kept = rest if id in self.kept else (*self.kept, id)
            self._at = id
            self.by_key = True
            name = self._canvas.session.document.address(id).partition(":")[2]
            kept, gone = _("{name} stays selected", name=name), _("{name} is let go when one walks on", name=name)
            self._canvas.host.say(kept if id in self.kept else gone)
            self._canvas.update()
        return True

    def go(self, id: str) -> bool:
        """Have the keys on this, selected and in view."""
        canvas = self._canvas
        self.kept = tuple(one for one in self.kept if self._known(one) and one in canvas.selection)
        self._at, self.by_key = id, True
        chosen = canvas.selection
        self._going = True
        canvas.select((*(one for one in self.kept if one != id), id))
        self._going = False
        reveal(canvas, self.box(id))
        canvas.update()
        if chosen == canvas.selection:
            access.walked_to(canvas, id)
        return True

    def box(self, id: str) -> QRectF:
        """Where an element or a cable is on the widget."""
        canvas, routes = self._canvas, self._canvas.scene.routes
        if id not in routes.row:
            return canvas.screen_box(id)
        points = [canvas.camera.to_screen(QPointF(x, y)) for x, y in routes.paths[routes.row[id]]]
        xs, ys = [one.x() for one in points], [one.y() for one in points]
        return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    # what it may be asked for ------------------------------------------------------------------------------------

    def _inspect(self) -> bool:
        if self.focus is not None:
            self._canvas.host.inspect()
        return True

    def menu(self) -> bool:
        """The context menu where the keys are."""
        canvas, id = self._canvas, self.focus
        at = QPointF(canvas.rect().center()) if id is None else self.box(id).center()
        canvas.host.menu_for(canvas.selection, QPointF(canvas.mapToGlobal(at.toPoint())))
        return True


def reveal(canvas: "Canvas", box: QRectF) -> None:
    """Move the picture as little as needed to have a box (widget px) in view; a larger one shows its upper left."""
    wanted, room = box.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN), canvas.rect()
    dx = _shift(wanted.left(), wanted.right(), room.width())
    dy = _shift(wanted.top(), wanted.bottom(), room.height())
    if dx or dy:
        canvas.pan(dx, dy)


def _shift(low: float, high: float, room: float) -> float:
    """Px by which a stretch moves to lie in 0…room; what is longer begins at 0, unless it fills the room already."""
    if low < 0:
        return -low if high - low <= room or high < room else 0.0
    return max(room - high, -low) if high > room else 0.0
