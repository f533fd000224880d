"""Quick add: type a part's name and perhaps one for it, Enter puts it where it belongs."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QHideEvent

from sdx_studio.document import EditError
from sdx_studio.document.arrange.grid import GRID
from sdx_studio.document.placing import Seat
from sdx_studio.kinds.links import why_not
from sdx_studio.session import cabling
from sdx_studio.session.many import place_many
from sdx_studio.session.quick import Wish, home, wishes
from sdx_studio.ui import icons
from sdx_studio.ui.canvas.tools.place import size_of
from sdx_studio.ui.panels.picker import Entry, Picker
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

GAP = 24.0
RINGS = 12


class QuickAdd(Picker):
    """Each row says where the part would go, or why it cannot."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window, "quick_add", window.look, self.entries, self._place, 440)
        self._window = window
        self._wishes: dict[str, Wish] = {}
        self._cable: tuple[str, QPointF] | None = None
        """What a loose cable comes from, and where on the canvas its end was let go."""

    def ask_for(self, source: str, spot: tuple[float, float]) -> None:
        """Until it is closed, offer only what a cable from `source` goes to, to be put at `spot` and connected."""
        self._cable = (source, QPointF(*spot))

    def hideEvent(self, event: QHideEvent) -> None:
        """A cable that came to nothing is forgotten."""
        super().hideEvent(event)
        self._cable = None

    def entries(self, text: str) -> tuple[Entry, ...]:
        """Parts that are meant, best first."""
        found = tuple(wish for wish in wishes(text) if self._connects(wish))
        self._wishes = {wish.what.key: wish for wish in found}
        self.tell(_("A name or a number may follow: vm web01, vm 5") if found else _("no part is called so"))
        return tuple(self._entry(wish) for wish in found)

    def _connects(self, wish: Wish) -> bool:
        if self._cable is None:
            return True
        source = self._window.session.document.kind_of(self._cable[0])
        return why_not(source, wish.what) is None and self._home(wish.what.key)[1].allowed

    def _entry(self, wish: Wish) -> Entry:
        what = wish.what
        target, answer = self._home(what.key)
        title = _(what.label) + (f" · {wish.name}" if wish.name else "")
        if wish.count > 1:
            title += f" × {wish.count}"
        where = _("on the canvas")
        if target is not None:
            where = _("in {name}", name=self._window.session.document.element(target).name)
        drawing = icons.drawing(what.key, 16)
        if answer.reason is not None:
            return Entry(what.key, title, answer.reason, "", drawing, what.family, enabled=False)
        return Entry(what.key, title, "", where, drawing, what.family)

    def _home(self, key: str) -> tuple[str | None, Seat]:
        canvas = self._window.canvas
        chosen = canvas.selection if self._cable is None else self._beneath(self._cable[1])
        return home(self._window.session.document, key, chosen)

    def _beneath(self, spot: QPointF) -> tuple[str, ...]:
        """Grounds under a spot of the canvas, innermost first."""
        columns = self._window.canvas.scene.columns
        rows = columns.all_at(spot.x(), spot.y())
        return tuple(columns.ids[row] for row in rows if columns.kind[row].shape in ("ground", "cabinet"))

    def _place(self, entry: Entry) -> None:
        """Put it down; it arrives selected. A refusal changes nothing, stays and says why."""
        reason = self.put(self._wishes[entry.key])
        if reason is not None:
            self.tell(reason)

    def put(self, wish: Wish) -> str | None:
        """Place parts where they belong and close up; or the reason why they cannot be placed, with nothing changed."""
        window, key = self._window, wish.what.key
        target, answer = self._home(key)
        if answer.reason is not None:
            return answer.reason
        if self._cable is not None:
            return self._connect(wish, target, *self._cable)
        x, y = free_spot(self._room(key), [] if target is not None else self._taken())
        try:
            ids = place_many(window.session, key, wish.count, on=target, name=wish.name,
                             x=x if target is None else GAP, y=y if target is None else GAP + 16,
                             size=size_of(key))  # fmt: skip
        except EditError as reason:
            return str(reason)
        self.close_up()
        window.choose(ids[0])
        window.canvas.select(ids)
        window.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return None

    def _connect(self, wish: Wish, target: str | None, source: str, spot: QPointF) -> str | None:
        """Put it where the cable ended and plug the cable in, as one step; or the reason why not."""
        window = self._window
        wide, high = size_of(wish.what.key)
        corner = spot - QPointF(wide / 2, high / 2)
        if target is not None:
            columns = window.canvas.scene.columns
            corner -= columns.box(columns.row[target]).topLeft()
        at = (round(corner.x() / GRID) * GRID, round(corner.y() / GRID) * GRID)
        try:
            id = cabling.add_connected(window.session, source, wish.what.key, on=target, name=wish.name, at=at)
        except EditError as reason:
            return str(reason)
        self.close_up()
        window.choose(id)
        return None

    def _room(self, key: str) -> QRectF:
        """Where a part of this kind would stand in the middle of what is seen."""
        canvas = self._window.canvas
        wide, high = size_of(key)
        middle = canvas.camera.to_canvas(QPointF(canvas.width() / 2, canvas.height() / 2))
        return QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)

    def _taken(self) -> list[QRectF]:
        columns = self._window.canvas.scene.columns
        return [columns.box(row) for row in range(len(columns.ids)) if columns.parent[row] < 0]


def free_spot(wanted: QRectF, taken: list[QRectF]) -> tuple[float, float]:
    """Corner on the grid of the place nearest to `wanted` that touches nothing; `wanted` itself when all is full."""
    dx, dy = wanted.width() + GAP, wanted.height() + GAP
    steps = [(column, row) for column in range(-RINGS, RINGS + 1) for row in range(-RINGS, RINGS + 1)]
    steps.sort(key=lambda step: (step[0] * dx) ** 2 + (step[1] * dy) ** 2)
    for column, row in steps:
        spot = wanted.translated(column * dx, row * dy)
        if not any(spot.adjusted(-8, -8, 8, 8).intersects(one) for one in taken):
            return round(spot.x() / GRID) * GRID, round(spot.y() / GRID) * GRID
    return round(wanted.x() / GRID) * GRID, round(wanted.y() / GRID) * GRID
