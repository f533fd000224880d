"""Supply: what machines and stores draw just now, and what that adds up to in the areas around them.

An area multiplies what is drawn inside it by its PUE; price and carbon are those of the place where it is drawn.
"""

from typing import TYPE_CHECKING

import numpy as np

from sdx_studio.engine.formulas.power import watts
from sdx_studio.engine.parts import Area
from sdx_studio.engine.roster import NOWHERE, Floats, Rows, added

if TYPE_CHECKING:
    from sdx_studio.engine.plant import Plant

FIGURES = ("power", "price", "carbon")


class Supply:
    """Watts as columns: machines and stores in order of ids, areas with PUE, once plainly and times each price."""

    def __init__(self) -> None:
        self.machines: Floats = np.zeros(0)
        self.stores: Floats = np.zeros(0)
        self.changed = True
        """Whether the last settling brought other figures."""
        self.areas: dict[str, Floats] = {}
        """W, W·JPY/kWh and W·kg/kWh of each area by figure."""
        self.store_ids: list[str] = []
        self._rated: Floats = np.zeros(0)
        self._pue: Floats = np.zeros(0)
        self._factors: dict[str, Floats] = {}
        self._homes: Rows = np.zeros(0, np.intp)
        self._parents: Rows = np.zeros(0, np.intp)
        self._inner: list[Rows] = []
        """Areas inside others by depth, the innermost first."""
        self._anew = True

    def arrange(self, plant: "Plant") -> None:
        """Take over machines, stores and areas as the parts now are."""
        parts = plant.parts
        rows = {id: row for row, id in enumerate(parts.areas)}
        self.store_ids = [id for id in parts.stores if id not in parts.machines]
        self._rated = np.array([parts.stores[id].watts for id in self.store_ids], float)
        homes = [one.area for one in parts.machines.values()] + [parts.stores[id].area for id in self.store_ids]
        self._homes = np.array([rows.get(area or "", NOWHERE) for area in homes], np.intp)
        areas = list(parts.areas.values())
        self._pue = np.array([one.pue for one in areas], float)
        self._parents = np.array([rows.get(one.parent or "", NOWHERE) for one in areas], np.intp)
        self._factors = {name: np.array([inherited(parts.areas, one, name) for one in areas]) for name in FIGURES[1:]}
        self._factors["power"] = np.ones(len(areas))
        self._inner, self._anew = self._by_depth(), True
        self.machines, self.stores = np.zeros(len(parts.machines)), np.zeros(len(self.store_ids))
        self.areas = {name: np.zeros(len(areas)) for name in FIGURES}

    def _by_depth(self) -> list[Rows]:
        """Rows of areas, the innermost first; areas that contain each other are left out."""
        depth = np.zeros(len(self._parents), np.intp)
        for row in range(len(depth)):
            at = self._parents[row]
            while at != NOWHERE and depth[row] <= len(depth):
                depth[row] += 1
                at = self._parents[at]
        most = int(depth[depth <= len(depth)].max(initial=0))
        return [np.flatnonzero(depth == level) for level in range(most, 0, -1)]

    def settle(self, plant: "Plant") -> None:
        """Read what is drawn just now."""
        machines = plant.roster.watts(watts)
        stores = np.where([plant.up(id) for id in self.store_ids], self._rated, 0.0)
        same = np.array_equal(machines, self.machines) and np.array_equal(stores, self.stores)
        self.changed = self._anew or not same
        self._anew = False
        if self.changed:
            self.machines, self.stores = machines, stores
            housed = self._homes != NOWHERE
            drawn = np.concatenate((machines, stores))[housed]
            plain = added(self._homes[housed], drawn, len(self._pue))
            totals = self._outward(np.array([plain * self._factors[name] for name in FIGURES]).T, self._pue)
            self.areas = dict(zip(FIGURES, totals.T, strict=True))

    def within(self, amounts: Floats) -> Floats:
        """What machines have, added up by areas."""
        homes = self._homes[: len(amounts)]
        housed = homes != NOWHERE
        totals = added(homes[housed], amounts[housed], len(self._pue))
        return self._outward(totals[:, np.newaxis], np.ones(len(totals)))[:, 0]

    def _outward(self, totals: Floats, pue: Floats) -> Floats:
        """Add the inner areas (rows) to those around them, each times its `pue`."""
        totals = totals * pue[:, np.newaxis]
        for inner in self._inner:
            outer = self._parents[inner]
            np.add.at(totals, outer, totals[inner] * pue[outer, np.newaxis])
        return totals


def inherited(areas: dict[str, Area], area: Area, figure: str) -> float:
    """Price or carbon of an area: its own, or that of the nearest area around it that has one."""
    at: Area | None = area
    for _ in range(len(areas)):
        if at is None:
            break
        own = float(getattr(at, figure))
        if own:
            return own
        at = areas.get(at.parent or "")
    return 0.0
