"""The running model of one session: a player fed by the document, what happened so far, and curves for plots."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sdx_studio.document import Act, Change
from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.events import Event
from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.build import command_of, parts_of, revision, scenario_of
from sdx_studio.session.players import Player
from sdx_studio.session.players.messages import Busy, Crashed, Happened, Message, Paused, Refused, Restarted, Rewound
from sdx_studio.session.session import Session
from sdx_studio.words import _

News = Event | Refused | Crashed | Paused | Rewound | Busy | Restarted
"""What a running model has to say."""

MOST_SAMPLES = 600
MOST_VALUES = 20_000


@dataclass
class Curves:
    """Samples of every measure since the start; thinned to every second one whenever there are too many."""

    layout: Layout | None = None
    times: list[float] = field(default_factory=list)
    rows: list[NDArray[np.float32]] = field(default_factory=list)
    spacing: float = 0.0

    def add(self, layout: Layout, snapshot: Snapshot) -> None:
        """Keep a sample if enough simulated time has passed since the last one."""
        if self.layout is not None and (self.layout.elements, self.layout.slots) != (layout.elements, layout.slots):
            self._rearrange(self.layout, layout)
        self.layout = layout
        now = snapshot.time / 1e6
        if len(snapshot.values) > MOST_VALUES or (self.times and now < self.times[-1] + max(self.spacing, 1e-6)):
            return
        self.times.append(now)
        self.rows.append(snapshot.values.astype(np.float32))
        if len(self.times) > MOST_SAMPLES:
            self.times, self.rows = self.times[::2], self.rows[::2]
            self.spacing = 1.5 * (self.times[-1] - self.times[0]) / len(self.times)

    def cut(self, time: float) -> None:
        """Forget the samples after `time` (s)."""
        kept = bisect_right(self.times, time)
        del self.times[kept:], self.rows[kept:]

    def _rearrange(self, old: Layout, new: Layout) -> None:
        """Put the samples so far where `new` wants them; what was not there yet has no value."""
        kept = [(old.index[key], slot) for key, slot in new.index.items() if key in old.index]
        before, after = [pair[0] for pair in kept], [pair[1] for pair in kept]
        for at, row in enumerate(self.rows):
            fresh = np.full(len(new.slots), np.nan, dtype=np.float32)
            fresh[after] = row[before]
            self.rows[at] = fresh

    def of(self, id: str, measure: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Times (s) and values of one measure from its first value on; empty when there is none."""
        slot = None if self.layout is None else self.layout.index.get((id, measure))
        if slot is None:
            return np.zeros(0), np.zeros(0)
        values = np.array([row[slot] for row in self.rows], dtype=np.float64)
        known = np.flatnonzero(~np.isnan(values))
        first = int(known[0]) if len(known) else len(values)
        return np.array(self.times)[first:], values[first:]


class Live:
    """Play, pause and ask the model of a session; edits go to it at once, acts too."""

    def __init__(self, session: Session, make_player: Callable[[], Player]) -> None:
        self.session = session
        self._make_player = make_player
        self.player: Player | None = None
        self._spare: Player | None = None
        self._parts: list[Part] = []
        self._scenario: list[Command] = []
        self._speed = 1.0
        self._stop_listening = session.document.on_change(self._edited)
        self._forget()

    def _forget(self) -> None:
        self.events: list[Event] = []
        self.curves = Curves()
        self.time = 0.0

    @property
    def started(self) -> bool:
        """Whether there is a world (running or held)."""
        return self.player is not None

    @property
    def playing(self) -> bool:
        """Whether time goes on."""
        return self.player is not None and self.player.running

    @property
    def speed(self) -> float:
        """Simulated seconds per second, 0.1…1000."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._speed = min(1000.0, max(0.1, speed))
        if self.player is not None:
            self.player.speed = self._speed

    def _ready(self) -> Player:
        if self.player is None:
            self.prepare()
            self.player, self._spare = self._spare or self._make_player(), None
            self._load(self.player)
        return self.player

    def prepare(self) -> None:
        """Have a player standing by, so that the first play does not wait for its process."""
        if self.player is None and self._spare is None:
            self._spare = self._make_player()
            self._spare.start()

    def _load(self, player: Player) -> None:
        document = self.session.document
        self._parts = parts_of(document)
        self._scenario = scenario_of(document)
        player.load(self._parts, self._scenario, document.properties.seed)
        player.speed = self._speed
        self._forget()

    def play(self) -> None:
        """Let time go on."""
        self._ready().play()

    def pause(self) -> None:
        """Hold time."""
        if self.player is not None:
            self.player.pause()

    def step(self) -> None:
        """Go to the next event and hold."""
        self._ready().step()

    def step_back(self) -> None:
        """Go to the event before this moment and hold."""
        if self.player is not None:
            self.player.step_back()

    def seek(self, seconds: float) -> None:
        """Go to any moment, earlier or later, and hold."""
        self._ready().seek(round(max(0.0, seconds) * SECOND))

    def reset(self) -> None:
        """Back to the drawing: no run, no time, no events."""
        self.close_player()
        self._forget()
        self.prepare()

    def act(self, verb: str, target: str, **figures: str | float) -> None:
        """Do something to the running model now (the scenario is for the future)."""
        if self.player is not None:
            act = Act("", self.time, verb, target, fields=dict(figures))
            self.player.do(command_of(act, self.session.document))

    def poll(self) -> list[News]:
        """Take in what the player has to say; returns the news in order."""
        news: list[News] = []
        if self.player is None:
            return news
        for message in self.player.poll():
            news.extend(self._heard(message))
        if any(isinstance(one, Crashed) for one in news):
            self.close_player()
        return news

    def _heard(self, message: Message) -> list[News]:
        """Take in one message; what of it is news."""
        if isinstance(message, Happened):
            self.events.extend(message.events)
            return list(message.events)
        if isinstance(message, Refused):
            return [Refused(message.command, _(message.reason))]
        if isinstance(message, Rewound):
            del self.events[message.events :]
            self.time = message.time / SECOND
            self.curves.cut(self.time)
        if isinstance(message, Crashed | Paused | Rewound | Busy | Restarted):
            return [message]
        return []

    def latest(self) -> tuple[Layout, Snapshot] | None:
        """The newest picture of the model; it is kept for the curves as well."""
        found = self.player.latest() if self.player is not None else None
        if found is not None:
            self.curves.add(*found)
            self.time = found[1].time / 1e6
        return found

    def _edited(self, changes: tuple[Change, ...]) -> None:
        if self.player is None:
            return
        if self.time == 0.0 and not self.player.running:
            self._load(self.player)
            return
        if all(change.table == "project" for change in changes):
            return
        parts = parts_of(self.session.document)
        changed, removed = revision(self._parts, parts)
        self._parts = parts
        if changed or removed:
            self.player.revise(changed, removed)
        scenario = scenario_of(self.session.document)
        if scenario != self._scenario:
            self._scenario = scenario
            self.player.plan(scenario)

    def close_player(self) -> None:
        """End the world and its process."""
        player, self.player = self.player, None
        if player is not None:
            player.close()

    def close(self) -> None:
        """End everything; the session goes away."""
        self._stop_listening()
        self.close_player()
        if self._spare is not None:
            self._spare.close()
            self._spare = None
