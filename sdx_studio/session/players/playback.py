"""Playback: one world, its pace, and the messages that come of it; both players are built on it."""

from collections.abc import Callable, Iterable, Sequence

from sdx_studio.engine.checkpoint import Checkpoint
from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.events import Event
from sdx_studio.engine.journal import Act, Do, Entry, Journal, Plan, Revise, folded
from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.world import World
from sdx_studio.session.players.messages import Happened, LayoutChanged, Message, Paused, Refused, Rewound
from sdx_studio.session.players.recorder import Recorder

SLICE = 0.02
"""Seconds of work after which commands are looked at again."""

SLOWEST, FASTEST = 0.1, 1000.0


def bounded(speed: float) -> float:
    """A speed within what players allow."""
    return min(FASTEST, max(SLOWEST, float(speed)))


class Playback:
    """Paces a world by `clock` (seconds); when the work takes too long, time is dropped and nothing freezes.

    Everything that is done to the world is recorded, so that one can go back to any moment and on from there.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._parts: dict[tuple[type, str], Part] = {}
        self._scenario: tuple[Command, ...] = ()
        self._seed = 0
        self._outbox: list[Message] = []
        self._told = 0
        self._version = 0
        self._last = 0.0
        self._due = 0.0
        self.recorder = Recorder()
        self.noted: tuple[int, tuple[Entry, ...]] = (0, ())
        """What the last act has written into the journal, and the place from which on it stands there."""
        self.goal: int | None = None
        """Where an unpaced run ends (µs)."""
        self.running = False
        self.speed = 1.0

    @property
    def world(self) -> World:
        """The world at the present moment."""
        return self.recorder.world

    @property
    def journal(self) -> Journal:
        """What the run began with and what has been done to it."""
        return self.recorder.journal

    @property
    def busy(self) -> bool:
        """Whether there is work that does not wait for the clock."""
        return self.running and (self.goal is not None or self.world.now < int(self._due))

    def load(self, parts: Iterable[Part], scenario: Iterable[Command], seed: int) -> None:
        """Begin anew with other parts."""
        self._parts = {(type(part), part.id): part for part in parts}
        self._scenario, self._seed = tuple(scenario), seed
        self.reset()

    def reset(self) -> None:
        """Begin anew with the parts as they now are."""
        self.recorder.begin(self._parts.values(), self._scenario, self._seed)
        self._told = 0
        self._hold()

    def resume(
        self, journal: Journal, checkpoint: Checkpoint | None, events: Sequence[Event], until: int, running: bool
    ) -> None:
        """Take up a run that was lost: from `checkpoint` again to `until` (µs); `events` have been told already."""
        drawn = [Entry(0, 0, Revise(journal.parts, ())), *journal.entries]
        self._scenario, self._seed, self._parts = journal.scenario, journal.seed, {}
        for act in folded(drawn):
            if isinstance(act, Revise):
                self._parts = {(type(part), part.id): part for part in act.changed}
            elif isinstance(act, Plan):
                self._scenario = act.scenario
        self.recorder.take_up(journal, checkpoint, events)
        self.recorder.advance(until)
        self._told = len(events)
        if running:
            self.play()
        else:
            self._hold()

    def play(self) -> None:
        """Go on from here at the pace of the clock."""
        self.running, self.goal = True, None
        self._last, self._due = self._clock(), float(self.world.now)

    def pause(self) -> None:
        """Stay here."""
        self._hold()

    def step(self) -> None:
        """Go to the next event and stay there."""
        self.recorder.step()
        self._hold()

    def step_back(self) -> None:
        """Go to the event before this moment, or to the beginning, and stay there."""
        if self.recorder.back():
            self._rewound()
        self._hold()

    def seek(self, time: int) -> None:
        """Go to any moment (µs) of the run, or of what is to come, and stay there."""
        back, time = time < self.world.now, max(0, time)
        known = self.recorder.known
        self.recorder.seek(min(time, known))
        if back:
            self._rewound()
        self._hold()
        if time > known:
            self.run_until(time)

    def run_until(self, until: int) -> None:
        """Go on without pacing up to `until`, then stay there."""
        self.running, self.goal = True, until

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

    def _act(self, act: Act) -> str | None:
        reason, place, entries = self.recorder.act(act)
        self.noted = (place, entries)
        return reason

    def tick(self) -> None:
        """Do what is due, at most for one slice."""
        if not self.running:
            return
        now = self._clock()
        if self.goal is not None:
            if self._work(self.goal, now):
                self._hold()
            return
        self._due += (now - self._last) * self.speed * SECOND
        self._last = now
        if not self._work(int(self._due), now):
            self._due = float(self.world.now)

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

    def _work(self, until: int, began: float) -> bool:
        """Advance to `until`; False when the slice was over before."""
        recorder = self.recorder
        while (time := recorder.next_time()) is not None and time <= until:
            recorder.step()
            if self._clock() - began >= SLICE:
                return False
        recorder.advance(until)
        return True

    def _rewound(self) -> None:
        """Say that the run is at an earlier moment; what will happen from here on is told again."""
        self._told = min(self._told, len(self.world.events))
        self._outbox.append(Rewound(self.world.now, self._told))

    def _hold(self) -> None:
        self.running, self.goal = False, None
        self._outbox.append(Paused(self.world.now))
