"""The spawned player: the world runs in a process of its own, snapshots come through shared memory."""

import multiprocessing
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.players.memory import Segment
from sdx_studio.session.players.messages import Crashed, LayoutChanged, Message, Paused
from sdx_studio.session.players.playback import bounded
from sdx_studio.session.players.stage import CLOSE, serve

PATIENCE = 5.0
"""Seconds that closing waits for the process before it is ended."""


class SpawnedPlayer:
    """Plays in another process; nothing here waits for it except `state_hash` and `close`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._speed = 1.0
        self._running = False
        self._goal: int | None = None
        self._process: SpawnProcess | None = None
        self._connection: Connection[Any, Any] | None = None
        self._segment: Segment | None = None
        self._layout: Layout | None = None
        self._newest: tuple[Layout, Snapshot] | None = None
        self._inbox: list[Message] = []
        self._hash: str | None = None
        self._crashed = False
        self._beat = (0, 0.0)

    @property
    def speed(self) -> float:
        """Simulated seconds per second, 0.1…1000."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._speed = bounded(speed)
        self._ask("speed", self._speed)

    @property
    def running(self) -> bool:
        """Whether time goes on, as far as is known here."""
        return self._running

    @property
    def silence(self) -> float:
        """Seconds since the process has last shown that it lives; 0 while there is none."""
        if self._segment is None:
            return 0.0
        beat, now = self._segment.heartbeat, self._clock()
        if beat != self._beat[0]:
            self._beat = (beat, now)
        return now - self._beat[1]

    def fileno(self) -> int:
        """What a socket notifier watches; raises ValueError before the first load."""
        if self._connection is None:
            raise ValueError("nothing has been loaded yet")
        return self._connection.fileno()

    def load(self, parts: Iterable[Part], scenario: Iterable[Command] = (), seed: int = 0) -> None:
        """Have a new world of these parts, paused at 0; starts the process when there is none."""
        self.start()
        self._hold("load", tuple(parts), tuple(scenario), seed)

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

    def reset(self) -> None:
        """Go back to 0 with the parts as they now are, paused."""
        self._hold("reset")

    def run_until(self, until: int) -> None:
        """Run as fast as possible up to `until` (µs); Paused tells when it is there."""
        self._running, self._goal = True, until
        self._ask("run_until", until)

    def do(self, command: Command) -> None:
        """Carry `command` out now; a refusal comes back as a message."""
        self._ask("do", command)

    def plan(self, scenario: Iterable[Command]) -> None:
        """Take another scenario; what lies in the past is not done any more."""
        self._ask("plan", tuple(scenario))

    def revise(self, changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> None:
        """Take over edits of the drawing."""
        self._ask("revise", tuple(changed), tuple(removed))

    def latest(self) -> tuple[Layout, Snapshot] | None:
        """The newest picture of the world, None before the first."""
        self._receive()
        if self._layout is not None and self._segment is not None:
            found = self._segment.read(self._layout)
            if found is not None:
                self._newest = (self._layout, found)
        return self._newest

    def poll(self) -> list[Message]:
        """What has happened since the last call."""
        self._receive()
        messages, self._inbox = self._inbox, []
        return messages

    def state_hash(self, patience: float = 30.0) -> str:
        """Fingerprint of the world's state; raises TimeoutError when no answer comes within `patience` seconds."""
        self._hash = None
        self._ask("hash")
        while (answer := self._answered()) is None:
            if self._connection is None or not self._connection.poll(patience):
                raise TimeoutError("the engine does not answer")
            self._receive()
        return answer

    def close(self) -> None:
        """End the process and free the memory."""
        self._ask(*CLOSE)
        connection, process = self._connection, self._process
        self._connection = self._process = None
        if connection is not None:
            for name in _drained(connection):
                self._adopt(name)
            connection.close()
        if process is not None:
            _end(process)
        self._drop_segment()
        self._layout, self._newest, self._running = None, None, False

    def _answered(self) -> str | None:
        return self._hash

    def start(self) -> None:
        """Have the process running, so that the first load does not wait for it; after a crash, have a new one."""
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return
        self.close()
        self._crashed = False
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), name="sdx-engine", daemon=True)
        self._process.start()
        theirs.close()
        self._ask("speed", self._speed)

    def _ask(self, *request: object) -> None:
        if self._connection is None:
            return
        try:
            self._connection.send(request)
        except (BrokenPipeError, ConnectionResetError):
            self._receive()

    def _receive(self) -> None:
        """Take everything off the pipe that is there; the end of the pipe is a crash."""
        connection = self._connection
        try:
            while connection is not None and connection.poll():
                self._accept(connection.recv())
        except (EOFError, OSError):
            self._lose()

    def _accept(self, message: object) -> None:
        if isinstance(message, tuple):
            name, text = message
            if name == "segment":
                self._adopt(text)
            else:
                self._hash = text
            return
        if isinstance(message, LayoutChanged):
            self._layout = message.layout
        elif isinstance(message, Paused) and self._goal is not None and message.time >= self._goal:
            self._running, self._goal = False, None
        elif isinstance(message, Crashed):
            self._crashed = True
        self._inbox.append(message)  # type: ignore[arg-type]

    def _lose(self) -> None:
        """The process is gone: say so once and free what it left."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if not self._crashed:
            self._crashed = True
            self._inbox.append(Crashed("the engine's process has ended"))
        self._running = False
        self._drop_segment()

    def _hold(self, *request: object) -> None:
        self._running, self._goal = False, None
        self._ask(*request)

    def _adopt(self, name: str) -> None:
        self._drop_segment()
        self._segment = Segment(name)
        self._beat = (-1, self._clock())

    def _drop_segment(self) -> None:
        if self._segment is not None:
            self._segment.unlink()
            self._segment = None


def _drained(connection: "Connection[Any, Any]") -> list[str]:
    """Read to the end, so that nobody blocks; names of segments that were still under way."""
    names: list[str] = []
    try:
        while connection.poll(PATIENCE):
            message = connection.recv()
            if isinstance(message, tuple) and message[0] == "segment":
                names.append(message[1])
    except (EOFError, OSError):
        return names
    return names


def _end(process: SpawnProcess) -> None:
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    process.close()
