"""Mend a cable."""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Mend a cable."""
    if target not in world.plant.parts.cables:
        return mark("Only cables can be cut and mended.")
    if target not in world.plant.cut:
        return mark("It is not cut.")
    world.plant.cut.discard(target)
    world.plant.shaken = True
    world.plant.tell("cable.mended", target, mark("It is mended."))
    return None
