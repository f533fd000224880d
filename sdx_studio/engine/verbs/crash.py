"""The kernel of a layer crashes, and all that runs on it goes with it; it comes back by itself after a reboot.

On a machine the cluster notices it like a failure. `reboot` (s) is how long the machine takes to come back.
"""

from typing import TYPE_CHECKING

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.verbs import LONGEST, Figures, number
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

REBOOT = 60.0


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Let it crash, or say why it cannot."""
    plant, reboot = world.plant, number(figures, "reboot", REBOOT, 0.0, LONGEST)
    if reboot is None:
        return mark("How long a start takes is a number of seconds, from 0 to ten years.")
    layer = plant.parts.layers.get(target)
    under = target if layer is None else plant.parts.seat(layer.host)
    if under in plant.guests:
        if plant.guests[under].condition is Condition.OFF:
            return mark("It is not running.")
        world.availability.reboot(under, target)
        return None
    if under is None or under not in plant.parts.machines:
        return mark("Only what has a kernel can crash: a VM, a hypervisor or an OS.")
    if not plant.up(under):
        return mark("It is not running.")
    world.availability.panic(under, target, reboot)
    return None
