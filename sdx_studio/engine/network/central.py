"""Central choice: an SDN controller gives each new flow the path on which it gets most, and rules on every switch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdx_studio.engine.formulas.network import openflow_first_packet
from sdx_studio.engine.formulas.routes import CANDIDATES
from sdx_studio.engine.network.paths import Route
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.parts import Controller
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.plant import Plant

Share = Callable[[int], float]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a controller has chosen for a flow, beside its plain way; what one more flow would get on each (bit/s)."""

    controller: str
    way: tuple[str, ...]
    plain: tuple[str, ...]
    gets: float
    otherwise: float


class Central:
    """Paths through programmed switches, as their controllers choose them."""

    def __init__(self, plant: "Plant", topology: Topology) -> None:
        self._plant = plant
        self._topology = topology
        self._rules: dict[str, Route] = {}
        """Flow → path for which rules are installed."""
        self._news: dict[str, Choice] = {}
        """Choices that nobody has told of yet; nothing later depends on them."""

    def controller_of(self, switch: str) -> Controller | None:
        """The controller that a switch hears just now; None when there is none."""
        plant = self._plant
        for cable in plant.parts.cables_of.get(switch, ()):
            other = cable.b if cable.a == switch else cable.a
            wired = cable.medium == "control" and cable.id not in plant.cut
            if wired and other in plant.parts.controllers and plant.up(other):
                return plant.parts.controllers[other]
        return None

    def programmed(self, route: Route) -> list[str]:
        """Programmed switches on a route, in order."""
        nodes = self._plant.parts.nodes
        return [id for id in route.nodes if id in nodes and nodes[id].role == "programmed"]

    def choose(self, name: str, route: Route, vlan: int | None, share: Share) -> Route | str:
        """The way of flow `name` whose plain way is `route`, or why there is none.

        `share` is what one more flow would get on a directed cable (bit/s); ties go to fewer hops.
        """
        switches = self.programmed(route)
        if not switches:
            self._rules.pop(name, None)
            return route
        known = self._rules.get(name)
        ends = (route.nodes[0], route.nodes[-1])
        if known is not None and (known.nodes[0], known.nodes[-1]) == ends and self._topology.holds(known, vlan):
            return known
        if any(self.controller_of(one) is None for one in switches):
            if all(self._plant.parts.nodes[one].standalone for one in switches):
                return route
            return mark("its switch has no controller")
        options = self._topology.alternatives(*ends, vlan, CANDIDATES) or [route]
        best = max(enumerate(options), key=lambda one: (_floor(one[1], share), -len(one[1].legs), -one[0]))[1]
        self._rules[name] = best
        self._note(name, switches, route, best, share)
        return best

    def _note(self, name: str, switches: list[str], plain: Route, best: Route, share: Share) -> None:
        by = self.controller_of(switches[0])
        if by is not None:
            self._news[name] = Choice(by.id, best.cables, plain.cables, _floor(best, share), _floor(plain, share))

    def news(self, name: str) -> Choice | None:
        """What was chosen for flow `name` since this was last asked; None when nothing was."""
        return self._news.pop(name, None)

    def forget(self, name: str) -> None:
        """A flow is over: its rules time out."""
        self._rules.pop(name, None)
        self._news.pop(name, None)

    def first_packet(self, route: Route) -> float:
        """Seconds until the first packet of a new flow is through: it asks the controller, which sets the rules."""
        switches = self.programmed(route)
        controller = next((one for one in map(self.controller_of, switches) if one is not None), None)
        if controller is None:
            return 0.0
        told = openflow_first_packet(
            controller.packet_in, controller.rtt, controller.service, controller.flow_mod, len(switches),
            controller.per_hop,
        )  # fmt: skip
        return told.first_serial if controller.serial else told.first_parallel

    def latency(self, route: Route) -> float:
        """Seconds of every later packet on cables and programmed switches."""
        cables = sum(self._plant.parts.cables[one].latency for one in route.cables)
        hearing = [one for one in map(self.controller_of, self.programmed(route)) if one is not None]
        return cables + sum(one.per_hop for one in hearing)

    def rules(self) -> list[tuple[str, Route]]:
        """Names of the flows for which rules are installed, sorted, with the way that the rules describe."""
        return sorted(self._rules.items(), key=lambda one: one[0])

    def state(self) -> dict[str, tuple[int, ...]]:
        """Everything that later results depend on."""
        return {name: route.legs for name, route in self._rules.items()}


def _floor(route: Route, share: Share) -> float:
    return min((share(leg) for leg in route.legs), default=0.0)
