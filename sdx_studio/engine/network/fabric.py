"""The fabric: all flows of a world on its cables and stores, planned and shared anew where something changed."""

from dataclasses import fields

from sdx_studio.engine.formulas.network import guarantees_fit
from sdx_studio.engine.network.central import Central
from sdx_studio.engine.network.flow import Flow, Key
from sdx_studio.engine.network.shares import Shares
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.network.ways import Ways, add_work
from sdx_studio.engine.plant import Plant


class Fabric:
    """Flows by key; `settle` plans what moved and shares what competes with it."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self.flows: dict[Key, Flow] = {}
        self.shares = Shares()
        self.stores: dict[str, int] = {}
        self.followers: dict[str, dict[Key, None]] = {}
        """Element → flows that begin or end there."""
        self.ended: set[str] = set()
        """Elements at the ends of flows that were closed since the last settling."""
        self.topology = Topology(plant)
        self.central = Central(plant, self.topology)
        self._ways = Ways(plant, self.topology, self.central)
        self.introduce = self._ways.introduce

    def arrange(self) -> None:
        """Number cables and stores; everything is planned anew at the next settling."""
        parts = self._plant.parts
        cables = len(parts.cables)
        names = sorted(parts.stores.keys() | parts.devices_of.keys())
        self.stores = {id: 2 * cables + place for place, id in enumerate(names)}
        self.shares.arrange([0.0] * (2 * cables + len(self.stores)))
        for flow in self.flows.values():
            flow.legs, flow.booked = (), 0.0
        self._plant.shaken = True

    def open(self, flow: Flow) -> None:
        """Begin a flow, or replace the one with the same key while keeping its rate."""
        old = self.flows.get(flow.key)
        if old is not None:
            self.close(flow.key)
            flow.rate = old.rate
        self.flows[flow.key] = flow
        for end in (flow.source, flow.target):
            self.followers.setdefault(end, {})[flow.key] = None
        if not self._plant.shaken:
            self._plan(flow)

    def close(self, key: Key) -> None:
        """End a flow; what it used is free at the next settling."""
        flow = self.flows.pop(key, None)
        if flow is None:
            return
        self.central.forget("/".join(key))
        self.shares.leave(flow)
        for end in (flow.source, flow.target):
            self.followers.get(end, {}).pop(key, None)
            self.ended.add(end)
        if flow.promised > 0:
            self._readmit()

    def retune(self, key: Key, cap: float) -> None:
        """Change the most that a flow sends (bit/s)."""
        flow = self.flows[key]
        if cap != flow.cap:
            flow.cap = cap
            self.shares.touch(flow)

    def settle(self) -> tuple[list[Flow], set[int]]:
        """Flows whose rate or way changed, by key, and the directed cables and stores whose use may have."""
        plant = self._plant
        if plant.shaken:
            self._survey()
            for flow in self.flows.values():
                flow.promised = 0.0
            for key in sorted(self.flows):
                self._plan(self.flows[key])
            plant.shaken = False
        else:
            moved = {key for id in plant.moved for key in self.followers.get(id, ())}
            for key in sorted(moved):
                self._plan(self.flows[key])
        plant.moved.clear()
        return self.shares.settle()

    def state(self) -> tuple[object, ...]:
        """Everything about the flows that later results depend on."""
        names = [one.name for one in fields(Flow)]
        flows = {key: tuple(getattr(flow, name) for name in names) for key, flow in sorted(self.flows.items())}
        return flows, self.central.state(), self.topology.convergence.held

    def _survey(self) -> None:
        """Read the topology and the capacities anew."""
        plant = self._plant
        self.topology.survey()
        rooms = [one.bandwidth for one in plant.parts.cables.values() for _ in range(2)]
        rooms += [1.0 if plant.up(id) and plant.parts.devices_of.get(id) else 0.0 for id in self.stores]
        self.shares.measure(rooms)

    def _plan(self, flow: Flow) -> None:
        self.shares.leave(flow)
        flow.legs, flow.factors, flow.cables, flow.vlans, flow.local = (), None, (), (), False
        flow.reason = self._ways.lay(flow, self._share_of)
        flow.blocked = bool(flow.reason)
        if not flow.blocked and flow.store is not None:
            add_work(flow, self.stores[flow.store])
        self._promise(flow)
        self.shares.join(flow)

    def _share_of(self, leg: int) -> float:
        """What one more flow would get on a directed cable if all on it were greedy (bit/s)."""
        return self.shares.capacities[leg] / (1 + self.shares.crowd(leg))

    def _promise(self, flow: Flow) -> None:
        """Admit a guarantee that fits beside those already admitted on every cable of its way, or none of it."""
        flow.promised = 0.0
        if flow.floor > 0 and all(
            guarantees_fit(self.shares.capacities[leg], [flow.floor, *(one.promised for one in self.shares.users(leg))])
            for leg in flow.legs
        ):
            flow.promised = flow.floor

    def _readmit(self) -> None:
        """Something promised is free: those that were refused may get it."""
        for key in sorted(self.flows):
            flow = self.flows[key]
            if flow.floor > 0 and flow.promised == 0 and not flow.blocked:
                self.shares.leave(flow)
                self._promise(flow)
                self.shares.join(flow)

    def optimise(self) -> None:
        """Let the controllers choose all ways anew, one flow after another."""
        for flow in self.flows.values():
            self.shares.leave(flow)
            flow.legs = ()
            self.central.forget("/".join(flow.key))
        self._plant.shaken = True
