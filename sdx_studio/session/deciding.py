"""Decisions of policies and why they were made; the kinds of events that people ask for."""

import math

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.events import Event
from sdx_studio.session.wording import name_of, sentence
from sdx_studio.words import _, mark

DECISIONS = (
    "recovery.declared", "recovery.registered", "recovery.unplaced",
    "consolidation.", "balancing.", "maintenance.", "admission.", "rule.", "ha.isolated", "ha.placed", "ha.unplaced",
    "host.asleep", "host.awake", "guest.vanished", "guest.waiting", "storage.rebalancing",
    "memory.sharing", "memory.ballooning", "memory.swapping", "memory.blocked",
    "traffic.admitted", "traffic.refused", "flow.chosen", "sprawl.", "lease.",
)  # fmt: skip
"""What a policy of the model decides by itself, by the beginnings of the events' kinds."""
GROUPS = (
    ("faults", mark("Faults"), (
        "element.failed", "kernel.crashed", "element.hindered", "element.off", "cable.cut", "guest.stopped",
        "guest.vanished", "migration.failed", "migration.lost", "storage.unreachable", "traffic.blocked", "ha.detected",
        "ha.unreachable", "ha.isolated",
    )),
    ("migrations", mark("Migrations"), ("migration.", "consolidation.move", "balancing.move", "maintenance.")),
    ("restarts", mark("Restarts"), (
        "recovery.", "kernel.patch", "guest.restored",
        "ha.", "guest.started", "guest.waiting", "element.up", "element.repaired", "host.awake", "cable.mended",
    )),
    ("decisions", mark("Decisions"), DECISIONS),
    ("alerts", mark("Alerts"), (
        "storage.full", "storage.saturated", "storage.relieved", "storage.unreachable", "storage.reachable", "memory.",
        "replica.behind", "replica.broken", "recovery.unplaced",
        "traffic.blocked", "traffic.refused", "traffic.restored", "element.hindered",
        "element.relieved", "command.refused", "guest.waiting", "rule.", "admission.", "maintenance.stuck",
        "consolidation.stuck",
        "sprawl.refused", "lease.warned",
    )),
    ("edits", mark("Edits"), ("load.", "command.", "element.leaving", "element.stays", "element.off", "element.up",
        "element.repaired", "cable.", "files.")),
)  # fmt: skip
"""Groups of events by name: what they are called and how the kinds in them begin; an event may be in several."""


def group_of(name: str) -> tuple[str, ...]:
    """How the kinds of a group begin; raises KeyError for an unknown one."""
    return {group: kinds for group, _label, kinds in GROUPS}[name]


def decides(event: Event) -> bool:
    """Whether an event is a decision of a policy."""
    return event.kind.startswith(DECISIONS)


def reason_of(event: Event, document: Document) -> str:
    """Why a decision was made, with its figures, as far as its own words do not say so; empty for anything else."""
    teller = _REASONS.get(event.kind)
    return teller(event, document) if teller is not None else ""


def explained(event: Event, document: Document) -> str:
    """What happened, and for a decision why."""
    words, reason = sentence(event, document), reason_of(event, document)
    return f"{words} – {reason}" if reason else words


def _figure(event: Event, key: str, unit: str) -> str:
    value = event.figures.get(key)
    return units.show(float(value), unit) if isinstance(value, (int, float)) and math.isfinite(value) else ""


def _move(event: Event, document: Document) -> str:
    before, after = _figure(event, "before", "1"), _figure(event, "after", "1")
    if not before or not after:
        return ""
    source, target = (name_of(str(event.figures[key]), document) for key in ("from", "to"))
    return _("{source} asks for {before}; {target} for {after} with it",
             source=source, before=before, target=target, after=after)  # fmt: skip


def _placed(event: Event, document: Document) -> str:
    free, able = _figure(event, "free", "core"), _figure(event, "able", "")
    if not free or not able:
        return ""
    target = name_of(str(event.figures["to"]), document)
    why = _("{target} has most to spare of {count} hosts that could take it: {free}",
            target=target, count=able, free=free)  # fmt: skip
    lost = _figure(event, "lost", "B")
    return _("{why}; what was in its memory ({lost}) is gone", why=why, lost=lost) if lost else why


def _balanced(event: Event, _document: Document) -> str:
    before, after = _sigma(event, "before"), _sigma(event, "after")
    if not before or not after:
        return ""
    if event.figures.get("tag"):
        return _("it breaks its rule “{tag}” where it is; σ {before} → {after}", tag=event.figures["tag"],
                 before=before, after=after)  # fmt: skip
    return _("σ {before} → {after}, priority {priority}", before=before, after=after,
             priority=event.figures.get("priority", ""))  # fmt: skip


def _sigma(event: Event, key: str) -> str:
    value = event.figures.get(key)
    return f"{value:.2g}" if isinstance(value, float) and math.isfinite(value) else ""


def _emptied(event: Event, _document: Document) -> str:
    left = _figure(event, "headroom", "B")
    return _("{left} stay free on the others", left=left) if left else ""


def _declared(event: Event, _document: Document) -> str:
    age, count = _figure(event, "seconds", "s"), _figure(event, "vms", "")
    if not age or not count:
        return ""
    return _("the newest complete copy lacks {age} of writing; {count} VMs start from it", age=age, count=count)


def _rebalancing(event: Event, _document: Document) -> str:
    fullest, emptiest = _figure(event, "fullest", "1"), _figure(event, "emptiest", "1")
    if not fullest or not emptiest:
        return ""
    return _("the fullest disk has {fullest}, the emptiest {emptiest}; all will have {even}",
             fullest=fullest, emptiest=emptiest, even=_figure(event, "utilisation", "1"))  # fmt: skip


def _short(event: Event, _document: Document) -> str:
    asked, has = _figure(event, "asked", "B"), _figure(event, "has", "B")
    return _("guests ask for {asked}, there are {has}", asked=asked, has=has) if asked and has else ""


def _guarantee(event: Event, _document: Document) -> str:
    wanted, given = _figure(event, "wanted", "bit/s"), _figure(event, "given", "bit/s")
    return _("it asks for {wanted} and gets {given}", wanted=wanted, given=given) if wanted and given else ""


def _asked(event: Event, _document: Document) -> str:
    """How many there are with this one, or how many are there already when it was refused."""
    count = _figure(event, "population", "")
    if event.kind == "sprawl.refused":
        size = _figure(event, "memory", "B")
        return _("it needs {memory}; {count} VMs are there already", memory=size, count=count) if size else ""
    room = _figure(event, "room", "B")
    return _("that makes {count}; the host still has {room}", count=count, room=room) if count and room else ""


def _leased(event: Event, document: Document) -> str:
    """By which rule, and how little the VM did."""
    if "rule" not in event.figures:
        return ""
    rule = name_of(str(event.figures["rule"]), document)
    idle, load = _figure(event, "idle", "s"), _figure(event, "load", "1")
    busy = _figure(event, "busy", "1")
    if idle and busy:
        return _("rule {rule}: it was busy for {busy} of the last {time}", rule=rule, busy=busy, time=idle)
    if load:
        return _("rule {rule}: it asks for {load} of its vCPUs", rule=rule, load=load)
    return _("rule {rule}", rule=rule)


_REASONS = {
    "sprawl.created": _asked, "sprawl.refused": _asked, "lease.warned": _leased, "lease.renewed": _leased,
    "lease.withdrawn": _leased, "lease.stopped": _leased, "lease.deleted": _leased,
    "consolidation.move": _move, "ha.placed": _placed, "storage.rebalancing": _rebalancing,
    "memory.ballooning": _short, "memory.swapping": _short, "memory.sharing": _short, "memory.blocked": _short,
    "traffic.refused": _guarantee,
    "traffic.admitted": _guarantee, "balancing.recommended": _balanced, "balancing.move": _balanced,
    "recovery.declared": _declared,
    "recovery.registered": _placed, "balancing.placed": _placed, "maintenance.entering": _emptied,
}  # fmt: skip
