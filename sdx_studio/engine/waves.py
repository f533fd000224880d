"""Waves: guests of a volume that is served elsewhere are registered one by one, and start so many at a time."""

from dataclasses import dataclass, field

from sdx_studio.engine.clock import PLACEMENT, SECOND, micros
from sdx_studio.engine.compute import Compute
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.refuge import refuge
from sdx_studio.engine.replicas import Replicas
from sdx_studio.engine.rooms import Rooms
from sdx_studio.engine.starting import Starting
from sdx_studio.words import mark


@dataclass(slots=True)
class Recovery:
    """One recovery under way; times in µs. Phases: return, drain, decide, register, start, names."""

    phase: str
    began: int
    back: bool = False
    guests: list[str] = field(default_factory=list)
    """Guests that are not registered yet."""
    ready: list[str] = field(default_factory=list)
    """Guests that are registered and have not started."""
    wave: list[str] = field(default_factory=list)
    """Guests that start just now."""
    up: int = 0
    down: int = 0
    """Guests that run again, and guests that stay down."""
    seats: set[str] = field(default_factory=set)
    """Machines on which they sat before."""


class Waves:
    """Registering and starting for all recoveries under way (`active`, by replication)."""

    def __init__(
        self, plant: Plant, topology: Topology, compute: Compute, replicas: Replicas, starting: Starting
    ) -> None:
        self._plant, self._topology, self._compute = plant, topology, compute
        self._replicas, self._copies, self._starting = replicas, replicas.copies, starting
        self.active: dict[str, Recovery] = {}
        self.homes: dict[str, str] = {}
        """Guest → machine on which it sat before it was recovered elsewhere."""

    def begin(self, id: str, recovery: Recovery) -> None:
        """Wait for the next guest's registration, or start those that are registered."""
        recovery.phase = "register"
        if recovery.guests:
            wait = micros(self._plant.parts.replicas[id].register)
            self._plant.agenda.put(self._plant.now + wait, PLACEMENT, "recover", id)
        else:
            recovery.phase = "start"
            self._start(id, recovery)

    def register(self, id: str, recovery: Recovery) -> None:
        """Seat the next guest where most room is, from its configuration."""
        plant, one = self._plant, recovery.guests.pop(0)
        if one in plant.guests and plant.guests[one].condition is Condition.OFF:
            rooms = Rooms(plant, self._compute, self._topology, self._hosts(id, recovery))
            for other in recovery.ready:
                rooms.put(other, str(plant.guests[other].place))
            able, reason = rooms.able(one)
            if able:
                home, here = self.homes.get(one, ""), plant.guests[one].place
                target = home if home in able else rooms.roomiest(rooms.allowed(one, able) or able)
                self.homes[one] = str(here)
                plant.seat_guest(one, target)
                recovery.ready.append(one)
                plant.tell("recovery.registered", one, mark("{vm} is registered on {to}."), vm=Ref(one),
                           to=Ref(target), free=rooms.spare[target], able=len(able))  # fmt: skip
            else:
                self._stays_down(recovery, one, reason)
        self.begin(id, recovery)

    def _hosts(self, id: str, recovery: Recovery) -> list[str]:
        """Machines for the guests of the volume where it lies now."""
        parts, copy = self._plant.parts, self._copies.all[id]
        part = parts.replicas[id]
        here, named = parts.volumes[copy.volume].store or "", part.hosts if copy.turned else ()
        return refuge(self._plant, self._topology, here, part.store, named, recovery.seats)

    def _stays_down(self, recovery: Recovery, one: str, reason: str) -> None:
        recovery.down += 1
        self._plant.tell("recovery.unplaced", one, mark("{vm} stays down: {reason}."), vm=Ref(one), reason=reason)

    def _start(self, id: str, recovery: Recovery) -> None:
        """The next wave, or the names when there is none."""
        plant, part = self._plant, self._plant.parts.replicas[id]
        wave, recovery.ready = recovery.ready[: part.at_once], recovery.ready[part.at_once :]
        for one in wave:
            if one not in plant.guests or plant.guests[one].condition is not Condition.OFF:
                continue
            place = plant.guests[one].place
            if place is None or not plant.up(place):
                self._stays_down(recovery, one, mark("its host is down"))
                continue
            recovery.wave.append(one)
            self._starting.queue(one, place)
        if not recovery.wave and recovery.ready:
            self._start(id, recovery)
        elif not recovery.wave:
            recovery.phase = "names"
            plant.agenda.put(plant.now + micros(part.dns if recovery.up else 0.0), PLACEMENT, "recover", id)

    def settle(self) -> None:
        """See who of the waves has started."""
        plant = self._plant
        for id, recovery in sorted(self.active.items()):
            for one in [one for one in recovery.wave if self._over(one)]:
                recovery.wave.remove(one)
                if one in plant.guests and plant.guests[one].condition is Condition.UP:
                    recovery.up += 1
                    plant.tell("recovery.started", one, mark("{vm} runs again after {seconds}."), vm=Ref(one),
                               seconds=(plant.now - recovery.began) / SECOND)  # fmt: skip
                else:
                    self._stays_down(recovery, one, mark("its start broke off"))
            if recovery.phase == "start" and not recovery.wave:
                self._start(id, recovery)

    def _over(self, one: str) -> bool:
        return one not in self._plant.guests or self._plant.guests[one].condition is not Condition.STARTING

    def finish(self, id: str, recovery: Recovery) -> None:
        """Names lead to the guests where they are now; on the way back copying goes on."""
        plant = self._plant
        del self.active[id]
        plant.tell("recovery.finished", id, mark("{vms} VMs run again after {seconds}, {left} stay down."),
                   vms=recovery.up, left=recovery.down, seconds=(plant.now - recovery.began) / SECOND)  # fmt: skip
        if recovery.back:
            self._replicas.go(id)
