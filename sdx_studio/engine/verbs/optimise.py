"""Let the controllers choose the ways of all flows anew."""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Let the controllers choose the ways of all flows anew."""
    if target not in world.plant.parts.controllers:
        return mark("Only a controller can choose ways anew.")
    if not world.plant.up(target):
        return mark("It has failed or is switched off.")
    world.fabric.optimise()
    return None
