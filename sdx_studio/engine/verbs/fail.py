"""Let hardware fail at once; a place fails with all that stands in it."""

from typing import TYPE_CHECKING

from sdx_studio.engine.areas import inside
from sdx_studio.engine.verbs import Figures
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Let hardware fail at once."""
    plant = world.plant
    if target in plant.failed:
        return mark("It has failed already.")
    if target in plant.parts.areas:
        plant.failed.add(target)
        plant.tell("element.failed", target, mark("It has failed with all that stands in it."))
        for id in inside(plant.parts, target):
            if id not in plant.failed:
                world.availability.fail(id)
        return None
    if not world.hardware(target):
        return mark("Only hardware and places can fail: machines, network nodes, stores, racks and sites.")
    world.availability.fail(target)
    return None
