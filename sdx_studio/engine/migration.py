"""Live migration by pre-copy: rounds over the network while the guest runs and dirties pages, then a short pause.

Random writes leave W·(1 − exp(−D·t/W)) bytes dirty after t seconds (pages drawn at random from a writable working
set of W bytes at D bytes/s); the method is that of Clark et al., "Live Migration of Virtual Machines", NSDI 2005.
"""

from dataclasses import dataclass
from enum import IntEnum
from math import expm1, inf

from sdx_studio.engine.clock import NETWORK, SECOND, micros
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import PAYLOAD, Flow
from sdx_studio.engine.parts import Machine
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark

TARGET_DOWNTIME = 0.3
MAX_ROUNDS = 30
SENT_FACTOR = 3.0
SHRINKING = 0.9
SETUP = 1.0
RESUME = 0.03
CPU_LEFT = 0.9


def dirtied(rate: float, working_set: float, seconds: float) -> float:
    """Bytes dirty after `seconds` of random writes at `rate` bytes/s over `working_set` bytes."""
    return -working_set * expm1(-rate * seconds / working_set) if working_set > 0 else 0.0


class Phase(IntEnum):
    """Where a migration stands."""

    SETUP = 0
    COPY = 1
    PAUSE = 2
    DONE = 3


@dataclass(slots=True)
class Migration:
    """One migration under way; bytes, bytes/s, microseconds."""

    guest: str
    source: str
    target: str
    started: int
    phase: Phase = Phase.SETUP
    round: int = 0
    round_start: int = 0
    round_bytes: float = 0.0
    left: float = 0.0
    since: int = 0
    rate: float = 0.0
    sent: float = 0.0
    paused: int = 0
    converged: bool = True
    held: float = 0.0
    """Memory held for it on the target, whatever is edited meanwhile."""

    def left_at(self, now: int) -> float:
        """Bytes of this round still to be sent at `now`."""
        return max(0.0, self.left - self.rate * (now - self.since) / SECOND)

    def sent_at(self, now: int) -> float:
        """Bytes sent so far in all rounds."""
        return self.sent + self.round_bytes - self.left_at(now)


class Migrations:
    """All migrations under way, by guest."""

    def __init__(self, plant: Plant, fabric: Fabric) -> None:
        self._plant = plant
        self._fabric = fabric
        self._topology = fabric.topology
        self.active: dict[str, Migration] = {}
        self.count = 0
        self.downtime = 0.0
        """Seconds that guests stood still, in all finished migrations."""

    def refusal(self, id: str, target: str) -> str | None:
        """Why guest `id` cannot move to machine `target` now, in words; None when it can."""
        plant, parts = self._plant, self._plant.parts
        if target not in parts.machines:
            return mark("The target is no machine.")
        if not plant.up(target):
            return mark("The target is switched off or has failed.")
        if id not in parts.guests or not parts.guests[id].migrates:
            return mark("It cannot be moved while it runs.")
        if id in self.active:
            return mark("It is already on its way.")
        source = plant.guests[id].place
        if source == target:
            return mark("It is already there.")
        if not plant.running(id) or source not in parts.machines:
            return mark("It is not running on a machine.")
        return self._no_room(id, str(source), target) or self._unreachable(id, str(source), target)

    def _no_room(self, id: str, source: str, target: str) -> str | None:
        plant, parts = self._plant, self._plant.parts
        if plant.footprint(parts.guests[id]) > plant.memory_free(target):
            return mark("The target has not enough free memory.")
        if parts.guests[id].reservation > plant.unreserved(target) + self._promised(target):
            return mark("The target has not enough cores that are not reserved.")
        if not _same_family(parts.machines[source], parts.machines[target]):
            return mark("The target's processors are of another family.")
        return None

    def _promised(self, target: str) -> float:
        """Cores (negative) that guests on their way to `target` have reserved."""
        guests = self._plant.parts.guests
        return -sum(guests[id].reservation for id, move in sorted(self.active.items()) if move.target == target)

    def _unreachable(self, id: str, source: str, target: str) -> str | None:
        here, there = self._topology.endpoint(source), self._topology.endpoint(target)
        if self._plant.shaken:
            self._topology.survey()
        if here is None or there is None or self._topology.path(here, there, None, False) is None:
            return mark("There is no network path between the two machines.")
        for one in self._plant.family(id):
            disk = self._plant.parts.guests[one].disk
            if disk in self._plant.parts.volumes and not self._topology.reaches(target, str(disk)):
                return mark("The target cannot reach its volume.")
        return None

    def start(self, id: str, target: str) -> None:
        """Begin to move guest `id`; what would refuse it has been asked before."""
        plant = self._plant
        source = str(plant.guests[id].place)
        memory = plant.footprint(plant.parts.guests[id])
        self.active[id] = Migration(id, source, target, plant.now, since=plant.now, held=memory)
        plant.incoming[target] = plant.incoming.get(target, 0.0) + memory
        plant.guests[id].factor = CPU_LEFT
        plant.refresh(id)
        plant.refresh(target)
        plant.agenda.put(plant.now + micros(SETUP), NETWORK, "move", id)
        plant.tell(
            "migration.started", id, mark("{vm} begins to move from {from} to {to}."), **self._who(self.active[id])
        )

    def proceed(self, id: str, _payload: object) -> None:
        """A phase or round of guest `id` is over."""
        move = self.active.get(id)
        if move is None:
            return
        if move.phase is Phase.SETUP:
            move.phase = Phase.COPY
            self._begin(move, self._plant.parts.guests[id].memory)
            self._fabric.open(Flow(("move", id), move.source, move.target))
        elif move.phase is Phase.COPY:
            self._next_round(move)
        elif move.left > 0:
            self._account(move)
            self._fabric.close(("move", id))
            self._plant.agenda.put(self._plant.now + micros(RESUME), NETWORK, "move", id)
        else:
            self._finish(move)

    def follow(self, flow: Flow) -> None:
        """Take over the rate that the fabric has given, or give up when there is no way any more."""
        move = self.active[flow.key[1]]
        now = self._plant.now
        if flow.blocked:
            self.abort(move.guest, mark("the network path is lost"))
            return
        move.left, move.since = move.left_at(now), now
        move.rate = flow.rate / 8 * PAYLOAD
        self._plan(move)

    def abort(self, id: str, reason: str) -> None:
        """Give a migration up; the guest stays where it is."""
        plant = self._plant
        move = self.active.pop(id, None)
        if move is None:
            return
        self._release(move)
        plant.agenda.cancel("move", id)
        plant.tell(
            "migration.failed", id, mark("Moving {vm} to {to} failed: {reason}."), reason=reason, **self._who(move)
        )

    def hit(self, element: str) -> None:
        """A machine or guest went down: end what it takes part in."""
        for id in sorted(self.active):
            move = self.active[id]
            if element == move.target:
                self.abort(id, mark("the target went down"))
            elif element == move.source:
                self.abort(id, mark("the source went down"))
            elif element == id:
                self.abort(id, mark("it was switched off"))

    def _next_round(self, move: Migration) -> None:
        plant = self._plant
        guest = plant.parts.guests[move.guest]
        self._account(move)
        seconds = (plant.now - move.round_start) / SECOND
        dirty = min(guest.memory, dirtied(guest.dirty_rate, guest.working_set or guest.memory, seconds))
        plant.tell(
            "migration.round", move.guest, mark("Round {round}: {dirty} are dirty again."),
            round=move.round, dirty=dirty, bytes=move.round_bytes, seconds=seconds,
        )  # fmt: skip
        short = dirty <= TARGET_DOWNTIME * move.rate
        stuck = move.sent > SENT_FACTOR * guest.memory and dirty >= SHRINKING * move.round_bytes
        if short or move.round >= MAX_ROUNDS or stuck:
            move.converged = short
            move.phase = Phase.PAUSE
            move.paused = plant.now
            plant.guests[move.guest].factor = 0.0
            plant.refresh(move.guest)
            plant.tell("migration.switchover", move.guest, mark("{vm} pauses for the last pages."), **self._who(move))
            self._begin(move, max(dirty, 1.0), counts=False)
        else:
            self._begin(move, dirty)
        self._plan(move)

    def _begin(self, move: Migration, size: float, counts: bool = True) -> None:
        move.round += counts
        move.round_start = move.since = self._plant.now
        move.round_bytes = move.left = size

    def _account(self, move: Migration) -> None:
        move.sent += move.round_bytes
        move.left, move.since = 0.0, self._plant.now

    def _plan(self, move: Migration) -> None:
        if move.rate > 0:
            wait = max(1, micros(move.left / move.rate))
            self._plant.agenda.put(move.since + wait, NETWORK, "move", move.guest)
        else:
            self._plant.agenda.cancel("move", move.guest)

    def _finish(self, move: Migration) -> None:
        plant = self._plant
        del self.active[move.guest]
        self._release(move)
        plant.seat_guest(move.guest, move.target)
        downtime = (plant.now - move.paused) / SECOND
        self.count += 1
        self.downtime += downtime
        plant.tell(
            "migration.finished", move.guest,
            mark("{vm} has moved from {from} to {to} in {total} with {downtime} of pause."),
            rounds=move.round, total=(plant.now - move.started) / SECOND, downtime=downtime, sent=move.sent,
            converged=move.converged, **self._who(move),
        )  # fmt: skip

    def _release(self, move: Migration) -> None:
        plant = self._plant
        self._fabric.close(("move", move.guest))
        held = plant.incoming.get(move.target, 0.0) - move.held
        plant.incoming[move.target] = held if any(one.target == move.target for one in self.active.values()) else 0.0
        plant.guests[move.guest].factor = 1.0
        plant.refresh(move.guest)
        plant.refresh(move.target)

    def _who(self, move: Migration) -> dict[str, Ref]:
        return {**_named(vm=Ref(move.guest)), "from": Ref(move.source), "to": Ref(move.target)}

    def eta(self, move: Migration) -> float:
        """Seconds (simulated clock) at which this round will be over; infinite while nothing flows."""
        if move.rate <= 0:
            return inf
        return (move.since + micros(move.left / move.rate)) / SECOND


def _same_family(a: Machine, b: Machine) -> bool:
    return not a.family or not b.family or a.family == b.family


def _named(**figures: Ref) -> dict[str, Ref]:
    return figures


def visible(plant: Plant, active: dict[str, Migration], id: str) -> Condition:
    """The condition of a guest as people see it."""
    tenancy = plant.guests[id]
    if tenancy.condition is Condition.UP and not plant.running(id):
        return Condition.OFF
    if id in plant.stalled and tenancy.condition is Condition.UP and id not in active:
        return Condition.BLOCKED
    return Condition.MOVING if id in active else tenancy.condition
