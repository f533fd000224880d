"""Patch a kernel: of a layer, of the machine or VM that it is on; all that runs on it goes down and comes back.

With the figure `anyway` "yes" also a hypervisor on which VMs run; `reboot` (s) is how long a machine takes to start
again (a VM takes its own start time).
"""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import LONGEST, Figures, number, word
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

REBOOT = 180.0


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Begin it, or say why it cannot be done."""
    reboot = number(figures, "reboot", REBOOT, 0.0, LONGEST)
    if reboot is None:
        return mark("How long a start takes is a number of seconds, from 0 to ten years.")
    anyway = word(figures, "anyway", ("no", "yes"))
    if anyway is None:
        return mark("Whether it is patched anyway is “yes” or “no”.")
    return world.patches.begin(target, anyway == "yes", reboot)
