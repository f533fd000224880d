"""Edits while running: which dynamic state stays, begins or ends when parts change."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sdx_studio.engine.availability.admission import turned_away
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.measures import keys
from sdx_studio.engine.network.apart import networks
from sdx_studio.engine.parts import (
    Area,
    Cable,
    Device,
    Group,
    Guest,
    Layer,
    Lease,
    Machine,
    Part,
    Sprawl,
    Steering,
    Store,
    Traffic,
)
from sdx_studio.engine.plant import Plant, Tenancy
from sdx_studio.engine.statistics import Key
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

ENDS = (Machine, Store, Device)
"""What a migration cannot do without when it is removed."""


def measured(plant: Plant) -> list[Key]:
    """All measures of the parts as they now are."""
    return keys(plant.parts)


def rewires(changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> bool:
    """Whether a change touches what flows are laid over, so that all of them are planned anew."""
    sorts = {type(part) for part in changed} | {sort for sort, _ in removed}
    return bool(sorts - {Guest, Traffic, Layer, Area, Group, Steering, Sprawl, Lease})


def apply(world: "World", changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> None:
    """Change the parts and bring places, conditions and work under way in line with them."""
    plant = world.plant
    before = {id: (plant.parts.seat(guest.host), guest.powered) for id, guest in plant.parts.guests.items()}
    machines, cables = dict(plant.parts.machines), dict(plant.parts.cables)
    news = sorted(changed, key=lambda part: (type(part).__name__, part.id))
    gone = sorted(removed, key=lambda one: (one[0].__name__, one[1]))
    _release(world, {id for sort, id in gone if sort is Guest}, {id for sort, id in gone if sort in ENDS})
    apart = networks(plant.parts)
    plant.parts.change(news, gone)
    plant.shaken |= networks(plant.parts) != apart
    turned = _switches(plant, machines, cables)
    _guests(world, {id: seat for id, (seat, _) in before.items()})
    for id in sorted(plant.guests.keys() - before.keys()) if before else ():
        if plant.guests[id].condition is Condition.UP and turned_away(plant, id):
            plant.guests[id].condition = Condition.OFF
    for id in turned:
        _switch_machine(world, id, plant.parts.machines[id].powered)
    _resettle(world)
    for id, guest in plant.parts.guests.items():
        if id in before and before[id][1] != guest.powered:
            _switch_guest(world, id, guest.powered)
    plant.touched.update(plant.parts.ids)


def _release(world: "World", guests: set[str], hardware: set[str]) -> None:
    """End what removed guests, machines and stores take part in."""
    for id in sorted(guests & world.plant.guests.keys()):
        world.migrations.abort(id, mark("it was removed"))
        world.availability.forget(id)
    for id in sorted(hardware):
        world.migrations.hit(id)


def _switches(plant: Plant, machines: dict[str, Machine], cables: dict[str, Cable]) -> list[str]:
    """Take over power and plugs where the drawing has changed them; machines that are to be turned on or off."""
    ids = set(plant.parts.ids)
    clusters = plant.clusters
    for sets in (plant.failed, plant.off, plant.cut, *clusters.machines):
        sets &= ids
    for id, machine in plant.parts.machines.items():
        if id not in machines:
            (plant.off.discard if machine.powered else plant.off.add)(id)
    for id, cable in plant.parts.cables.items():
        if id not in cables or cables[id].up != cable.up:
            (plant.cut.discard if cable.up else plant.cut.add)(id)
    return [id for id, one in plant.parts.machines.items() if id in machines and machines[id].powered != one.powered]


def _switch_machine(world: "World", id: str, on: bool) -> None:
    """Somebody has turned the machine's switch in the drawing: the same as the acts."""
    plant = world.plant
    if not on and id not in plant.off:
        world.availability.switch_off(id)
    elif on and id in plant.failed:
        plant.off.discard(id)
    elif on and id in plant.off:
        world.availability.recover(id)


def _resettle(world: "World") -> None:
    """Guests on machines that are off rest; those that were carried from one to a machine that runs start there."""
    plant = world.plant
    for machine, guests in sorted(world.availability.lost.items()):
        for id in [id for id in guests if plant.guests[id].place != machine]:
            guests.remove(id)
            if plant.alive(plant.guests[id].place or "") and plant.guests[id].condition is Condition.OFF:
                world.availability.start(id)
    world.availability.settle_down()


def _switch_guest(world: "World", id: str, on: bool) -> None:
    tenancy = world.plant.guests[id]
    if not on and tenancy.condition is not Condition.OFF:
        world.availability.stop(id)
    elif on and tenancy.condition is Condition.OFF and world.plant.alive(tenancy.place or ""):
        if turned_away(world.plant, id):
            return
        world.availability.start(id)


def _guests(world: "World", before: dict[str, str | None]) -> None:
    plant = world.plant
    powered = {id for id, tenancy in plant.guests.items() if tenancy.condition is not Condition.OFF}
    for id in [id for id in plant.guests if id not in plant.parts.guests]:
        del plant.guests[id]
    known = plant.parts.guests.keys() | plant.parts.machines.keys()
    for id, guest in plant.parts.guests.items():
        seat = plant.parts.seat(guest.host)
        if id not in plant.guests or (plant.guests[id].place is None and seat in known):
            on = Condition.UP if guest.powered and seat is not None else Condition.OFF
            plant.guests[id] = Tenancy(seat, on)
        elif seat != before.get(id):
            world.migrations.abort(id, mark("it was put elsewhere"))
            plant.guests[id].place = seat
    for id in powered & plant.guests.keys():
        if plant.guests[id].place is None:
            world.availability.forget(id)
            plant.guests[id].condition = Condition.OFF
    plant.residents = {}
    for id, tenancy in sorted(plant.guests.items()):
        if tenancy.place not in known:
            tenancy.place, tenancy.condition = None, Condition.OFF
        if tenancy.place is not None:
            plant.residents.setdefault(tenancy.place, []).append(id)
        plant.moved.add(id)
