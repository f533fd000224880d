"""Playback: one world, its pace, and the messages that come of it; both players are built on it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sdx_studio.engine.checkpoint import Checkpoint
from sdx_studio.engine.events import Event
from sdx_studio.engine.journal import Act, Do, Entry, Journal, Plan, Revise, drawn
from sdx_studio.engine.network.reading import routes
from sdx_studio.engine.network.tables import tables
from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.timesharing import shifts
from sdx_studio.engine.world import World
from sdx_studio.session.players.messages import Happened, LayoutChanged, Message, Refused, Rewound, Told
from sdx_studio.session.players.runner import SLICE, Runner
from sdx_studio.session.players.tempo import bounded


def _totals(world: World, _about: str) -> Mapping[str, Any]:
    """Sums over the whole run."""
    return world.totals()


def _measures(world: World, _about: str) -> Mapping[str, Any]:
    """Number of the layout, and in its order the value, the mean so far and the peak of every measure."""
    last, mean, peak = map(world.view.pick, world.plant.gauges.figures(world.now))
    return {"version": world.layout().version, "last": last, "mean": mean, "max": peak}


TOPICS: Mapping[str, Callable[[World, str], Mapping[str, Any]]] = {
    "totals": _totals,
    "measures": _measures,
    "routes": routes,
    "tables": tables,
    "shifts": shifts,
}
"""What can be asked of a world that its snapshots do not show; some of it about one thing."""

__all__ = ["SLICE", "Playback", "bounded"]


class Playback(Runner):
    """What players do with a world.

    Everything that is done to it is recorded, so that one can go back to any moment and on from there.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__(clock)
        self._parts: dict[tuple[type, str], Part] = {}
        self._scenario: tuple[Command, ...] = ()
        self._seed = 0
        self._told = 0
        self._version = 0
        self.noted: tuple[int, tuple[Entry, ...]] = (0, ())
        """What the last act has written into the journal, and the place from which on it stands there."""

    @property
    def journal(self) -> Journal:
        """What the run began with and what has been done to it."""
        return self.recorder.journal

    def load(self, parts: Iterable[Part], scenario: Iterable[Command], seed: int) -> None:
        """Begin anew with other parts."""
        self._parts = {(type(part), part.id): part for part in parts}
        self._scenario, self._seed = tuple(scenario), seed
        self.reset()

    def reset(self) -> None:
        """Begin anew with the parts as they now are."""
        self.recorder.begin(self._parts.values(), self._scenario, self._seed)
        self._told = 0
        self.lookout.rest(self.world)
        self._hold()

    def resume(
        self, journal: Journal, checkpoint: Checkpoint | None, events: Sequence[Event], until: int, running: bool
    ) -> None:
        """Take up a run that was lost: from `checkpoint` again to `until` (µs); `events` have been told already."""
        self._parts, self._scenario = drawn(journal)
        self._seed = journal.seed
        self.recorder.take_up(journal, checkpoint, events)
        self.recorder.advance(until)
        self._told = len(events)
        self.lookout.rest(self.world)
        if running:
            self.play()
        else:
            self._hold()

    def play(self) -> None:
        """Go on from here at the pace of the clock."""
        self._start(None, paced=True)

    def pause(self) -> None:
        """Stay here."""
        self._hold()

    def step(self) -> None:
        """Go to the next event and stay there."""
        self.recorder.step()
        self._notice()
        self._hold()

    def step_back(self) -> None:
        """Go to the event before this moment, or to the beginning, and stay there."""
        if self.recorder.back():
            self._rewound()
        self.lookout.rest(self.world)
        self._hold()

    def seek(self, time: int) -> None:
        """Go to any moment (µs) of the run, or of what is to come, and stay there."""
        back, time = time < self.world.now, max(0, time)
        known = self.recorder.known
        self.recorder.seek(min(time, known))
        if back:
            self._rewound()
        self.lookout.rest(self.world)
        self._hold()
        if time > known:
            self._start(time, paced=False, seeking=True)

    def run_until(self, until: int, paced: bool = False) -> None:
        """Go on up to `until`, then stay there; `paced` by the clock, or as fast as possible."""
        self._start(max(until, self.world.now), paced=paced)

    def do(self, command: Command) -> None:
        """Carry a command out; tell when it is refused."""
        reason = self._act(Do(command))
        if reason is not None:
            self._outbox.append(Refused(command, reason))

    def plan(self, scenario: Iterable[Command]) -> None:
        """Take another scenario, for what is still ahead in this run and for the next."""
        self._scenario = tuple(scenario)
        self._act(Plan(self._scenario))

    def revise(self, changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> None:
        """Take over edits of the drawing, for this run and the next."""
        changed, removed = tuple(changed), tuple(removed)
        for key in removed:
            self._parts.pop(key, None)
        self._parts.update({(type(part), part.id): part for part in changed})
        self._act(Revise(changed, removed))

    def ask(self, topic: str, about: str = "") -> None:
        """Tell what the world says about one of TOPICS; nothing changes."""
        self._outbox.append(Told(topic, self.world.now, TOPICS[topic](self.world, about)))

    def _act(self, act: Act) -> str | None:
        reason, place, entries = self.recorder.act(act)
        self.noted = (place, entries)
        self._notice()
        return reason

    def messages(self) -> list[Message]:
        """What has come up since the last call; a changed layout first, then a rewind, then events."""
        told: list[Message] = []
        layout = self.world.layout()
        if layout.version != self._version:
            self._version = layout.version
            told.append(LayoutChanged(layout))
        told.extend(one for one in self._outbox if isinstance(one, Rewound))
        events = tuple(self.world.take_events(self._told))
        if events:
            self._told += len(events)
            told.append(Happened(events))
        told.extend(one for one in self._outbox if not isinstance(one, Rewound))
        self._outbox = []
        return told

    def _rewound(self) -> None:
        """Say that the run is at an earlier moment; what will happen from here on is told again."""
        self._told = min(self._told, len(self.world.events))
        self._outbox.append(Rewound(self.world.now, self._told))
