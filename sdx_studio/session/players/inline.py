"""The in-line player: the world runs where it stands, whenever `tick` is called."""

from collections.abc import Callable, Iterable

from sdx_studio.engine.events import Event
from sdx_studio.engine.journal import Journal
from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.engine.world import World
from sdx_studio.session.players.messages import Message, Watch
from sdx_studio.session.players.playback import Playback, bounded


class InlinePlayer:
    """Plays in this process; `clock` gives seconds and sets the pace."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._playback = Playback(clock)
        self._loaded = False

    @property
    def world(self) -> World:
        """The world itself, for the command line and tests."""
        return self._playback.world

    @property
    def speed(self) -> float:
        """Simulated seconds per second, 0.1…1000."""
        return self._playback.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._playback.speed = bounded(speed)

    @property
    def running(self) -> bool:
        """Whether `tick` lets time go on."""
        return self._playback.running

    def start(self) -> None:
        """Nothing to get ready."""

    def load(self, parts: Iterable[Part], scenario: Iterable[Command] = (), seed: int = 0) -> None:
        """Have a new world of these parts, paused at 0."""
        self._playback.load(parts, scenario, seed)
        self._loaded = True

    def play(self) -> None:
        """Let time go on at `speed`."""
        self._playback.play()

    def pause(self) -> None:
        """Hold time."""
        self._playback.pause()

    def step(self) -> None:
        """Go to the next event, then pause."""
        self._playback.step()

    def step_back(self) -> None:
        """Go to the event before this moment, then pause."""
        self._playback.step_back()

    def seek(self, time: int) -> None:
        """Go to `time` (µs), earlier or later, at once, then pause."""
        self._playback.seek(time)
        while self._playback.running:
            self._playback.tick()

    def reset(self) -> None:
        """Go back to 0 with the parts as they now are, paused."""
        self._playback.reset()

    @property
    def pace(self) -> float | None:
        """Simulated seconds per second as they really went by in the last second; None while that is not known."""
        return self._playback.tempo.pace.value

    def watch(self, watches: Iterable[Watch], slow: Iterable[str] = ()) -> None:
        """Pause whenever one of `watches` comes true, go at most at 1× for a while after events of the kinds `slow`."""
        self._playback.watch(watches, slow)

    def run_until(self, until: int, paced: bool = False) -> None:
        """Run up to `until` (µs), then pause: at once, or at `speed` with each `tick`."""
        self._playback.run_until(until, paced)
        while self._playback.running and not paced:
            self._playback.tick()

    def tick(self) -> None:
        """Let pass what the clock says has passed, at most a slice of work."""
        self._playback.tick()

    def do(self, command: Command) -> None:
        """Carry `command` out now; a refusal comes back as a message."""
        self._playback.do(command)

    def plan(self, scenario: Iterable[Command]) -> None:
        """Take another scenario; what lies in the past is not done any more."""
        self._playback.plan(scenario)

    def revise(self, changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> None:
        """Take over edits of the drawing."""
        self._playback.revise(changed, removed)

    def ask(self, topic: str, about: str = "") -> None:
        """Have a Told message about `topic`."""
        self._playback.ask(topic, about)

    def take_up(self, journal: Journal, events: tuple[Event, ...], time: int) -> None:
        """Be at `time` (µs) of the run of `journal`, paused; `events` are those up to then."""
        self._playback.resume(journal, None, events, time, False)
        self._loaded = True

    def latest(self) -> tuple[Layout, Snapshot] | None:
        """The world just now, None before the first load."""
        return (self.world.layout(), self.world.snapshot()) if self._loaded else None

    def poll(self) -> list[Message]:
        """What has happened since the last call."""
        return self._playback.messages() if self._loaded else []

    def journal(self) -> Journal:
        """What the run began with and everything that has been done to it."""
        return self._playback.journal

    def state_hash(self) -> str:
        """Fingerprint of the world's state."""
        return self.world.state_hash()

    def close(self) -> None:
        """Let go of the world."""
        self._loaded = False
        self._playback.load((), (), 0)
