"""Where what is being dragged may go: every candidate in view with its answer, and the one under the pointer."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from sdx_studio import units
from sdx_studio.document import Element
from sdx_studio.document.inheriting import given
from sdx_studio.document.placing import Seat
from sdx_studio.document.seating import tried
from sdx_studio.kinds import GROUND, Kind, kind
from sdx_studio.ui.canvas import far, overlay, verdicts
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

GROUNDS = ("ground", "cabinet")
CARDS = ("machine", "array", "leaf")
BUDGET = 0.004
"""Seconds of a frame that may go into new answers; the others follow in the next frames."""


class Targets:
    """Answers for what is dragged (placed or new); asked once for each candidate, or for all alike, and kept."""

    def __init__(self, canvas: "Canvas", *children: Element) -> None:
        self.canvas = canvas
        self.child = children[0]
        self.children = children
        self.pointer = QPointF(-1, -1)
        self.current: tuple[str | None, Seat] | None = None
        self._known: dict[str | None, Seat] = {}
        self._alike: dict[object, Seat] = {}
        self._kept: tuple[object, NDArray[np.float64], NDArray[np.bool_]] | None = None
        document = canvas.session.document
        self.inside: set[str] = set()
        for child in children:
            self.inside |= {child.id, *(document.below(child.id) if child.id in document.elements else ())}

    def ask(self, target: str | None) -> Seat:
        """Whether all of it may go into `target`: the first refusal, else where the first one would sit."""
        if target not in self._known:
            self._known[target] = self._answer(target)
        return self._known[target]

    def _answer(self, target: str | None) -> Seat:
        """What holds nothing answers like all others of its kind and figures."""
        document = self.canvas.session.document
        key: object = None
        if target is not None and not document.children(target):
            one = document.element(target)
            key = (one.kind, tuple(sorted(one.fields.items())))
            known = self._alike.get(key)
            if known is not None:
                return replace(known, parent=target)
        answers = [tried(self.canvas.session.history, child, target) for child in self.children]
        found = next((one for one in answers if not one.allowed), answers[0])
        if key is not None:
            self._alike[key] = found
        return found

    def fits(self, what: Kind) -> bool:
        """Whether things of a kind take such a child when there is room."""
        return bool(set(kind(self.child.kind).needs) & set(what.offers))

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
            full = columns.kind[row].shape in GROUNDS and self.fits(columns.kind[row])
            if answer.allowed or full:
                return columns.ids[row], answer
            refused.append((columns.ids[row], answer))
        free = self.ask(None)
        if free.allowed or not refused:
            return None, free
        computers = [one for one in refused if "computer" in document.traits(one[0])]
        return (computers or refused)[0]

    def paint(self, painter: QPainter) -> None:
        """Rings and badges on all candidates in view, the bubble under the current one."""
        canvas = self.canvas
        rects, allowed = self._rings()
        verdicts.paint(painter, rects, allowed, canvas.scene.look)
        self._bubble(painter)

    def _rings(self) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Rectangles in widget px and answers; the same ones as long as one looks at the same and all are known."""
        canvas = self.canvas
        columns, key = canvas.scene.columns, (canvas.camera.copy(), canvas.size(), canvas.scene.columns.version)
        if self._kept is not None and self._kept[0] == key:
            return self._kept[1:]
        rows, until = self.candidates(), time.perf_counter() + BUDGET
        answered = [row for row in rows if self._in_time(columns.ids[row], until)]
        allowed = np.array([self.ask(columns.ids[row]).allowed for row in answered], dtype=bool)
        rects = far.on_screen(canvas.scene, np.array(answered, dtype=np.int64), canvas.camera)
        if len(answered) < len(rows):
            canvas.update()
        else:
            self._kept = (key, rects, allowed)
        return rects, allowed

    def _in_time(self, id: str, until: float) -> bool:
        """Whether an answer is there, or can still be found in this frame."""
        if id not in self._known and time.perf_counter() < until:
            self.ask(id)
        return id in self._known

    def candidates(self) -> list[int]:
        """Rows in view that could be meant: whatever holds such things, and every card of what holds or works.

        What stands free asks nobody but grounds: over anything else it is put down beside.
        """
        columns = self.canvas.scene.columns
        rows = columns.inside(self.canvas.camera.visible(QSizeF(self.canvas.size())))
        free = GROUND in kind(self.child.kind).needs
        answer: dict[str, bool] = {}
        found = []
        for row in rows.tolist():
            what = columns.kind[row]
            if what.key not in answer:
                answer[what.key] = self._candidate(what, free)
            if answer[what.key] and columns.ids[row] not in self.inside:
                found.append(row)
        return found

    def _candidate(self, what: Kind, free: bool) -> bool:
        if free or what.shape not in CARDS:
            return self.fits(what) and what.shape != "layer"
        return bool(what.offers) or "endpoint" in what.traits

    def _bubble(self, painter: QPainter) -> None:
        if self.current is None:
            return
        target, answer = self.current
        canvas = self.canvas
        box = canvas.screen_box(target) if target else QRectF(self.pointer, QSizeF(1, 1))
        if target is None and answer.allowed:
            return
        if target is not None and canvas.scene.columns.kind[canvas.scene.columns.row[target]].shape in GROUNDS:
            box = QRectF(self.pointer, QSizeF(1, 1))
        elif target is not None:
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
        values = kind(self.child.kind).values(given(document, self.child))
        if machine and "memory" in values and "guest" in kind(self.child.kind).traits:
            free = document.values(machine)["memory"] - sum(
                document.values(one).get("memory") or 0.0
                for one in document.below(machine)
                if document.ancestor(one, "computer") == machine and one not in self.inside
            )
            wanted = units.show(values["memory"], "B")
            return _("Drop here: {wanted} of {free} free", wanted=wanted, free=units.show(free, "B")), more
        return _("Drop into {name}", name=name), more
