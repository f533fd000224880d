"""Recovery at another site: the copy of a volume becomes the volume, and the VMs on it start there in waves.

Somebody decides; the volume is served from its copy; VMs are registered there one after another from their
configurations; so many start at a time; then names lead to them. Planned, and on the way back, they are shut down
first and all that they wrote is copied, so that nothing is lost.
"""

from sdx_studio.engine.availability import Availability
from sdx_studio.engine.clock import PLACEMENT, micros
from sdx_studio.engine.compute import Compute
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.refuge import refuge
from sdx_studio.engine.replicas import Replicas
from sdx_studio.engine.starting import Starting
from sdx_studio.engine.waves import Recovery, Waves
from sdx_studio.words import mark


class Recoveries:
    """All recoveries by replication."""

    def __init__(
        self, plant: Plant, topology: Topology, compute: Compute, replicas: Replicas, availability: Availability,
        starting: Starting,
    ) -> None:  # fmt: skip
        self._plant, self._topology = plant, topology
        self._replicas, self._copies = replicas, replicas.copies
        self._availability = availability
        self.waves = Waves(plant, topology, compute, replicas, starting)
        self.active = self.waves.active
        replicas.arrived, replicas.drained = self._returned, self._switch

    # what somebody asks for -----------------------------------------------------------------------------------------

    def over(self, id: str, planned: bool) -> str | None:
        """Use the copy of replication `id` in place of its volume, or say why not and change nothing."""
        if id in self._copies.all and self._copies.all[id].turned and id not in self.active:
            return mark("It has been failed over already; fail back first.")
        reason = self._refusal(id) or self._risky(id, planned)
        if reason is not None:
            return reason
        plant, part = self._plant, self._plant.parts.replicas[id]
        guests = self._promised(id)
        if planned:
            plant.tell("recovery.planned", id, mark("{vms} VMs on {volume} are shut down; what they wrote is copied."),
                       vms=len(guests), volume=Ref(part.volume))  # fmt: skip
            self.active[id] = Recovery("drain", plant.now, guests=guests, seats=self._seats(id))
            self._drain(id)
            return None
        copy = self._copies.all[id]
        copy.worst = max(copy.worst, self._copies.age(id))
        plant.tell("recovery.declared", id, mark("{volume} will be served by {store}: the last {seconds} are lost."),
                   volume=Ref(part.volume), store=Ref(part.store), seconds=self._copies.age(id),
                   vms=len(guests))  # fmt: skip
        self._replicas.halt(id)
        self.active[id] = Recovery("decide", plant.now, guests=guests, seats=self._seats(id))
        plant.agenda.put(plant.now + micros(part.decide), PLACEMENT, "recover", id)
        return None

    def back(self, id: str) -> str | None:
        """Copy what has changed back to the first store and let the VMs run there again, or say why not."""
        copy = self._copies.all.get(id)
        if copy is None or not copy.turned:
            return mark("It has not been failed over.")
        reason = self._refusal(id)
        if reason is not None:
            return reason
        plant, part = self._plant, self._plant.parts.replicas[id]
        if not plant.up(copy.away):
            return mark("The array that has the data is down.")
        self.active[id] = Recovery("return", plant.now, back=True, seats=self._seats(id))
        plant.tell("recovery.returning", id, mark("What has changed goes back to {store}: {bytes}."),
                   store=Ref(part.store), bytes=self._copies.changed(id))  # fmt: skip
        self._replicas.go(id)
        return None

    def _refusal(self, id: str) -> str | None:
        """Why the copy cannot be used at all just now."""
        plant, copy, part = self._plant, self._copies.all.get(id), self._plant.parts.replicas.get(id)
        if copy is None or part is None:
            return mark("It copies nothing.")
        if id in self.active and self.active[id].phase not in ("drain", "return"):
            return mark("A fail-over is under way already.")
        if not plant.up(part.store):
            return mark("The array with the copy is down.")
        used = sum(plant.parts.volumes[one.id].size for one in plant.parts.volumes_of.get(part.store, ()))
        if plant.parts.capacity(part.store) - used < plant.parts.volumes[copy.volume].size:
            return mark("The array with the copy has not enough room for the volume.")
        there = plant.parts.volumes[copy.volume].store or ""
        named = () if copy.turned else part.hosts
        found = refuge(plant, self._topology, part.store, there, named, self._seats(id))
        return None if found else mark("No host there is up and reaches the copy.")

    def _seats(self, id: str) -> set[str]:
        """Machines on which the guests of the volume sit."""
        places = map(self._plant.machine_of, self._copies.users(id))
        return {place for place in places if place is not None}

    def _risky(self, id: str, planned: bool) -> str | None:
        """Why a fail-over would lose everything, or let VMs run twice."""
        plant, copy = self._plant, self._copies.all[id]
        if copy.turned:
            return mark("A fail-over is under way already.")
        if copy.complete is None:
            return mark("There is no complete copy yet.")
        if planned and id in self.active:
            return mark("A fail-over is under way already.")
        if planned and not plant.up(plant.parts.volumes[copy.volume].store or ""):
            return mark("Its source is down: there is nothing to shut down.")
        if not planned and self._running(id):
            return mark("Its source still runs: the VMs would run twice.")
        return None

    def _running(self, id: str) -> list[str]:
        return [one for one in self._copies.users(id) if self._plant.guests[one].condition is not Condition.OFF]

    def _promised(self, id: str) -> list[str]:
        """Guests of the volume that somebody counts on, those of high priority first."""
        guests = self._plant.parts.guests
        known = self._plant.promised | set(self._running(id))
        return sorted((one for one in self._copies.users(id) if one in known), key=lambda one: guests[one].priority)

    # what follows ---------------------------------------------------------------------------------------------------

    def _drain(self, id: str) -> None:
        for one in self._running(id):
            self._availability.stop(one)
        self._replicas.drain(id)

    def _returned(self, id: str) -> None:
        """The first store has nearly all: shut down, copy the rest."""
        recovery = self.active.get(id)
        if recovery is not None and recovery.phase == "return":
            recovery.phase, recovery.guests = "drain", self._promised(id)
            self._drain(id)

    def proceed(self, id: str, _payload: object) -> None:
        """A phase of a recovery is over, or the next guest is registered."""
        recovery = self.active.get(id)
        if recovery is None:
            return
        if recovery.phase == "decide":
            self._decided(id)
        elif recovery.phase == "register":
            self.waves.register(id, recovery)
        elif recovery.phase == "names":
            self.waves.finish(id, recovery)

    def _decided(self, id: str) -> None:
        if self._running(id):
            del self.active[id]
            self._plant.tell("recovery.abandoned", id, mark("The fail-over is given up: its source runs again."))
            self._replicas.go(id)
        else:
            self._switch(id)

    def _switch(self, id: str) -> None:
        """The copy is the volume from now on."""
        plant, recovery = self._plant, self.active.get(id)
        if recovery is None:
            return
        users = set(self._copies.users(id))
        for waiting in self._availability.lost.values():
            waiting[:] = [one for one in waiting if one not in users]
        for one in self._running(id):
            self._availability.stop(one)
        self._replicas.turn(id)
        volume = plant.parts.volumes[self._copies.all[id].volume]
        plant.tell("recovery.switched", id, mark("{volume} is served by {store} now."), volume=Ref(volume.id),
                   store=Ref(str(volume.store)))  # fmt: skip
        self.waves.begin(id, recovery)

    def holds(self, guest: str) -> bool:
        """Whether `guest` is shut down because it will start at another site."""
        under_way = [one for one in self.active.values() if one.phase not in ("decide", "return")]
        return any(guest in one.guests or guest in one.ready for one in under_way)

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        return (self.active, self.waves.homes)

    def arrange(self) -> None:
        """Recoveries of what is not drawn any more are over."""
        for id in [id for id in self.active if id not in self._copies.all]:
            del self.active[id]
            self._plant.agenda.cancel("recover", id)
        homes = self.waves.homes
        for one in [one for one in homes if one not in self._plant.guests]:
            del homes[one]
