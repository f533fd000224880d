"""A trial: the first second of the design, to find what cannot work in it; the engine itself says why."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Literal

from sdx_studio import units
from sdx_studio.document.capacity import parts_of
from sdx_studio.document.document import Document
from sdx_studio.engine.availability import admission
from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.network.apart import frames, given_over, network_of
from sdx_studio.engine.parts import Package, Part, Traffic
from sdx_studio.engine.world import World
from sdx_studio.kinds.links import link_parts
from sdx_studio.words import _

Trial = tuple[Literal["warning", "hint"], str, str]
"""How bad, at which element or link, in words."""
TELLING = ("traffic.blocked", "storage.unreachable", "storage.full", "element.hindered")
"""Kinds of events that say that something cannot work."""


def trials(document: Document) -> Iterator[Trial]:
    """What cannot work from the start; only a hint where something is switched off, which may be meant."""
    world = World((*_at_once(parts_of(document)), *_cables(document)), seed=document.properties.seed)
    world.advance(SECOND)
    told: set[str] = set()
    for event in world.events:
        if event.kind in TELLING and event.element not in told:
            told.add(event.element)
            reason = str(event.figures.get("reason", ""))
            text = _(event.template, reason=_(reason))
            yield "hint" if _rests(world, event.element) else "warning", event.element, text
    yield from _promises(world)
    yield from _off_network(world, document)


def _promises(world: World) -> Iterator[Trial]:
    """Clusters that do not keep free what their admission control promises."""
    plant = world.plant
    for id, group in plant.parts.groups.items():
        if admission.keeps(plant, group):
            continue
        if group.admission == "slots":
            found = admission.slots(plant, group)
            yield "warning", id, _(
                "keeps too little free: {slots} slots for {vms} VMs survive {survives} failures, {promised} promised",
                slots=sum(found.slots), vms=len(admission.needs(plant, group)),
                survives=found.host_failures_tolerated, promised=group.tolerate,
            )  # fmt: skip
        else:
            left = admission.spare(plant, group)
            least = min(left.cpu_failover_capacity, left.mem_failover_capacity)
            yield "warning", id, _(
                "keeps too little free: {left} of the cores or memory, {promised} promised",
                left=units.show(least, "1"), promised=units.show(group.reserve, "1"),
            )  # fmt: skip


def _off_network(world: World, document: Document) -> Iterator[Trial]:
    """Machines that should be on a migration network and reach no other one on it, told of who names the network."""
    plant, topology = world.plant, world.fabric.topology
    numbers = {id: network_of(plant.parts, id) for id in plant.parts.machines if plant.up(id)}
    for id, number in numbers.items():
        others = [other for other, its in numbers.items() if other != id and its == number]
        if number is None or not others:
            continue
        name = document.element(id).name
        if all(topology.path(id, other, number, storage=False) is None for other in others):
            yield "warning", _names_network(world, id), _(
                "{host} is not on the migration network {number}", host=name, number=number
            )  # fmt: skip
        own = list(frames(plant.parts.cables_of.get(id, ())))
        if own and all(given_over(one, frozenset(topology.apart)) for one in own):
            yield "warning", id, _("all its cables are kept for migrations; nothing else gets through")


def _names_network(world: World, machine: str) -> str:
    """The layer or the cluster that says on which network guests of `machine` move."""
    parts = world.plant.parts
    layers = [one.id for one in parts.layers_on.get(machine, ()) if one.network is not None]
    groups = [id for id, one in parts.groups.items() if one.network is not None and machine in one.members]
    return (layers + groups)[0]


def _cables(document: Document) -> Iterator[Part]:
    """The engine's cables; a link with unreadable fields, which is a finding of its own, gives none."""
    for _id, link in sorted(document.links.items()):
        with suppress(KeyError, TypeError, ValueError, AttributeError):
            yield from tuple(link_parts(link, document))


def _at_once(parts: Iterable[Part]) -> Iterator[Part]:
    """Everything that would begin later begins now."""
    for part in parts:
        yield replace(part, start=0.0) if isinstance(part, Traffic | Package) else part


def _rests(world: World, id: str) -> bool:
    """Whether something that `id` needs is there but switched off."""
    parts, plant = world.plant.parts, world.plant
    ends: set[str] = set()
    for table in (parts.traffics, parts.packages, parts.users):
        one = table.get(id)
        ends |= {str(getattr(one, name)) for name in ("source", "target", "server", "client") if hasattr(one, name)}
    return any(not plant.alive(end) for end in ends & (parts.guests.keys() | parts.machines.keys()))
