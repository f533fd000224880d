"""Cut a cable."""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Cut a cable."""
    if target not in world.plant.parts.cables:
        return mark("Only cables can be cut and mended.")
    if target in world.plant.cut:
        return mark("It is cut already.")
    world.plant.cut.add(target)
    world.plant.shaken = True
    world.plant.tell("cable.cut", target, mark("It is cut."))
    return None
