"""Make failed hardware work again."""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Make failed hardware work again."""
    if not world.hardware(target):
        return mark("Only machines, network nodes and stores can fail.")
    if target not in world.plant.failed:
        return mark("It has not failed.")
    world.availability.repair(target)
    return None
