"""Pulling a cable by keys: Tab goes from one possible end to the next, arrows to all that have ports."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from sdx_studio.document import Document
from sdx_studio.ui.canvas.reading import reading_order
from sdx_studio.ui.canvas.walker import TABS, reveal

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas
    from sdx_studio.ui.canvas.tools.connect import Pull

STEPS = {
    Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}  # fmt: skip


def source_of(document: Document, id: str | None) -> str | None:
    """The element or the nearest thing around it that has ports; None when there is none."""
    while id is not None and id in document.elements and not document.kind_of(id).carries:
        id = document.element(id).parent
    return id if id in document.elements else None


def step(canvas: "Canvas", pull: "Pull", event: QKeyEvent, after: str | None) -> bool:
    """Hold the end of a cable to the next element in reading order, from where it is or from `after`.

    False for a key that is no step. Arrows also stop where the cable does not go, and the reason is said.
    """
    key = Qt.Key(event.key())
    if key not in STEPS:
        return False
    document, ends = canvas.session.document, pull.ends
    order = [
        id for id in reading_order(canvas.scene.columns)
        if id != pull.source and document.kind_of(id).carries and (key not in TABS or ends.ask(id) is None)
    ]  # fmt: skip
    if not order:
        return True
    now = ends.target or after
    by = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEPS[key]
    place = order.index(now) + by if now in order else (0 if by > 0 else -1)
    target = order[place % len(order)]
    reveal(canvas, canvas.screen_box(target))
    pull.hold(target)
    canvas.update()
    return True
