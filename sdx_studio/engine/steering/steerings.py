"""All steerings of a world: rounds when they are due, moves as simple copies, hosts that sleep and wake."""

from collections.abc import Iterable

import numpy as np

from sdx_studio.engine.clock import DEMAND, micros
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Figure, Ref
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.policies.overload import detectors
from sdx_studio.engine.policies.records import Floats
from sdx_studio.engine.policies.selection import selections
from sdx_studio.engine.rng import uniform
from sdx_studio.engine.steering import moving
from sdx_studio.engine.steering.board import Rules
from sdx_studio.engine.steering.helm import Helm
from sdx_studio.engine.steering.planner import Move, Round
from sdx_studio.words import mark

CPU_LEFT = 0.9
"""What a guest keeps of its CPU while it is copied (Beloglazov and Buyya 2012, section 4.3)."""
AFTER_DEMAND = DEMAND + 1
STILL = ("none", "dvfs")
"""Policies that move nothing: full power all the time, and power by load with empty hosts asleep."""
MOST_CHOICES = 4096
EMPTIES = mark("its host is little used and can sleep when it is empty")
Landing = tuple[tuple[str, str], ...]
"""Guest and target of each copy that ends at one moment."""


class Steerings:
    """The steerings of a plant; each decision is an event with its reason."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self.helms: dict[str, Helm] = {}
        self.flying: dict[str, str] = {}
        """Guests that are being copied → machine."""

    def weigh(self) -> None:
        """Say of which guests the memory is not counted; before machines are read."""
        light: set[str | None] = set()
        for part in self._plant.parts.steerings.values():
            light.update(part.members if "weightless" in part.quirks else ())
        self._plant.weightless = {id for id, tenancy in self._plant.guests.items() if tenancy.place in light}

    def arrange(self) -> None:
        """Take over the steerings as they now are, and plan their rounds."""
        plant, parts = self._plant, self._plant.parts
        self.helms = {id: Helm(plant, part, self.helms.get(id)) for id, part in parts.steerings.items()}
        plant.ledger.arrange(plant)
        for id in [id for id in self.flying if id not in plant.guests]:
            del self.flying[id]
        for id, helm in self.helms.items():
            if not plant.ledger.accounts[id].counts:
                plant.roster.dark[helm.rows] = True
            if helm.part.detector == "none":
                plant.roster.tables[helm.rows] = plant.roster.tables[helm.rows, -1:]
            else:
                plant.agenda.put(helm.next_round(plant.now), AFTER_DEMAND, "steer", id)

    def act(self, id: str, _payload: object) -> None:
        """One round of steering `id`."""
        helm, plant = self.helms.get(id), self._plant
        if helm is None:
            return
        self._light_up(helm)
        helm.asleep &= plant.off - plant.failed
        plant.ledger.due = True
        shares = helm.read(plant)
        if "vanish" in helm.part.quirks:
            self._vanish(helm, shares)
        helm.remember(shares)
        self._rest(helm, helm.idle(plant))
        if helm.part.detector not in STILL:
            self._steer(helm, shares)
        plant.agenda.put(helm.next_round(plant.now), AFTER_DEMAND, "steer", id)

    def _light_up(self, helm: Helm) -> None:
        """From the first round on everything counts."""
        account = self._plant.ledger.accounts[helm.part.id]
        if not account.counts:
            account.counts = True
            self._plant.roster.dark[helm.rows] = False

    def _vanish(self, helm: Helm, shares: Floats) -> None:
        """Take guests away that ask for nothing."""
        plant, names = self._plant, list(helm.guests)
        for row in helm.aboard(plant).tolist():
            if shares[row] == 0 and names[row] not in self.flying:
                plant.turn(names[row], Condition.OFF)
                plant.roster.on[row] = False
                plant.roster.running[plant.roster.root[row]] -= 1
                plant.tell("guest.vanished", names[row], mark("{vm} asked for nothing and is taken away."),
                           vm=Ref(names[row]))  # fmt: skip

    def _steer(self, helm: Helm, shares: Floats) -> None:
        plant, part = self._plant, helm.part
        flying = np.zeros(len(helm.guests), bool)
        flying[[helm.guests[id] for id in self.flying]] = True
        rows, guests = helm.guests_now(plant, shares, flying)
        quirks, detector = part.quirks, detectors()[part.detector]
        rules = Rules(detector, part.parameter, "plain" in quirks, "stale" in quirks, "whole" in quirks)
        work = Round(helm.hosts_now(plant), guests, rules, selections()[part.selection], "twice" in quirks)
        first = helm.rounds * MOST_CHOICES
        moves = work.decide(lambda place: uniform(plant.seed, part.id, "choice", first + place))
        names = list(helm.guests)
        waits: dict[int, list[tuple[str, str]]] = {}
        for move in moves:
            guest, target = names[int(rows[move.guest])], helm.hosts[move.target]
            wait = self._set_out(helm, guest, target, detector.REASON if move.crowded else EMPTIES)
            waits.setdefault(plant.now + wait, []).append((guest, target))
        for time, landing in waits.items():
            plant.agenda.put(time, AFTER_DEMAND, "land", f"{part.id} {time}", (part.id, tuple(landing)))
        self._tell_round(helm, moves, work)

    def _tell_round(self, helm: Helm, moves: list[Move], work: Round) -> None:
        if moves or work.crowded:
            relieving = sum(move.crowded for move in moves)
            self._plant.tell(
                "consolidation.round", helm.part.id,
                mark("{overloaded} hosts overloaded; {relieving} VMs leave them, {emptying} leave hosts to sleep."),
                overloaded=len(work.crowded), relieving=relieving, emptying=len(moves) - relieving,
                stuck=len(work.stuck),
            )  # fmt: skip

    def _set_out(self, helm: Helm, guest: str, target: str, reason: str) -> int:
        """Begin to copy `guest`; how long it takes (µs)."""
        plant, roster = self._plant, self._plant.roster
        part, copied, there = helm.part, plant.parts.guests[guest], roster.machines[target]
        source = str(plant.guests[guest].place)
        roster.factor[helm.guests[guest]] = CPU_LEFT
        roster.stale[roster.machines[source]] = True
        if target in helm.asleep:
            helm.asleep.discard(target)
            moving.switch(plant, target, on=True)
            plant.tell("host.awake", target, mark("{host} wakes up."), host=Ref(target))
        moving.hold(plant, target, plant.footprint(copied))
        plant.ledger.receiving[there] += 1
        plant.ledger.moves += 1
        plant.ledger.accounts[part.id].moves += 1
        self.flying[guest] = target
        seconds = helm.copy_time(copied.memory)
        way: dict[str, Figure] = {"from": Ref(source), "to": Ref(target)}
        plant.tell(
            "consolidation.move", guest, mark("{vm} moves from {from} to {to}: {reason}."), vm=Ref(guest),
            reason=reason, total=seconds, **way,
        )  # fmt: skip
        return micros(seconds)

    def land(self, _target: str, payload: tuple[str, Landing]) -> None:
        """Copies that end now: each guest runs on its target, if both are still up; emptied hosts sleep."""
        plant, helm = self._plant, self.helms.get(payload[0])
        left: dict[str | None, None] = {}
        last: dict[str, str] = {}
        for guest, target in payload[1]:
            last.pop(guest, None)
            last[guest] = target
            left[target] = None
            self._arrive(guest, target)
        for guest, target in last.items():
            if self.flying.pop(guest, None) is not None:
                left[plant.guests[guest].place] = None
                self._seat(helm, guest, target)
        if helm is not None:
            self._rest(helm, [id for id in left if id in helm.order])

    def _arrive(self, guest: str, target: str) -> None:
        """Nothing is held on `target` for `guest` any more."""
        plant = self._plant
        if target in plant.roster.machines:
            plant.ledger.receiving[plant.roster.machines[target]] -= 1
            known = plant.parts.guests.get(guest)
            moving.hold(plant, target, -plant.footprint(known) if known else 0.0)

    def _seat(self, helm: Helm | None, guest: str, target: str) -> None:
        plant, source = self._plant, self._plant.guests[guest].place
        plant.roster.factor[plant.roster.guests[guest]] = 1.0
        if source in plant.parts.machines and plant.running(guest) and plant.up(target):
            moving.carry(plant, guest, target)
            if helm is not None:
                helm.came(guest)
        else:
            plant.refresh(guest)
            plant.tell("migration.failed", guest, mark("Moving {vm} to {to} failed: {reason}."), vm=Ref(guest),
                       to=Ref(target), reason=mark("one of the hosts went down"))  # fmt: skip

    def _rest(self, helm: Helm, hosts: Iterable[str]) -> None:
        """Let hosts sleep on which nothing is or will be."""
        plant, roster = self._plant, self._plant.roster
        for id in hosts:
            row = roster.machines[id]
            if roster.running[row] or plant.ledger.receiving[row] or not plant.up(id):
                continue
            if all(plant.guests[one].condition is Condition.OFF for one in plant.residents.get(id, ())):
                helm.asleep.add(id)
                moving.switch(plant, id, on=False)
                plant.tell("host.asleep", id, mark("{host} is empty and sleeps."), host=Ref(id))

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        helms = {id: (one.arrival, one.past, one.known, one.asleep, one.clock) for id, one in self.helms.items()}
        return (helms, self.flying)
