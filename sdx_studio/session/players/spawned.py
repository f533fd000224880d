"""The spawned player: the world runs in a process of its own, snapshots come through shared memory.

When that process is lost, another one goes on from its last checkpoint and the journal; `Restarted` tells so.
"""

from collections.abc import Callable, Iterable

from sdx_studio.engine.events import Event
from sdx_studio.engine.journal import Journal, drawn
from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.players.messages import Message, Watch
from sdx_studio.session.players.playback import bounded
from sdx_studio.session.players.tether import Tether


class SpawnedPlayer:
    """Plays in another process; nothing here waits for it except `state_hash` and `close`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._tether = Tether(clock)
        self._drawn: dict[tuple[type, str], Part] = {}
        self._scenario: tuple[Command, ...] = ()

    @property
    def speed(self) -> float:
        """Simulated seconds per second, 0.1…1000."""
        return self._tether.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._tether.speed = bounded(speed)
        self._tether.pace.forget()
        self._tether.tell("speed", self._tether.speed)

    @property
    def running(self) -> bool:
        """Whether time goes on, as far as is known here."""
        return self._tether.running

    @property
    def silence(self) -> float:
        """Seconds since the process has last shown that it lives; 0 while there is none."""
        return 0.0 if self._tether.channel is None else self._tether.channel.silent

    @property
    def pid(self) -> int | None:
        """Number of the engine's process, None while there is none."""
        return None if self._tether.channel is None else self._tether.channel.process.pid

    def fileno(self) -> int:
        """What a socket notifier watches; raises ValueError before the first load."""
        if self._tether.channel is None:
            raise ValueError("nothing has been loaded yet")
        return self._tether.channel.connection.fileno()

    def load(self, parts: Iterable[Part], scenario: Iterable[Command] = (), seed: int = 0) -> None:
        """Have a new world of these parts, paused at 0; starts the process when there is none."""
        self.start()
        self._drawn = {(type(part), part.id): part for part in parts}
        self._scenario = tuple(scenario)
        self._tether.hold(*self._tether.lifeline.load(self._drawn.values(), self._scenario, seed))

    def play(self) -> None:
        """Let time go on at `speed`."""
        self._tether.run(None, True)
        self._tether.ask("play")

    def pause(self) -> None:
        """Hold time."""
        self._tether.hold("pause")

    def step(self) -> None:
        """Go to the next event, then pause."""
        self._tether.hold("step")

    def step_back(self) -> None:
        """Go to the event before this moment, then pause."""
        self._tether.hold("step_back")

    def seek(self, time: int) -> None:
        """Go to `time` (µs), earlier or later, then pause."""
        self._tether.hold("seek", time)

    def reset(self) -> None:
        """Go back to 0 with the parts as they now are, paused."""
        self.load(tuple(self._drawn.values()), self._scenario, self._tether.lifeline.journal.seed)

    @property
    def pace(self) -> float | None:
        """Simulated seconds per second as they really went by in the last second; None while that is not known."""
        return self._tether.pace.value

    def watch(self, watches: Iterable[Watch], slow: Iterable[str] = ()) -> None:
        """Pause whenever one of `watches` comes true, go at most at 1× for a while after events of the kinds `slow`."""
        self._tether.watched = (tuple(watches), tuple(slow))
        self._tether.tell("watch", *self._tether.watched)

    def run_until(self, until: int, paced: bool = False) -> None:
        """Run up to `until` (µs) as fast as possible, or at `speed`; Paused tells when it is there."""
        self._tether.run(until, paced)
        self._tether.ask("run_until", until, paced)

    def do(self, command: Command) -> None:
        """Carry `command` out now; a refusal comes back as a message."""
        self._tether.ask("do", command)

    def plan(self, scenario: Iterable[Command]) -> None:
        """Take another scenario; what lies in the past is not done any more."""
        self._scenario = tuple(scenario)
        self._tether.ask("plan", self._scenario)

    def revise(self, changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> None:
        """Take over edits of the drawing."""
        changed, removed = tuple(changed), tuple(removed)
        for key in removed:
            self._drawn.pop(key, None)
        self._drawn.update({(type(part), part.id): part for part in changed})
        self._tether.ask("revise", changed, removed)

    def ask(self, topic: str, about: str = "") -> None:
        """Have a Told message about `topic`."""
        self._tether.tell("ask", topic, about)

    def take_up(self, journal: Journal, events: tuple[Event, ...], time: int) -> None:
        """Be at `time` (µs) of the run of `journal`, paused; `events` are those up to then."""
        self.start()
        self._drawn, self._scenario = drawn(journal)
        self._tether.hold(*self._tether.lifeline.take_up(journal, events, time))

    def latest(self) -> tuple[Layout, Snapshot] | None:
        """The newest picture of the world, None before the first."""
        self._tether.receive()
        self._tether.look()
        return self._tether.newest

    def poll(self) -> list[Message]:
        """What has happened since the last call."""
        self._tether.receive()
        self._tether.watch()
        messages, self._tether.inbox = self._tether.inbox, []
        return messages

    def journal(self) -> Journal:
        """What the run began with and everything that has been done to it, as far as the process has told."""
        return self._tether.lifeline.journal

    def state_hash(self, patience: float = 30.0) -> str:
        """Fingerprint of the world's state; raises TimeoutError when no answer comes within `patience` seconds."""
        return self._tether.asked_hash(patience)

    def start(self) -> None:
        """Have the process running, so that the first load does not wait for it; after a crash, have a new one."""
        self._tether.start()

    def close(self) -> None:
        """End the process and free the memory."""
        self._tether.close()
