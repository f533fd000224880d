"""Carry out the moves that a group's load balancing recommends."""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Begin the recommended moves, or say why there are none."""
    return world.balancing.apply(target)
