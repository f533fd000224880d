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
from sdx_studio.engine.roster import Rows
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

    def weigh(self) -> None:
        """Say of which guests the memory is not counted; before machines are read."""
        light: set[str | None] = set()
        for part in self._plant.parts.steerings.values():
            light.update(part.members if "weightless" in part.quirks else ())
        self._plant.ledger.weightless = {id for id, tenancy in self._plant.guests.items() if tenancy.place in light}

    def arrange(self) -> None:
        """Take over the steerings as they now are, and plan their rounds."""
        plant, parts = self._plant, self._plant.parts
        self._let_go()
        self.helms = {id: Helm(plant, part, self.helms.get(id)) for id, part in parts.steerings.items()}
        plant.ledger.arrange(plant)
        for id in [id for id in plant.ledger.copied if id not in plant.guests]:
            del plant.ledger.copied[id]
        for id, helm in self.helms.items():
            if not plant.ledger.accounts[id].counts:
                plant.roster.dark[helm.rows] = True
            if helm.part.detector == "none":
                plant.roster.tables[helm.rows] = plant.roster.tables[helm.rows, -1:]
            else:
                plant.agenda.put(helm.next_round(plant.now), AFTER_DEMAND, "steer", id)

    def _let_go(self) -> None:
        """Wake hosts that sleep and that no steering looks after any more."""
        plant = self._plant
        kept = [part.members for part in plant.parts.steerings.values() if part.detector != "none"]
        for helm in self.helms.values():
            for id in sorted(helm.asleep - set().union(*kept)):
                helm.asleep.discard(id)
                plant.off.discard(id)
                plant.refresh(id)

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
        plant, names, silent = self._plant, helm.names, helm.silent(self._plant, shares)
        for row in helm.aboard(plant).tolist():
            if silent[row] and names[row] not in plant.ledger.copied:
                plant.turn(names[row], Condition.OFF)
                plant.roster.on[row] = False
                plant.roster.running[plant.roster.root[row]] -= 1
                plant.tell("guest.vanished", names[row], mark("{vm} asked for nothing and is taken away."),
                           vm=Ref(names[row]))  # fmt: skip

    def _steer(self, helm: Helm, shares: Floats) -> None:
        plant, part = self._plant, helm.part
        flying = np.zeros(len(helm.guests), bool)
        flying[[helm.guests[id] for id in plant.ledger.copied]] = True
        rows, guests = helm.guests_now(plant, shares, flying)
        quirks, detector = part.quirks, detectors()[part.detector]
        rules = Rules(detector, part.parameter, "plain" in quirks, "stale" in quirks, "whole" in quirks)
        work = Round(helm.hosts_now(plant), guests, rules, selections()[part.selection], "twice" in quirks)
        first = helm.rounds * MOST_CHOICES
        moves = work.decide(lambda place: uniform(plant.seed, part.id, "choice", first + place))
        self._set_out(helm, rows, moves, detector.REASON, work.loads(moves))
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

    def _set_out(
        self, helm: Helm, rows: Rows, moves: list[Move], crowded: str, loads: list[tuple[float, float]]
    ) -> None:
        """Begin to copy guests (`rows` of the roster by place), and plan where they land; `loads` say why."""
        plant, roster = self._plant, self._plant.roster
        chosen = rows[[move.guest for move in moves]]
        targets = helm.rows[[move.target for move in moves]]
        roster.factor[chosen] = CPU_LEFT
        roster.stale[roster.root[chosen]] = roster.stale[targets] = True
        for place in dict.fromkeys(move.target for move in moves):
            self._wake(helm, helm.hosts[place])
        np.add.at(plant.ledger.receiving, targets, 1)
        plant.ledger.moves += len(moves)
        plant.ledger.accounts[helm.part.id].moves += len(moves)
        waits: dict[int, list[tuple[str, str]]] = {}
        for move, row, load in zip(moves, chosen.tolist(), loads, strict=True):
            guest, target = helm.names[row], helm.hosts[move.target]
            seconds = self._tell_move(helm, guest, target, crowded if move.crowded else EMPTIES, load)
            waits.setdefault(plant.now + micros(seconds), []).append((guest, target))
        for time, landing in waits.items():
            plant.agenda.put(time, AFTER_DEMAND, "land", f"{helm.part.id} {time}", (helm.part.id, tuple(landing)))

    def _wake(self, helm: Helm, id: str) -> None:
        if id in helm.asleep:
            helm.asleep.discard(id)
            moving.switch(self._plant, id, on=True)
            self._plant.tell("host.awake", id, mark("{host} wakes up."), host=Ref(id))

    def _tell_move(self, helm: Helm, guest: str, target: str, reason: str, load: tuple[float, float]) -> float:
        """Hold memory for one copy and write it into the journal; seconds that it takes."""
        plant = self._plant
        copied = plant.parts.guests[guest]
        if memory := plant.footprint(copied):
            moving.hold(plant, target, memory)
        plant.ledger.copied[guest] = target
        plant.touched.add(guest)
        seconds = helm.copy_time(copied.memory)
        way: dict[str, Figure] = {"from": Ref(plant.guests[guest].place), "to": Ref(target)}
        plant.tell(
            "consolidation.move", guest, mark("{vm} moves from {from} to {to}: {reason}."), vm=Ref(guest),
            reason=reason, total=seconds, before=load[0], after=load[1], **way,
        )  # fmt: skip
        return seconds

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
            if plant.ledger.copied.pop(guest, None) is not None:
                left[plant.guests[guest].place] = None
                self._seat(helm, guest, target)
        if helm is not None:
            self._rest(helm, [id for id in left if id in helm.order])

    def _arrive(self, guest: str, target: str) -> None:
        """Nothing is held on `target` for `guest` any more."""
        plant = self._plant
        row = plant.roster.machines.get(target)
        if row is not None:
            plant.ledger.receiving[row] -= 1
            plant.roster.stale[row] = True
            known = plant.parts.guests.get(guest)
            if known is not None and (memory := plant.footprint(known)):
                moving.hold(plant, target, -memory)

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
        return (helms, self._plant.ledger.copied)
