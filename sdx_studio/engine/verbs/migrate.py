"""Move a running guest to the machine that the figure `to` names."""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Move a running guest to the machine that the figure `to` names."""
    goal = world.plant.machine_of(str(figures.get("to", ""))) or ""
    reason = world.migrations.refusal(target, goal)
    if reason is not None:
        return reason
    world.migrations.start(target, goal)
    return None
