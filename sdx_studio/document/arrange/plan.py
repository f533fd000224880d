"""Automatic layout by tier: grounds from the inside out, on each of them part by part, around what is to stay."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from sdx_studio.document.arrange.block import Block, Spot, overlaps, shelved, shifted
from sdx_studio.document.arrange.free import LEAST, chosen, is_ground, spots_of
from sdx_studio.document.arrange.graph import Ground, Size, ground, parts
from sdx_studio.document.arrange.order import ordered
from sdx_studio.document.arrange.tiered import Tiered, with_strips
from sdx_studio.document.arrange.tiers import rows
from sdx_studio.document.document import Document
from sdx_studio.document.layout import CLOSED, SITE_MIN, SITE_PAD, Packing
from sdx_studio.words import _

INSET = (32.0, 48.0)
"""Where the first box of a ground goes, from its corner."""
CLEAR = 24.0
"""Px that what is laid out keeps from what stays."""
MOVING_GAP, PLACE_GAP = 256.0, 112.0
"""Px between racks of which guests may migrate to each other, and between grounds."""
MOST_FIXED = 24
"""Boxes that stay up to which every gap between them is tried."""


def laid_out(document: Document, ids: Iterable[str] = ()) -> dict[str, Spot]:
    """Spots by tier for all, or for those of `ids` that stand free if they are several or one ground."""
    plan = _Plan(document)
    groups: dict[str | None, list[str]] = {}
    for id in _selected(document, ids):
        groups.setdefault(document.elements[id].parent, []).append(id)
    if not groups:
        plan.arrange(None, document.children(None))
    for parent, inside in groups.items():
        if len(groups) == len(inside) == 1:
            plan.arrange(inside[0], document.children(inside[0]))
        else:
            plan.arrange(parent, inside)
    return plan.spots


def _selected(document: Document, ids: Iterable[str]) -> tuple[str, ...]:
    """What is to be laid out of a selection; nothing means all."""
    free = chosen(document, ids)
    if len(free) == 1 and not (is_ground(document, free[0]) and not document.elements[free[0]].closed):
        return ()
    return free


def why_no_layout(document: Document) -> str | None:
    """Why there is nothing to lay out, or None."""
    if any(not document.elements[id].locked for id in document.children(None)):
        return None
    return _("everything on the canvas is locked") if document.elements else _("nothing stands on the canvas yet")


class _Plan:
    """Spots found so far, counted from each ground's corner, and the sizes that follow from them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.spots: dict[str, Spot] = {}
        self._packing = Packing(document)

    def size(self, id: str) -> Size:
        """Size of a box; that of an open ground follows from where its boxes are now."""
        if not is_ground(self.document, id):
            return self._packing.size(id)
        if self.document.elements[id].closed:
            return CLOSED
        inner = [(self.spot(one), self.size(one)) for one in self.document.children(id)]
        return (
            max([SITE_MIN[0], *(x + width + SITE_PAD for (x, _y), (width, _height) in inner)]),
            max([SITE_MIN[1], *(y + height + SITE_PAD for (_x, y), (_width, height) in inner)]),
        )

    def spot(self, id: str) -> Spot:
        """Corner of a box on its ground."""
        one = self.document.elements[id]
        x, y = self.spots.get(id, (one.x, one.y))
        return (x, y) if one.parent is None else (max(LEAST[0], x), max(LEAST[1], y))

    def arrange(self, parent: str | None, ids: Sequence[str]) -> None:
        """Lay out boxes of one ground, first what stands on them; locked ones stay with all that is on them."""
        elements = self.document.elements
        free = [id for id in ids if not elements[id].locked]
        for id in free:
            if is_ground(self.document, id) and not elements[id].closed:
                self.arrange(id, self.document.children(id))
        if not free:
            return
        free.sort(key=lambda one: (self.spot(one)[0] + self.size(one)[0] / 2, one))
        sizes = {id: self.size(id) for id in free}
        block = self._block(free, sizes)
        moving = set(free)
        fixed = [(self.spot(id), self.size(id)) for id in self.document.children(parent) if id not in moving]
        self.spots.update(_clear(block, sizes, fixed, self._corner(parent, free, ids)))

    def _corner(self, parent: str | None, free: Sequence[str], ids: Sequence[str]) -> Spot:
        """Where a block begins: where its boxes began, or at the top of a ground that is laid out whole."""
        if parent is not None and len(ids) == len(self.document.children(parent)):
            return INSET
        corner = [min(self.spot(id)[axis] for id in free) for axis in (0, 1)]
        return (float(round(corner[0])), float(round(corner[1])))

    def _block(self, free: Sequence[str], sizes: Mapping[str, Size]) -> Block:
        """All parts side by side."""
        scene = ground(self.document, free, sizes)
        gaps = self._wide_gaps(free)
        cabled = [id for id in free if id not in scene.ends]
        groups = parts({id: scene.near[id] for id in cabled})
        loose: list[list[str]] = [[] for _group in groups] or [[]]
        for id in scene.ends:
            loose[next((at for at, part in enumerate(groups) if set(scene.ends[id]) & set(part)), 0)].append(id)
        blocks = [
            with_strips(self._tiers(part, scene, gaps), beside, scene)
            for part, beside in zip(groups or [[]], loose, strict=True)
        ]
        return shelved(blocks)

    def _tiers(self, part: Sequence[str], scene: Ground, gaps: Mapping[str, float]) -> Block:
        if not part:
            return Block({}, 0.0, 0.0)
        order = {id: at for at, id in enumerate(scene.near)}
        ways = rows(self.document, sorted(part, key=order.__getitem__), scene.near)
        return Tiered(ordered(ways, scene.near), scene, gaps, self._stacks(part)).block()

    def _stacks(self, ids: Sequence[str]) -> frozenset[str]:
        """Open racks with several machines, one over the other: cables come to them from the sides."""
        document = self.document
        open_ones = [id for id in ids if not document.elements[id].closed]
        return frozenset(
            id for id in open_ones if document.kind_of(id).shape == "cabinet" and len(document.children(id)) > 1
        )

    def _wide_gaps(self, ids: Sequence[str]) -> dict[str, float]:
        """Boxes that need more room at their sides: grounds, and racks with guests that may migrate."""
        document = self.document
        racks = [id for id in ids if document.kind_of(id).shape == "cabinet" and not document.elements[id].closed]
        moving = [id for id in racks if any("mobile" in document.traits(one) for one in document.below(id))]
        return {
            **{id: PLACE_GAP for id in ids if is_ground(document, id)},
            **{id: MOVING_GAP for id in moving if len(racks) > 1},
        }


def _clear(block: Block, sizes: Mapping[str, Size], fixed: list[tuple[Spot, Size]], corner: Spot) -> dict[str, Spot]:
    """The block as near to `corner` as it can be without lying on anything fixed; never left of it or over it."""
    near = [((x - CLEAR, y - CLEAR), (w + 2 * CLEAR, h + 2 * CLEAR)) for (x, y), (w, h) in fixed]
    ends = [(round(x + w), round(y + h)) for (x, y), (w, h) in near]
    if len(ends) > MOST_FIXED:
        ends = [(max(x for x, _y in ends), max(y for _x, y in ends))]
    xs = sorted({corner[0], *(max(corner[0], float(x)) for x, _y in ends)})
    ys = sorted({corner[1], *(max(corner[1], float(y)) for _x, y in ends)})
    tried = sorted(product(xs, ys), key=lambda at: abs(at[0] - corner[0]) + abs(at[1] - corner[1]))
    for x, y in tried:
        spots = shifted(block.spots, x, y)
        if not overlaps(spots, sizes, near):
            break
    return spots


__all__ = ["laid_out", "spots_of", "why_no_layout"]
