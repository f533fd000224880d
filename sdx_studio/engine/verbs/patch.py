"""Patch a kernel: of a layer, of the machine or VM that it is on; all that runs on it goes down and comes back.

With the figure `anyway` "yes" also a hypervisor on which VMs run; `reboot` (s) is how long a machine takes to start
again (a VM takes its own start time).
"""

from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

REBOOT = 180.0


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Begin it, or say why it cannot be done."""
    return world.patches.begin(target, figures.get("anyway") == "yes", float(figures.get("reboot", REBOOT)))
