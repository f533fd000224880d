"""Cards from close up, the part that does not move: paper, tile, name, wells, tracks. In canvas px."""

from collections import Counter

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from sdx_studio import units
from sdx_studio.document.layout import array_wells
from sdx_studio.session import describing
from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.bars import meter_boxes
from sdx_studio.ui.canvas.columns import SHAPES
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.words import _

TILE = 28.0


class CardPainter:
    """Paints one row after another; `scale` keeps text at its size on screen when zoomed out a little."""

    def __init__(self, painter: QPainter, scene: Scene, scale: float = 1.0, ratio: float = 1.0) -> None:
        self.painter = painter
        self.scene = scene
        self.look = scene.look
        self.scale = scale
        self.ratio = ratio

    def paint(self, row: int) -> None:
        """Draw the standing part of one element."""
        box = self.scene.columns.box(row)
        getattr(self, f"_{SHAPES[self.scene.columns.shape[row]]}")(row, box)

    def _element(self, row: int) -> tuple[str, str]:
        one = self.scene.document.elements[self.scene.columns.ids[row]]
        return one.name, one.kind

    def _words(self, words: str, x: float, y: float, token: str, ink: str = "ink.1", room: float | None = None) -> None:
        colour = self.look.colour(ink)
        brush.text(self.painter, words, QPointF(x, y), token, colour, room=room, scale=self.scale)

    def _right(self, words: str, x: float, y: float, token: str, ink: str = "ink.1") -> None:
        brush.text(
            self.painter, words, QPointF(x, y), token, self.look.colour(ink), align=brush.RIGHT, scale=self.scale
        )

    def _tile(self, row: int, x: float, y: float, size: float = TILE) -> None:
        kind = self.scene.columns.kind[row]
        tile = QRectF(x, y, size, size)
        brush.panel(self.painter, tile, 7 * size / TILE, self.look.colour(f"family.{kind.family}.tint"), None)
        self._icon(kind.key, tile.center(), 16 * size / TILE, f"family.{kind.family}.ink")

    def _icon(self, kind: str, centre: QPointF, size: float, ink: str) -> None:
        box = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
        icons.paint(self.painter, icons.drawing(kind, 16), box, self.look.colour(ink))

    def _paper(self, box: QRectF, radius: float = 8.0, level: int = 1) -> None:
        brush.shadow(self.painter, box, radius, self.look, level)
        brush.panel(self.painter, box, radius, self.look.colour("card.paper"), self.look.colour("line.2"))

    def _subtitle(self, row: int) -> str:
        columns = self.scene.columns
        return describing.figures(self.scene.document, columns.ids[row]) or _(columns.kind[row].label)

    def _ground(self, row: int, box: QRectF) -> None:
        brush.panel(self.painter, box, 12, self.look.colour("ground.site"), self.look.colour("line.2"))
        self._ground_head(row, box, 16.0)

    def _cabinet(self, row: int, box: QRectF) -> None:
        brush.panel(self.painter, box, 10, self.look.colour("ground.rack"), self.look.colour("line.1"))
        self._ground_head(row, box, 12.0)
        document, id = self.scene.document, self.scene.columns.ids[row]
        used = sum(int(document.values(one).get("units") or 1) for one in document.children(id))
        self._right(f"{used} / {document.values(id)['units']} U", box.right() - 12, box.top() + 15, "micro", "ink.2")

    def _ground_head(self, row: int, box: QRectF, inset: float) -> None:
        name, kind = self._element(row)
        middle = box.top() + 15
        self._icon(kind, QPointF(box.left() + inset + 8, middle), 14, "ink.3")
        self._words(name, box.left() + inset + 22, middle, "guest", room=box.width() * 0.45)
        if SHAPES[self.scene.columns.shape[row]] == "ground":
            start = box.left() + inset + 34 + min(brush.width_of(name, "guest", self.scale), box.width() * 0.45)
            values = self.scene.document.values(self.scene.columns.ids[row])
            facts = f"PUE {values['pue']:g} · {values['carbon']:g} kg CO₂/kWh"
            self._words(facts, start, middle, "micro", "ink.2", room=box.right() - start - 8)

    def _machine(self, row: int, box: QRectF) -> None:
        self._paper(box)
        name, _kind = self._element(row)
        self._tile(row, box.left() + 8, box.top() + 8)
        self._words(name, box.left() + 44, box.top() + 15, "name", room=box.width() - 150)
        self._words(self._subtitle(row), box.left() + 44, box.top() + 30.5, "micro", "ink.2", room=box.width() - 150)
        self._meters(row, box)

    def _meters(self, row: int, box: QRectF) -> None:
        kind = self.scene.columns.kind[row]
        for meter, track in zip(kind.meters, meter_boxes(kind.shape, len(kind.meters), box), strict=False):
            if kind.shape in ("machine", "array"):
                self._words(_(meter.label), track.left(), track.top() - 8, "label", "ink.2", room=track.width() * 0.6)
            self._track(track)

    def _track(self, track: QRectF) -> None:
        radius = min(track.height(), track.width()) / 2
        brush.panel(self.painter, track, radius, self.look.colour("card.track"), self.look.colour("line.2"))

    def _layer(self, row: int, box: QRectF) -> None:
        fill = "card.well" if self.scene.columns.depth[row] % 2 or not self._in_layer(row) else "card.paper"
        edge = self.look.colour("line.1")
        brush.panel(self.painter, box, 6, self.look.colour(fill), edge)
        kind, id = self.scene.columns.kind[row], self.scene.columns.ids[row]
        middle = box.top() + 12
        self._icon(kind.key, QPointF(box.left() + 17, middle), 14, "ink.3")
        tally = held(self.scene, id) if box.width() > 150 else ""
        self._words(_(kind.label), box.left() + 30, middle, "label", "ink.2", room=box.width() - 40 - 6 * len(tally))
        self._right(tally, box.right() - 10, middle, "label", "ink.2")

    def _in_layer(self, row: int) -> bool:
        parent = int(self.scene.columns.parent[row])
        return parent >= 0 and SHAPES[self.scene.columns.shape[parent]] == "layer"

    def _guest(self, row: int, box: QRectF) -> None:
        brush.panel(self.painter, box, 6, self.look.colour("card.paper"), self.look.colour("line.2"))
        name, kind = self._element(row)
        if box.height() > 60:
            self._icon(kind, QPointF(box.left() + 17, box.top() + 18), 14, f"family.{self._family(row)}.ink")
            self._words(name, box.left() + 30, box.top() + 18, "guest", room=box.width() - 96)
            return
        self._words(name, box.left() + 8, box.top() + 14, "guest", room=box.width() - 16)
        for track in meter_boxes("guest", 2, box):
            self._track(track)

    def _family(self, row: int) -> str:
        return self.scene.columns.kind[row].family

    def _chip(self, row: int, box: QRectF) -> None:
        brush.panel(self.painter, box, 5, self.look.colour("card.paper"), self.look.colour("line.2"))
        self._words(self._element(row)[0], box.left() + 20, box.center().y() - 2, "label", room=box.width() - 26)
        for track in meter_boxes("chip", 1, box):
            self._track(track)

    def _leaf(self, row: int, box: QRectF) -> None:
        kind = self.scene.columns.kind[row]
        if "placeholder" in kind.traits:
            self.painter.setPen(QPen(self.look.colour("line.3"), 1))
        self._paper(box)
        self._tile(row, box.left() + 10, box.top() + 10)
        self._words(self._element(row)[0], box.left() + 47, box.top() + 16, "guest", room=box.width() - 55)
        if not self.scene.running or kind.lead is None:
            self._words(self._subtitle(row), box.left() + 47, box.top() + 32, "micro", "ink.2", room=box.width() - 55)
        for track in meter_boxes("leaf", len(kind.meters), box):
            self._track(track)

    def _closed(self, row: int, box: QRectF) -> None:
        """A group with its contents put away: a second sheet behind the card, and how many are inside."""
        behind = box.adjusted(5, 5, 5, 5)
        brush.panel(self.painter, behind, 8, self.look.colour("card.well"), self.look.colour("line.2"))
        self._paper(box)
        self._tile(row, box.left() + 10, box.top() + 10)
        self._words(self._element(row)[0], box.left() + 47, box.top() + 16, "guest", room=box.width() - 105)
        count = len(self.scene.document.below(self.scene.columns.ids[row]))
        self._words(_("{count} inside", count=count), box.left() + 47, box.top() + 32, "micro", "ink.2")

    def _slot(self, row: int, box: QRectF) -> None:
        if self.scene.columns.parent[row] < 0:
            self._leaf(row, box)
            return
        brush.panel(self.painter, box, 3, self.look.colour("card.track"), self.look.colour("line.2"))

    def _block(self, row: int, box: QRectF) -> None:
        if self.scene.columns.parent[row] < 0:
            self._leaf(row, box)
            return
        brush.panel(self.painter, box, 6, self.look.colour("card.paper"), self.look.colour("line.2"))
        id = self.scene.columns.ids[row]
        siblings = self.scene.document.children(self.scene.document.element(id).parent)
        series = siblings.index(id) % 6 + 1 if id in siblings else 1
        swatch = QRectF(box.left() + 8, box.top() + 9, 10, 10)
        brush.panel(self.painter, swatch, 2, self.look.colour(f"series.{series}"), None)
        size = units.show(self.scene.document.values(id)["size"], "B")
        name, room = self._element(row)[0], box.width() - 31
        beside = room - brush.width_of(size, "micro", self.scale) - 7
        fits = brush.width_of(name, "label", self.scale) <= beside
        self._words(name, box.left() + 23, box.top() + 14, "label", room=beside if fits else room)
        if fits:
            self._right(size, box.right() - 8, box.top() + 14, "micro", "ink.2")
        for track in meter_boxes("block", len(self.scene.columns.kind[row].meters), box):
            self._track(track)

    def _array(self, row: int, box: QRectF) -> None:
        self._paper(box)
        name, _kind = self._element(row)
        self._tile(row, box.left() + 8, box.top() + 8)
        self._words(name, box.left() + 44, box.top() + 15, "name", room=130)
        self._words(self._subtitle(row), box.left() + 44, box.top() + 30.5, "micro", "ink.2", room=130)
        self._meters(row, box)
        self._array_wells(row, box)

    def _array_wells(self, row: int, box: QRectF) -> None:
        document, id = self.scene.document, self.scene.columns.ids[row]
        packed = self.scene.columns.packed(row)
        inner = document.children(id)
        disks = [one for one in inner if document.kind_of(one).shape == "slot"]
        volumes = len(inner) - len(disks)
        for (x, y, wide, high), title, count in zip(
            array_wells(document, id, packed), (_("Disks"), _("Volumes")), (len(disks), volumes), strict=True
        ):
            well = QRectF(box.left() + x, box.top() + y, wide, high)
            brush.panel(self.painter, well, 6, self.look.colour("card.well"), self.look.colour("line.1"))
            self._words(title, well.left() + 8, well.top() + 12, "label", "ink.2", room=well.width() - 30)
            self._right(str(count), well.right() - 8, well.top() + 12, "label", "ink.2")


def held(scene: Scene, id: str) -> str:
    """What a layer holds, in words: "4 VM · 16 / 16 vCPU"."""
    document, columns = scene.document, scene.columns
    inner = [one for one in columns.ids if columns.holder(one) == id] if columns.moved else document.children(id)
    guests = [one for one in inner if "layer" not in document.traits(one)]
    counts = Counter(document.kind_of(one).label for one in guests)
    shown = [f"{count} {_(label)}" for label, count in counts.items()]
    machine = document.ancestor(id, "machine")
    vcpus = sum(document.values(one).get("vcpus") or 0 for one in guests)
    if vcpus and machine:
        shown.append(f"{vcpus:g} / {document.values(machine)['cores']:g} vCPU")
    return " · ".join(shown)
