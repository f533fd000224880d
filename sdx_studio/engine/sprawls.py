"""Sprawl: guests that people ask for while the world runs; they take the roomiest host until all are full.

Guests are added to the parts in blocks, of which the layouts of snapshots would otherwise be made anew for every one;
those of a block that nobody has asked for yet sit nowhere. Deleted ones leave the parts with the next block.
"""

from dataclasses import dataclass, field, replace
from math import isfinite, log

import numpy as np

from sdx_studio.engine.availability import admission
from sdx_studio.engine.clock import PLACEMENT, micros
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.formulas.bounds import at_most
from sdx_studio.engine.formulas.sprawl import idle_cost
from sdx_studio.engine.parts import Guest, Load, Sprawl
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.power import PRICE, PUE
from sdx_studio.engine.rng import uniform
from sdx_studio.engine.roster import Rows
from sdx_studio.engine.supply import inherited
from sdx_studio.words import mark

LEAST_BLOCK = 32
"""Guests that are added at once; with many there already half as many as those."""
IDLE = 0.05
"""Share of its vCPUs below which a guest counts as idle."""
YEAR = 365 * 86_400.0


@dataclass(slots=True)
class Estate:
    """What one sprawl has brought about. Guests by id; `waiting` requests need a new block."""

    part: Sprawl
    asked: int = 0
    waiting: int = 0
    numbered: int = 0
    refused: int = 0
    deleted: int = 0
    free: list[str] = field(default_factory=list)
    running: set[str] = field(default_factory=set)
    stopped: set[str] = field(default_factory=set)
    buried: list[str] = field(default_factory=list)
    """Deleted ones that are among the parts still."""


class Sprawls:
    """All Sprawl parts."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self.estates: dict[str, Estate] = {}
        self.home: dict[str, str] = {}
        """Guest that is there → sprawl."""
        self.fresh: list[str] = []
        """Guests created in this instant, until a rule has seen them."""
        self._rows: dict[str, tuple[Rows, Rows]] = {}

    def arrange(self) -> None:
        """Take over the Sprawl parts as they now are; requests that waited for a block are served."""
        plant, parts = self._plant, self._plant.parts
        self._rows.clear()
        for id in self.estates.keys() - parts.sprawls.keys():
            plant.agenda.cancel("request", id)
        for id, part in parts.sprawls.items():
            new = id not in self.estates
            estate = self.estates.setdefault(id, Estate(part))
            paced = (estate.part.rate, estate.part.even, estate.part.stream) == (part.rate, part.even, part.stream)
            estate.part = part
            if new or not paced or not plant.agenda.planned("request", id):
                self._plan(estate)
            for guest in sorted(estate.running | estate.stopped):
                if plant.guests[guest].place is None:
                    self.bury(guest)
            while estate.waiting and estate.free:
                estate.waiting -= 1
                self._place(estate)

    def due(self, id: str, _payload: object) -> None:
        """Somebody asks for a VM."""
        estate = self.estates[id]
        estate.asked += 1
        self._plan(estate)
        if estate.free:
            self._place(estate)
        else:
            estate.waiting += 1

    def revision(self) -> tuple[list[Guest], list[tuple[type, str]]]:
        """Guests to add to the parts and to take out of them, now that requests wait for a block; else none."""
        news: list[Guest] = []
        gone: list[tuple[type, str]] = []
        for id, estate in sorted(self.estates.items()):
            if not estate.waiting or id not in self._plant.parts.sprawls:
                continue
            count = max(LEAST_BLOCK, estate.waiting, len(estate.running) // 2)
            fresh = [self._guest(estate, estate.numbered + one) for one in range(1, count + 1)]
            estate.numbered += count
            estate.free += [one.id for one in fresh]
            news += fresh
            gone += [(Guest, one) for one in estate.buried]
            estate.buried = []
        return news, gone

    def stop(self, id: str) -> None:
        """Guest `id` was stopped for good."""
        estate = self.estates[self.home[id]]
        estate.running.discard(id)
        estate.stopped.add(id)
        self._rows.clear()

    def resume(self, id: str) -> None:
        """Guest `id`, which was stopped, runs again."""
        estate = self.estates[self.home[id]]
        estate.stopped.discard(id)
        estate.running.add(id)
        self._rows.clear()

    def bury(self, id: str) -> None:
        """Guest `id`, which is off, is deleted; its configuration is counted."""
        estate = self.estates[self.home.pop(id)]
        for one in (estate.running, estate.stopped):
            one.discard(id)
        self._plant.seat_guest(id, None)
        estate.buried.append(id)
        estate.deleted += 1
        self._rows.clear()

    def renews(self, id: str, terms: int) -> bool | None:
        """Whether the owner of guest `id` wants it for another lease after `terms`; None when it has no such owner."""
        estate = self.estates.get(self.home.get(id, ""))
        if estate is None:
            return None
        part = estate.part
        return uniform(self._plant.seed, id, f"renewal {part.stream}", terms) < part.renewal

    def abandon(self, id: str) -> None:
        """The owner of guest `id` has done with it: it asks only for what idle ones ask for."""
        roster, part = self._plant.roster, self.estates[self.home[id]].part
        row = roster.guests[id]
        roster.surge[row] = min(0.0, part.idle - float(roster.level[row]))
        self._plant.refresh(id)

    # creating --------------------------------------------------------------------------------------------------------

    def _plan(self, estate: Estate) -> None:
        plant, part = self._plant, estate.part
        plant.agenda.cancel("request", part.id)
        if part.rate > 0:
            chance = 1.0 if part.even else -log(1.0 - self._drawn(part, part.id, "request", estate.asked))
            if isfinite(gap := chance / part.rate):
                plant.agenda.put(plant.now + max(1, micros(gap)), PLACEMENT, "request", part.id)

    def _drawn(self, part: Sprawl, id: str, purpose: str, index: int = 0) -> float:
        return uniform(self._plant.seed, id, f"{purpose} {part.stream}", index)

    def _guest(self, estate: Estate, number: int) -> Guest:
        part = estate.part
        id = f"{part.id}/{number:04d}"
        idle = self._drawn(part, id, "idle") < part.idle_share
        return replace(part.image, id=id, host=None, load=Load(part.idle if idle else part.busy), crowd=True)

    def _place(self, estate: Estate) -> None:
        """Serve one request, or refuse it and say why."""
        plant, part = self._plant, estate.part
        guest = estate.free[0]
        host, reason = self._room(part, guest)
        if host is None:
            estate.refused += 1
            plant.tell("sprawl.refused", part.id, mark("A VM was asked for and refused: {reason}."), reason=reason,
                       memory=plant.footprint(plant.parts.guests[guest]), population=len(estate.running))  # fmt: skip
            return
        estate.free.pop(0)
        estate.running.add(guest)
        self.home[guest] = part.id
        self.fresh.append(guest)
        self._rows.clear()
        plant.seat_guest(guest, host)
        plant.turn(guest, Condition.UP)
        plant.tell("sprawl.created", part.id, mark("{vm} was asked for and created on {host}."), vm=Ref(guest),
                   host=Ref(host), room=plant.memory_free(host), population=len(estate.running))  # fmt: skip

    def _room(self, part: Sprawl, guest: str) -> tuple[str | None, str]:
        """The host with most free memory that takes one more, or why none does."""
        plant = self._plant
        able = [id for id in part.hosts if id in plant.parts.machines and plant.up(id)]
        able = [id for id in able if id not in plant.clusters.closed]
        if not able:
            return None, mark("no host is there for it")
        size = plant.footprint(plant.parts.guests[guest])
        free = {id: plant.memory_free(id) for id in able}
        roomy = sorted((id for id in able if at_most(size, free[id])), key=lambda one: (-free[one], one))
        if not roomy:
            return None, mark("the memory of all hosts is taken")
        for id in roomy:
            group = admission.group_of(plant, id)
            if group is None or admission.keeps(plant, group, (guest,)):
                return id, ""
        return None, mark("the cluster keeps the rest free")

    # measuring -------------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Put how many there are, how many of them do nothing, how full their hosts are, what the idle ones cost."""
        plant, roster = self._plant, self._plant.roster
        for id, estate in self.estates.items():
            if id not in plant.parts.sprawls:
                continue
            guests, hosts = self._rows.get(id) or self._read(id, estate)
            idle = int((roster.demand[guests] < IDLE * roster.vcpus[guests]).sum())
            memory = float(roster.memory[hosts].sum())
            used = float(np.minimum(roster.memory_used[hosts], roster.memory[hosts]).sum())
            put = plant.gauges.put
            put(id, "sprawl.population", len(estate.running))
            put(id, "sprawl.idle", idle)
            put(id, "sprawl.stopped", len(estate.stopped))
            put(id, "sprawl.deleted", estate.deleted)
            put(id, "sprawl.refused", estate.refused)
            put(id, "sprawl.fill", used / memory if memory else 0.0)
            put(id, "sprawl.cost", self._cost(estate.part, hosts, idle))

    def _read(self, id: str, estate: Estate) -> tuple[Rows, Rows]:
        roster = self._plant.roster
        guests = [roster.guests[one] for one in sorted(estate.running) if one in roster.guests]
        hosts = [roster.machines[one] for one in sorted(set(estate.part.hosts)) if one in roster.machines]
        self._rows[id] = np.array(guests, np.intp), np.array(hosts, np.intp)
        return self._rows[id]

    def _cost(self, part: Sprawl, hosts: Rows, idle: int) -> float:
        """JPY a year for the electricity of hosts that would hold idle guests alone."""
        plant, roster = self._plant, self._plant.roster
        size = part.image.memory + part.image.memory_overhead
        each = float(roster.memory[hosts].mean()) // size if hosts.size and size > 0 else 0.0
        if not idle or each < 1:
            return 0.0
        watts = plant.supply.machines[hosts]
        names = list(plant.parts.machines)
        area = plant.parts.areas.get(plant.parts.machines[names[int(hosts[0])]].area or "")
        pue = PUE if area is None else area.pue
        price = PRICE if area is None else inherited(plant.parts.areas, area, "price")
        return idle_cost(idle, each, float(watts.mean()), pue, price, YEAR).cost_per_year

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        return (self.estates, self.home)
