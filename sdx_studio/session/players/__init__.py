"""Players: they let a world run at a pace and hand out what it shows. No Qt may enter; clocks are given from outside.

`InlinePlayer` runs the world where it stands (command line, tests); `SpawnedPlayer` in a process of its own (window).
"""

from collections.abc import Iterable
from typing import Protocol

from sdx_studio.engine.events import Event
from sdx_studio.engine.journal import Journal
from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.players.messages import Message, Watch


class Player(Protocol):
    """What window, command line and services may ask of a running world; times in simulated microseconds."""

    @property
    def speed(self) -> float:
        """Simulated seconds per second, 0.1…1000."""

    @speed.setter
    def speed(self, speed: float) -> None: ...

    @property
    def running(self) -> bool:
        """Whether time goes on by itself."""

    def start(self) -> None:
        """Have everything ready, so that the first load is quick."""

    def load(self, parts: Iterable[Part], scenario: Iterable[Command] = (), seed: int = 0) -> None:
        """Have a new world of these parts, paused at 0."""

    def play(self) -> None:
        """Let time go on at `speed`."""

    def pause(self) -> None:
        """Hold time."""

    def step(self) -> None:
        """Go to the next event, then pause."""

    def step_back(self) -> None:
        """Go to the event before this moment, then pause."""

    def seek(self, time: int) -> None:
        """Go to `time`, earlier or later, then pause; what has been done in the run is kept."""

    def reset(self) -> None:
        """Go back to 0 with the parts as they now are, paused."""

    @property
    def pace(self) -> float | None:
        """Simulated seconds per second as they really went by in the last second; None while that is not known."""

    def watch(self, watches: Iterable[Watch], slow: Iterable[str] = ()) -> None:
        """Pause whenever one of `watches` comes true, go at most at 1× for a while after events of the kinds `slow`."""

    def run_until(self, until: int, paced: bool = False) -> None:
        """Run up to `until`, then pause: as fast as possible, or at `speed`."""

    def do(self, command: Command) -> None:
        """Carry `command` out now; a refusal comes back as a message."""

    def plan(self, scenario: Iterable[Command]) -> None:
        """Take another scenario; what lies in the past is not done any more."""

    def revise(self, changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> None:
        """Take over edits of the drawing."""

    def ask(self, topic: str, about: str = "") -> None:
        """Have a Told message about `topic` (see playback.TOPICS)."""

    def take_up(self, journal: Journal, events: tuple[Event, ...], time: int) -> None:
        """Be at `time` of the run of `journal`, paused; `events` are those up to then and are not told again."""

    def latest(self) -> tuple[Layout, Snapshot] | None:
        """The newest picture of the world, None before the first."""

    def poll(self) -> list[Message]:
        """What has happened since the last call."""

    def journal(self) -> Journal:
        """What the run began with and everything that has been done to it, as far as is known here."""

    def state_hash(self) -> str:
        """Fingerprint of the world's state."""

    def close(self) -> None:
        """Let go of everything; nothing may be asked afterwards."""
