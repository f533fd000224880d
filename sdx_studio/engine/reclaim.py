"""Reclaim: what a machine takes back from its guests when they have more memory than it, and what that costs them.

Pages that are the same in several guests are kept once, idle pages are taken back, the rest is swapped; a guest waits
for each of its swapped pages. A machine that swaps more than half of the active pages takes no further guest.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Figure
from sdx_studio.engine.formulas.memory import STATES, Taken, least_free, swap_bound_speed, take_back
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.plant import Plant

SWAP_READ = 0.005
"""Seconds to read a swapped page back: a disk's random read."""
PAGE = 4096.0
NOTHING = Taken(0.0, 0.0, 0.0, 1.0, STATES[0])
LOW = len(STATES) - 1


def reclaim(plant: "Plant", machine: str) -> None:
    """Set in the roster what `machine` has taken back and its state, and bytes and speed of the guests on it."""
    roster, row = plant.roster, plant.roster.machines[machine]
    residents = plant.residents.get(machine, ())
    rows = np.array([roster.guests[id] for id in residents], np.intp)
    before = _held(plant, row)
    for column in (roster.swapped, roster.ballooned, roster.sharing):
        column[rows] = 0.0
    roster.speed[rows] = 1.0
    guests = [id for id in residents if plant.guests[id].condition is not Condition.OFF]
    spare = float(roster.memory[row] - roster.memory_used[row])
    taken = _take(plant, machine, guests) if guests and spare < 1.1 * least_free(float(roster.memory[row])) else NOTHING
    roster.balloon[row], roster.swap[row], roster.shared[row] = taken.balloon, taken.swap, taken.shared
    roster.state_of_memory[row] = STATES.index(taken.state)
    (plant.exhausted.add if taken.state == STATES[LOW] else plant.exhausted.discard)(machine)
    now = _held(plant, row)
    if any(before) or any(now):
        roster.reclaimed = True
        _announce(plant, machine, before, now)


Held = tuple[float, float, float, int]
"""Bytes that are shared, ballooned and swapped, and the state."""


def _held(plant: "Plant", row: int) -> Held:
    roster = plant.roster
    shared, balloon, swap = (float(column[row]) for column in (roster.shared, roster.balloon, roster.swap))
    return shared, balloon, swap, int(roster.state_of_memory[row])


def _take(plant: "Plant", machine: str, guests: list[str]) -> Taken:
    """What is taken back in all, after it was written down for each of `guests`, which are on."""
    roster, parts = plant.roster, plant.parts
    row, rows = roster.machines[machine], np.array([roster.guests[id] for id in guests], np.intp)
    sizes = np.array([plant.footprint(parts.guests[id]) for id in guests])
    memory = np.array([parts.guests[id].memory for id in guests])
    active = np.maximum(0.0, memory * roster.active[rows] + (sizes - memory))
    whole, reserve = float(roster.memory[row]), float(roster.memory_used[row] - sizes.sum())
    if reserve >= whole:
        return Taken(0.0, 0.0, 0.0, 1.0, STATES[LOW])
    same = np.minimum(_alike(plant, machine, guests) * memory, sizes)
    taken = take_back(whole, reserve, sizes.tolist(), active.tolist(), same.tolist())
    active, idle = active * taken.own, (sizes - active) * taken.own
    roster.sharing[rows] = taken.shared * same / max(float(same.sum()), 1.0)
    roster.ballooned[rows] = taken.balloon * idle / max(float(idle.sum()), 1.0)
    roster.swapped[rows] = taken.swap * active / max(float(active.sum()), 1.0)
    for place, id in enumerate(guests) if taken.swap > 0 else ():
        share = float(roster.swapped[rows[place]] / max(active[place], 1.0))
        roster.speed[rows[place]] = swap_bound_speed(share * parts.guests[id].dirty_rate / PAGE, SWAP_READ)
    return taken


def _alike(plant: "Plant", machine: str, guests: list[str]) -> NDArray[np.float64]:
    """Share of each guest's memory that an earlier guest with an OS of the same family has as well.

    Guests in which no OS is drawn count as one family.
    """
    most = max((layer.sharing for layer in plant.parts.layers_on.get(machine, ())), default=0.0)
    found, seen = np.zeros(len(guests)), set[str]()
    for place, id in enumerate(guests) if most > 0 else ():
        family = next((layer.family for layer in plant.parts.layers_on.get(id, ()) if layer.family), "")
        found[place] = most if family in seen else 0.0
        seen.add(family)
    return found


def _announce(plant: "Plant", machine: str, before: Held, now: Held) -> None:
    row = plant.roster.machines[machine]
    why: dict[str, Figure] = {"asked": float(plant.roster.memory_used[row]), "has": float(plant.roster.memory[row])}
    if now[0] > 0 and before[0] == 0:
        plant.tell("memory.sharing", machine, mark("Memory runs short: {bytes} that several guests have alike are kept "
                   "once."), bytes=now[0], **why)  # fmt: skip
    if now[2] > 0 and before[2] == 0:
        plant.tell("memory.swapping", machine, mark("Memory is short: {bytes} are swapped, and guests wait for them."),
                   bytes=now[2], **why)  # fmt: skip
    elif now[1] > 0 and now[2] == 0 and (before[1] == 0 or before[2] > 0):
        plant.tell("memory.ballooning", machine, mark("Memory is short: {bytes} of idle pages are taken back."),
                   bytes=now[1], **why)  # fmt: skip
    if now[3] == LOW and before[3] != LOW:
        plant.tell("memory.blocked", machine, mark("More than half of the active pages are swapped ({bytes}): no "
                   "further guest is taken."), bytes=now[2], **why)  # fmt: skip
    if not any(now[:3]) and any(before[:3]):
        plant.tell("memory.relieved", machine, mark("There is memory enough again."))
