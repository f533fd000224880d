"""The view of a world: keeps the arrays of snapshots up to date where something was touched."""

from dataclasses import replace
from math import inf

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.migration import Migrations, visible
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.snapshot import MOVE_COLUMNS, Layout, Snapshot
from sdx_studio.engine.storage import Storage
from sdx_studio.engine.traffic import Streams


class View:
    """Conditions and places as arrays, and the snapshots made of them."""

    def __init__(
        self, plant: Plant, fabric: Fabric, storage: Storage, streams: Streams, migrations: Migrations
    ) -> None:
        self._plant, self._fabric = plant, fabric
        self._storage, self._streams, self._migrations = storage, streams, migrations
        self._blocked: dict[str, str] = {}
        self.layout = Layout(0, (), (), ())
        self.shown: NDArray[np.intp] | None = None
        """Slots of the gauges that the layout has; None when it has all."""
        self._condition: NDArray[np.int8] = np.zeros(0, np.int8)
        self._place: NDArray[np.int32] = np.zeros(0, np.int32)
        self._cables: NDArray[np.int8] = np.zeros(0, np.int8)
        self._surveyed = True
        """Whether the topology was surveyed since the last look."""

    def arrange(self) -> None:
        """Lay everything out anew for the parts as they now are."""
        parts = self._plant.parts
        rows = {id: row for row, id in enumerate(parts.ids)}
        guests, index = parts.guests, self._plant.gauges.index
        hidden = {id for id, guest in guests.items() if guest.crowd}
        slots = tuple((rows[id], name) for id, name in index if id not in hidden)
        shown = [slot for (id, _), slot in index.items() if id not in hidden]
        self.shown = np.array(shown, np.intp) if hidden else None
        self.layout = Layout(self.layout.version + 1, tuple(parts.ids), slots, tuple(parts.cables))
        self._condition = np.zeros(len(rows), np.int8)
        self._place = np.full(len(rows), -1, np.int32)
        self._plant.touched.update(parts.ids)

    def renumber(self, version: int) -> None:
        """The same layout under another number."""
        self.layout = replace(self.layout, version=version)

    def settle(self, surveyed: bool) -> None:
        """Something may have changed; it is read when somebody looks."""
        self._surveyed |= surveyed

    def _read(self) -> None:
        """Read again what was touched; all of it when the topology was surveyed."""
        plant, surveyed = self._plant, self._surveyed
        rows = self.layout.rows
        self._surveyed = False
        if surveyed:
            self._blocked = self._fabric.topology.blocked()
        touched = plant.parts.ids if surveyed else [id for id in sorted(plant.touched) if id in rows]
        for id in touched:
            self._condition[rows[id]] = self._condition_of(id)
            tenancy = plant.guests.get(id)
            if tenancy is not None:
                self._place[rows[id]] = rows.get(tenancy.place or "", -1)
        plant.touched.clear()
        if surveyed:
            self._cables = np.array([self._cable(id) for id in self.layout.cables], np.int8)

    def snapshot(self) -> Snapshot:
        """The world as it is just now."""
        self._read()
        plant, fabric = self._plant, self._fabric
        count = len(self.layout.cables)
        rates = fabric.shares.usage[: 2 * count].reshape(count, 2).copy()
        return Snapshot(
            plant.now, self.layout.version, self.pick(plant.gauges.values(plant.now)), self._condition.copy(),
            self._place.copy(), rates, self._cables.copy(), self._moves(),
        )  # fmt: skip

    def pick(self, column: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of a column of all gauges what the layout has."""
        return column if self.shown is None else column[self.shown]

    def _condition_of(self, id: str) -> Condition:
        plant = self._plant
        if id in plant.failed:
            return Condition.FAILED
        if id in plant.off:
            return Condition.OFF
        if id in plant.clusters.resting:
            return Condition.MAINTENANCE
        if id in plant.guests:
            shown = visible(plant, self._migrations.active, id)
            return Condition.BLOCKED if shown is Condition.UP and id in plant.hindered else shown
        if id in plant.parts.cables:
            return self._cable(id)
        if id in self._streams.blocked or id in plant.hindered:
            return Condition.BLOCKED
        if id in plant.parts.traffics and id not in plant.parts.nodes and ("traffic", id) not in self._fabric.flows:
            return Condition.OFF
        return self._storage_condition(id)

    def _storage_condition(self, id: str) -> Condition:
        volume = self._plant.parts.volumes.get(id)
        if volume is None:
            return Condition.UP
        if volume.store is None or volume.store in self._plant.failed:
            return Condition.FAILED if volume.store else Condition.OFF
        return Condition.BLOCKED if volume.thin and volume.store in self._storage.pools.full else Condition.UP

    def _cable(self, id: str) -> Condition:
        if id in self._plant.cut:
            return Condition.CUT
        return Condition.BLOCKED if id in self._blocked or id in self._plant.hindered else Condition.UP

    def _moves(self) -> NDArray[np.float64]:
        plant, rows = self._plant, self.layout.rows
        moves = np.zeros((len(self._migrations.active), len(MOVE_COLUMNS)))
        for place, id in enumerate(sorted(self._migrations.active)):
            move = self._migrations.active[id]
            eta = move.eta
            moves[place] = (
                rows[id], rows.get(move.source, -1), rows.get(move.target, -1), move.round, move.phase,
                move.left_at(plant.now), move.round_bytes, move.rate, move.sent_at(plant.now),
                plant.parts.guests[id].memory, move.started / SECOND, np.nan if eta == inf else eta,
            )  # fmt: skip
        return moves
