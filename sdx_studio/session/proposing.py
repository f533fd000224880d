"""A proposal to consolidate a project: which machines can be emptied, what that saves, and carrying it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sdx_studio.document import Document, EditError
from sdx_studio.document.seating import last_order, take_seat
from sdx_studio.engine.policies.emptying import Proposal, Step, propose
from sdx_studio.engine.policies.fillings import LIMIT, RULES
from sdx_studio.session.build import parts_of
from sdx_studio.session.floor import Figures, Floor, Reading
from sdx_studio.session.session import Session
from sdx_studio.session.wording import name_of
from sdx_studio.words import _


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be done, step by step, in a machine room as it is now."""

    proposal: Proposal
    floor: Floor

    def figures(self, steps: Iterable[Step] = ()) -> Figures:
        """What it costs after these steps; as it is now after none."""
        return self.floor.figures(*changed(steps))


def suggest(
    document: Document, rule: str = RULES[0], limit: float = LIMIT, kept: Iterable[str] = (),
    members: Iterable[str] | None = None, now: Reading | None = None,
) -> Suggestion:  # fmt: skip
    """What could be emptied: `members` (all machines with a hypervisor), without those in `kept`.

    `now` is what a running model has changed. Raises EditError for an unknown rule or a limit outside 0 … 1.
    """
    if rule not in RULES:
        raise EditError(_("no rule “{rule}”; there are {known}", rule=rule, known=", ".join(RULES)))
    if not 0 < limit <= 1:
        raise EditError(_("the limit is a share above 0 and at most 1, not {value}", value=limit))
    floor = Floor(document, parts_of(document), now)
    houses = floor.houses(frozenset(floor.holders() if members is None else members))
    known = {one.id for one in houses}
    tenants = [one for one in floor.tenants() if one.machine in known]
    proposal = propose(tenants, houses, rule, limit, frozenset(kept))
    return Suggestion(proposal, floor)


def changed(steps: Iterable[Step]) -> tuple[dict[str, str], frozenset[str]]:
    """Where guests are after these steps, as far as that is new, and which machines are off."""
    done = tuple(steps)
    return {guest: machine for step in done for guest, machine in step.moves}, frozenset(one.machine for one in done)


class Doer(Protocol):
    """A running model that can be told to do something."""

    def act(self, verb: str, target: str, **figures: str | float) -> None:
        """Do it now."""


def request(live: Doer, suggestion: Suggestion, rule: str, limit: float, count: int) -> None:
    """Ask a running model for the first `count` steps of what is suggested by this rule and limit: it plans alike."""
    machine, head_room = min(suggestion.floor.machines), round(1.0 - limit, 9)
    live.act("consolidate", machine, policy=rule, head_room=head_room, steps=float(count))


def start(live: Doer, steps: Iterable[Step]) -> None:
    """Carry steps out in a running model: guests move while they run, and what is empty switches itself off."""
    for step in steps:
        for guest, machine in step.moves:
            live.act("migrate", guest, to=machine)
        live.act("power_off", step.machine, when="empty")


def plan(session: Session, steps: Iterable[Step], at: float = 0.0) -> None:
    """Put steps into the scenario at `at` (s), as one undoable step."""
    with session.history.edit(_("Plan a consolidation")):
        for step in steps:
            for guest, machine in step.moves:
                session.do("migrate", guest, at=at, to=machine)
            session.do("power_off", step.machine, at=at, when="empty")


def redraw(session: Session, steps: Iterable[Step]) -> None:
    """Draw it as it will be: guests on their new machines, the empty ones switched off; one undoable step."""
    document = session.document
    with session.history.edit(_("Consolidate")) as edit:
        for step in steps:
            for guest, machine in step.moves:
                one = document.element(guest)
                parent = take_seat(edit, one, machine)
                edit.update(one.but(parent=parent, x=0.0, y=0.0, order=last_order(document, parent) + 1))
            edit.update(document.element(step.machine).setting(powered=False))


def words(step: Step, document: Document) -> str:
    """A step in words: what is emptied and where its guests go."""
    name = name_of(step.machine, document)
    if not step.moves:
        return _("{host} is empty: switch it off", host=name)
    goals = sorted({name_of(machine, document) for _guest, machine in step.moves})
    return _("Empty {host}: {count} to {targets}", host=name, count=len(step.moves), targets=", ".join(goals))
