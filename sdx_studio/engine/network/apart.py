"""Networks apart: VLANs on which guests move, which cables carry them, and which carry nothing else.

A machine's migration network is a VLAN that a layer on it or its group names. A cable that carries only such VLANs is
given over to them. Once a cable of an end names the VLAN, even one that is cut, ends are on it only by cables that name
it; between switches, and where no end names it, any cable that carries it will do.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sdx_studio.engine.inventory import Inventory
from sdx_studio.engine.parts import Cable, Node


def network_of(parts: Inventory, machine: str) -> int | None:
    """The VLAN on which guests move from and to `machine`: its layer's, or else its group's; None for any cable."""
    found = next((one.network for one in parts.layers_on.get(machine, ()) if one.network is not None), None)
    if found is not None:
        return found
    groups = (one for one in parts.groups.values() if one.network is not None and machine in one.members)
    return next((one.network for one in groups), None)


def networks(parts: Inventory) -> frozenset[int]:
    """All migration networks, by number of their VLAN."""
    named: list[int | None] = [one.network for one in parts.layers.values()]
    named += [one.network for one in parts.groups.values()]
    return frozenset(one for one in named if one is not None)


def frames(cables: Iterable[Cable]) -> Iterator[Cable]:
    """Those of the cables that carry ordinary frames."""
    return (one for one in cables if one.medium not in ("storage", "control"))


def given_over(cable: Cable, numbers: frozenset[int]) -> bool:
    """Whether a cable carries nothing but migrations."""
    return cable.vlans is not None and set(cable.vlans) <= numbers


def open_to_all(cables: Iterable[Cable], numbers: frozenset[int]) -> list[Cable]:
    """The cables for everything else, each without the migration networks that it carries beside others."""
    if not numbers:
        return list(cables)
    found = []
    for one in cables:
        if one.vlans is None or numbers.isdisjoint(one.vlans):
            found.append(one)
        elif not given_over(one, numbers):
            found.append(replace(one, vlans=tuple(number for number in one.vlans if number not in numbers)))
    return found


def on_network(nodes: Mapping[str, Node], live: Iterable[Cable], every: Iterable[Cable], number: int) -> list[Cable]:
    """Those of the `live` cables that carry VLAN `number`, as if that were all; `every` has those that are cut too."""
    ends = {id for id, node in nodes.items() if node.role == "end"}
    strict = any(_names(one, number) and not ends.isdisjoint((one.a, one.b)) for one in every)
    plain = [one for one in live if one.vlans is None and not (strict and ends & {one.a, one.b})]
    return [replace(one, vlans=(number,)) for one in (*(one for one in live if _names(one, number)), *plain)]


def _names(cable: Cable, number: int) -> bool:
    return cable.vlans is not None and number in cable.vlans
