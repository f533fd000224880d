"""Guests carried from host to host, hosts put to sleep and woken, in the roster's columns themselves.

The same as `Plant.seat_guest` and `refresh` would bring about, at a fraction of their cost: a day of consolidation has
tens of thousands of moves.
"""

from bisect import insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdx_studio.engine.plant import Plant


def hold(plant: "Plant", machine: str, memory: float) -> None:
    """Hold `memory` bytes on `machine` for a guest that is on the way (negative: give them back)."""
    row = plant.roster.machines[machine]
    plant.roster.stale[row] = True
    before = plant.incoming.get(machine, 0.0)
    plant.incoming[machine] = max(0.0, before + memory)
    if plant.up(machine):
        plant.roster.memory_used[row] += plant.incoming[machine] - before


def carry(plant: "Plant", guest: str, target: str) -> None:
    """Let a running guest sit on machine `target` from now on."""
    source = plant.guests[guest].place
    if source is None or source not in plant.roster.machines or plant.residents.get(guest):
        plant.seat_guest(guest, target)
        return
    roster, row = plant.roster, plant.roster.guests[guest]
    here, there = roster.machines[source], roster.machines[target]
    plant.residents[source].remove(guest)
    insort(plant.residents.setdefault(target, []), guest)
    plant.guests[guest].place = target
    roster.parent[row] = roster.root[row] = there
    memory = plant.footprint(plant.parts.guests[guest])
    for machine, sign in ((here, -1), (there, 1)):
        roster.running[machine] += sign
        roster.memory_used[machine] += sign * memory
        roster.stale[machine] = True
    roster.carried = True
    plant.moved.add(guest)
    plant.touched.add(guest)


def switch(plant: "Plant", machine: str, on: bool) -> None:
    """Wake `machine`, on which nothing runs, or put it to sleep."""
    roster, row = plant.roster, plant.roster.machines[machine]
    (plant.off.discard if on else plant.off.add)(machine)
    roster.up[row], roster.cores[row] = on, plant.cores(machine)
    roster.memory_used[row] = plant.memory_used(machine)
    roster.running[row] = 0
    roster.stale[row] = roster.carried = True
    plant.touched.add(machine)
    plant.shaken |= machine in plant.parts.cables_of
