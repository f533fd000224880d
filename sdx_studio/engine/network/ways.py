"""Ways: which cables a flow takes, and the work it makes for a store at their end."""

from collections.abc import Callable

from sdx_studio.engine.network.central import Central
from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark


class Ways:
    """Finds ways over the topology, through controllers where switches are programmed."""

    def __init__(self, plant: Plant, topology: Topology, central: Central) -> None:
        self._plant = plant
        self.topology = topology
        self.central = central

    def lay(self, flow: Flow, share: Callable[[int], float]) -> str:
        """Find the flow's way, which may depend on what one more flow would get on a cable; why there is none."""
        parts = self._plant.parts
        if flow.key[0] in ("io", "boot") and parts.capacity(parts.volumes[flow.target].store or "") <= 0:
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
        if flow.store is None:
            chosen = self.central.choose("/".join(flow.key), found, flow.vlan, share)
            if isinstance(chosen, str):
                return chosen
            found = chosen
        flow.latency = self.central.latency(found)
        flow.legs, flow.cables, flow.vlans = found.legs, found.cables, found.vlans
        return ""

    def introduce(self, source: str, target: str, vlan: int | None) -> float:
        """Seconds until a new flow's first packet is through the programmed switches on its way; 0 without any."""
        if self._plant.shaken:
            self.topology.survey()
        here, there = self.topology.endpoint(source), self.topology.endpoint(target)
        route = None if here is None or there is None else self.topology.path(here, there, vlan, False)
        return 0.0 if route is None else self.central.first_packet(route)


def add_work(flow: Flow, store: int) -> None:
    """Reads come back, writes go out, and both keep the store busy.

    A cable to a router that sends everything back over it carries both in both directions: its shares add up.
    """
    loads: dict[int, float] = {}
    for share, turn in ((1.0 - flow.read_share, 0), (flow.read_share, 1)):
        for leg in flow.legs if share > 0 else ():
            loads[leg ^ turn] = loads.get(leg ^ turn, 0.0) + share
    flow.legs = (*loads, store)
    flow.factors = (*loads.values(), flow.work)
