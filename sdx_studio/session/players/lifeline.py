"""The lifeline: what the window knows of a run in another process, so that it can go on when that process is lost."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sdx_studio.engine.checkpoint import Checkpoint
from sdx_studio.engine.events import Event
from sdx_studio.engine.journal import Entry, Journal
from sdx_studio.engine.parts import Command, Part
from sdx_studio.session.players.messages import Caught, Happened, Paused, Rewound
from sdx_studio.words import mark

Request = tuple[Any, ...]
MOST_LOSSES = 3
"""Processes that may be lost in a row without the run having come further."""


@dataclass(frozen=True, slots=True)
class Met:
    """A request has been done: where the run is now (µs), and the journal's new entries from `place` on."""

    time: int
    place: int = 0
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Backup:
    """A checkpoint to go on from if need be."""

    checkpoint: Checkpoint


@dataclass
class Lifeline:
    """Journal, newest checkpoint and events of the run, the time that was last heard of, and requests not done yet."""

    journal: Journal = field(default_factory=Journal)
    checkpoint: Checkpoint | None = None
    events: list[Event] = field(default_factory=list)
    time: int = 0
    unmet: list[Request] = field(default_factory=list)
    losses: int = 0
    lost_at: int = -1

    def load(self, parts: Iterable[Part], scenario: Iterable[Command], seed: int) -> Request:
        """Another run; the request for it."""
        self.journal = Journal(tuple(parts), tuple(scenario), seed)
        self.checkpoint, self.events, self.time = None, [], 0
        self.losses, self.lost_at = 0, -1
        return ("load", self.journal.parts, self.journal.scenario, seed)

    def take_up(self, journal: Journal, events: tuple[Event, ...], time: int) -> Request:
        """A run that is at `time` (µs) already; the request for it."""
        self.journal = Journal(journal.parts, journal.scenario, journal.seed, list(journal.entries))
        self.checkpoint, self.events, self.time = None, list(events), time
        self.losses, self.lost_at = 0, -1
        return ("resume", journal, None, events, time, False)

    @property
    def stale(self) -> bool:
        """Whether what is heard still comes from the run before."""
        return any(request[0] == "load" for request in self.unmet)

    def asked(self, request: Request) -> None:
        """A request is on its way."""
        self.unmet.append(request)

    def heard(self, message: object) -> None:
        """Take in what the process tells."""
        if isinstance(message, Met):
            self._met(message)
        elif self.stale:
            return
        elif isinstance(message, Happened):
            self.events.extend(message.events)
            self.time = max(self.time, message.events[-1].time)
        elif isinstance(message, Rewound):
            del self.events[message.events :]
            self.time = message.time
        elif isinstance(message, Backup):
            self.checkpoint = message.checkpoint
            self.time = max(self.time, message.checkpoint.time)
        elif isinstance(message, Paused | Caught):
            self.time = max(self.time, message.time)

    def _met(self, message: Met) -> None:
        if self.unmet:
            self.unmet.pop(0)
        if self.stale:
            return
        self.time = max(self.time, message.time)
        if message.entries:
            self.journal.entries[message.place :] = message.entries
            kept = self.checkpoint
            if kept is not None and (kept.entries > message.place or kept.time > message.entries[0].at):
                self.checkpoint = None

    def resumption(self, running: bool, goal: int | None, paced: bool = False) -> list[Request]:
        """Requests with which another process goes on; raises RuntimeError when that has failed too often."""
        self.losses = 1 if self.time > self.lost_at else self.losses + 1
        self.lost_at = self.time
        if self.losses >= MOST_LOSSES:
            raise RuntimeError(mark("its process is lost again and again at the same moment"))
        if self.stale:
            waiting = [request for request in self.unmet if request[0] != "resume"]
        else:
            from_here = self.checkpoint if self.checkpoint is not None and self.checkpoint.time <= self.time else None
            first: Request = ("resume", self.journal, from_here, tuple(self.events), self.time, running)
            waiting = [first, *(request for request in self.unmet if request[0] != "resume")]
        self.unmet = []
        return waiting if goal is None or not running else [*waiting, ("run_until", goal, paced)]
