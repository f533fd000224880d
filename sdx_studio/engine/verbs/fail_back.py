"""Let the VMs of a volume, or of a whole site, run at home again: what has changed goes back, then they move."""

from typing import TYPE_CHECKING

from sdx_studio.engine.refuge import of_area, out_of
from sdx_studio.engine.verbs import Figures

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Begin to fail back, or say why it cannot be done."""
    if target in world.plant.parts.areas:
        return of_area(world, "fail_back", out_of(world, target), world.recoveries.back)
    return world.recoveries.back(target)
