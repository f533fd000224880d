"""One migration under way, and how a guest on its way looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from math import inf

from sdx_studio.engine.clock import SECOND, micros
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.parts import MigrationStyle
from sdx_studio.engine.plant import Plant


class Phase(IntEnum):
    """Where a migration stands."""

    SETUP = 0
    COPY = 1
    PAUSE = 2
    DONE = 3
    DISK = 4
    """Its volume goes first, because the target cannot reach it."""
    PULL = 5
    """Post-copy: it runs on the target, and its pages follow."""
    QUEUED = 6
    """As many as allowed are on their way before it."""


@dataclass(slots=True)
class Migration:
    """One migration under way; bytes, bytes/s, microseconds."""

    guest: str
    source: str
    target: str
    started: int
    style: MigrationStyle
    store: str = ""
    """Where its volume goes too; empty when that stays where it is."""
    phase: Phase = Phase.SETUP
    round: int = 0
    round_start: int = 0
    round_bytes: float = 0.0
    left: float = 0.0
    since: int = 0
    rate: float = 0.0
    sent: float = 0.0
    apart: float = 0.0
    """Bytes of what was sent that were its volume's."""
    paused: int = 0
    resumed: int = 0
    converged: bool = True
    throttle: float = 0.0
    """How far the guest is slowed (0…1) so that it dirties less."""
    strikes: int = 0
    way: tuple[str, ...] = ()
    """The cables that it takes, from the source on."""
    held: float = 0.0
    """Memory held for it on the target, whatever is edited meanwhile."""

    def left_at(self, now: int) -> float:
        """Bytes of this round still to be sent at `now`."""
        return max(0.0, self.left - self.rate * (now - self.since) / SECOND)

    def sent_at(self, now: int) -> float:
        """Bytes sent so far in all rounds."""
        return self.sent + self.round_bytes - self.left_at(now)

    def begin(self, size: float, now: int, *, counts: bool = True) -> None:
        """Another round of `size` bytes."""
        self.round += counts
        self.round_start = self.since = now
        self.round_bytes = self.left = size

    def account(self, now: int) -> None:
        """The round is over."""
        self.sent += self.round_bytes
        self.left, self.since = 0.0, now

    @property
    def arrived(self) -> bool:
        """Whether all of its memory is on the target, which is about to go on with it."""
        return self.phase is Phase.PAUSE and self.left <= 0 and self.style.method != "postcopy"

    @property
    def under_way(self) -> bool:
        """Whether it counts against what may be on its way at once."""
        return self.phase is not Phase.QUEUED

    @property
    def eta(self) -> float:
        """Seconds (simulated clock) at which this round will be over; infinite while nothing flows."""
        return (self.since + micros(self.left / self.rate)) / SECOND if self.rate > 0 else inf


def visible(plant: Plant, active: Mapping[str, Migration], id: str) -> Condition:
    """The condition of a guest as people see it."""
    tenancy = plant.guests[id]
    if tenancy.condition is Condition.UP and not plant.running(id):
        return Condition.OFF
    if id in plant.stalled and tenancy.condition is Condition.UP and id not in active:
        return Condition.BLOCKED
    return Condition.MOVING if id in active or id in plant.ledger.copied else tenancy.condition


def who(move: Migration) -> dict[str, Ref]:
    """The figures of every event of a migration: the guest, and the machines it leaves and comes to."""
    return named(vm=move.guest, to=move.target) | {"from": Ref(move.source)}


def named(**ids: str) -> dict[str, Ref]:
    """Ids as figures of an event by name."""
    return {name: Ref(id) for name, id in ids.items()}
