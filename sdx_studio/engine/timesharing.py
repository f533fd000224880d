"""Batch and time sharing: jobs that share one processor in time, as on the machines of 1961 to 1967.

In batch a job keeps the processor until it is done, its pauses included. With turns everybody who is ready gets a
slice (round robin): who becomes ready joins before the job that is preempted at the same instant, and changing the
job costs the swap, as in `formulas.timesharing`. Under a virtual machine monitor (CP-67, 1967) every job runs in a
machine of its own, slower by the monitor's overhead. Times are whole microseconds, so that slices add up exactly.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sdx_studio.engine.clock import DEMAND, PLACEMENT, SECOND, micros
from sdx_studio.engine.events import Ref
from sdx_studio.engine.parts import Job, Processor
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

KEPT = 2000
"""Stretches of work that a processor remembers."""


@dataclass(slots=True)
class Stint:
    """How far one job is; times in µs. It is coming, ready, at work, pausing or done."""

    state: str = "coming"
    turn: int = 0
    """How many times its service has been done."""
    left: int = 0
    """Of the service under way."""
    since: int = 0
    """When it became ready for the service under way."""
    waited: int = 0
    ready: int = 0
    """Since when it waits for its turn."""
    response: float = 0.0


@dataclass(slots=True)
class Desk:
    """One processor: who is at work since when, who waits, and what was done when."""

    queue: deque[str] = field(default_factory=deque)
    at_work: str | None = None
    last: str | None = None
    began: int = 0
    """When the work under way began, the swap being over."""
    slice: int = 0
    """How much of the service is done at the end of it."""
    held: bool = False
    """Whether the job at work pauses and nobody else may work meanwhile."""
    done: int = 0
    past: deque[tuple[str, int, int]] = field(default_factory=lambda: deque(maxlen=KEPT))
    """Job, from, to."""


class TimeSharing:
    """All Processor and Job parts."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self.desks: dict[str, Desk] = {}
        self.stints: dict[str, Stint] = {}

    def arrange(self) -> None:
        """Take over processors and jobs as they now are; a job that is new comes at its time."""
        parts, plant = self._plant.parts, self._plant
        for id in [id for id in self.desks if id not in parts.processors]:
            plant.agenda.cancel("slice", id)
            del self.desks[id]
        for id in [
            id for id in self.stints if id not in parts.jobs or parts.jobs[id].processor not in parts.processors
        ]:
            self._forget(id)
        for id in parts.processors:
            self.desks.setdefault(id, Desk())
        for id, job in parts.jobs.items():
            if id not in self.stints and job.processor in self.desks:
                self.stints[id] = Stint()
                plant.agenda.put(max(plant.now, micros(job.arrival)), PLACEMENT, "ready", id)
        for id in self.desks:
            self._measure(id)

    def _forget(self, id: str) -> None:
        """Job `id` is gone."""
        del self.stints[id]
        self._plant.agenda.cancel("ready", id)
        for name, desk in self.desks.items():
            if id in desk.queue:
                desk.queue.remove(id)
            if desk.at_work == id:
                self._plant.agenda.cancel("slice", name)
                desk.at_work, desk.held = None, False
                self._dispatch(name)

    def ready(self, id: str, _payload: object) -> None:
        """Job `id` comes, or its pause is over."""
        plant, job, stint = self._plant, self._plant.parts.jobs.get(id), self.stints.get(id)
        if job is None or stint is None:
            return
        desk = self.desks[job.processor]
        if stint.state == "coming":
            plant.tell("job.started", id, mark("{job} has come to {processor}."), job=Ref(id),
                       processor=Ref(job.processor))  # fmt: skip
        stint.state, stint.left, stint.since, stint.ready = "ready", micros(job.service), plant.now, plant.now
        if desk.held and desk.at_work == id:
            desk.held, desk.at_work = False, None
            desk.queue.appendleft(id)
            self._dispatch(job.processor)
        elif desk.at_work is None:
            desk.queue.append(id)
            self._dispatch(job.processor)
        else:
            desk.queue.append(id)
            self._cut_short(job.processor)
        self._measure(job.processor)

    def _cut_short(self, id: str) -> None:
        """Somebody waits now: the work under way ends with the slice it is in."""
        part, desk, now = self._plant.parts.processors[id], self.desks[id], self._plant.now
        if part.policy == "batch" or desk.held or now < desk.began:
            quantum = micros(part.quantum)
            if part.policy != "batch" and not desk.held and desk.slice > quantum:
                self._work(id, part, quantum)
            return
        quantum, slow = micros(part.quantum), _slowness(part)
        gone = (now - desk.began) / slow
        slices = max(1, -int(-gone // quantum))
        if slices * quantum < desk.slice:
            self._work(id, part, slices * quantum)

    def _work(self, id: str, part: Processor, slice: int) -> None:
        """Let the job at work do `slice` µs of its service from `began` on."""
        desk = self.desks[id]
        desk.slice = slice
        self._plant.agenda.put(desk.began + round(slice * _slowness(part)), DEMAND, "slice", id)

    def _dispatch(self, id: str) -> None:
        """Let the next one work, alone until somebody else is ready."""
        plant, part, desk = self._plant, self._plant.parts.processors[id], self.desks[id]
        if desk.at_work is not None or not desk.queue:
            return
        job = desk.queue.popleft()
        stint = self.stints[job]
        swap = micros(part.swap) if part.policy != "batch" and desk.last not in (None, job) else 0
        stint.state = "working"
        stint.waited += plant.now - stint.ready
        desk.at_work, desk.last, desk.began = job, job, plant.now + swap
        alone = part.policy == "batch" or not desk.queue
        self._work(id, part, stint.left if alone else min(stint.left, micros(part.quantum)))

    def slice(self, id: str, _payload: object) -> None:
        """A slice is over."""
        plant, desk, part = self._plant, self.desks.get(id), self._plant.parts.processors.get(id)
        if desk is None or part is None or desk.at_work is None:
            return
        job, stint = desk.at_work, self.stints[desk.at_work]
        stint.left -= desk.slice
        if desk.past and desk.past[-1][0] == job and desk.past[-1][2] == desk.began:
            desk.past[-1] = (job, desk.past[-1][1], plant.now)
        else:
            desk.past.append((job, desk.began, plant.now))
        if stint.left > 0:
            stint.state, stint.ready, desk.at_work = "ready", plant.now, None
            desk.queue.append(job)
        else:
            self._served(id, part, job, stint)
        self._dispatch(id)
        self._measure(id)

    def _served(self, id: str, part: Processor, job: str, stint: Stint) -> None:
        """A service of `job` is done: it pauses, or it is finished."""
        plant, drawn, desk = self._plant, self._plant.parts.jobs[job], self.desks[id]
        stint.turn += 1
        stint.response = (plant.now - stint.since) / SECOND
        last = stint.turn >= drawn.repeat
        if drawn.pause > 0:
            stint.state = "pausing"
            plant.agenda.put(plant.now + micros(drawn.pause), PLACEMENT, "finish job" if last else "ready", job)
            if part.policy == "batch":
                desk.held = True
                return
        desk.at_work = None
        if drawn.pause <= 0:
            if last:
                self._finish(job)
            else:
                self.ready(job, None)

    def finish(self, id: str, _payload: object) -> None:
        """The last pause of job `id` is over."""
        job = self._plant.parts.jobs.get(id)
        if job is None or id not in self.stints:
            return
        desk = self.desks[job.processor]
        if desk.at_work == id:
            desk.at_work, desk.held = None, False
        self._finish(id)
        self._dispatch(job.processor)
        self._measure(job.processor)

    def _finish(self, id: str) -> None:
        plant, job, stint = self._plant, self._plant.parts.jobs[id], self.stints[id]
        stint.state = "done"
        self.desks[job.processor].done += 1
        took = (plant.now - max(micros(job.arrival), 0)) / SECOND
        plant.tell("job.finished", id, mark("{job} is done after {turnaround}."), job=Ref(id), turnaround=took,
                   waited=stint.waited / SECOND, processor=Ref(job.processor))  # fmt: skip

    def _measure(self, id: str) -> None:
        """Put the measures of a processor and its jobs; progress goes on while a job is at work."""
        plant, desk, part = self._plant, self.desks[id], self._plant.parts.processors[id]
        working = desk.at_work if desk.at_work is not None and not desk.held else None
        plant.gauges.put(id, "cpu.utilisation", 1.0 if working is not None else 0.0)
        plant.gauges.put(id, "jobs.ready", float(len(desk.queue)))
        plant.gauges.put(id, "jobs.done", float(desk.done))
        for job, drawn in plant.parts.jobs.items():
            if drawn.processor == id and job in self.stints:
                self._measure_job(job, drawn, _slowness(part), job == working)

    def _measure_job(self, id: str, job: Job, slow: float, works: bool) -> None:
        stint, gauges, total = self.stints[id], self._plant.gauges, max(1e-9, job.service * job.repeat)
        left = stint.left if stint.state in ("ready", "working") else 0
        past = job.service * stint.turn + (job.service - left / SECOND if left else 0.0)
        gauges.put(id, "job.running", 1.0 if works else 0.0)
        gauges.put(id, "job.progress", min(1.0, past / total), 1.0 / slow / total if works else 0.0)
        gauges.put(id, "job.response", stint.response)

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        desks = {
            id: (list(desk.queue), desk.at_work, desk.last, desk.began, desk.slice, desk.held, desk.done)
            for id, desk in self.desks.items()
        }
        return (desks, self.stints)


def _slowness(part: Processor) -> float:
    """Seconds that a second of service takes."""
    return 1.0 + part.overhead if part.policy == "machines" else 1.0


def shifts(world: "World", about: str) -> Mapping[str, Any]:
    """Who worked when on processor `about` or the one of job `about`: its jobs, and (job, from s, to s) by time."""
    sharing, parts = world.timesharing, world.plant.parts
    id = parts.jobs[about].processor if about in parts.jobs else about
    desk = sharing.desks.get(id)
    if desk is None:
        return {"jobs": [], "shifts": []}
    stretches = [(job, start / SECOND, end / SECOND) for job, start, end in desk.past]
    if desk.at_work is not None and not desk.held and world.now > desk.began:
        stretches.append((desk.at_work, desk.began / SECOND, world.now / SECOND))
    jobs = sorted((job.arrival, one) for one, job in parts.jobs.items() if job.processor == id)
    return {"jobs": [one for _arrival, one in jobs], "shifts": stretches}
