"""The disks of an array from close up: blocks in the colours of their volumes, and those that move while it levels."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio.session import blocking
from sdx_studio.session.blocking import FREE, Filling, Grid, Pool
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import SHAPES, State
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.theme import Manner

BLOCK, GAP, ACROSS = 4.0, 1.0, 2
"""Px of a block in a disk's well, and blocks side by side."""
FLIGHT = 1.5
"""Seconds that a block takes from one disk to another in the picture, at one simulated second a second."""
EVEN = 0.002
"""Share of a disk below which it neither gives nor takes."""

Kept = tuple[blocking.Counts, Grid]


def pools(scene: Scene) -> dict[str, Pool]:
    """Stores with their disks and volumes, as long as the drawing is the same."""
    known: dict[str, Pool] | None = scene.columns.memo.get("pools")
    if known is None:
        known = scene.columns.memo["pools"] = {one.id: one for one in blocking.pools(scene.document)}
    return known


def filling(scene: Scene, pool: Pool) -> Filling:
    """What lies where in the last snapshot."""
    keys = [(one.id, "storage.used") for one in pool.volumes] + [(one.id, "storage.fill") for one in pool.devices]
    return blocking.measured(pool, {key: scene.value(*key) for key in keys})


def grid(scene: Scene, pool: Pool, now: Filling) -> Grid:
    """Which square is whose; computed anew only when there are more or fewer of them."""
    kept: dict[str, Kept] = scene.columns.memo.setdefault("grids", {})
    counts = blocking.counts(pool, now)
    if pool.id not in kept or kept[pool.id][0] != counts:
        kept[pool.id] = (counts, blocking.grid(pool, blocking.at_rest(pool), now))
    return kept[pool.id][1]


def sampled(owners: Sequence[int], count: int) -> list[int]:
    """Owners of `count` blocks that stand for all squares of a disk; one that is begun is shown."""
    taken = [one for one in owners if one != FREE]
    shown = min(count, math.ceil(len(taken) / max(1, len(owners)) * count - 1e-9))
    return [taken[min(len(taken) - 1, place * len(taken) // shown)] for place in range(shown)]


def spots(well: QRectF) -> list[QRectF]:
    """Places of blocks in a disk's well, from its floor up."""
    lines = int((well.height() - 4 + GAP) // (BLOCK + GAP))
    left = well.center().x() - (ACROSS * (BLOCK + GAP) - GAP) / 2
    return [
        QRectF(left + column * (BLOCK + GAP), well.bottom() - 3 - BLOCK - line * (BLOCK + GAP), BLOCK, BLOCK)
        for line in range(lines) for column in range(ACROSS)
    ]  # fmt: skip


def series(scene: Scene, pool: Pool) -> list[int]:
    """The number of each volume's colour, as on its card."""
    siblings = scene.document.children(pool.id)
    return [siblings.index(one.id) % 6 + 1 if one.id in siblings else 1 for one in pool.volumes]


def paint(painter: QPainter, scene: Scene, id: str) -> bool:
    """Fill the wells of an array's disks; False when it has none to show."""
    pool = pools(scene).get(id)
    if pool is None or not pool.devices or not pool.volumes:
        return False
    now = filling(scene, pool)
    owners, colours = grid(scene, pool, now).owners, series(scene, pool)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for device, mine in zip(pool.devices, owners, strict=True):
        row = scene.columns.row.get(device.id)
        if row is None or scene.columns.state[row] in (State.OFF, State.FAILED):
            continue
        places = spots(scene.columns.box(row))
        for owner, place in zip(sampled(mine.tolist(), len(places)), places, strict=False):
            painter.fillRect(place, scene.look.colour(f"series.{colours[owner]}"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if id in scene.doings.levelling:
        _ghosts(painter, scene, pool, now)
    return True


def moving(pool: Pool, start: Filling, now: Filling) -> list[tuple[str, str]]:
    """Disks that give and disks that take while an array levels, the fullest paired with the emptiest."""
    change = [(here - there) / (one.capacity or 1.0)
              for one, there, here in zip(pool.devices, start.raw, now.raw, strict=True)]  # fmt: skip
    order = sorted(range(len(change)), key=lambda at: (change[at], at))
    gives = [at for at in order if change[at] < -EVEN]
    takes = [at for at in reversed(order) if change[at] > EVEN]
    count = max(len(gives), len(takes)) if gives and takes else 0
    pairs = [(gives[place % len(gives)], takes[place % len(takes)]) for place in range(count)]
    return [(pool.devices[one].id, pool.devices[other].id) for one, other in pairs]


def _ghosts(painter: QPainter, scene: Scene, pool: Pool, now: Filling) -> None:
    """A block on its way along an arc above the wells, for each disk that gives."""
    columns, look = scene.columns, scene.look
    for place, (one, other) in enumerate(moving(pool, blocking.at_rest(pool), now)):
        if one not in columns.row or other not in columns.row:
            continue
        start, end = columns.box(columns.row[one]), columns.box(columns.row[other])
        share = 0.5 if Manner.still else (scene.time / (FLIGHT * max(1.0, scene.pace)) + place * 0.37) % 1.0
        x = start.center().x() + (end.center().x() - start.center().x()) * share
        y = start.top() + (end.top() - start.top()) * share - math.sin(math.pi * share) * 8
        box = QRectF(x - 3.5, y - 3.5, 7, 7)
        brush.panel(painter, box, 1.5, look.colour("card.paper"), look.colour("ink.1"), 1.5)


def edge(painter: QPainter, scene: Scene, row: int, state: State) -> None:
    """The well of a disk that is nearly full has an edge in the colour of that."""
    if state in (State.BUSY, State.CRITICAL) and SHAPES[scene.columns.shape[row]] == "slot":
        key = "state.critical" if state == State.CRITICAL else "state.busy"
        painter.setPen(QPen(scene.look.colour(key), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(scene.columns.box(row).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
