"""What the painters need to know: the columns, the routes, the theme, and the last snapshot's cables and moves."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sdx_studio.document import Change, Document
from sdx_studio.engine.snapshot import Condition, Layout, Snapshot
from sdx_studio.kinds.links import bandwidth
from sdx_studio.session.doings import Doings
from sdx_studio.ui.canvas.columns import Columns, State
from sdx_studio.ui.canvas.following import adjusted
from sdx_studio.ui.canvas.routes import Routes
from sdx_studio.ui.theme import Theme

FAR, MIDDLE = 0.25, 0.75


@dataclass
class Scene:
    """Everything a painter reads; the canvas and the picture maker each hold one."""

    document: Document
    look: Theme
    columns: Columns = field(init=False)
    routes: Routes = field(init=False)
    running: bool = False
    time: float = 0.0
    grid: bool = True
    """Whether the dots of the grid are drawn, and corners snap to it."""
    types: bool = False
    """Whether outlines say where virtualization makes one thing appear as another."""
    moves: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 12)))
    doings: Doings = field(default_factory=Doings)
    """What has happened in the run, as far as pictures of it need to know."""
    layout: Layout | None = None
    picked: tuple[str, ...] = ()
    """What is selected: the ways that a controller chose for it are shown as long as it is."""
    pace: float = 1.0
    """Simulated seconds a second: what is shown for a moment is shown as long at any speed."""
    values: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """Measures of the last snapshot, in the order of the layout's slots."""

    places: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    """Where guests sit in it: rows of the layout."""

    def __post_init__(self) -> None:
        self.columns = Columns(self.document)
        self.routes = Routes(self.document, self.columns)
        self._reset_cables()

    def follow(self, changes: tuple[Change, ...]) -> None:
        """Follow changes of the document; what only moves something is quick."""
        moved = adjusted(self.columns, changes)
        if moved is None:
            self.rebuild()
        elif any(change.table == "links" for change in changes):
            self.routes.rebuild()
            self._reset_cables()
        else:
            self.routes.adjust(moved)

    def lift(self, links: frozenset[str]) -> None:
        """Leave these links out of the picture, because a gesture draws them; none puts them back."""
        if links != self.routes.lifted:
            self.routes.lifted = links
            self.columns.touch()

    def rebuild(self) -> None:
        """Take everything from the document anew, and where a run has moved guests."""
        self.columns.rebuild()
        self.routes.rebuild()
        self._reset_cables()

    def _reset_cables(self) -> None:
        count = len(self.routes.ids)
        self.use = np.full((count, 2), np.nan)
        self.cut = np.zeros(count, dtype=bool)
        self.blocked = np.zeros(count, dtype=bool)
        self._cable_layout: Layout | None = None

    def clear_run(self) -> None:
        """Forget the run."""
        moved = bool(self.columns.moved)
        self.columns.clear_run()
        if moved:
            self.routes.rebuild()
        self._reset_cables()
        self.running, self.time, self.layout = False, 0.0, None
        self.moves = self.moves[:0]
        self.doings.clear()

    def show(self, layout: Layout, snapshot: Snapshot) -> bool:
        """Take a snapshot; True when guests changed places and the static picture is out of date."""
        moved = self._moved(layout, snapshot)
        changed = moved != self.columns.moved
        if changed:
            self.columns.moved = moved
            self.rebuild()
        self.columns.show(layout, snapshot)
        if layout is not self._cable_layout:
            self._bind(layout)
        rates = np.vstack([snapshot.cable_rates.reshape(-1, 2), [[np.nan, np.nan]]])[self._cable_row]
        condition = np.append(snapshot.cable_condition, 0)[self._cable_row]
        self.use = rates / self._speed[:, None]
        self.cut, self.blocked = condition == Condition.CUT, condition == Condition.BLOCKED
        self.running, self.time, self.layout = True, snapshot.time / 1e6, layout
        self.moves, self.values, self.places = snapshot.moves, snapshot.values, snapshot.place
        return changed

    def value(self, id: str, measure: str) -> float:
        """A measure of an element or a cable in the last snapshot; NaN when there is none."""
        slot = None if self.layout is None else self.layout.index.get((id, measure))
        return float("nan") if slot is None else float(self.values[slot])

    def _bind(self, layout: Layout) -> None:
        rows = {id: row for row, id in enumerate(layout.cables)}
        self._cable_layout = layout
        self._cable_row = np.array([rows.get(id, len(rows)) for id in self.routes.ids], dtype=np.int64)
        self._speed = np.array([bandwidth(link, self.document) for link in self.routes.links])

    def _moved(self, layout: Layout, snapshot: Snapshot) -> dict[str, str]:
        """Guests that the run has put on another machine than the drawing, with the layer they are in now."""
        if layout is not self.layout:
            guests = [row for row, id in enumerate(layout.elements) if id in self.document.elements]
            self._mobile = [row for row in guests if "mobile" in self.document.traits(layout.elements[row])]
            self._drawn = {row: self.document.ancestor(layout.elements[row], "machine") for row in self._mobile}
            self.layout = layout
        moved = {}
        for row in self._mobile:
            place = int(snapshot.place[row])
            if place >= 0 and layout.elements[place] != self._drawn[row]:
                moved[layout.elements[row]] = self._layer_in(layout.elements[place])
        return moved

    def _layer_in(self, machine: str) -> str:
        layers = [one for one in self.document.children(machine) if "layer" in self.document.traits(one)]
        return layers[0] if layers else machine

    def link_state(self, row: int) -> State:
        """State of a link by its fuller direction."""
        use = np.nanmax(self.use[row]) if not np.isnan(self.use[row]).all() else np.nan
        if self.cut[row]:
            return State.FAILED
        if np.isnan(use) or use <= 0:
            return State.NONE
        return State.CRITICAL if use >= 0.97 else State.BUSY if use >= 0.8 else State.OK
