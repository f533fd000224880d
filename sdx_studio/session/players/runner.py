"""The runner: lets one world go on by the clock or without it, and holds or goes slowly when something comes up."""

from collections.abc import Callable, Iterable

from sdx_studio.engine.world import World
from sdx_studio.session.players.lookout import Lookout
from sdx_studio.session.players.messages import Message, Paused, Slowed, Watch
from sdx_studio.session.players.recorder import Recorder
from sdx_studio.session.players.tempo import Tempo

SLICE = 0.02
"""Seconds of work after which commands are looked at again."""


class Runner:
    """Paces a world by `clock` (seconds); when the work takes too long, time is dropped and nothing freezes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._outbox: list[Message] = []
        self.recorder = Recorder()
        self.tempo = Tempo(clock)
        self.lookout = Lookout()
        self.goal: int | None = None
        """Where the run ends (µs)."""
        self.paced = True
        """Whether the clock says how quickly it gets there."""
        self.running = self._seeking = False

    @property
    def world(self) -> World:
        """The world at the present moment."""
        return self.recorder.world

    @property
    def speed(self) -> float:
        """Simulated seconds per second as wished; who wishes anew does not go slowly any more."""
        return self.tempo.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        if speed != self.tempo.speed:
            self._hurry()
        self.tempo.speed = speed

    @property
    def busy(self) -> bool:
        """Whether there is work that does not wait for the clock."""
        return self.running and (not self.paced or self.world.now < self.tempo.due)

    def watch(self, watches: Iterable[Watch], slow: Iterable[str] = ()) -> None:
        """Hold whenever one of `watches` comes true; go slowly for a while after events of the kinds `slow`."""
        self.lookout.turn_to(self.world, watches, slow)
        if not self.lookout.slow:
            self._hurry()

    def tick(self) -> None:
        """Do what is due, at most for one slice."""
        if not self.running:
            return
        began = self._clock()
        if self.goal is not None and not self.paced:
            if self._work(self.goal, began):
                self._hold()
            return
        if self.tempo.rested:
            self._hurry()
        until = self.tempo.pass_by()
        until = until if self.goal is None else min(until, self.goal)
        if not self._work(until, began):
            self.tempo.drop(self.world.now)
        elif self.goal is not None and until >= self.goal:
            self._hold()
        if self.running:
            self.tempo.pace.note(self.world.now)

    def _start(self, goal: int | None, *, paced: bool, seeking: bool = False) -> None:
        self.running, self.goal, self.paced, self._seeking = True, goal, paced, seeking
        self.tempo.start(self.world.now)
        if self.world.now == 0 and not seeking:
            self._notice()

    def _work(self, until: int, began: float) -> bool:
        """Advance to `until`; False when the slice was over before, or something came that was watched for."""
        recorder, looking = self.recorder, not self._seeking and not self.lookout.idle
        while (time := self._next_time(until, looking)) is not None:
            if recorder.next_time() == time:
                recorder.step()
            else:
                recorder.advance(time)
            if (looking and self._notice()) or self._clock() - began >= SLICE:
                return False
        recorder.advance(until)
        return True

    def _next_time(self, until: int, looking: bool) -> int | None:
        """When there is something to do next, None when that is later than `until` (all µs)."""
        time = self.recorder.next_time()
        if looking and self.lookout.watches:
            crossing = self.lookout.crossing(self.world)
            time = crossing if time is None or (crossing is not None and crossing < time) else time
        return time if time is not None and time <= until else None

    def _notice(self) -> bool:
        """See what has come up: hold for what is watched for, go slowly for what is worth it; True when either is."""
        if self.lookout.idle:
            return False
        caught, calm = self.lookout.look(self.world)
        if caught:
            self._outbox.extend(caught)
            self._hold()
        elif calm and self.running and self.paced and self.tempo.calm():
            self._outbox.append(Slowed(True))
        else:
            return False
        return True

    def _hurry(self) -> None:
        """Go on as was wished."""
        if self.tempo.hurry():
            self._outbox.append(Slowed(False))

    def _hold(self) -> None:
        if self._seeking:
            self.lookout.rest(self.world)
        self.running, self.goal, self.paced, self._seeking = False, None, True, False
        self.tempo.pace.forget()
        self._hurry()
        self._outbox.append(Paused(self.world.now))
