"""Who tried to read whose files, and what came of it; kernels that start again with a patch. Canvas px."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio.session.doings import Peek
from sdx_studio.session.wording import name_of
from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.words import _, mark

SHOWN = 30.0
"""Simulated seconds for which an answer stays on the canvas."""
MOST = 3
"""Answers that are seen at once, the newest ones."""
HIGH, ICON, WIDEST = 40.0, 14.0, 420.0
LARGEST = 1.9
"""How many times larger than close up a label is drawn at most when one looks from afar."""


def shown(scene: Scene) -> list[tuple[str, Peek]]:
    """Looks at files that are still to be seen: who looked, and the answer; the newest last."""
    rows = scene.columns.row
    found = [(id, one) for id, one in scene.doings.peeks.items() if id in rows and one.of in rows]
    return [(id, one) for id, one in found if 0 <= scene.time - one.at <= SHOWN][-MOST:]


def paint(painter: QPainter, scene: Scene, pixel: float) -> None:
    """All of it; `pixel` canvas px are one on the screen."""
    scale = min(max(1.0, pixel), LARGEST)
    for id in scene.doings.patching:
        if id in scene.columns.row:
            _patching(painter, scene, id, scale)
    below: dict[str, float] = {}
    for id, one in shown(scene):
        machine = scene.document.ancestor(one.of, "machine") or one.of
        foot = scene.columns.box(scene.columns.row.get(machine, scene.columns.row[one.of]))
        top = below.get(machine, foot.bottom() + 8)
        below[machine] = top + (HIGH + 6) * scale
        _way(painter, scene, id, one, scale)
        _answer(painter, scene, (id, one), QPointF(foot.left(), top), scale)


def _way(painter: QPainter, scene: Scene, id: str, one: Peek, scale: float) -> None:
    """A ring around whose files they are, and a line to it from who looks; both broken when they stay hidden."""
    columns, look = scene.columns, scene.look
    source, target = columns.box(columns.row[id]), columns.box(columns.row[one.of]).adjusted(-3, -3, 3, 3)
    pen = QPen(look.colour("state.ok" if one.read else "ink.2"), 2 * scale)
    if not one.read:
        pen.setDashPattern([2, 2])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for shape in (QPen(look.colour("card.paper"), 4.5 * scale), pen):
        painter.setPen(shape)
        painter.drawRoundedRect(target, 8, 8)
        if not source.contains(target.center()) and not target.contains(source.center()):
            painter.drawLine(QLineF(edge(source, target.center()), edge(target, source.center())))


def edge(box: QRectF, towards: QPointF) -> QPointF:
    """Where the straight way from the middle of a box `towards` a point outside leaves it."""
    step = towards - box.center()
    wide = box.width() / 2 / abs(step.x()) if step.x() else 1.0
    high = box.height() / 2 / abs(step.y()) if step.y() else 1.0
    return box.center() + step * min(1.0, wide, high)


def _answer(painter: QPainter, scene: Scene, told: tuple[str, Peek], at: QPointF, scale: float) -> None:
    """The answer in words, its upper left corner `at`."""
    id, one = told
    names = {"reader": name_of(id, scene.document), "of": name_of(one.of, scene.document)}
    said = mark("{reader} reads the files of {of}") if one.read else mark("{reader} cannot see the files of {of}")
    title = _(said, **names)
    box = _label(painter, scene, at, (title, _(one.reason)), scale)
    icon = QRectF(box.left() + 9 * scale, box.center().y() - ICON / 2 * scale, ICON * scale, ICON * scale)
    icons.paint(painter, "ui-eye" if one.read else "ui-lock", icon, scene.look.colour("ink.1"))


def _patching(painter: QPainter, scene: Scene, id: str, scale: float) -> None:
    box = scene.columns.box(scene.columns.row[id])
    lines = (_("Its kernel is patched"), _("it starts again"))
    wide = (brush.width_of(lines[0], "guest", scale) + (ICON + 28) * scale) / 2
    at = QPointF(box.center().x() - wide, box.center().y() - HIGH / 2 * scale)
    label = _label(painter, scene, at, lines, scale)
    icon = QRectF(label.left() + 9 * scale, label.center().y() - ICON / 2 * scale, ICON * scale, ICON * scale)
    icons.paint(painter, "ui-wrench", icon, scene.look.colour("ink.1"))


def _label(painter: QPainter, scene: Scene, corner: QPointF, lines: tuple[str, str], scale: float) -> QRectF:
    """A small card with a title and a line, and room for an icon at its left; its upper left is `corner`."""
    look, indent = scene.look, (ICON + 18) * scale
    wide = max(brush.width_of(lines[0], "guest", scale), min(WIDEST * scale, brush.width_of(lines[1], "label", scale)))
    box = QRectF(corner.x(), corner.y(), wide + indent + 10 * scale, HIGH * scale)
    brush.shadow(painter, box, 8, look, 2)
    brush.panel(painter, box, 8, look.colour("card.paper"), look.colour("line.2"))
    left = box.left() + indent
    for words, token, ink, down in ((lines[0], "guest", "ink.1", 13), (lines[1], "label", "ink.2", 28)):
        at = QPointF(left, box.top() + down * scale)
        brush.text(painter, words, at, token, look.colour(ink), room=wide + 2, scale=scale)
    return box
