"""What a player tells: frozen values that travel between processes."""

from dataclasses import dataclass

from sdx_studio.engine.events import Event
from sdx_studio.engine.parts import Command
from sdx_studio.engine.snapshot import Layout


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
class LayoutChanged:
    """Snapshots are laid out like this from now on."""

    layout: Layout


Message = Happened | Refused | Paused | Crashed | LayoutChanged | Rewound | Busy | Restarted
