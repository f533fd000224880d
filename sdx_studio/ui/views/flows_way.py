"""The drawing of one flow's way: clicked, walked over with the keys, heard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

from sdx_studio.engine.network.reading import Line, Way
from sdx_studio.session import routing
from sdx_studio.session.wording import name_of
from sdx_studio.ui.theme import Manner
from sdx_studio.ui.views.flows_painting import Sight, WayPainter, hop_words
from sdx_studio.ui.views.flows_plan import Plan, Stretch, plan
from sdx_studio.ui.views.rack_surface import Surface
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class WayPicture(Surface):
    """A column of cards and cables, from the sender above to the receiver below."""

    title = mark("Way of the flow")

    def __init__(self, owner: "Window") -> None:
        super().__init__(owner)
        self.setObjectName("flow_way")
        self.line: Line | None = None
        self.way = Way()
        self.plan = Plan()
        self._room = 1.0

    def show_way(self, line: Line | None, way: Way | None) -> None:
        """The way of this flow; None for no flow."""
        self.line, self.way = line, way or Way()
        self.lay_out(self._room)

    def lay_out(self, room: float) -> None:
        """Place everything anew in so many px at font scale 100 %."""
        self._room = room
        self.plan = Plan() if self.line is None else plan(self.line, self.way, room)
        if self.focus is not None and self.box(self.focus).isEmpty():
            self.focus = None
        self.grow(self.plan.width, self.plan.height)
        self.tell()
        self.update()

    def links(self) -> tuple[str, ...]:
        """Everything on the way that can be shown on the canvas: nodes and cables, in order."""
        document = self.document
        ids = [end for hop in self.way.hops for end in (hop.near, hop.cable, hop.far)]
        return tuple(id for id in dict.fromkeys(ids) if id in document.elements or id in document.links)

    def thing_at(self, spot: QPointF) -> str | None:
        """The node or cable at a spot."""
        return self.plan.at(spot)

    def box(self, id: str) -> QRectF:
        """Where a node or cable is."""
        return self.plan.box(id)

    def told(self, id: str) -> list[str]:
        """Lines about a node or a cable."""
        found = next((one for one in self.plan.things() if one.id == id), None)
        if found is None:
            return []
        if isinstance(found, Stretch):
            return hop_words(self.document, found)
        known = id in self.document.elements
        return [name_of(id, self.document), *([_(self.document.kind_of(id).label)] if known else [])]

    def titles(self) -> tuple[str, ...]:
        """What stands over the lanes."""
        document, way = self.document, self.way
        names = ", ".join(name_of(one, document) for one in way.controllers)
        hops = _("hops: {count}", count=len(way.hops))
        if self.line is not None and self.line.course == "blocked":
            return (routing.course(document, self.line),)
        if not names:
            return (f"{_('Would go this way')} · {hops}" if way.planned else hops,)
        said = f"{_('Chosen by {name}', name=names)} · {hops}"
        if [one.cable for one in way.plain] == [one.cable for one in way.hops]:
            return (f"{_('Would go this way')} · {hops}" if way.planned else f"{said} · {_('same as hop by hop')}",)
        return said, f"{_('Hop by hop')} · {_('hops: {count}', count=len(way.plain))}"

    def words(self) -> str:
        """The sentence in place of a drawing."""
        line = self.line
        if line is None:
            return _("Choose a flow: its way is drawn here.")
        if line.course == "blocked":
            return _("No way: {reason}.", reason=_(line.reason))
        if line.local:
            return _("Both ends are on one machine: it uses no cable.")
        return _("There is no way between its ends.")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.owner.look.colour("surface.canvas"))
        if self.line is None or not self.plan.lanes:
            self.nothing(painter, self.words())
            return
        painter.scale(Manner.scale, Manner.scale)
        keys = self.focus if self.hasFocus() else None
        chosen = frozenset(self.owner.canvas.selection)
        sight = Sight(self.document, self.owner.look, self.line, self.titles(), chosen, self.hovered, keys)
        WayPainter(painter, sight).paint(self.plan.lanes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk along the way."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        ids = list(dict.fromkeys(one.id for one in self.plan.things()))
        if ids:
            at = ids.index(self.focus) + step if self.focus in ids else 0
            self.walk_to(ids[min(len(ids) - 1, max(0, at))])

    def tell(self) -> None:
        """Its name; as its description what the keys are on, or the whole way."""
        super().tell()
        if self.focus is None:
            names = [name_of(one.id, self.document) for one in self.plan.things() if not isinstance(one, Stretch)]
            words = self.words() if not names else ", ".join([*self.titles()[:1], *names])
            self.setAccessibleDescription(words)
