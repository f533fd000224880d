"""Empty machines of a group or a place onto its others, or of all where the target is a machine.

`policy` is a rule of `policies.emptying`, `head_room` the share of each resource that stays free, `power_off` whether
machines are switched off ("yes") or stay on ("no") when they are empty, `steps` how many machines are emptied at most.
"""

from typing import TYPE_CHECKING

from sdx_studio.engine.consolidations import Wish
from sdx_studio.engine.policies.emptying import LIMIT, RULES
from sdx_studio.engine.verbs import Figures

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

HEAD_ROOM = round(1.0 - LIMIT, 9)


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Begin, or say why no machine can be emptied."""
    limit = round(1.0 - float(figures.get("head_room", HEAD_ROOM)), 9)
    off = figures.get("power_off", "yes") not in ("no", False)
    most = max(0, int(figures.get("steps", 0)))
    return world.consolidations.begin(target, Wish(str(figures.get("policy", RULES[0])), limit, off, most))
