"""Sessions of users on a guest: what they ask of its cores, how long they wait, and the streams of their screens."""

from functools import lru_cache
from math import nan

from sdx_studio.engine.clock import DEMAND
from sdx_studio.engine.formulas.queues import closed_mva
from sdx_studio.engine.loads import interval, level
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.parts import Users
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark


class Sessions:
    """All Users parts. Their server is busy with N/(Z + S) requests of S core seconds each, as far as it has cores."""

    def __init__(self, plant: Plant, fabric: Fabric) -> None:
        self._plant = plant
        self._fabric = fabric
        self.present: dict[str, float] = {}
        """Users part → users at work just now."""

    def arrange(self) -> None:
        """Take over the Users parts as they now are."""
        plant, parts = self._plant, self._plant.parts
        for id in [id for id in self.present if id not in parts.users]:
            self._fabric.close(("display", id))
            del self.present[id]
        for id, part in parts.users.items():
            self.present[id] = part.count * level(part.load, plant.now, plant.seed, id)
            if part.client is not None:
                self._fabric.open(Flow(("display", id), part.server, part.client, cap=self._bits(part)))
            self._plan(part)
        self._ask()

    def sample(self, id: str, _payload: object) -> None:
        """Read how many users of part `id` are at work."""
        part = self._plant.parts.users.get(id)
        if part is None:
            return
        self.present[id] = part.count * level(part.load, self._plant.now, self._plant.seed, id)
        if part.client is not None:
            self._fabric.retune(("display", id), self._bits(part))
        self._ask()
        self._plan(part)

    def settle(self) -> None:
        """Measures that follow from what the servers get and from the way of the pictures."""
        plant, roster = self._plant, self._plant.roster
        for id, part in plant.parts.users.items():
            row = roster.guests.get(part.server)
            flow = self._fabric.flows.get(("display", id))
            frozen = flow is not None and flow.blocked and flow.cap > 0
            cores = float(self._cores(row)) if row is not None and roster.on[row] else 0.0
            response = response_time(self.present[id], part.think, part.service, cores)
            echo = response + part.render + 2 * flow.latency if flow is not None else response
            self._hinder(id, row, flow.reason if flow is not None and frozen else "")
            put = plant.gauges.put
            put(id, "users.present", self.present[id])
            put(id, "users.response", response)
            put(id, "users.echo", nan if frozen else echo)
            put(id, "users.frozen", self.present[id] if frozen or response != response else 0.0)
            put(id, "net.rate", flow.rate if flow is not None else 0.0)
            put(id, "net.utilisation", flow.rate / flow.cap if flow is not None and flow.cap > 0 else 0.0)

    def _hinder(self, id: str, row: int | None, reason: str) -> None:
        """Say why nobody of part `id` can work, if somebody wants to."""
        plant = self._plant
        if row is None:
            reason = mark("its server is not there")
        elif not plant.roster.on[row]:
            reason = mark("its server does not run")
        if reason and self.present[id] > 0:
            plant.hinder(id, reason)
        else:
            plant.relieve(id)

    def _cores(self, row: int) -> float:
        """Cores that the sessions can use: those of the server while it gets all it asks for, else what it gets."""
        roster = self._plant.roster
        asked, got = roster.demand[row], roster.grant[row]
        return float(roster.vcpus[row] if got >= asked * (1 - 1e-9) else got)

    def _ask(self) -> None:
        """Put the demand of all sessions on their servers."""
        plant, roster = self._plant, self._plant.roster
        asked: dict[str, float] = {}
        for id, part in plant.parts.users.items():
            busy = self.present[id] * part.service / max(part.think + part.service, 1e-12)
            asked[part.server] = asked.get(part.server, 0.0) + busy
        for server, cores in asked.items():
            row = roster.guests.get(server)
            if row is not None and roster.extra[row] != cores:
                roster.extra[row] = cores
                plant.refresh(server)

    def _bits(self, part: Users) -> float:
        return self.present[part.id] * part.display

    def _plan(self, part: Users) -> None:
        every, plant = interval(part.load), self._plant
        if every is not None:
            plant.agenda.put((plant.now // every + 1) * every, DEMAND, "attend", part.id)


@lru_cache(maxsize=4096)
def response_time(users: float, think: float, service: float, cores: float) -> float:
    """Seconds that a request of one of `users` takes on `cores`: closed queueing network, never below the service.

    One station that is `cores` times as fast (exact MVA); far above the knee it is N·S/c − Z. NaN without cores.
    """
    if cores <= 0:
        return nan
    if think + service <= 0:
        return 0.0
    found = closed_mva(round(users), think, service / cores).response
    return service if found is None else max(service, found)
