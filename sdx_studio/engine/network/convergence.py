"""Convergence: after a change of a spanning tree some ports forward only after a while (802.1D: 30 or 50 s)."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sdx_studio.engine.clock import NETWORK, micros
from sdx_studio.engine.parts import Cable, Node

if TYPE_CHECKING:
    from sdx_studio.engine.plant import Plant


class Convergence:
    """Cables between bridges that are up but do not forward yet."""

    def __init__(self, plant: "Plant") -> None:
        self._plant = plant
        self.held: dict[str, int] = {}
        """Cable → when it forwards (µs)."""
        self._live: set[str] | None = None
        self._blocked: dict[str, str] = {}

    def waiting(self) -> list[str]:
        """Cables that do not forward yet."""
        now = self._plant.now
        self.held = {id: time for id, time in self.held.items() if time > now}
        return sorted(self.held)

    def follow(self, nodes: Mapping[str, Node], cables: Iterable[Cable], blocked: Mapping[str, str]) -> bool:
        """Compare the tree with the one before and hold what has to listen and learn first; whether something is."""
        bridged = [one for one in cables if _bridges(nodes, one)]
        live = {one.id for one in bridged}
        before, self._live = self._live, live
        old, self._blocked = self._blocked, dict(blocked)
        if before is None:
            return False
        gone = {end for id in before - live for end in self._ends(id)}
        changed = False
        for cable in bridged:
            if cable.id in blocked or not (cable.id in old or cable.id not in before):
                continue
            node = nodes[old[cable.id]] if old.get(cable.id) in nodes else nodes[cable.a]
            direct = cable.id not in before or node.id in gone
            wait = micros(node.direct if direct else node.indirect)
            if wait > 0:
                self.held[cable.id] = self._plant.now + wait
                self._plant.agenda.put(self.held[cable.id], NETWORK, "converge", cable.id)
                changed = True
        self.held = {id: time for id, time in self.held.items() if id in live and id not in blocked}
        return changed

    def _ends(self, cable: str) -> tuple[str, ...]:
        part = self._plant.parts.cables.get(cable)
        return () if part is None else (part.a, part.b)

    def converge(self, _cable: str, _payload: object) -> None:
        """A port has learned enough: it forwards from now on."""
        self._plant.shaken = True


def _bridges(nodes: Mapping[str, Node], cable: Cable) -> bool:
    return all(end in nodes and nodes[end].role == "bridging" for end in (cable.a, cable.b))
