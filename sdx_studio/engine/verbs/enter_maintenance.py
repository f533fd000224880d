"""Empty a machine by live migration, so that it can be worked on."""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Begin to empty the machine, or say why it cannot be emptied."""
    return world.maintenance.enter(target)
