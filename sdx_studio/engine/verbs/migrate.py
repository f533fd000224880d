"""Move a running guest to the machine that the figure `to` names.

`store` names the array or disk to which its volume goes too; `method` is "precopy" or "postcopy" against the custom.
"""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures, word
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Move a running guest to the machine that the figure `to` names."""
    goal = world.plant.machine_of(str(figures.get("to", ""))) or ""
    store, method = str(figures.get("store", "")), word(figures, "method", ("", "precopy", "postcopy"))
    if method is None:
        return mark("A migration is “precopy” or “postcopy”.")
    reason = world.migrations.refusal(target, goal, store, method)
    if reason is not None:
        return reason
    world.migrations.start(target, goal, store, method)
    return None
