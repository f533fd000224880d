"""Add load to a guest or a flow, from now on.

A guest asks for `by` more of its vCPUs (a share, negative for less; several add up, within nothing and all of them). A
flow with a rate sends `factor` times as much.
"""

from math import isfinite
from typing import TYPE_CHECKING

from sdx_studio.engine.verbs import Figures
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

USUAL_SHARE, USUAL_FACTOR, LARGEST = 0.5, 2.0, 1000.0


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Add load, or say why not."""
    if target in world.plant.parts.guests:
        return _guest(world, target, figures.get("by", USUAL_SHARE))
    if target in world.plant.parts.traffics:
        return _traffic(world, target, figures.get("factor", USUAL_FACTOR))
    return mark("Only guests and flows can get more load.")


def _guest(world: "World", target: str, by: object) -> str | None:
    if not isinstance(by, int | float) or not isfinite(by) or not -1 <= by <= 1 or not by:
        return mark("How much more a guest asks for is a share of its vCPUs, from −100 to 100 % and not 0.")
    roster = world.plant.roster
    row = roster.guests[target]
    roster.surge[row] = min(1.0, max(-1.0, float(roster.surge[row]) + by))
    world.plant.refresh(target)
    if by > 0:
        world.plant.tell("load.changed", target, mark("It asks for {by} of its vCPUs more."), by=float(by))
    else:
        world.plant.tell("load.changed", target, mark("It asks for {by} of its vCPUs less."), by=-float(by))
    return None


def _traffic(world: "World", target: str, factor: object) -> str | None:
    if not isinstance(factor, int | float) or not 0 < factor <= LARGEST:
        return mark("A flow can send up to 1000 times as much, and not nothing.")
    if world.plant.parts.traffics[target].rate is None:
        return mark("It takes what it can get already; only a flow with a rate can get more load.")
    world.streams.scale(target, float(factor))
    world.plant.tell("load.changed", target, mark("It sends {factor} times as much."), factor=float(factor))
    return None
