"""Tasks: finite jobs of guests; each asks for the cores that it can keep busy and ends when it has had its work."""

from dataclasses import dataclass
from math import isfinite

from sdx_studio.engine.clock import DEMAND, SECOND, micros
from sdx_studio.engine.formulas.cpu import speedup
from sdx_studio.engine.parts import Guest
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark

MEASURE = "work.progress"


@dataclass(slots=True)
class Task:
    """Core-seconds in all and still left, native cores that it gets, since when and since when it runs (µs)."""

    amount: float
    left: float
    rate: float = 0.0
    since: int = 0
    began: int | None = None
    done: bool = False


class Tasks:
    """The job of every guest that has one. It lies in the guest's memory: when the guest stops it begins anew."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self.known: dict[str, Task] = {}

    def arrange(self) -> None:
        """Take over the guests' jobs as they now are; one of another size begins anew."""
        plant, roster = self._plant, self._plant.roster
        wanted = {id: guest for id, guest in plant.parts.guests.items() if guest.work > 0}
        for id in [id for id, task in self.known.items() if id not in wanted or wanted[id].work != task.amount]:
            del self.known[id]
            plant.agenda.cancel("task", id)
            plant.refresh(id)
        for id, guest in wanted.items():
            task = self.known.setdefault(id, Task(guest.work, guest.work, since=plant.now))
            roster.task[roster.guests[id]] = 0.0 if task.done else busy(guest)
        roster.tasked = bool(roster.task.any())

    def settle(self) -> None:
        """Follow what the guests with a job get now, and plan when each is done."""
        plant, roster = self._plant, self._plant.roster
        for id, task in self.known.items():
            if task.done:
                plant.gauges.put(id, MEASURE, 1.0)
                continue
            row = roster.guests[id]
            task.left, task.since = self._left(task), plant.now
            if not roster.on[row]:
                task.left, task.rate, task.began = task.amount, 0.0, None
                plant.agenda.cancel("task", id)
            elif task.rate != roster.grant[row] / roster.burden[row] or task.began is None:
                task.began = plant.now if task.began is None else task.began
                task.rate = float(roster.grant[row] / roster.burden[row])
                self._plan(id, task)
            plant.gauges.put(id, MEASURE, 1.0 - task.left / task.amount, task.rate / task.amount)

    def finish(self, id: str, _payload: object) -> None:
        """The job of guest `id` has had its work."""
        plant, task = self._plant, self.known.get(id)
        if task is None or task.done or task.began is None:
            return
        task.done, task.left, task.rate = True, 0.0, 0.0
        plant.roster.task[plant.roster.guests[id]] = 0.0
        plant.refresh(id)
        plant.tell("work.finished", id, mark("The job is done after {seconds}."),
                   seconds=(plant.now - task.began) / SECOND)  # fmt: skip

    def _left(self, task: Task) -> float:
        return max(0.0, task.left - task.rate * (self._plant.now - task.since) / SECOND)

    def _plan(self, id: str, task: Task) -> None:
        self._plant.agenda.cancel("task", id)
        if task.rate > 0:
            self._plant.agenda.put(self._plant.now + micros(task.left / task.rate), DEMAND, "task", id)


def busy(guest: Guest) -> float:
    """Share of its vCPUs that the guest's job keeps busy on the whole (0…1)."""
    width = guest.width if isfinite(guest.width) else max(guest.vcpus, 1.0)
    return speedup(guest.parallel, width) / width
