"""Make failed hardware work again; a place with all that stands in it."""

from typing import TYPE_CHECKING

from sdx_studio.engine.areas import inside
from sdx_studio.engine.verbs import Figures
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Make failed hardware work again."""
    plant = world.plant
    if target not in plant.parts.areas and not world.hardware(target):
        return mark("Only hardware and places can fail: machines, network nodes, stores, racks and sites.")
    if target not in plant.failed:
        return mark("It has not failed.")
    if target not in plant.parts.areas:
        world.availability.repair(target)
        return None
    plant.failed.discard(target)
    plant.tell("element.repaired", target, mark("It works again with all that stands in it."))
    for id in inside(plant.parts, target):
        if id in plant.failed:
            world.availability.repair(id)
    return None
