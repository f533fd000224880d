"""The channel: a process in which a world runs, the pipe to it, and whether it still lives."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from sdx_studio.session.players.memory import Segment
from sdx_studio.session.players.stage import CLOSE, serve
from sdx_studio.words import mark

PATIENCE = 5.0
"""Seconds that closing waits for the process before it is ended."""
SILENCE = 1.5
"""Seconds without a sign of life after which the process is given up."""
STUCK = 20.0
"""Seconds that one step may take before the process is given up although it lives."""
GLANCE = 0.25
"""Of the time between two looks at most so much counts: a window that stood still has not watched."""


class Channel:
    """One process; whoever holds it sends requests, takes messages, and looks after it by `watch`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        context = multiprocessing.get_context("spawn")
        self._clock = clock
        self.connection: Connection[Any, Any]
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=serve, args=(theirs,), name="sdx-engine", daemon=True)
        self.process.start()
        theirs.close()
        self.segment: Segment | None = None
        self._looked = clock()
        self._signs = (-1, -1)
        self.silent = self.stuck = 0.0
        """Seconds without a sign of life, and without one that work comes on, as far as somebody has watched."""

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self.process.is_alive()

    def send(self, request: object) -> bool:
        """Send a request; False when nobody takes it any more."""
        try:
            self.connection.send(request)
        except (BrokenPipeError, ConnectionResetError, OSError):
            return False
        return True

    def received(self) -> "tuple[list[object], bool]":
        """Everything that is in the pipe, and whether more may come."""
        messages: list[object] = []
        try:
            while self.connection.poll():
                messages.append(self.connection.recv())
        except (EOFError, OSError):
            return messages, False
        return messages, True

    def adopt(self, name: str) -> None:
        """Snapshots come through the segment of this name from now on."""
        self.drop_segment()
        self.segment = Segment(name)
        self.silent = self.stuck = 0.0

    def watch(self) -> str | None:
        """Look for signs of life; why the process has to be given up, in words, or None."""
        now = self._clock()
        glance, self._looked = min(GLANCE, max(0.0, now - self._looked)), now
        if self.segment is None:
            return None
        before, self._signs = self._signs, (self.segment.heartbeat, self.segment.pulse)
        self.stuck = self.stuck + glance if before[0] == self._signs[0] else 0.0
        self.silent = self.silent + glance if before == self._signs else 0.0
        if self.silent > SILENCE or self.stuck > STUCK:
            return mark("its process does not answer any more")
        return None

    def kill(self) -> str:
        """End the process at once and free everything; how it has ended, in words."""
        self.process.join(GLANCE)
        hung = self.process.is_alive()
        if hung:
            self.process.kill()
            self.process.join()
        self._let_go()
        return mark("its process does not answer any more") if hung else mark("its process has ended")

    def close(self) -> None:
        """Let the process end, with patience, and free everything."""
        self.send(CLOSE)
        for name in _drained(self.connection):
            self.adopt(name)
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self._let_go()

    def drop_segment(self) -> None:
        """Free the shared memory."""
        if self.segment is not None:
            self.segment.unlink()
            self.segment = None

    def _let_go(self) -> None:
        self.connection.close()
        self.process.close()
        self.drop_segment()


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
