"""Marks on a machine's layers while a model runs: which kernels are patched, who tried to read whose files."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from sdx_studio.session.stacking import Block
from sdx_studio.session.wording import name_of
from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.views.rack_readings import Readings
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

SIDE = 12.0


def paint(painter: QPainter, window: "Window", readings: Readings, block: Block, words: QRectF) -> float:
    """A tick on a patched kernel; an eye or a lock on what somebody looked at last. At the lower right of its words.

    Returns how many px of the line they take.
    """
    right = start = words.right() - 8
    if block.kernel is not None and readings.value(block.kernel, "kernel.patched") > 0:
        right = _sign(painter, window, "ui-check", _("patched"), right, words)
    peeks = window.canvas.scene.doings.peeks if readings.running else {}
    newest = next(reversed(peeks.values()), None)
    if newest is not None and block.id == newest.of:
        said = _("files read") if newest.read else _("files hidden")
        right = _sign(painter, window, "ui-eye" if newest.read else "ui-lock", said, right, words)
    return start - right


def _sign(painter: QPainter, window: "Window", icon: str, said: str, right: float, words: QRectF) -> float:
    """An icon, with its word where there is room; returns where it begins."""
    look, middle = window.look, words.top() + 29
    wide = brush.width_of(said, "micro")
    if words.width() >= 2 * (wide + SIDE + 20):
        brush.text(painter, said, QPointF(right, middle), "micro", look.colour("ink.1"), align=brush.RIGHT)
        right -= wide + 4
    box = QRectF(right - SIDE, middle - SIDE / 2, SIDE, SIDE)
    icons.paint(painter, icon, box, look.colour("state.ok" if icon == "ui-check" else "ink.1"))
    return right - SIDE - 8


def patches(readings: Readings, machine: Block) -> list[tuple[str, str]]:
    """How many kernels of a machine were patched, and with how many patches; nothing before the first."""
    kernels = dict.fromkeys(one.kernel for one in machine.all() if one.kernel is not None)
    counts = [readings.value(id, "kernel.patched") for id in kernels]
    done = [count for count in counts if count > 0]
    if not done:
        return []
    return [(_("Patched kernels"), _("{count} of {all}", count=len(done), all=len(counts)))]


def newest(window: "Window") -> str:
    """The last answer of somebody's files, in words; empty before the first."""
    peeks = window.canvas.scene.doings.peeks
    if not peeks:
        return ""
    id, one = next(reversed(peeks.items()))
    document = window.session.document
    names = {"reader": name_of(id, document), "of": name_of(one.of, document), "reason": _(one.reason)}
    if one.read:
        return _("{reader} reads the files of {of}: {reason}.", **names)
    return _("{reader} does not see the files of {of}: {reason}.", **names)
