"""Refuge: where the guests of a volume go when its copy is used, and which replications lead out of a place."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sdx_studio.engine.areas import inside, site_of
from sdx_studio.engine.network.topology import Topology
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.plant import Plant
    from sdx_studio.engine.world import World


def refuge(
    plant: "Plant", topology: Topology, here: str, there: str, named: Iterable[str], seats: set[str]
) -> list[str]:
    """Machines that are up and reach store `here`: those `named`, or those at its site.

    Without sites: those that are neither at the site of store `there` nor where the guests have sat (`seats`).
    """
    parts = plant.parts
    asked = sorted(one for one in named or parts.machines if one in parts.machines)
    able = [one for one in asked if plant.up(one) and topology.reaches_store(one, here)]
    if named:
        return able
    site, lost = site_of(parts, here), site_of(parts, there)
    if site is not None:
        return [one for one in able if site_of(parts, one) == site]
    return [one for one in able if one not in seats and (lost is None or site_of(parts, one) != lost)]


def of_area(world: "World", verb: str, replications: list[str], do: Callable[[str], str | None]) -> str | None:
    """Do it to all `replications`; a refusal is the answer only when it holds for all of them, else it is told."""
    if not replications:
        return mark("No replication leads out of it.")
    refused = {id: reason for id in replications if (reason := do(id)) is not None}
    if len(refused) == len(replications):
        return refused[replications[0]]
    for id, reason in refused.items():
        world.plant.tell("command.refused", id, mark("{verb} was refused: {reason}"), verb=verb, reason=reason)
    return None


def out_of(world: "World", area: str) -> list[str]:
    """Replications of volumes that are drawn in `area`; those that have come back or never left."""
    within = set(inside(world.plant.parts, area))
    return [id for id, copy in sorted(world.replicas.copies.all.items()) if copy.home in within]
