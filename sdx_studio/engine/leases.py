"""Leases: guests run for a time, or as long as they are used; then they are warned of, stopped and deleted.

A rule looks at its guests at intervals and does what has fallen due. Before a lease ends the owner is asked: one who
still needs the guest renews it. What is busy is never stopped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sdx_studio.engine.availability import Availability
from sdx_studio.engine.clock import DEMAND, SECOND, micros
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.idleness import Idleness
from sdx_studio.engine.parts import Guest, Lease
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.restores import Restores
from sdx_studio.engine.sprawls import Sprawls
from sdx_studio.words import mark

AFTER_DEMAND = DEMAND + 1
"""Rules look at the loads of the instant, so the samples come first."""
ENDED, IDLE = mark("its lease ends"), mark("nobody uses it")
ASKED, SEEN = mark("its owner still needs it"), mark("it is in use")
Why = Literal["lease", "idle", ""]


@dataclass(slots=True)
class Term:
    """One guest under rule `rule`: when its lease ends (µs; None: never), and how far the rule has gone."""

    rule: str
    ends: int | None
    stage: Literal["running", "warned", "stopped"] = "running"
    why: Why = ""
    until: int = 0
    """When the next stage is due (µs)."""
    terms: int = 0
    """Renewals."""
    left: bool = False
    """Whether its owner has done with it."""


@dataclass(slots=True)
class Count:
    """What a rule has done so far."""

    renewed: int = 0
    deleted: int = 0


class Leases:
    """All Lease parts."""

    def __init__(self, plant: Plant, sprawls: Sprawls, availability: Availability) -> None:
        self._plant, self._sprawls, self._availability = plant, sprawls, availability
        self.terms: dict[str, Term] = {}
        self.counts: dict[str, Count] = {}
        self.restores = Restores(plant, sprawls, availability)
        self.gone: list[str] = []
        """Drawn guests that are to be taken out of the parts."""
        self._idleness = Idleness(plant)

    def arrange(self) -> None:
        """Take over rules and guests as the parts now are."""
        plant, rules = self._plant, self._plant.parts.leases
        for id in self.counts.keys() - rules.keys():
            plant.agenda.cancel("lease", id)
            del self.counts[id]
        for id in rules:
            if id not in self.counts:
                self.counts[id] = Count()
                self._plan(id)
        covered = self._covered()
        for id in [id for id in self.terms if covered.get(id) != self.terms[id].rule or id in self.gone]:
            del self.terms[id]
        self.gone = []
        self.restores.arrange()
        self._enrol(covered)

    def look(self, id: str, _payload: object) -> None:
        """It is time for rule `id` to look at its guests."""
        rule = self._plant.parts.leases.get(id)
        if rule is None:
            return
        self._plan(id)
        self._enrol(self._covered())
        for guest in sorted(one for one, term in self.terms.items() if term.rule == id):
            while self._judge(rule, guest, self.terms[guest]):
                pass
        for guest in [one for one, term in self.terms.items() if term.why == "" and term.stage == "stopped"]:
            del self.terms[guest]

    def revision(self) -> list[tuple[type, str]]:
        """Drawn guests that are deleted now."""
        return [(Guest, id) for id in sorted(self.gone)]

    def settle(self) -> None:
        """Follow who is quiet; put what the rules watch and have done."""
        plant = self._plant
        if self._sprawls.fresh:
            self._enrol(self._covered([id for id in self._sprawls.fresh if id in self._sprawls.home]))
        self._idleness.settle()
        for id, count in self.counts.items():
            stages = [term.stage for term in self.terms.values() if term.rule == id]
            plant.gauges.put(id, "lease.watched", len(stages))
            plant.gauges.put(id, "lease.warned", stages.count("warned"))
            plant.gauges.put(id, "lease.stopped", stages.count("stopped"))
            plant.gauges.put(id, "lease.deleted", count.deleted)
            plant.gauges.put(id, "lease.renewed", count.renewed)
            due = stages.count("warned") + stages.count("stopped")
            plant.gauges.put(id, "lease.due", due / len(stages) if stages else 0.0)

    def _plan(self, id: str) -> None:
        plant = self._plant
        every = max(SECOND, micros(plant.parts.leases[id].every))
        plant.agenda.put((plant.now // every + 1) * every, AFTER_DEMAND, "lease", id)

    # whom it concerns ------------------------------------------------------------------------------------------------

    def _covered(self, ids: Iterable[str] | None = None) -> dict[str, str]:
        """Guests that are there, all or those of `ids`, and the first rule that each is under."""
        plant, home = self._plant, self._sprawls.home
        absent = {id for one in self._sprawls.estates.values() for id in (*one.free, *one.buried)}
        guests = plant.parts.guests if ids is None else ids
        found: dict[str, str] = {}
        for rule in plant.parts.leases.values():
            scope = set(rule.scope)
            for id in guests:
                named = id in scope or home.get(id) in scope or plant.guests[id].place in scope
                if named and plant.parts.guests[id].migrates and id not in absent:
                    found.setdefault(id, rule.id)
        return found

    def _enrol(self, covered: dict[str, str]) -> None:
        """Begin the terms of guests that are new, and line up all of them."""
        plant, rules = self._plant, self._plant.parts.leases
        for id, rule in covered.items():
            lease = rules[rule].lease
            if id not in self.terms and id not in self.gone:
                self.terms[id] = Term(rule, None if lease is None else plant.now + micros(lease))
        self._sprawls.fresh.clear()
        self._idleness.watch({id: rules[term.rule] for id, term in self.terms.items()})

    # judging ---------------------------------------------------------------------------------------------------------

    def _judge(self, rule: Lease, id: str, term: Term) -> bool:
        """Do the next thing that is due for guest `id`; whether there was one."""
        now = self._plant.now
        if term.stage == "stopped":
            return self._after_stop(id, term) if term.why else False
        if term.stage == "warned":
            return self._after_warning(rule, id, term)
        if term.ends is not None and now >= term.ends - micros(rule.stop_after):
            self._ask(rule, id, term)
            return True
        if self._idleness.idle(rule, id):
            term.stage, term.why, term.until = "warned", "idle", now + micros(rule.stop_after)
            self._plant.tell(
                "lease.warned", self._where(id, term), mark("{vm} will be stopped in {seconds}: {reason}."),
                reason=IDLE, idle=float(rule.idle_for or 0.0), busy=self._idleness.busy(rule, id),
                seconds=float(rule.stop_after), vm=Ref(id), rule=Ref(term.rule),
            )  # fmt: skip
            return True
        return False

    def _ask(self, rule: Lease, id: str, term: Term) -> None:
        """The owner is asked whether the guest is still needed; for a drawn one its load gives the answer."""
        now = self._plant.now
        wanted = self._sprawls.renews(id, term.terms)
        if rule.renewable and (self._idleness.used(rule, id) if wanted is None else wanted):
            self._renew(rule, id, term, ASKED)
            return
        if wanted is not None:
            self._sprawls.abandon(id)
            term.left = True
        term.stage, term.why, term.until = "warned", "lease", max(now, term.ends or now)
        self._plant.tell(
            "lease.warned", self._where(id, term), mark("{vm} will be stopped in {seconds}: {reason}."),
            reason=ENDED, seconds=(term.until - now) / SECOND, vm=Ref(id), rule=Ref(term.rule),
        )  # fmt: skip

    def _renew(self, rule: Lease, id: str, term: Term, reason: str) -> None:
        if term.ends is not None and rule.lease is not None:
            term.ends = max(term.ends, self._plant.now) + max(SECOND, micros(rule.lease))
        term.terms, term.stage, term.why = term.terms + 1, "running", ""
        self.counts[rule.id].renewed += 1
        self._plant.tell(
            "lease.renewed", self._where(id, term), mark("The lease of {vm} goes on for {seconds}: {reason}."),
            seconds=float(rule.lease or 0.0), reason=reason, terms=term.terms, vm=Ref(id), rule=Ref(term.rule),
        )  # fmt: skip

    def _after_warning(self, rule: Lease, id: str, term: Term) -> bool:
        plant = self._plant
        if self._idleness.used(rule, id) and not term.left:
            if term.why == "lease" and plant.now >= term.until:
                self._renew(rule, id, term, SEEN)
                return True
            if term.why == "idle":
                term.stage, term.why = "running", ""
                plant.tell(
                    "lease.withdrawn", self._where(id, term),
                    mark("{vm} is in use again: the warning is withdrawn."), vm=Ref(id), rule=Ref(term.rule),
                )  # fmt: skip
            return False
        if plant.now < term.until:
            return False
        term.stage, term.until = "stopped", plant.now + micros(rule.delete_after)
        plant.tell(
            "lease.stopped", self._where(id, term), mark("{vm} is stopped: {reason}."), vm=Ref(id),
            rule=Ref(term.rule), reason=ENDED if term.why == "lease" else IDLE, load=self._idleness.load(id),
        )  # fmt: skip
        if plant.guests[id].condition is not Condition.OFF:
            plant.promised.difference_update(plant.family(id))
            self._availability.stop(id)
        if id in self._sprawls.home:
            self._sprawls.stop(id)
        return True

    def _after_stop(self, id: str, term: Term) -> bool:
        """Delete what has been off long enough; what somebody has switched on again begins a new lease."""
        plant = self._plant
        if plant.guests[id].condition is not Condition.OFF:
            term.why = ""
            if id in self._sprawls.home:
                self._sprawls.resume(id)
            return False
        if plant.now < term.until:
            return False
        guest = plant.parts.guests[id]
        self.counts[term.rule].deleted += 1
        self.restores.keep(id, term.rule)
        plant.tell(
            "lease.deleted", self._where(id, term),
            mark("{vm} is deleted; its configuration is kept: {vcpus} vCPU, {memory}."), vcpus=round(guest.vcpus),
            memory=float(guest.memory), load=self._idleness.load(id), vm=Ref(id), rule=Ref(term.rule),
        )  # fmt: skip
        if id in self._sprawls.home:
            self._sprawls.bury(id)
        else:
            self.gone.append(id)
        term.why = ""
        return False

    def _where(self, id: str, term: Term) -> str:
        """What happens to guests that nobody drew is told at the rule."""
        return term.rule if id in self._sprawls.home else id

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        return (self.terms, self.counts, self._idleness.state(), self.restores.state())
