"""The tether: one run in another process as the window has it, held through the loss of that process."""

from collections.abc import Callable

from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.players.channel import SILENCE, Channel
from sdx_studio.session.players.lifeline import Backup, Lifeline, Met, Request
from sdx_studio.session.players.messages import (
    Busy,
    Caught,
    Crashed,
    LayoutChanged,
    Message,
    Paused,
    Restarted,
    Rewound,
    Watch,
)
from sdx_studio.session.players.pace import Pace


class Tether:
    """Sends requests, takes messages and snapshots; when the process is lost, lets another one go on."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.speed = 1.0
        self.running = False
        """Whether time goes on, as far as is known here."""
        self.goal: int | None = None
        """Where the run ends (µs)."""
        self.paced = True
        """Whether the clock says how quickly it gets there."""
        self.watched: tuple[tuple[Watch, ...], tuple[str, ...]] = ((), ())
        """What time is held for, and kinds of events after which it goes slowly."""
        self.pace = Pace(clock)
        self.channel: Channel | None = None
        self.lifeline = Lifeline()
        self.layout: Layout | None = None
        self.newest: tuple[Layout, Snapshot] | None = None
        self.inbox: list[Message] = []
        self.hash: str | None = None
        self.crashed = False
        self._busy = False

    def start(self) -> None:
        """Have a process that knows of no run, unless there is one already."""
        if self.channel is not None and self.channel.alive:
            return
        self.close()
        self.crashed = False
        self.lifeline = Lifeline()
        self.open()

    def close(self) -> None:
        """End the process and free the memory."""
        channel, self.channel = self.channel, None
        if channel is not None:
            channel.close()
        self.layout, self.newest, self.running = None, None, False

    def asked_hash(self, patience: float) -> str:
        """Fingerprint of the world's state; raises TimeoutError when no answer comes within `patience` seconds."""
        self.hash = None
        asked = None
        while (answer := self._answer()) is None:
            if self.channel is not None and self.channel is not asked:
                asked = self.channel
                self.tell("hash")
            if self.channel is None or not self.channel.connection.poll(patience):
                raise TimeoutError("the engine does not answer")
            self.receive()
        return answer

    def _answer(self) -> str | None:
        return self.hash

    def open(self) -> None:
        """Have a process."""
        self.channel = Channel(self._clock)
        self.tell("speed", self.speed)
        self.tell("watch", *self.watched)

    def ask(self, *request: object) -> None:
        """Send what changes the run; it is known until the process says that it is done."""
        if self.channel is not None:
            self.lifeline.asked(request)
            self.tell(*request)

    def tell(self, *request: object) -> None:
        """Send what does not change the run."""
        if self.channel is not None:
            self.channel.send(request)

    def run(self, goal: int | None, paced: bool) -> None:
        """Time is going to go on, up to `goal` if there is one."""
        self.running, self.goal, self.paced = True, goal, paced
        self.pace.forget()

    def hold(self, *request: object) -> None:
        """Send what ends with time held."""
        self._stand()
        self.ask(*request)

    def _stand(self) -> None:
        self.running, self.goal = False, None
        self.pace.forget()

    def receive(self) -> None:
        """Take everything off the pipe that is there; when it ends, the process is lost."""
        channel = self.channel
        if channel is None:
            return
        messages, more = channel.received()
        for message in messages:
            self._accept(channel, message)
        if not more:
            self._lose(None)

    def _accept(self, channel: Channel, message: object) -> None:
        self.lifeline.heard(message)
        if isinstance(message, Met | Backup):
            return
        if isinstance(message, tuple):
            name, text = message
            if name == "segment":
                channel.adopt(text)
            else:
                self.hash = text
        elif isinstance(message, LayoutChanged):
            self.layout = message.layout
            self.inbox.append(message)
        elif not self.lifeline.stale:
            if self._stands(message):
                self._stand()
            if isinstance(message, Rewound) and self.newest is not None and self.newest[1].time > message.time:
                self.newest = None
            self.crashed = self.crashed or isinstance(message, Crashed)
            self.inbox.append(message)  # type: ignore[arg-type]

    def _stands(self, message: object) -> bool:
        """Whether time is held now by what has come, and no request that is on its way lets it go on."""
        if isinstance(message, Caught):
            return not any(request[0] in ("play", "run_until") for request in self.lifeline.unmet)
        return isinstance(message, Paused) and self.goal is not None and message.time >= self.goal

    def look(self) -> None:
        """Read the newest snapshot."""
        segment = None if self.channel is None else self.channel.segment
        found = None if segment is None or self.layout is None else segment.read(self.layout)
        if found is not None and self.layout is not None:
            self.newest = (self.layout, found)
            if self.running:
                self.pace.note(found.time)
            if not self.lifeline.stale:
                self.lifeline.time = max(self.lifeline.time, found.time)

    def watch(self) -> None:
        """Look whether the process still lives."""
        channel = self.channel
        reason = None if channel is None else channel.watch()
        if reason is not None:
            self._lose(reason)
        elif channel is not None:
            if channel.stuck > SILENCE and not self._busy:
                self.inbox.append(Busy(channel.stuck))
            self._busy = channel.stuck > SILENCE

    def _lose(self, reason: str | None) -> None:
        """The process is gone: free what it left and go on in another one, if that makes sense."""
        channel = self.channel
        if channel is None:
            return
        self.look()
        self.channel = None
        ended = channel.kill()
        if self.crashed:
            self.running = False
            return
        try:
            requests = self.lifeline.resumption(self.running, self.goal, self.paced)
        except RuntimeError as too_often:
            self.crashed, self.running = True, False
            self.inbox.append(Crashed(str(too_often)))
            return
        self.inbox.append(Restarted(reason or ended, self.lifeline.time))
        self._go_on(requests)

    def _go_on(self, requests: list[Request]) -> None:
        self.open()
        for request in requests:
            self.ask(*request)
