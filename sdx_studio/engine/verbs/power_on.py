"""Switch a guest or a machine on."""

from typing import TYPE_CHECKING

from sdx_studio.engine.availability import admission
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.verbs import Figures
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Switch a guest or a machine on."""
    plant = world.plant
    if target in plant.guests:
        return _guest(world, target)
    if target not in plant.parts.machines:
        return mark("Only guests and machines can be switched on and off.")
    if target in plant.failed:
        return mark("It has failed; repair it first.")
    if target in plant.clusters.leaving:
        plant.clusters.leaving.discard(target)
        plant.tell("element.stays", target, mark("It stays on."))
        return None
    if plant.up(target):
        return mark("It is on already.")
    world.availability.recover(target)
    return None


def _guest(world: "World", target: str) -> str | None:
    plant = world.plant
    if plant.guests[target].condition is not Condition.OFF:
        return mark("It is on already.")
    if world.recoveries.holds(target):
        return mark("It is about to start at another site.")
    place = plant.guests[target].place
    if place is None or not plant.alive(place):
        return mark("What it sits on is not running.")
    if place in plant.parts.machines:
        reason = _crowded(world, target, place)
        if reason is not None:
            return reason
    world.availability.start(target)
    return None


def _crowded(world: "World", target: str, machine: str) -> str | None:
    """Why guest `target` cannot start in its cluster just now; it may have been put on another machine for it."""
    plant = world.plant
    reason = admission.refusal(plant, target, machine)
    if reason is not None:
        return reason
    home = world.balancing.settle_in(target)
    if home in plant.clusters.closed:
        return mark("Its machine is in maintenance.")
    if home in plant.clusters.leaving:
        return mark("Its machine is being emptied to be switched off.")
    if home == machine and plant.footprint(plant.parts.guests[target]) > plant.memory_free(machine):
        return mark("The machine has not enough free memory.")
    return None
