"""Where what is being dragged may go: every candidate in view with its answer, and the one under the pointer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from sdx_studio import units
from sdx_studio.document import Element
from sdx_studio.document.placing import Seat, seat
from sdx_studio.kinds import GROUND, kind
from sdx_studio.ui.canvas import overlay
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

MOST_CANDIDATES = 300


class Targets:
    """Answers for one dragged element (placed or new); asked once for each candidate and kept."""

    def __init__(self, canvas: "Canvas", child: Element) -> None:
        self.canvas = canvas
        self.child = child
        self.pointer = QPointF(-1, -1)
        self.current: tuple[str | None, Seat] | None = None
        self._known: dict[str | None, Seat] = {}
        document = canvas.session.document
        self.inside = {child.id, *(document.below(child.id) if child.id in document.elements else ())}

    def ask(self, target: str | None) -> Seat:
        """Whether it may go into `target`."""
        if target not in self._known:
            self._known[target] = seat(self.canvas.session.document, self.child, target)
        return self._known[target]

    def aim(self, point: QPointF) -> tuple[str | None, Seat]:
        """The target under a widget point and its answer; a refusal is said in the status bar as well."""
        self.current = self._under(point)
        self.canvas.host.say(self.current[1].reason or "")
        return self.current

    def _under(self, point: QPointF) -> tuple[str | None, Seat]:
        """The innermost that takes it, otherwise the one that best says why not."""
        document, columns = self.canvas.session.document, self.canvas.scene.columns
        spot = self.canvas.camera.to_canvas(point)
        self.pointer = point
        rows = [row for row in columns.all_at(spot.x(), spot.y()) if columns.ids[row] not in self.inside]
        refused: list[tuple[str, Seat]] = []
        for row in rows:
            answer = self.ask(columns.ids[row])
            if answer.allowed:
                return columns.ids[row], answer
            refused.append((columns.ids[row], answer))
        free = self.ask(None)
        if free.allowed or not refused:
            return None, free
        computers = [one for one in refused if "computer" in document.traits(one[0])]
        return (computers or refused)[0]

    def paint(self, painter: QPainter) -> None:
        """Rings and badges on candidates in view, the bubble under the current one."""
        canvas = self.canvas
        columns = canvas.scene.columns
        area = canvas.camera.visible(QSizeF(canvas.size()))
        shown = 0
        for row in columns.inside(area):
            id = columns.ids[int(row)]
            what = columns.kind[int(row)]
            if id in self.inside or what.shape not in ("machine", "array", "leaf") or shown >= MOST_CANDIDATES:
                continue
            if what.shape == "leaf" and (self.current is None or self.current[0] != id):
                continue
            if GROUND in kind(self.child.kind).needs and not self.ask(id).allowed:
                continue
            overlay.verdict(painter, canvas.screen_box(id), canvas.scene.look, self.ask(id).allowed)
            shown += 1
        self._bubble(painter)

    def _bubble(self, painter: QPainter) -> None:
        if self.current is None:
            return
        target, answer = self.current
        canvas = self.canvas
        box = canvas.screen_box(target) if target else QRectF(self.pointer, QSizeF(1, 1))
        if target is None and answer.allowed:
            return
        if target is not None:
            overlay.verdict(painter, box, canvas.scene.look, answer.allowed)
            box.setTop(min(box.top(), self.pointer.y()))
            box.setBottom(min(box.bottom(), self.pointer.y() + 60))
            box.setLeft(max(box.left(), self.pointer.x() - 40))
        if answer.allowed:
            reason, more = self._welcome(target, answer)
        else:
            reason, more = answer.reason or "", _("nothing changes if you drop it here")
        overlay.bubble(painter, box, canvas.scene.look, answer.allowed, reason, more, QRectF(canvas.rect()))

    def _welcome(self, target: str | None, answer: Seat) -> tuple[str, str]:
        """What a drop would do, with its figures."""
        document = self.canvas.session.document
        name = document.element(target).name if target else ""
        more = ""
        if answer.insert:
            more = _("adds {layers}", layers=", ".join(_(kind(key).label) for key in answer.insert))
        machine = None
        if target is not None:
            machine = target if "machine" in document.traits(target) else document.ancestor(target, "machine")
        values = kind(self.child.kind).values(self.child.fields)
        if machine and "memory" in values and "guest" in kind(self.child.kind).traits:
            free = document.values(machine)["memory"] - sum(
                document.values(one).get("memory") or 0.0
                for one in document.below(machine)
                if document.ancestor(one, "computer") == machine and one not in self.inside
            )
            wanted = units.show(values["memory"], "B")
            return _("Drop here: {wanted} of {free} free", wanted=wanted, free=units.show(free, "B")), more
        return _("Drop into {name}", name=name), more
