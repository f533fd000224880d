"""Reclaim: what a machine takes back from its guests when they have more memory than it, and what that costs them."""

from typing import TYPE_CHECKING

import numpy as np

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Figure
from sdx_studio.engine.formulas.memory import balloon_need, swap_bound_speed
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.plant import Plant

SWAP_READ = 0.005
"""Seconds to read a swapped page back: a disk's random read."""
PAGE = 4096.0


def reclaim(plant: "Plant", machine: str) -> None:
    """Set balloon and swap of `machine`, and swapped bytes and speed of the guests on it, in the roster."""
    roster, row = plant.roster, plant.roster.machines[machine]
    guests = [id for id in plant.residents.get(machine, ()) if plant.guests[id].condition is not Condition.OFF]
    rows = np.array([roster.guests[id] for id in guests], np.intp)
    roster.swapped[rows], roster.speed[rows] = 0.0, 1.0
    before = (float(roster.balloon[row]), float(roster.swap[row]))
    roster.balloon[row] = roster.swap[row] = 0.0
    if guests and roster.memory_used[row] > roster.memory[row]:
        sizes = [plant.footprint(plant.parts.guests[id]) for id in guests]
        memory = np.array([plant.parts.guests[id].memory for id in guests])
        active = memory * roster.active[rows] + (np.array(sizes) - memory)
        reserve = float(roster.memory_used[row]) - sum(sizes)
        if reserve < roster.memory[row]:
            taken = balloon_need(float(roster.memory[row]), reserve, sizes, active.tolist())
            roster.balloon[row], roster.swap[row] = taken.balloon_needed, taken.swap_needed
            roster.swapped[rows] = taken.swap_needed * active / max(taken.active_total, 1.0)
            for place, id in enumerate(guests):
                share = float(roster.swapped[rows[place]] / max(active[place], 1.0))
                faults = share * plant.parts.guests[id].dirty_rate / PAGE
                roster.speed[rows[place]] = swap_bound_speed(faults, SWAP_READ)
    _announce(plant, machine, before, (float(roster.balloon[row]), float(roster.swap[row])))


def _announce(plant: "Plant", machine: str, before: tuple[float, float], now: tuple[float, float]) -> None:
    row = plant.roster.machines[machine]
    why: dict[str, Figure] = {"asked": float(plant.roster.memory_used[row]), "has": float(plant.roster.memory[row])}
    if now[1] > 0 and before[1] == 0:
        plant.tell("memory.swapping", machine, mark("Memory is short: {bytes} are swapped, and guests wait for them."),
                   bytes=now[1], **why)  # fmt: skip
    elif now[0] > 0 and before[0] == 0 and now[1] == 0:
        plant.tell("memory.ballooning", machine, mark("Memory is short: {bytes} of idle pages are taken back."),
                   bytes=now[0], **why)  # fmt: skip
    elif now == (0.0, 0.0) and before != now:
        plant.tell("memory.relieved", machine, mark("There is memory enough again."))
