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


def paint(painter: QPainter, scene: Scene, pixel: float, area: QRectF) -> None:
    """All of it; `pixel` canvas px are one on the screen, which shows `area` of the canvas."""
    scale = min(max(1.0, pixel), LARGEST)
    below: dict[str, float] = {}

    def corner(machine: str) -> QPointF:
        """Where the next label under a machine begins."""
        foot = scene.columns.box(scene.columns.row[machine])
        top = below.get(machine, foot.bottom() + 8)
        below[machine] = top + (HIGH + 6) * scale
        return QPointF(foot.left(), top)

    for machine, ids in patched(scene).items():
        _patching(painter, scene, ids, corner(machine), (area, scale))
    for id, one in shown(scene):
        machine = scene.document.ancestor(one.of, "machine") or one.of
        _way(painter, scene, id, one, scale)
        _answer(painter, scene, (id, one), corner(machine if machine in scene.columns.row else one.of), (area, scale))


def patched(scene: Scene) -> dict[str, list[str]]:
    """Elements that start again with a patched kernel, by the machine that they are in."""
    found: dict[str, list[str]] = {}
    for id in scene.doings.patching:
        if id in scene.columns.row:
            machine = scene.document.ancestor(id, "machine") or id
            found.setdefault(machine if machine in scene.columns.row else id, []).append(id)
    return found


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


def _answer(
    painter: QPainter, scene: Scene, told: tuple[str, Peek], corner: QPointF, room: tuple[QRectF, float]
) -> None:
    """The answer in words, its upper left corner `corner`."""
    id, one = told
    names = {"reader": name_of(id, scene.document), "of": name_of(one.of, scene.document)}
    said = mark("{reader} reads the files of {of}") if one.read else mark("{reader} cannot see the files of {of}")
    _label(painter, scene, "ui-eye" if one.read else "ui-lock", (_(said, **names), _(one.reason)), corner, room)


def _patching(painter: QPainter, scene: Scene, ids: list[str], corner: QPointF, room: tuple[QRectF, float]) -> None:
    """One label for all that is patched in a machine, and a wrench on each guest."""
    count, side = len(ids), ICON * room[1]
    for id in ids if count > 1 else ():
        box = scene.columns.box(scene.columns.row[id])
        spot = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        icons.paint(painter, "ui-wrench", spot, scene.look.colour("ink.1"))
    if count > 1:
        lines = _("{count} kernels are patched", count=count), _("they start again")
    else:
        lines = _("Its kernel is patched"), _("it starts again")
    _label(painter, scene, "ui-wrench", lines, corner, room)


def _label(
    painter: QPainter, scene: Scene, sign: str, lines: tuple[str, str], corner: QPointF, room: tuple[QRectF, float]
) -> None:
    """A small card with an icon, a title and a line; its upper left is `corner`, moved into what is seen."""
    (area, scale), look = room, scene.look
    indent = (ICON + 18) * scale
    wide = max(brush.width_of(lines[0], "guest", scale), min(WIDEST * scale, brush.width_of(lines[1], "label", scale)))
    box = QRectF(corner.x(), corner.y(), wide + indent + 10 * scale, HIGH * scale)
    if area.intersects(box):
        box.moveLeft(max(area.left() + 8 * scale, min(box.left(), area.right() - box.width() - 8 * scale)))
    brush.shadow(painter, box, 8, look, 2)
    brush.panel(painter, box, 8, look.colour("card.paper"), look.colour("line.2"))
    icon = QRectF(box.left() + 9 * scale, box.center().y() - ICON / 2 * scale, ICON * scale, ICON * scale)
    icons.paint(painter, sign, icon, look.colour("ink.1"))
    left = box.left() + indent
    for words, token, ink, down in ((lines[0], "guest", "ink.1", 13), (lines[1], "label", "ink.2", 28)):
        at = QPointF(left, box.top() + down * scale)
        brush.text(painter, words, at, token, look.colour(ink), room=wide + 2, scale=scale)
