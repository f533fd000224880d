"""Streamed programs: the first blocks let them start, the rest follows, then they need no network any more."""

from sdx_studio.engine.clock import NETWORK, SECOND, micros
from sdx_studio.engine.events import Ref
from sdx_studio.engine.jobs import Jobs
from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.parts import Package
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark


class Packages:
    """All Package parts: waiting, loading what they need to start, loading the rest, or cached."""

    def __init__(self, plant: Plant, jobs: Jobs) -> None:
        self._plant = plant
        self._jobs = jobs
        self.begun: dict[str, int] = {}
        """Package → when its loading began (µs)."""
        self.launched: set[str] = set()
        self.cached: set[str] = set()
        jobs.register("stream", self._arrived, self._measure)

    def arrange(self) -> None:
        """Take over the Package parts as they now are."""
        parts = self._plant.parts
        for id in [id for id in self.begun if id not in parts.packages]:
            self._jobs.cancel(("stream", id))
            del self.begun[id]
        self.launched &= parts.packages.keys()
        self.cached &= parts.packages.keys()
        for id, part in parts.packages.items():
            if id not in self.begun:
                self._plant.agenda.put(max(self._plant.now, micros(part.start)), NETWORK, "stream", id)

    def start(self, id: str, _payload: object) -> None:
        """Let package `id` begin to load, if it is still there."""
        part = self._plant.parts.packages.get(id)
        if part is not None and id not in self.begun:
            self.begun[id] = self._plant.now
            self._jobs.start(_flow(part), part.size * part.first)

    def _arrived(self, id: str) -> None:
        plant, part = self._plant, self._plant.parts.packages[id]
        seconds = (plant.now - self.begun[id]) / SECOND
        who = {"client": Ref(part.client)}
        if id not in self.launched:
            self.launched.add(id)
            plant.tell("stream.launched", id, mark("It runs on {client} after {seconds}; the rest follows."),
                       seconds=seconds, **who)  # fmt: skip
            self._jobs.start(_flow(part), part.size * (1.0 - part.first))
        else:
            self.cached.add(id)
            plant.tell("stream.cached", id, mark("All of it lies on {client} after {seconds}; no network is needed."),
                       seconds=seconds, **who)  # fmt: skip
        self._measure(id)

    def _measure(self, id: str) -> None:
        plant, part = self._plant, self._plant.parts.packages[id]
        job = self._jobs.active.get(("stream", id))
        left = self._jobs.left(("stream", id)) if job is not None else 0.0
        ahead = 0.0 if id in self.launched else part.size * (1.0 - part.first)
        size = max(part.size, 1e-9)
        done = 1.0 if id in self.cached else 1.0 - (left + ahead) / size
        rate = job.rate if job is not None else 0.0
        plant.gauges.put(id, "stream.progress", min(1.0, max(0.0, done)), rate / size)
        plant.gauges.put(id, "net.rate", rate * 8)
        reason = self._jobs.reason(("stream", id))
        if reason:
            plant.hinder(id, reason)
        else:
            plant.relieve(id)


def _flow(part: Package) -> Flow:
    return Flow(("stream", part.id), part.server, part.client)
