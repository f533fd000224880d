"""The other end of a spawned player: the process in which the world runs."""

import os
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from sdx_studio.engine.checkpoint import Checkpoint
from sdx_studio.session.players.lifeline import Backup, Met, Request
from sdx_studio.session.players.memory import Segment
from sdx_studio.session.players.messages import Crashed, LayoutChanged
from sdx_studio.session.players.playback import Playback, bounded

RATE = 1 / 30
"""Seconds between two snapshots while time goes on."""
PULSE = 1 / 120
"""Seconds between two looks at the clock while time goes on."""
REST = 0.25
"""Seconds between two heartbeats while time is held."""
NICENESS = 10
BACKUP, DEAREST = 2.0, 0.05
"""Seconds between two checkpoints for the window at least, and the share of the time that sending them may take."""

CLOSE: Request = ("close",)
ORPHANED: Request = ("orphaned",)
ACTS = ("do", "plan", "revise")


def serve(connection: "Connection[Any, Any]") -> None:
    """Run a world as `connection` asks, until it closes; what goes wrong is told as Crashed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    stage = Stage(connection, time.monotonic)
    try:
        stage.run()
    except Exception:  # noqa: BLE001 - whatever it is, the window must hear of it
        _tell(connection, Crashed(traceback.format_exc()))
    finally:
        stage.leave()
        connection.close()


class Stage:
    """Takes requests, plays, publishes snapshots into shared memory and sends messages."""

    def __init__(self, connection: "Connection[Any, Any]", clock: Callable[[], float]) -> None:
        self._connection = connection
        self._clock = clock
        self._playback = Playback(clock)
        self._requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._segment: Segment | None = None
        self._published = 0.0
        self._changed = False
        self._orphaned = False
        self._gone = threading.Event()
        self._lock = threading.Lock()
        self._sent: Checkpoint | None = None
        self._backup_due = 0.0

    def run(self) -> None:
        """Serve until a request to close, or until the other side is gone."""
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._throb, daemon=True).start()
        while self._take():
            self._playback.tick()
            self._publish()

    def leave(self) -> None:
        """Let go of the memory; free it when nobody else can any more."""
        self._gone.set()
        with self._lock:
            if self._segment is not None:
                (self._segment.unlink if self._orphaned else self._segment.close)()
                self._segment = None

    def _throb(self) -> None:
        """Show that the process lives, also while one step takes long."""
        while not self._gone.wait(REST):
            with self._lock:
                if self._segment is not None:
                    self._segment.throb()

    def _listen(self) -> None:
        """Take requests off the pipe at once, so that the window never waits."""
        try:
            while True:
                self._requests.put(self._connection.recv())
        except (EOFError, OSError):
            self._requests.put(ORPHANED)

    def _take(self) -> bool:
        """Do all requests that wait; False when it is time to leave."""
        playback = self._playback
        wait = REST if not playback.running else 0.0 if playback.busy else PULSE
        try:
            request = self._requests.get(timeout=wait) if wait else self._requests.get_nowait()
            while True:
                if request in (CLOSE, ORPHANED):
                    self._orphaned = request == ORPHANED
                    return False
                self._answer(request)
                request = self._requests.get_nowait()
        except queue.Empty:
            return True

    def _answer(self, request: Request) -> None:
        name, *arguments = request
        self._changed = True
        if name == "hash":
            self._send(("hash", self._playback.world.state_hash()))
        elif name == "speed":
            self._playback.speed = bounded(arguments[0])
        elif name == "ask":
            self._playback.ask(*arguments)
        elif name == "watch":
            self._playback.watch(*arguments)
        else:
            getattr(self._playback, name)(*arguments)
            self._send(Met(self._playback.world.now, *(self._playback.noted if name in ACTS else ())))

    def _publish(self) -> None:
        """A snapshot when one is due, then what has happened."""
        running = self._playback.running
        due = self._changed if not running else self._clock() - self._published >= RATE
        self._changed = self._changed or running
        messages = self._playback.messages()
        for message in messages:
            if isinstance(message, LayoutChanged):
                self._make_room(message)
                due = True
        if self._segment is not None:
            self._segment.beat()
            if due:
                world = self._playback.world
                self._segment.write(world.layout(), world.snapshot())
                self._published = self._clock()
                self._changed = running
        for message in messages:
            self._send(message)
        if running or messages:
            self._back_up()

    def _back_up(self) -> None:
        """Send the last checkpoint before this moment, if there is a new one and sending them is cheap."""
        began, playback = self._clock(), self._playback
        frame = playback.recorder.reel.before(playback.world.now)
        if began >= self._backup_due and frame is not None and frame is not self._sent:
            self._sent = frame
            self._send(Backup(frame))
            spent = self._clock() - began
            self._backup_due = began + max(BACKUP, spent / DEAREST)

    def _make_room(self, message: LayoutChanged) -> None:
        if self._segment is None or not self._segment.holds(message.layout):
            with self._lock:
                if self._segment is not None:
                    self._segment.close()
                self._segment = Segment.fitting(message.layout)
            self._send(("segment", self._segment.name))

    def _send(self, message: object) -> None:
        if not _tell(self._connection, message):
            self._requests.put(ORPHANED)


def _tell(connection: "Connection[Any, Any]", message: object) -> bool:
    """Send, or see that nobody listens any more."""
    try:
        connection.send(message)
    except (BrokenPipeError, OSError):
        return False
    return True
