"""Empty machines of a group or a place onto its others, or of all where the target is a machine.

`policy` is a rule of `policies.emptying`, `head_room` the share of each resource that stays free, `power_off` whether
machines are switched off ("yes") or stay on ("no") when they are empty, `steps` how many machines are emptied at most.
"""

from typing import TYPE_CHECKING

from sdx_studio.engine.consolidations import Wish
from sdx_studio.engine.policies.fillings import LIMIT, RULES
from sdx_studio.engine.verbs import Figures, number, word
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

HEAD_ROOM = round(1.0 - LIMIT, 9)
MOST = 1e9
"""Machines that anybody could ask for."""


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Begin, or say why no machine can be emptied."""
    room = number(figures, "head_room", HEAD_ROOM, 0.0, 1.0)
    if room is None:
        return mark("The head-room is a share from 0 to below 1.")
    most = number(figures, "steps", 0.0, 0.0, MOST)
    if most is None:
        return mark("How many machines are emptied at most is a number, and 0 for all.")
    off = word(figures, "power_off", ("yes", "no"))
    if off is None:
        return mark("Whether empty machines are switched off is “yes” or “no”.")
    wish = Wish(str(figures.get("policy", RULES[0])), round(1.0 - room, 9), off == "yes", int(most))
    return world.consolidations.begin(target, wish)
