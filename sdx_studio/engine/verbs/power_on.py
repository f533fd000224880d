"""Switch a guest or a machine on."""

from typing import TYPE_CHECKING

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
    if plant.up(target):
        return mark("It is on already.")
    world.availability.recover(target)
    return None


def _guest(world: "World", target: str) -> str | None:
    plant = world.plant
    if plant.guests[target].condition is not Condition.OFF:
        return mark("It is on already.")
    place = plant.guests[target].place
    if place is None or not plant.alive(place):
        return mark("What it sits on is not running.")
    if place in plant.parts.machines and plant.footprint(plant.parts.guests[target]) > plant.memory_free(place):
        return mark("The machine has not enough free memory.")
    world.availability.start(target)
    return None
