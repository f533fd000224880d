"""The fabric: all flows of a world on its cables and stores, planned and shared anew where something changed."""

from collections.abc import Iterable
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.network.flow import LOCAL, Flow, Key
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.sharing.maxmin import Demands, fill
from sdx_studio.words import mark


class Fabric:
    """Flows by key; `settle` plans what moved and shares what competes with it."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self.flows: dict[Key, Flow] = {}
        self.usage: NDArray[np.float64] = np.zeros(0)
        self.capacities: list[float] = []
        self.stores: dict[str, int] = {}
        self._users: dict[int, dict[Key, None]] = {}
        self._dirty: set[Key] = set()
        self._legs: set[int] = set()
        self._followers: dict[str, set[Key]] = {}
        self.ended: set[str] = set()
        """Elements at the ends of flows that were closed since the last settling."""
        self.topology = Topology(plant)

    def arrange(self) -> None:
        """Number cables and stores; everything is planned anew at the next settling."""
        parts = self._plant.parts
        cables = len(parts.cables)
        names = sorted(parts.stores.keys() | parts.devices_of.keys())
        self.stores = {id: 2 * cables + place for place, id in enumerate(names)}
        self.usage = np.zeros(2 * cables + len(self.stores))
        self._users = {}
        self._legs.clear()
        for flow in self.flows.values():
            flow.legs = ()
        self._plant.shaken = True

    def open(self, flow: Flow) -> None:
        """Begin a flow, or replace the one with the same key while keeping its rate."""
        old = self.flows.get(flow.key)
        if old is not None:
            self.close(flow.key)
            flow.rate = old.rate
        self.flows[flow.key] = flow
        for end in (flow.source, flow.target):
            self._followers.setdefault(end, set()).add(flow.key)
        if not self._plant.shaken:
            self._plan(flow)

    def close(self, key: Key) -> None:
        """End a flow; what it used is free at the next settling."""
        flow = self.flows.pop(key, None)
        if flow is None:
            return
        self._leave(flow)
        self._dirty.discard(key)
        for end in (flow.source, flow.target):
            self._followers[end].discard(key)
            self.ended.add(end)

    def retune(self, key: Key, cap: float) -> None:
        """Change the most that a flow sends (bit/s)."""
        flow = self.flows[key]
        if cap != flow.cap:
            flow.cap = cap
            self._dirty.add(key)

    def settle(self) -> tuple[list[Flow], set[int]]:
        """Flows whose rate or way changed, by key, and the directed cables and stores whose use may have."""
        plant = self._plant
        if plant.shaken:
            self._survey()
            for key in sorted(self.flows):
                self._plan(self.flows[key])
            plant.shaken = False
        else:
            moved = {key for id in plant.moved for key in self._followers.get(id, ())}
            for key in sorted(moved):
                self._plan(self.flows[key])
        plant.moved.clear()
        flows, legs = self._component()
        changed = self._share(flows, legs) if flows or legs else []
        self._dirty.clear()
        self._legs.clear()
        return changed, legs

    def pending(self) -> bool:
        """Whether something is to be shared anew."""
        return bool(self._dirty or self._legs)

    def state(self) -> dict[Key, tuple[object, ...]]:
        """Everything about the flows that later results depend on."""
        return {key: tuple(getattr(flow, one.name) for one in fields(flow)) for key, flow in sorted(self.flows.items())}

    def _survey(self) -> None:
        """Read the topology and the capacities anew."""
        plant = self._plant
        self.topology.survey()
        self.capacities = [one.bandwidth for one in plant.parts.cables.values() for _ in range(2)]
        self.capacities += [1.0 if plant.up(id) and plant.parts.devices_of.get(id) else 0.0 for id in self.stores]
        self._legs.update(range(len(self.capacities)))

    def _plan(self, flow: Flow) -> None:
        self._leave(flow)
        flow.legs, flow.factors, flow.cables, flow.vlans, flow.local = (), None, (), (), False
        flow.reason = self._lay(flow)
        flow.blocked = bool(flow.reason)
        if not flow.blocked and flow.store is not None:
            self._add_work(flow, flow.store)
        self._join(flow)

    def _lay(self, flow: Flow) -> str:
        """Find the flow's way; why there is none, in words."""
        if flow.key[0] == "io" and self._plant.parts.capacity(self._plant.parts.volumes[flow.target].store or "") <= 0:
            return mark("its array has no disks")
        source, target = self.topology.endpoint(flow.source), self.topology.endpoint(flow.target)
        attached = flow.store is not None and target is None and flow.store not in self._plant.parts.nodes
        if source == target and source is not None:
            target = None
            attached = True
        if attached and self._plant.alive(flow.source):
            flow.local = True
            return ""
        if source is None or target is None or not (self._plant.up(source) and self._plant.up(target)):
            return mark("one end is switched off or has no port")
        found = self.topology.path(source, target, flow.vlan, flow.store is not None)
        if found is None:
            return mark("no path that carries its VLAN")
        flow.legs, flow.cables, flow.vlans = found.legs, found.cables, found.vlans
        return ""

    def _add_work(self, flow: Flow, store: str) -> None:
        """Reads come back, writes go out, and both keep the store busy."""
        there = flow.legs
        back: tuple[int, ...] = tuple([leg ^ 1 for leg in there])
        writes = 1.0 - flow.read_share
        legs = (there if writes > 0 else ()) + (back if flow.read_share > 0 else ())
        factors = (writes,) * (len(there) if writes > 0 else 0)
        factors += (flow.read_share,) * (len(back) if flow.read_share > 0 else 0)
        flow.legs = (*legs, self.stores[store])
        flow.factors = (*factors, flow.work)

    def _join(self, flow: Flow) -> None:
        for leg in flow.legs:
            self._users.setdefault(leg, {})[flow.key] = None
        self._dirty.add(flow.key)

    def _leave(self, flow: Flow) -> None:
        for leg in flow.legs:
            self._users.get(leg, {}).pop(flow.key, None)
            self._legs.add(leg)

    def _component(self) -> tuple[list[Key], set[int]]:
        """All flows and legs that compete, however indirectly, with what changed."""
        flows = {key for key in self._dirty if key in self.flows}
        legs = set(self._legs)
        for key in flows:
            legs.update(self.flows[key].legs)
        waiting: list[int] = sorted(legs)
        while waiting:
            for key in self._users.get(waiting.pop(), ()):
                if key not in flows:
                    flows.add(key)
                    fresh = [leg for leg in self.flows[key].legs if leg not in legs]
                    legs.update(fresh)
                    waiting.extend(fresh)
        return sorted(flows), legs

    def _share(self, keys: Iterable[Key], legs: set[int]) -> list[Flow]:
        flows = [self.flows[key] for key in keys]
        wanted = Demands(
            paths=[flow.legs for flow in flows],
            weights=[flow.weight for flow in flows],
            caps=[_ceiling(flow) for flow in flows],
            floors=[flow.floor for flow in flows],
            coefficients=[flow.factors for flow in flows] if any(flow.factors for flow in flows) else None,
            classes=[flow.rank for flow in flows],
        )
        changed: list[Flow] = []
        used = dict.fromkeys(legs, 0.0)
        for flow, rate in zip(flows, fill(wanted, self.capacities), strict=True):
            if rate != flow.rate or flow.key in self._dirty:
                flow.rate = rate
                changed.append(flow)
            for place, leg in enumerate(flow.legs):
                used[leg] += rate * (flow.factors[place] if flow.factors else 1.0)
        for leg, amount in used.items():
            self.usage[leg] = amount
        return changed


def _ceiling(flow: Flow) -> float:
    if flow.blocked:
        return 0.0
    return min(flow.cap, LOCAL) if flow.local and flow.store is None else flow.cap
