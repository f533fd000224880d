"""What a running model says about one element after another, whether the canvas draws it or not."""

import math
from dataclasses import dataclass

from sdx_studio.document import Document
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.kinds import Kind
from sdx_studio.ui.canvas.columns import CONDITIONS, State


@dataclass(frozen=True, slots=True)
class Reading:
    """State, leading measure (a ratio) and power (W) of one element; NaN where it has none."""

    state: State = State.NONE
    lead: float = math.nan
    watts: float = math.nan


class Readings:
    """The newest snapshot by id; without one everything is at rest."""

    def __init__(self) -> None:
        self._layout: Layout | None = None
        self._snapshot: Snapshot | None = None

    def take(self, layout: Layout, snapshot: Snapshot) -> None:
        """A newer snapshot."""
        self._layout, self._snapshot = layout, snapshot

    def forget(self) -> None:
        """Nothing runs."""
        self._layout = self._snapshot = None

    @property
    def running(self) -> bool:
        """Whether there is a snapshot."""
        return self._snapshot is not None

    @property
    def time(self) -> float:
        """Simulated seconds of the snapshot; 0 without one."""
        return 0.0 if self._snapshot is None else self._snapshot.time / 1e6

    def value(self, id: str, measure: str) -> float:
        """One measure; NaN when it is not there."""
        if self._layout is None or self._snapshot is None:
            return math.nan
        slot = self._layout.index.get((id, measure))
        return math.nan if slot is None else float(self._snapshot.values[slot])

    def of(self, document: Document, id: str) -> Reading:
        """State, lead and power of an element of the drawing."""
        if self._layout is None or self._snapshot is None or id not in document.elements:
            return Reading()
        kind = document.kind_of(id)
        lead = self.value(id, kind.lead or "")
        row = self._layout.rows.get(id)
        condition = -1 if row is None else int(self._snapshot.condition[row])
        state = next((shown for code, shown in CONDITIONS.items() if code == condition), level(kind, lead))
        return Reading(state, lead, self.value(id, "power"))


def level(kind: Kind, lead: float) -> State:
    """State of something that works, by its leading measure and the limits of its kind."""
    if lead != lead:
        return State.NONE
    limits = kind.thresholds
    if lead >= limits.critical:
        return State.CRITICAL
    return State.BUSY if lead >= limits.busy else State.IDLE if lead < limits.idle else State.OK
