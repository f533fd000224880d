"""Let a machine take guests again, even one that is still being emptied.

Unless the figure `home` is false, the guests that have left come back by live migration.
"""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Open the machine, or say why not."""
    return world.maintenance.leave(target, bool(figures.get("home", True)))
