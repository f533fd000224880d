"""Batch and time sharing: who waits how long (seconds)."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from sdx_studio.engine.formulas.bounds import above_zero, countable, not_negative, require
from sdx_studio.words import mark

LONGEST = 5_000_000
"""Time slices that are gone through one by one."""
_INSTANT = 1e-9


@dataclass(frozen=True, slots=True)
class Job:
    """When it comes, and how much work it is."""

    arrival: float
    service: float


@dataclass(frozen=True, slots=True)
class Turnarounds:
    """Seconds from arrival to end of each job, and their mean (None without jobs)."""

    turnaround: list[float]
    mean: float | None


def efficiency(quantum: float, swap: float) -> float:
    """Share of the time that is worked: quantum/(quantum + swap)."""
    not_negative(swap=swap)
    above_zero(quantum=quantum)
    return quantum / (quantum + swap)


def worst_wait(users: float, quantum: float, swap: float) -> float:
    """Seconds until it is one's turn again when everybody works: (users − 1)(quantum + swap)."""
    not_negative(quantum=quantum, swap=swap)
    countable(10**15, users=users)
    return max(0.0, users - 1.0) * (quantum + swap)


def fcfs(jobs: Sequence[Job]) -> Turnarounds:
    """One after another in the order of arrival (of the list among equals); the answer keeps the order of the list."""
    ends = [0.0] * len(jobs)
    now = 0.0
    for place in _arrivals(jobs):
        now = max(now, jobs[place].arrival) + jobs[place].service
        ends[place] = now
    return _turnarounds(jobs, ends)


def round_robin(quantum: float, swap: float, jobs: Sequence[Job]) -> Turnarounds:
    """Time slices of `quantum` in turn; `swap` is paid when another job than the last one is dispatched.

    Who arrives joins before the job that is preempted at the same instant. Not before the very first dispatch: no swap.
    """
    above_zero(quantum=quantum)
    not_negative(swap=swap)
    require(sum(job.service for job in jobs) / quantum < LONGEST, mark("the quantum is too short for so much work"))
    return _turnarounds(jobs, _Rounds(quantum, swap, jobs).run())


class _Rounds:
    """One processor and its queue."""

    def __init__(self, quantum: float, swap: float, jobs: Sequence[Job]) -> None:
        self._quantum, self._swap, self._jobs = quantum, swap, jobs
        self._coming = deque(_arrivals(jobs))
        self._queue: deque[int] = deque()
        self._now = 0.0
        self._done = [0.0] * len(jobs)
        self._last: int | None = None

    def run(self) -> list[float]:
        """End of each job."""
        ends = [0.0] * len(self._jobs)
        while self._coming or self._queue:
            if not self._queue:
                self._now = max(self._now, self._jobs[self._coming[0]].arrival)
                self._admit()
            place = self._queue.popleft()
            if self._slice(place):
                ends[place] = self._now
                self._admit()
            else:
                self._admit()
                self._queue.append(place)
        return ends

    def _slice(self, place: int) -> bool:
        """Let a job run for its turn; whether it is done then."""
        if self._last not in (None, place):
            self._now += self._swap
        self._last = place
        left = self._jobs[place].service - self._done[place]
        over = left <= self._quantum * (1 + _INSTANT)
        step = left if over else self._quantum
        self._done[place] += step
        self._now += step
        return over

    def _admit(self) -> None:
        while self._coming and self._jobs[self._coming[0]].arrival <= self._now + _INSTANT * max(1.0, self._now) * 1e-2:
            self._queue.append(self._coming.popleft())


def _arrivals(jobs: Sequence[Job]) -> list[int]:
    for place, job in enumerate(jobs):
        not_negative(**{f"jobs[{place}].arrival": job.arrival, f"jobs[{place}].service": job.service})
    return sorted(range(len(jobs)), key=lambda place: jobs[place].arrival)


def _turnarounds(jobs: Sequence[Job], ends: Sequence[float]) -> Turnarounds:
    took = [end - job.arrival for end, job in zip(ends, jobs, strict=True)]
    return Turnarounds(took, fsum(took) / len(took) if took else None)
