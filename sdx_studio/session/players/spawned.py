"""The spawned player: the world runs in a process of its own, snapshots come through shared memory.

When that process is lost, another one goes on from its last checkpoint and the journal; `Restarted` tells so.
"""

from collections.abc import Callable, Iterable

from sdx_studio.engine.journal import Journal
from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.players.channel import SILENCE, Channel
from sdx_studio.session.players.lifeline import Backup, Lifeline, Met, Request
from sdx_studio.session.players.messages import Busy, Crashed, LayoutChanged, Message, Paused, Restarted
from sdx_studio.session.players.playback import bounded


class SpawnedPlayer:
    """Plays in another process; nothing here waits for it except `state_hash` and `close`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._speed = 1.0
        self._running = False
        self._goal: int | None = None
        self._channel: Channel | None = None
        self._lifeline = Lifeline()
        self._drawn: dict[tuple[type, str], Part] = {}
        self._scenario: tuple[Command, ...] = ()
        self._layout: Layout | None = None
        self._newest: tuple[Layout, Snapshot] | None = None
        self._inbox: list[Message] = []
        self._hash: str | None = None
        self._crashed = False
        self._busy = False

    @property
    def speed(self) -> float:
        """Simulated seconds per second, 0.1…1000."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._speed = bounded(speed)
        self._tell("speed", self._speed)

    @property
    def running(self) -> bool:
        """Whether time goes on, as far as is known here."""
        return self._running

    @property
    def silence(self) -> float:
        """Seconds since the process has last shown that it lives; 0 while there is none."""
        return 0.0 if self._channel is None else self._channel.silent

    @property
    def pid(self) -> int | None:
        """Number of the engine's process, None while there is none."""
        return None if self._channel is None else self._channel.process.pid

    def fileno(self) -> int:
        """What a socket notifier watches; raises ValueError before the first load."""
        if self._channel is None:
            raise ValueError("nothing has been loaded yet")
        return self._channel.connection.fileno()

    def load(self, parts: Iterable[Part], scenario: Iterable[Command] = (), seed: int = 0) -> None:
        """Have a new world of these parts, paused at 0; starts the process when there is none."""
        self.start()
        self._drawn = {(type(part), part.id): part for part in parts}
        self._scenario = tuple(scenario)
        self._hold(*self._lifeline.load(self._drawn.values(), self._scenario, seed))

    def play(self) -> None:
        """Let time go on at `speed`."""
        self._running, self._goal = True, None
        self._ask("play")

    def pause(self) -> None:
        """Hold time."""
        self._hold("pause")

    def step(self) -> None:
        """Go to the next event, then pause."""
        self._hold("step")

    def step_back(self) -> None:
        """Go to the event before this moment, then pause."""
        self._hold("step_back")

    def seek(self, time: int) -> None:
        """Go to `time` (µs), earlier or later, then pause."""
        self._hold("seek", time)

    def reset(self) -> None:
        """Go back to 0 with the parts as they now are, paused."""
        self.load(tuple(self._drawn.values()), self._scenario, self._lifeline.journal.seed)

    def run_until(self, until: int) -> None:
        """Run as fast as possible up to `until` (µs); Paused tells when it is there."""
        self._running, self._goal = True, until
        self._ask("run_until", until)

    def do(self, command: Command) -> None:
        """Carry `command` out now; a refusal comes back as a message."""
        self._ask("do", command)

    def plan(self, scenario: Iterable[Command]) -> None:
        """Take another scenario; what lies in the past is not done any more."""
        self._scenario = tuple(scenario)
        self._ask("plan", self._scenario)

    def revise(self, changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> None:
        """Take over edits of the drawing."""
        changed, removed = tuple(changed), tuple(removed)
        for key in removed:
            self._drawn.pop(key, None)
        self._drawn.update({(type(part), part.id): part for part in changed})
        self._ask("revise", changed, removed)

    def latest(self) -> tuple[Layout, Snapshot] | None:
        """The newest picture of the world, None before the first."""
        self._receive()
        self._look()
        return self._newest

    def poll(self) -> list[Message]:
        """What has happened since the last call."""
        self._receive()
        self._watch()
        messages, self._inbox = self._inbox, []
        return messages

    def journal(self) -> Journal:
        """What the run began with and everything that has been done to it, as far as the process has told."""
        return self._lifeline.journal

    def state_hash(self, patience: float = 30.0) -> str:
        """Fingerprint of the world's state; raises TimeoutError when no answer comes within `patience` seconds."""
        self._hash = None
        asked = None
        while (answer := self._answered()) is None:
            if self._channel is not None and self._channel is not asked:
                asked = self._channel
                self._tell("hash")
            if self._channel is None or not self._channel.connection.poll(patience):
                raise TimeoutError("the engine does not answer")
            self._receive()
        return answer

    def start(self) -> None:
        """Have the process running, so that the first load does not wait for it; after a crash, have a new one."""
        if self._channel is not None and self._channel.alive:
            return
        self.close()
        self._crashed = False
        self._lifeline = Lifeline()
        self._open()

    def close(self) -> None:
        """End the process and free the memory."""
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.close()
        self._layout, self._newest, self._running = None, None, False

    def _answered(self) -> str | None:
        return self._hash

    def _open(self) -> None:
        self._channel = Channel(self._clock)
        self._tell("speed", self._speed)

    def _ask(self, *request: object) -> None:
        """Send what changes the run; it is known until the process says that it is done."""
        if self._channel is not None:
            self._lifeline.asked(request)
            self._tell(*request)

    def _tell(self, *request: object) -> None:
        if self._channel is not None:
            self._channel.send(request)

    def _hold(self, *request: object) -> None:
        self._running, self._goal = False, None
        self._ask(*request)

    def _receive(self) -> None:
        """Take everything off the pipe that is there; when it ends, the process is lost."""
        channel = self._channel
        if channel is None:
            return
        messages, more = channel.received()
        for message in messages:
            self._accept(channel, message)
        if not more:
            self._lose(None)

    def _accept(self, channel: Channel, message: object) -> None:
        self._lifeline.heard(message)
        if isinstance(message, Met | Backup):
            return
        if isinstance(message, tuple):
            name, text = message
            if name == "segment":
                channel.adopt(text)
            else:
                self._hash = text
        elif isinstance(message, LayoutChanged):
            self._layout = message.layout
            self._inbox.append(message)
        elif not self._lifeline.stale:
            if isinstance(message, Paused) and self._goal is not None and message.time >= self._goal:
                self._running, self._goal = False, None
            self._crashed = self._crashed or isinstance(message, Crashed)
            self._inbox.append(message)  # type: ignore[arg-type]

    def _look(self) -> None:
        """Read the newest snapshot."""
        segment = None if self._channel is None else self._channel.segment
        found = None if segment is None or self._layout is None else segment.read(self._layout)
        if found is not None and self._layout is not None:
            self._newest = (self._layout, found)
            if not self._lifeline.stale:
                self._lifeline.time = max(self._lifeline.time, found.time)

    def _watch(self) -> None:
        channel = self._channel
        reason = None if channel is None else channel.watch()
        if reason is not None:
            self._lose(reason)
        elif channel is not None:
            if channel.stuck > SILENCE and not self._busy:
                self._inbox.append(Busy(channel.stuck))
            self._busy = channel.stuck > SILENCE

    def _lose(self, reason: str | None) -> None:
        """The process is gone: free what it left and go on in another one, if that makes sense."""
        channel, self._channel = self._channel, None
        if channel is None:
            return
        self._channel = channel
        self._look()
        self._channel = None
        ended = channel.kill()
        if self._crashed:
            self._running = False
            return
        try:
            requests = self._lifeline.resumption(self._running, self._goal)
        except RuntimeError as too_often:
            self._crashed, self._running = True, False
            self._inbox.append(Crashed(str(too_often)))
            return
        self._inbox.append(Restarted(reason or ended, self._lifeline.time))
        self._go_on(requests)

    def _go_on(self, requests: list[Request]) -> None:
        self._open()
        for request in requests:
            self._ask(*request)
