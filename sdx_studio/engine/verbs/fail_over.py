"""Start the VMs of a volume, or of a whole site, from their copy at another site.

With the figure `planned` "yes" they are shut down first and what they wrote is copied: nothing is lost.
"""

from typing import TYPE_CHECKING

from sdx_studio.engine.refuge import of_area, out_of
from sdx_studio.engine.verbs import Figures, word
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Begin the fail-over, or say why it cannot be done."""
    asked = word(figures, "planned", ("no", "yes"))
    if asked is None:
        return mark("Whether a fail-over is planned is “yes” or “no”.")
    planned = asked == "yes"
    if target in world.plant.parts.areas:
        return of_area(world, "fail_over", out_of(world, target), lambda one: world.recoveries.over(one, planned))
    return world.recoveries.over(target, planned)
