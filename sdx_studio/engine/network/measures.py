"""Measures of cables, nodes, segments and guests that follow from the flows."""

from collections.abc import Iterable
from math import inf

from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.network.shares import EVEN, Shares, ceiling
from sdx_studio.engine.plant import Plant


def held(shares: Shares, leg: int) -> int:
    """Flows that wait at a full leg: they get less there than they ask for, or than one that is alone.

    Those of the highest level are held up there and not elsewhere; where something has a guarantee or a priority the
    level says nothing, and all that are not content count (see `shares`).
    """
    users = shares.users(leg) if shares.full(leg) else []
    top = max((flow.rate / flow.weight for flow in users), default=0.0) * (1 - EVEN)
    if any(flow.rank or flow.promised > 0 for flow in users):
        top = 0.0
    room = shares.capacities[leg]
    asked = [(flow.rate, ceiling(flow)) for flow in users if flow.rate / flow.weight >= top]
    return sum(rate < (wanted if wanted < inf else room) * (1 - EVEN) for rate, wanted in asked)


class NetworkMeasures:
    """Adds up what flows over cables; reads the fabric, changes nothing but gauges."""

    def __init__(self, plant: Plant, fabric: Fabric) -> None:
        self._plant = plant
        self._fabric = fabric
        self._names: list[str] = []
        self._loads: dict[str, tuple[float, float]] = {}

    def arrange(self) -> None:
        """Take over the cables and nodes as they now are."""
        self._names = list(self._plant.parts.cables)
        self._loads = dict.fromkeys(self._names, (0.0, 0.0))
        for id in self._plant.parts.machines.keys() - self._plant.parts.nodes.keys():
            self._plant.gauges.put(id, "net.rate", 0.0)
            self._plant.gauges.put(id, "net.utilisation", 0.0)

    def settle(self, changed: Iterable[Flow], legs: set[int], surveyed: bool) -> None:
        """Put the measures of all that uses `legs` or is the end of a changed flow."""
        cables = sorted({leg // 2 for leg in legs if leg < 2 * len(self._names)})
        nodes: set[str] = set(self._plant.parts.nodes) if surveyed else set()
        for place in cables:
            nodes.update(self._cable(place))
        for node in sorted(nodes & self._plant.parts.nodes.keys()):
            self._node(node)
        ends = {end for flow in changed for end in (flow.source, flow.target)}
        ends |= self._fabric.ended
        self._fabric.ended = set()
        self._guests(ends)
        if ends or surveyed:
            self._segments()
        if surveyed:
            self._blocked()

    def _cable(self, place: int) -> tuple[str, str]:
        cable = self._plant.parts.cables[self._names[place]]
        there, back = self._fabric.shares.load(2 * place), self._fabric.shares.load(2 * place + 1)
        worst = max(there, back) / cable.bandwidth if cable.bandwidth > 0 else 0.0
        self._loads[cable.id] = (there + back, worst)
        put = self._plant.gauges.put
        put(cable.id, "net.rate", there + back)
        put(cable.id, "net.forward", there)
        put(cable.id, "net.backward", back)
        put(cable.id, "net.utilisation", worst)
        put(cable.id, "net.waiting", max(held(self._fabric.shares, 2 * place + turn) for turn in (0, 1)))
        return cable.a, cable.b

    def _node(self, id: str) -> None:
        own = [self._loads[cable.id] for cable in self._plant.parts.cables_of.get(id, ())]
        self._plant.gauges.put(id, "net.rate", sum(rate for rate, _ in own))
        self._plant.gauges.put(id, "net.utilisation", max((worst for _, worst in own), default=0.0))

    def _guests(self, ends: set[str]) -> None:
        guests = ends & self._plant.parts.guests.keys()
        rates = dict.fromkeys(sorted(guests), 0.0)
        for end in rates:
            keys = self._fabric.followers.get(end, ())
            rates[end] = sum(self._fabric.flows[key].rate for key in keys if key[0] == "traffic")
        for id, rate in rates.items():
            self._plant.gauges.put(id, "net.rate", rate)

    def _segments(self) -> None:
        parts = self._plant.parts
        if not parts.segments:
            return
        rates: dict[int, float] = {}
        for key in sorted(self._fabric.flows):
            flow = self._fabric.flows[key]
            for number in flow.vlans:
                rates[number] = rates.get(number, 0.0) + flow.rate
        ports: dict[int, int] = {}
        for cable in parts.cables.values():
            for number in cable.vlans or ():
                ports[number] = ports.get(number, 0) + 1
        for segment in parts.segments.values():
            self._plant.gauges.put(segment.id, "net.rate", rates.get(segment.number, 0.0))
            self._plant.gauges.put(segment.id, "ports", ports.get(segment.number, 0))

    def _blocked(self) -> None:
        counts: dict[str, int] = {}
        for port in self._fabric.topology.blocked().values():
            counts[port] = counts.get(port, 0) + 1
        for id, node in self._plant.parts.nodes.items():
            if node.role == "bridging":
                self._plant.gauges.put(id, "net.blocked_ports", counts.get(id, 0))
