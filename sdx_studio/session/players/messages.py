"""What a player tells: frozen values that travel between processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sdx_studio.engine.events import Event
from sdx_studio.engine.parts import Command
from sdx_studio.engine.snapshot import Layout


@dataclass(frozen=True, slots=True)
class Watch:
    """What time is to be held for: `element` (None: any) has a measure on this side of `limit`, or an event happens.

    `measures` are names of which one is enough (base units); where there are none, `event` is a kind of event, or the
    beginning of kinds when it ends with a dot. `sign` is one of > >= < <= = !=.
    """

    element: str | None = None
    measures: tuple[str, ...] = ()
    sign: str = ">"
    limit: float = 0.0
    event: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """Events of the run, in order."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A command was not carried out, and why, in words."""

    command: Command
    reason: str


@dataclass(frozen=True, slots=True)
class Paused:
    """Time stands at `time` (µs)."""

    time: int


@dataclass(frozen=True, slots=True)
class Crashed:
    """The world has stopped working; `text` is for a bug report."""

    text: str


@dataclass(frozen=True, slots=True)
class Rewound:
    """The run is at `time` (µs) again; of its events only so many have happened yet."""

    time: int
    events: int


@dataclass(frozen=True, slots=True)
class Busy:
    """The engine lives, but has not come to an end of one step for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Restarted:
    """The engine's process was lost, `reason` says how in words; another one goes on from `time` (µs)."""

    reason: str
    time: int


@dataclass(frozen=True, slots=True)
class Caught:
    """`watch` has come true at `time` (µs), and time is held: for which element, with which value (base unit)."""

    time: int
    watch: Watch
    element: str
    value: float


@dataclass(frozen=True, slots=True)
class Slowed:
    """Time goes slowly for a while because of what happened, or again as it was wished."""

    on: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What was asked for: `figures` about `topic` at `time` (µs)."""

    topic: str
    time: int
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LayoutChanged:
    """Snapshots are laid out like this from now on."""

    layout: Layout


Message = Happened | Refused | Paused | Crashed | LayoutChanged | Rewound | Busy | Restarted | Caught | Slowed | Told
