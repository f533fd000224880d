"""Let a machine take guests again, even one that is still being emptied.

Unless the figure `home` is false, the guests that have left come back by live migration.
"""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures, word
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Open the machine, or say why not."""
    home = word(figures, "home", ("yes", "no"))
    if home is None:
        return mark("Whether the guests come home is “yes” or “no”.")
    return world.maintenance.leave(target, home == "yes")
