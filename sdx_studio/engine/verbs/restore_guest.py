"""Bring a guest back that a lease rule has deleted, from its configuration; of a rule or sprawl the last one."""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, _figures: Figures) -> str | None:
    """Let it come back and start, or say why it cannot."""
    return world.leases.restores.restore(target)
