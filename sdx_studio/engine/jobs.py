"""Jobs: amounts of bytes that have to go over cables or through stores, at whatever rate they get among the others."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from sdx_studio.engine.clock import NETWORK, SECOND, micros
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import PAYLOAD, Flow, Key
from sdx_studio.engine.plant import Plant

Ended = Callable[[str], None]


@dataclass(slots=True)
class Job:
    """Bytes in all and still left, bytes/s, since when (µs)."""

    size: float
    left: float
    rate: float
    since: int
    blocked: bool = False
    began: int = 0


class Jobs:
    """Jobs by (sort, id); each sort has somebody who is told when one is done, or has no way any more."""

    def __init__(self, plant: Plant, fabric: Fabric) -> None:
        self._plant = plant
        self._fabric = fabric
        self.active: dict[Key, Job] = {}
        self._done: dict[str, Ended] = {}
        self._rate: dict[str, Ended] = {}

    def register(self, sort: str, done: Ended, rated: Ended | None = None) -> None:
        """Have `done(id)` called when a job of this sort is done, `rated(id)` when its rate has changed."""
        self._done[sort] = done
        if rated is not None:
            self._rate[sort] = rated

    def knows(self, sort: str) -> bool:
        """Whether flows of this sort are jobs."""
        return sort in self._done

    def start(self, flow: Flow, size: float) -> None:
        """Send `size` bytes over `flow`, whose key is (sort, id); one already under way begins anew."""
        self.cancel(flow.key)
        self.active[flow.key] = Job(size, size, 0.0, self._plant.now, began=self._plant.now)
        self._fabric.open(flow)
        if size <= 0:
            self._plan(flow.key)

    def cancel(self, key: Key) -> None:
        """Give a job up; nobody is told."""
        if self.active.pop(key, None) is not None:
            self._fabric.close(key)
            self._plant.agenda.cancel("job", _name(key))

    def left(self, key: Key) -> float:
        """Bytes that are still to be sent just now."""
        job = self.active[key]
        return max(0.0, job.left - job.rate * (self._plant.now - job.since) / SECOND)

    def reason(self, key: Key) -> str:
        """Why a job has no way just now, in words; empty when it has one or is not there."""
        flow = self._fabric.flows.get(key)
        return flow.reason if flow is not None and flow.blocked else ""

    def follow(self, flow: Flow) -> None:
        """Take over the rate that the fabric has given."""
        job = self.active.get(flow.key)
        if job is None:
            return
        job.left, job.since = self.left(flow.key), self._plant.now
        job.rate, job.blocked = flow.rate / 8 * PAYLOAD, flow.blocked
        self._plan(flow.key)
        rated = self._rate.get(flow.key[0])
        if rated is not None:
            rated(flow.key[1])

    def finish(self, name: str, _payload: object) -> None:
        """All bytes of a job have gone."""
        sort, id = name.split(":", 1)
        if (sort, id) in self.active:
            self.cancel((sort, id))
            self._done[sort](id)

    def _plan(self, key: Key) -> None:
        job = self.active[key]
        wait = 0 if job.left <= 0 else micros(job.left / job.rate) if job.rate > 0 else inf
        self._plant.agenda.cancel("job", _name(key))
        if wait < inf:
            self._plant.agenda.put(self._plant.now + int(wait), NETWORK, "job", _name(key))


def _name(key: Key) -> str:
    return f"{key[0]}:{key[1]}"
