"""Playback: one world, its pace, and the messages that come of it; both players are built on it."""

from collections.abc import Callable, Iterable

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.world import World
from sdx_studio.session.players.messages import Happened, LayoutChanged, Message, Paused, Refused

SLICE = 0.02
"""Seconds of work after which commands are looked at again."""

SLOWEST, FASTEST = 0.1, 1000.0


def bounded(speed: float) -> float:
    """A speed within what players allow."""
    return min(FASTEST, max(SLOWEST, float(speed)))


class Playback:
    """Paces a world by `clock` (seconds); when the work takes too long, time is dropped and nothing freezes."""

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
        self.world = World(())
        self.goal: int | None = None
        """Where an unpaced run ends (µs)."""
        self.running = False
        self.speed = 1.0

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
        self.world = World(self._parts.values(), seed=self._seed, scenario=self._scenario)
        self._told = self._version = 0
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
        self.world.step()
        self._hold()

    def run_until(self, until: int) -> None:
        """Go on without pacing up to `until`, then stay there."""
        self.running, self.goal = True, until

    def do(self, command: Command) -> None:
        """Carry a command out; tell when it is refused."""
        reason = self.world.do(command)
        if reason is not None:
            self._outbox.append(Refused(command, reason))

    def plan(self, scenario: Iterable[Command]) -> None:
        """Take another scenario, for what is still ahead in this run and for the next."""
        self._scenario = tuple(scenario)
        self.world.plan(self._scenario)

    def revise(self, changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> None:
        """Take over edits of the drawing, for this run and the next."""
        changed, removed = tuple(changed), tuple(removed)
        for key in removed:
            self._parts.pop(key, None)
        self._parts.update({(type(part), part.id): part for part in changed})
        self.world.revise(changed, removed)

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
        """What has come up since the last call; a changed layout first."""
        told: list[Message] = []
        layout = self.world.layout()
        if layout.version != self._version:
            self._version = layout.version
            told.append(LayoutChanged(layout))
        events = self.world.take_events(self._told)
        if events:
            self._told += len(events)
            told.append(Happened(tuple(events)))
        told.extend(self._outbox)
        self._outbox = []
        return told

    def _work(self, until: int, began: float) -> bool:
        """Advance to `until`; False when the slice was over before."""
        world = self.world
        while (time := world.next_time()) is not None and time <= until:
            world.step()
            if self._clock() - began >= SLICE:
                return False
        world.advance(until)
        return True

    def _hold(self) -> None:
        self.running, self.goal = False, None
        self._outbox.append(Paused(self.world.now))
