"""Paints a way: cards of the nodes, between them the cables with what flows on them and what they could carry."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.network.reading import Line
from sdx_studio.kinds.links import link_values
from sdx_studio.session.wording import name_of
from sdx_studio.ui.canvas import brush, overlay
from sdx_studio.ui.canvas.columns import COLOUR_OF, State
from sdx_studio.ui.canvas.sprites import tile
from sdx_studio.ui.theme import Theme
from sdx_studio.ui.views.flows_plan import Lane, Stop, Stretch
from sdx_studio.words import _

DASHES = {"wan": [7.0, 2.0, 1.5, 2.0], "control": [1.0, 2.0], "wireless": [3.0, 1.5]}
BUSY, FULL = 0.8, 0.97
"""From which utilisation on a cable is busy, and full."""
SPINE = 24.0
"""Px from the left edge of a card to the cable below it."""


def level(utilisation: float) -> State:
    """State of a cable; NONE when nothing flows."""
    if utilisation <= 0:
        return State.NONE
    return State.CRITICAL if utilisation >= FULL else State.BUSY if utilisation >= BUSY else State.OK


def amount(stretch: Stretch) -> str:
    """What flows over what could, in words."""
    hop = stretch.hop
    if stretch.store:
        return _("{share} of its time", share=units.show(min(1.0, hop.load), "1"))
    return _("{used} of {size}", used=units.show(hop.load, "bit/s"), size=units.show(hop.capacity, "bit/s"))


def remark(stretch: Stretch) -> str:
    """What is to be said about the narrowest cable."""
    if stretch.limits:
        return _("limits it")
    return _("narrowest") if stretch.narrowest else ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is painted and how."""

    document: Document
    look: Theme
    line: Line
    titles: tuple[str, ...]
    """Over each lane; empty words say nothing."""
    chosen: frozenset[str]
    hovered: str | None
    focus: str | None


class WayPainter:
    """Paints in px at font scale 100 %."""

    def __init__(self, painter: QPainter, sight: Sight) -> None:
        self.painter, self.sight, self.look = painter, sight, sight.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, lanes: list[Lane]) -> None:
        """All lanes."""
        for lane, title in zip(lanes, self.sight.titles, strict=False):
            key = "ink.2" if lane.dotted else "ink.1"
            self._words(title, lane.title, "label", key, room=lane.width)
            for stretch in lane.stretches:
                self._stretch(stretch, lane.dotted)
            for place, stop in enumerate(lane.stops):
                ends = (self.sight.line.source,) if place == 0 else ()
                last = place == len(lane.stops) - 1
                self._stop(stop, (*ends, self.sight.line.target) if last else ends)

    def _words(
        self, words: str, at: QPointF, token: str, key: str, room: float | None = None,
        align: Qt.AlignmentFlag = brush.LEFT,
    ) -> None:  # fmt: skip
        brush.text(self.painter, words, at, token, self.look.colour(key), room=room, align=align)

    def _stop(self, stop: Stop, ends: tuple[str, ...]) -> None:
        """A node: tile, name, which ends of the flow are in it."""
        look, box, sight = self.look, stop.box, self.sight
        hovered = stop.id == sight.hovered
        brush.shadow(self.painter, box, 8, look, 2 if hovered else 1)
        brush.panel(self.painter, box, 8, look.colour("card.paper"), look.colour("line.3" if hovered else "line.2"))
        known = stop.id in sight.document.elements
        if known:
            kind = sight.document.kind_of(stop.id)
            tile(self.painter, kind, QRectF(box.left() + 10, box.top() + 9, 28, 28), look)
        x, room = box.left() + 48, box.width() - 58
        self._words(name_of(stop.id, sight.document), QPointF(x, box.top() + 16), "name", "ink.1", room)
        if known:
            self._words(self._under(stop.id, ends), QPointF(x, box.top() + 33), "micro", "ink.2", room)
        self._marks(stop.id, box)

    def _under(self, id: str, ends: tuple[str, ...]) -> str:
        """Its kind, and who of the flow is in it."""
        document = self.sight.document
        here = ", ".join(name_of(end, document) for end in ends if end != id)
        label = _(document.kind_of(id).label)
        return f"{label} · {_('with {names}', names=here)}" if here else label

    def _stretch(self, stretch: Stretch, dotted: bool) -> None:
        """A cable with its numbers and a bar of what is taken."""
        box, hop = stretch.box, stretch.hop
        state = level(hop.utilisation)
        limiting = stretch.limits
        if not stretch.store:
            self._cable(stretch, state, dotted)
        x, right, y = box.left() + 48, box.right() - 2, box.top() + 17
        share, at = units.show(hop.utilisation, "1"), x
        if state != State.NONE:
            brush.mark(self.painter, state, QPointF(x + 5, y), 9, self.look)
            at += 15
        self._words(share, QPointF(at, y), "guest", "ink.1")
        token, key = ("label", "ink.1") if limiting else ("micro", "ink.2")
        room = right - at - brush.width_of(share, "guest") - 8
        self._words(remark(stretch), QPointF(right, y), token, key, room, align=brush.RIGHT)
        self._bar(QRectF(x, y + 10, right - x, 6), hop.utilisation, state)
        self._words(amount(stretch), QPointF(x, y + 28), "micro", "ink.2", right - x)
        self._marks(stretch.id, box.adjusted(6, 4, 0, -4))

    def _cable(self, stretch: Stretch, state: State, dotted: bool) -> None:
        """The line in the manner of its medium; what is in question lies on a band."""
        painter, look, box = self.painter, self.look, stretch.box
        x = box.left() + SPINE
        top, foot = QPointF(x, box.top()), QPointF(x, box.bottom())
        if not dotted:
            painter.setPen(QPen(look.colour("accent.soft"), 9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(top, foot)
        colour = look.colour(COLOUR_OF[state] if state != State.NONE else "line.link")
        pen = QPen(colour, 5.0 if stretch.limits else 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        link = self.sight.document.links.get(stretch.id)
        medium = str(link_values(link)["medium"]) if link is not None else ""
        if dotted:
            pen.setDashPattern([2.0, 2.0])
        elif medium in DASHES:
            pen.setDashPattern(DASHES[medium])
        painter.setPen(pen)
        aside = (-2.0, 2.0) if medium == "storage" else (0.0,)
        for step in aside:
            painter.drawLine(top + QPointF(step, 0), foot + QPointF(step, 0))

    def _bar(self, box: QRectF, share: float, state: State) -> None:
        """What is taken of the cable; the part that is this flow's own has an ink foot."""
        look, painter = self.look, self.painter
        brush.panel(painter, box, 3, look.colour("card.track"), look.colour("line.2"))
        inner = box.adjusted(1, 1, -1, -1)
        filled = inner.width() * min(1.0, max(0.0, share))
        if state != State.NONE and filled > 0:
            brush.panel(painter, QRectF(inner.left(), inner.top(), max(2.0, filled), inner.height()), 2,
                        look.colour(COLOUR_OF[state]), None)  # fmt: skip

    def _marks(self, id: str, box: QRectF) -> None:
        """Selected, and under the keys."""
        if id in self.sight.chosen:
            overlay.ring(self.painter, box, self.look, handles=False)
        if id == self.sight.focus:
            overlay.focus(self.painter, box.adjusted(4, 4, -4, -4), self.look)


def hop_words(document: Document, stretch: Stretch) -> list[str]:
    """Lines about a cable on the way."""
    hop = stretch.hop
    heading = name_of(hop.cable, document) if stretch.store else f"{name_of(hop.near, document)} → " + name_of(
        hop.far, document)  # fmt: skip
    said = [heading, amount(stretch), units.show(hop.utilisation, "1"), remark(stretch)]
    return [one for one in said if one]
