"""Switch a guest or a machine off; with the figure `when` "empty" a machine waits until its last guest has left."""

from typing import TYPE_CHECKING

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.verbs import Figures, word
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Switch a guest or a machine off."""
    plant, when = world.plant, word(figures, "when", ("now", "empty"))
    if when is None:
        return mark("It is switched off “now” or when it is “empty”.")
    if target in plant.guests:
        if plant.guests[target].condition is Condition.OFF:
            return mark("It is off already.")
        plant.promised.difference_update(plant.family(target))
        world.availability.stop(target)
        return None
    if target not in plant.parts.machines:
        return mark("Only guests and machines can be switched on and off.")
    if not plant.up(target):
        return mark("It is off already.")
    if when == "empty":
        if target in plant.clusters.leaving:
            return mark("It is being emptied already.")
        world.availability.leave(target)
    else:
        world.availability.switch_off(target)
    return None
