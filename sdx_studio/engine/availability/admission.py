"""Admission control: what a group keeps free for the guests of failed members.

Slots: the largest reservations make a slot; so many of the largest members may fail that each guest still finds one.
Percentage: a share of all cores and of all memory stays unreserved. A guest takes its whole memory with what the
hypervisor needs for it; without reserved cores it counts with `LEAST`.
"""

from collections.abc import Iterable

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.formulas.availability import Need, Slots, Spare, percentage_policy, slot_policy
from sdx_studio.engine.formulas.bounds import ImpossibleError
from sdx_studio.engine.parts import Group
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark

LEAST = 0.01
"""Cores of a guest that has none reserved (32 MHz of 3.2 GHz)."""
REFUSED = mark("The cluster's admission control does not allow it.")


def group_of(plant: Plant, machine: str | None) -> Group | None:
    """The first group of which `machine` is a member."""
    return next((one for one in plant.parts.groups.values() if machine in one.members), None)


def needs(plant: Plant, group: Group, more: Iterable[str] = ()) -> list[Need]:
    """What the guests that are on reserve, and those of `more`."""
    guests, seated = plant.parts.guests, set(more)
    for machine in group.members:
        seated.update(id for id in plant.residents.get(machine, ()) if plant.guests[id].condition is not Condition.OFF)
    return [Need(max(LEAST, guests[id].reservation), plant.footprint(guests[id])) for id in sorted(seated)]


def offers(plant: Plant, group: Group) -> list[Need]:
    """Cores and memory for guests of the members that are up and open."""
    found = []
    for id in sorted(group.members):
        if id in plant.parts.machines and plant.up(id) and id not in plant.clusters.closed:
            layers = plant.parts.layers_on.get(id, ())
            ratio = max((layer.overcommit for layer in layers), default=1.0)
            memory = plant.parts.machines[id].memory * ratio - sum(layer.memory for layer in layers)
            found.append(Need(plant.cores(id), max(0.0, memory)))
    return found


def slots(plant: Plant, group: Group, more: Iterable[str] = ()) -> Slots:
    """Slots of the members, and how many of the largest ones may fail."""
    return slot_policy(offers(plant, group), needs(plant, group, more), LEAST)


def spare(plant: Plant, group: Group, more: Iterable[str] = ()) -> Spare:
    """Shares of cores and memory that are not promised; nothing is left where more is promised than there is."""
    hosts, guests = offers(plant, group), needs(plant, group, more)
    total = Need(sum(one.cpu for one in hosts), sum(one.mem for one in hosts))
    reserved = Need(sum(one.cpu for one in guests), sum(one.mem for one in guests))
    try:
        return percentage_policy(total, reserved, group.reserve)
    except ImpossibleError:
        return Spare(0.0, 0.0, False)


def keeps(plant: Plant, group: Group, more: Iterable[str] = ()) -> bool:
    """Whether the group keeps what it promises, with the guests of `more` switched on."""
    if group.admission == "slots":
        found = slots(plant, group, more)
        enough = sum(found.slots) >= len(needs(plant, group, more))
        return enough and found.host_failures_tolerated >= group.tolerate
    return group.admission == "none" or spare(plant, group, more).power_on_allowed


def refusal(plant: Plant, id: str, machine: str | None) -> str | None:
    """Why guest `id` may not be switched on on `machine`, in words; the figures are told as an event."""
    group = group_of(plant, machine)
    if group is None or keeps(plant, group, (id,)):
        return None
    if group.admission == "slots":
        found = slots(plant, group, (id,))
        plant.tell(
            "admission.refused", id,
            mark("{vm} would take what {cluster} keeps free: {slots} slots of {cores} cores and {memory} for "
                 "{vms} VMs survive {survives} failures; {promised} promised."),
            vm=Ref(id), cluster=Ref(group.id), slots=sum(found.slots), cores=found.slot_cpu, memory=found.slot_mem,
            vms=len(needs(plant, group, (id,))), survives=found.host_failures_tolerated, promised=group.tolerate,
        )  # fmt: skip
    else:
        left = spare(plant, group, (id,))
        plant.tell(
            "admission.refused", id,
            mark("{vm} would take what {cluster} keeps free: {free_cores} of the cores and {free_memory} of the memory "
                 "would be left; {reserve} promised."),
            vm=Ref(id), cluster=Ref(group.id), free_cores=left.cpu_failover_capacity,
            free_memory=left.mem_failover_capacity, reserve=float(group.reserve),
        )  # fmt: skip
    return REFUSED


def turned_away(plant: Plant, id: str) -> bool:
    """Whether guest `id`, which somebody switches on in the drawing, may not run where it sits; that is told."""
    machine = plant.machine_of(id)
    if machine in plant.clusters.closed:
        plant.tell("admission.refused", id, mark("{vm} is not switched on: {host} is in maintenance."), vm=Ref(id),
                   host=Ref(str(machine)))  # fmt: skip
        return True
    return refusal(plant, id, machine) is not None
