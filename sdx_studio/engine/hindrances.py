"""Hindrances: what was drawn so that it cannot work at all; the run goes on without it and says why."""

from collections.abc import Iterator
from math import inf

from sdx_studio.engine.emulation import burden
from sdx_studio.engine.inventory import Inventory
from sdx_studio.engine.parts import Group, Steering
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark

Hindrance = tuple[str, str]
"""Element and reason, in words."""
DEEPEST = 64


def arrange(plant: Plant) -> None:
    """Look at the parts as they now are; say what has become impossible, and what is possible again."""
    found = dict(impossible(plant))
    before, plant.impossible = plant.impossible, set()
    for id in sorted(plant.hindered):
        if id not in plant.parts.ids:
            del plant.hindered[id]
        elif id in before and id not in found:
            plant.relieve(id)
    for id, reason in sorted(found.items()):
        plant.hinder(id, reason)
    plant.impossible = set(found)


def impossible(plant: Plant) -> Iterator[Hindrance]:
    """All that cannot work whatever happens, each with its reason."""
    parts = plant.parts
    yield from _idle(parts)
    yield from _volumes(parts)
    yield from _replicas(parts)
    yield from _tapes(parts)
    for id, cable in parts.cables.items():
        if cable.bandwidth <= 0:
            yield id, mark("it has no bandwidth")
    around = {id: area.parent for id, area in parts.areas.items()}
    yield from _loops({id: parent for id, parent in around.items() if parent is not None})
    yield from _guests(plant)


def _idle(parts: Inventory) -> Iterator[Hindrance]:
    """What commands others and has nobody."""
    groups: list[Group | Steering] = [*parts.groups.values(), *parts.steerings.values()]
    for one in groups:
        if not parts.machines.keys() & set(one.members):
            yield one.id, mark("it has no machines")
    for sprawl in parts.sprawls.values():
        if not parts.machines.keys() & set(sprawl.hosts):
            yield sprawl.id, mark("it has no machines")
    for id in parts.controllers:
        ends = {end for cable in parts.cables_of.get(id, ()) if cable.medium == "control" for end in (cable.a, cable.b)}
        if not any(end in parts.nodes and parts.nodes[end].role == "programmed" for end in ends):
            yield id, mark("no switch hears it")


def _volumes(parts: Inventory) -> Iterator[Hindrance]:
    """Volumes of which all blocks are taken at once and do not fit, the first ones by id first."""
    room = {store: parts.capacity(store) for store in parts.volumes_of}
    for id, volume in parts.volumes.items():
        if volume.store is None:
            continue
        if volume.store not in parts.stores and volume.store not in parts.devices_of:
            yield id, mark("its array is not there")
        elif not volume.thin and parts.devices_of.get(volume.store):
            if volume.size > room[volume.store] * (1 + 1e-9):
                yield id, mark("its array has not enough room for it")
            else:
                room[volume.store] -= volume.size


def _tapes(parts: Inventory) -> Iterator[Hindrance]:
    """Guests that want a tape that another one has, the first one by id has it."""
    owners: dict[str, str] = {}
    for id, guest in parts.guests.items():
        if guest.disk in parts.volumes and parts.volumes[guest.disk].tape and owners.setdefault(guest.disk, id) != id:
            yield id, mark("its tape is in use: one guest has it at a time")


def _replicas(parts: Inventory) -> Iterator[Hindrance]:
    for id, one in parts.replicas.items():
        if one.volume not in parts.volumes:
            yield id, mark("there is no volume to copy")
        elif parts.volumes[one.volume].store == one.store:
            yield id, mark("the copy would lie where the volume lies")
        elif one.store in parts.stores and parts.capacity(one.store) <= 0:
            yield id, mark("its target has no disks")


def _guests(plant: Plant) -> Iterator[Hindrance]:
    """Guests inside themselves, and those that are larger than what they sit on."""
    parts = plant.parts
    places = {id: one.place for id, one in plant.guests.items() if one.place in parts.guests}
    yield from _loops({id: place for id, place in places.items() if place is not None})
    for id, one in plant.guests.items():
        size, place = plant.footprint(parts.guests[id]), one.place
        if place in parts.machines:
            ratio = max((layer.overcommit for layer in parts.layers_on.get(place, ())), default=1.0)
            if size > parts.machines[place].memory * max(1.0, ratio):
                yield id, mark("it needs more memory than its machine has")
            if burden(parts, parts.guests[id], place) == inf:
                yield id, mark("it was built for other processors, and nothing here emulates them")
        elif place in parts.guests and size > parts.guests[place].memory:
            yield id, mark("it needs more memory than what it runs in has")


def _loops(around: dict[str, str]) -> Iterator[Hindrance]:
    for id, outer in around.items():
        at: str | None = outer
        for _ in range(DEEPEST):
            if at is None or at == id:
                break
            at = around.get(at)
        if at == id:
            yield id, mark("it would contain itself")
