"""Admission: why a guest cannot move to a machine just now."""

from collections.abc import Mapping
from math import inf

from sdx_studio.engine.emulation import burden
from sdx_studio.engine.migration.record import Migration
from sdx_studio.engine.network.apart import network_of
from sdx_studio.engine.network.paths import Route
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.parts import Machine, MigrationStyle
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark


class Admission:
    """Asks what a hypervisor asks before it starts: memory, cores, processors, network, storage, bandwidth."""

    def __init__(self, plant: Plant, topology: Topology, active: Mapping[str, Migration]) -> None:
        self._plant = plant
        self._topology = topology
        self._active = active

    def refusal(self, id: str, target: str, store: str, style: MigrationStyle) -> str | None:
        """Why guest `id` cannot move to machine `target` now, in words; None when it can."""
        plant, parts = self._plant, self._plant.parts
        if target not in parts.machines:
            return mark("The target is no machine.")
        if not plant.up(target):
            return mark("The target is switched off or has failed.")
        if target in plant.clusters.closed:
            return mark("The target is in maintenance.")
        if target in plant.clusters.leaving:
            return mark("The target is being emptied to be switched off.")
        if id not in parts.guests or not parts.guests[id].migrates:
            return mark("It cannot be moved while it runs.")
        if id in self._active or id in plant.ledger.copied:
            return mark("It is already on its way.")
        source = plant.guests[id].place
        if source == target:
            return mark("It is already there.")
        if not plant.running(id) or source not in parts.machines:
            return mark("It is not running on a machine.")
        return self._no_room(id, str(source), target) or self._unreachable(id, str(source), target, store, style)

    def _no_room(self, id: str, source: str, target: str) -> str | None:
        plant, parts = self._plant, self._plant.parts
        if plant.footprint(parts.guests[id]) > plant.memory_free(target):
            return mark("The target has not enough free memory.")
        if parts.guests[id].reservation > plant.unreserved(target) - self._promised(target):
            return mark("The target has not enough cores that are not reserved.")
        if not _same_family(parts.machines[source], parts.machines[target]):
            return mark("The target's processors are of another family.")
        if burden(parts, parts.guests[id], target) == inf:
            return mark("It was built for other processors, and nothing on the target emulates them.")
        return None

    def _promised(self, target: str) -> float:
        """Cores that guests on their way to `target` have reserved."""
        guests = self._plant.parts.guests
        return sum(guests[id].reservation for id, move in sorted(self._active.items()) if move.target == target)

    def _unreachable(self, id: str, source: str, target: str, store: str, style: MigrationStyle) -> str | None:
        network = network_of(self._plant.parts, source)
        if network != network_of(self._plant.parts, target):
            return mark("The two machines are not on the same migration network.")
        route = self.route(source, target)
        if route is None and network is not None:
            return mark("There is no path on the migration network between the two machines.")
        if route is None:
            return mark("There is no network path between the two machines.")
        narrowest = min((self._plant.parts.cables[one].bandwidth for one in route.cables), default=style.reserve)
        if narrowest < style.reserve:
            return mark("The network between them is slower than a migration needs.")
        if not all(self._talks_on(one, source, target) for one in self._plant.family(id)):
            return mark("The target does not reach the VLANs that its traffic uses.")
        for one in self._plant.family(id):
            disk = self._plant.parts.guests[one].disk
            if disk in self._plant.parts.volumes:
                reason = self._no_storage(str(disk), target, store)
                if reason is not None:
                    return reason
        return None

    def _talks_on(self, one: str, source: str, target: str) -> bool:
        """Whether all with whom guest `one` exchanges traffic now can be reached from `target` too, in its VLANs."""
        for other, vlan in self._plant.parts.talks.get(one, ()):
            far = self._topology.endpoint(other)
            hears = far is not None and self._reaches(source, far, vlan)
            if hears and not self._reaches(target, str(far), vlan):
                return False
        return True

    def _reaches(self, here: str, there: str, vlan: int | None) -> bool:
        return here == there or self._topology.path(here, there, vlan, False) is not None

    def _no_storage(self, disk: str, target: str, store: str) -> str | None:
        parts = self._plant.parts
        if not store:
            if not self._topology.reaches(target, disk):
                return mark("The target cannot reach its volume.")
            return None
        if store not in parts.stores and store not in parts.devices_of:
            return mark("Its volume can only go to an array or a disk.")
        if not self._topology.reaches_store(target, store):
            return mark("The target cannot reach the storage for its volume.")
        volume = parts.volumes[disk]
        if parts.capacity(store) - sum(one.size for one in parts.volumes_of.get(store, ())) < volume.size:
            return mark("The storage for its volume has not enough room.")
        return None

    def store_of(self, id: str) -> str | None:
        """Where the volume of guest `id` lies; None without one."""
        disk = self._plant.parts.volumes.get(self._plant.parts.guests[id].disk or "")
        return None if disk is None else disk.store

    def serves(self, id: str, target: str) -> bool:
        """Whether guest `id` and those inside it could be served from their volumes on machine `target` just now."""
        parts = self._plant.parts
        disks = [parts.guests[one].disk for one in self._plant.family(id)]
        return all(self._topology.reaches(target, str(disk)) for disk in disks if disk in parts.volumes)

    def route(self, source: str, target: str) -> Route | None:
        """The way of a migration between two machines just now, on their migration network if they have one."""
        here, there = self._topology.endpoint(source), self._topology.endpoint(target)
        if self._plant.shaken:
            self._topology.survey()
        if here is None or there is None:
            return None
        network = network_of(self._plant.parts, source)
        if network != network_of(self._plant.parts, target):
            return None
        return self._topology.path(here, there, network, False)


def _same_family(a: Machine, b: Machine) -> bool:
    return not a.family or not b.family or a.family == b.family
