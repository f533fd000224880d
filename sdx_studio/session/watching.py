"""Breakpoints in people's words: `cpu > 90 %`, `web01 cpu > 90 %`, `migration.finished`, `migration`, `2 min`.

They are kept in the project as undoable steps, together with the kinds of events at which a run slows down.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.document.document import UnknownElementError
from sdx_studio.kinds import catalogue
from sdx_studio.session.conditions import LISTED, meant, quantity
from sdx_studio.session.measures import unit_of
from sdx_studio.session.players.messages import Watch
from sdx_studio.session.session import Session
from sdx_studio.session.wording import name_of
from sdx_studio.words import _, mark

FIELD, SLOW_FIELD = "breakpoints", "slow_at"
"""Where the project's own fields keep them, as texts that mean the same in every language."""
EVENTS = (
    "admission.refused", "balancing.move", "balancing.outdated", "balancing.placed", "balancing.recommended",
    "cable.cut", "cable.mended", "command.refused", "consolidation.emptied", "consolidation.emptying",
    "consolidation.move", "consolidation.planned", "consolidation.round", "consolidation.stays", "consolidation.stuck",
    "element.failed", "element.hindered", "element.leaving", "element.off", "element.relieved", "element.repaired",
    "element.stays", "element.up", "files.hidden", "files.read", "flow.chosen", "flow.introduced",
    "guest.restored", "guest.started", "guest.stopped", "guest.vanished",
    "guest.waiting", "ha.detected", "ha.heard",
    "ha.isolated", "ha.placed", "ha.unplaced", "ha.unreachable", "host.asleep", "host.awake",
    "job.finished", "job.started", "kernel.crashed", "kernel.patched", "kernel.patching",
    "lease.deleted", "lease.renewed", "lease.stopped", "lease.warned", "lease.withdrawn", "load.changed",
    "maintenance.elsewhere", "maintenance.entered", "maintenance.entering", "maintenance.left", "maintenance.refused",
    "maintenance.restored", "maintenance.stuck", "maintenance.waits", "memory.ballooning", "memory.blocked",
    "memory.relieved", "memory.sharing", "memory.swapping", "migration.disk",
    "migration.failed", "migration.finished", "migration.lost",
    "migration.pulling", "migration.rerouted", "migration.round", "migration.started", "migration.switchover",
    "migration.throttled",
    "recovery.abandoned", "recovery.declared", "recovery.finished", "recovery.planned", "recovery.registered",
    "recovery.returning", "recovery.started", "recovery.switched", "recovery.unplaced", "replica.behind",
    "replica.broken", "replica.current", "replica.done", "replica.mirrored", "replica.synced",
    "rule.broken", "sprawl.created", "sprawl.refused", "storage.full", "storage.reachable",
    "storage.rebalanced", "storage.rebalancing", "storage.relieved", "storage.saturated", "storage.unreachable",
    "stream.cached", "stream.launched", "traffic.admitted", "traffic.blocked", "traffic.finished", "traffic.refused",
    "traffic.restored", "work.finished",
)  # fmt: skip
"""Every kind of event that a run can tell."""
SLOW = (
    ("migration.", mark("Migrations")), ("element.failed", mark("Faults")), ("ha.", mark("Restarts elsewhere (HA)")),
    ("cable.cut", mark("Cut cables")), ("consolidation.move", mark("Decisions of policies")),
    ("traffic.blocked", mark("Blocked traffic")), ("storage.", mark("Events of storage")),
)  # fmt: skip
"""Kinds of events at which one may slow down, and what they are called."""
USUAL = ("migration.", "element.failed", "ha.")
"""Those that are chosen to begin with."""
_COMPARISON = re.compile(r"^(.+?)\s*(>=|<=|!=|==|[><=≥≤≠])\s*(.*)$")
_SAME = {"==": "=", "≥": ">=", "≤": "<=", "≠": "!="}
SIGNS = (">", ">=", "<", "<=", "=", "!=")
_CLOCK = re.compile(r"^(?:(\d+):)?(\d{1,3}):(\d{2}(?:\.\d+)?)$")


class WatchError(ValueError):
    """The words cannot be watched for; the message says what is allowed."""


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """One breakpoint of a project, and whether it is on."""

    watch: Watch
    on: bool = True


# reading -------------------------------------------------------------------------------------------------------------


def read(document: Document, text: str) -> Watch:
    """What is meant by words; raises WatchError."""
    asked = unicodedata.normalize("NFKC", text).strip()
    if not asked:
        raise WatchError(_("write what to wait for, for example cpu > 90 % or migration.finished"))
    parts = _COMPARISON.match(asked)
    if parts is None:
        return _event(document, asked)
    left, sign, value = (part.strip() for part in parts.groups())
    element, measures = _measured(document, left)
    if not value:
        raise WatchError(_("a value is needed after “{sign}”, for example 80 %", sign=sign))
    unit = unit_of(measures[0])
    try:
        limit = quantity(value, unit)
    except units.UnitError as reason:
        raise WatchError(_("“{text}” is no quantity here; allowed are for example {examples}",
                           text=reason.text, examples=reason.examples)) from reason  # fmt: skip
    return Watch(element, measures, _SAME.get(sign, sign), limit)


def read_until(document: Document, text: str) -> Watch | float:
    """A moment (simulated seconds: `2 min`, `00:02:00`, `90`) or something to wait for; raises WatchError."""
    asked = unicodedata.normalize("NFKC", text).strip()
    face = _CLOCK.match(asked)
    if face is not None:
        hours, minutes, seconds = face.groups()
        return _moment(int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds), asked)
    try:
        return _moment(units.parse(asked, "s"), asked)
    except units.UnitError:
        if asked[:1].isdigit():
            raise WatchError(_("“{text}” is no moment: write 90 s, 2 min, 00:02:00, or a condition like cpu > 90 %",
                               text=asked)) from None  # fmt: skip
    return read(document, asked)


def _moment(seconds: float, asked: str) -> float:
    if not 0 <= seconds <= units.LONGEST:
        raise WatchError(_("{value} is outside 0 s … 10 years", value=asked))
    return seconds


def _measured(document: Document, left: str) -> tuple[str | None, tuple[str, ...]]:
    """The element (None: any) and the measures that are meant before the sign."""
    found = _measures(document, left.casefold())
    if found:
        return None, found
    pieces = left.split(" ")
    for at in range(len(pieces) - 1, 0, -1):
        try:
            element = document.find(" ".join(pieces[:at]).strip())
        except UnknownElementError:
            continue
        word = " ".join(pieces[at:]).strip()
        found = _measures(document, word.casefold(), element)
        if not found:
            raise WatchError(_unknown(document, word))
        return element, found
    if len(pieces) > 1 and _measures(document, pieces[-1].casefold()):
        raise WatchError(_("there is no “{name}” in this project", name=" ".join(pieces[:-1])))
    raise WatchError(_unknown(document, left))


def _measures(document: Document, word: str, element: str | None = None) -> tuple[str, ...]:
    """Names of the measures that a word (casefolded) means for one element, or for all kinds in the project."""
    names = frozenset(_names())
    if element in document.links:
        return (word,) if word in names else ("net.utilisation",) if word in ("net", _("NET").casefold()) else ()
    ids = document.elements if element is None else (element,)
    kinds = {document.elements[id].kind: document.kind_of(id) for id in ids} or dict(catalogue())
    found = [meant(what, word, names) for what in kinds.values()]
    return tuple(sorted({one[1] for one in found if one is not None}))


def _names() -> list[str]:
    """Every measure there is."""
    from sdx_studio.engine.measures import MEASURES
    from sdx_studio.engine.meters import meters

    tables = (MEASURES, *(meter.MEASURES for meter in meters()))
    return sorted({name for table in tables for names in table.values() for name in names})


def _event(document: Document, asked: str) -> Watch:
    """An event by its kind or the beginning of its kind, perhaps after an element's name."""
    name, _blank, word = asked.rpartition(" ")
    kind = word.casefold()
    if kind not in EVENTS:
        kind = kind.rstrip(".*") + "."
        if not any(one.startswith(kind) for one in EVENTS):
            raise WatchError(_unknown(document, asked if not name else word))
    if not name:
        return Watch(event=kind)
    try:
        return Watch(document.find(name.strip()), event=kind)
    except UnknownElementError:
        raise WatchError(_("there is no “{name}” in this project", name=name)) from None


def _unknown(document: Document, word: str) -> str:
    kinds = [document.kind_of(id) for id in document.elements] or list(catalogue().values())
    labels = list(dict.fromkeys(_(meter.label).casefold() for what in kinds for meter in what.meters))
    known = [*labels, *_names()]
    begins = list(dict.fromkeys(kind.partition(".")[0] for kind in EVENTS))
    close = get_close_matches(word.casefold(), [*known, *EVENTS, *begins], 1)
    hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
    return _("“{word}” is neither a measure nor an event; measures are {measures} …, events {events} …{hint}",
             word=word, measures=", ".join(known[:LISTED]), events=", ".join(begins[:LISTED]), hint=hint)  # fmt: skip


# telling -------------------------------------------------------------------------------------------------------------


def told(watch: Watch, document: Document) -> str:
    """A watch in words that `read` understands: "web01 cpu.utilisation > 90 %"."""
    name = "" if watch.element is None else f"{name_of(watch.element, document)} "
    if not watch.measures:
        return f"{name}{watch.event.rstrip('.')}"
    what = watch.measures[0]
    labels = {meter.measure: meter.label for one in catalogue().values() for meter in one.meters}
    return f"{name}{_(labels[what]) if what in labels else what} {watch.sign} {value_of(watch, watch.limit)}"


def value_of(watch: Watch, value: float) -> str:
    """A value of what a watch compares, with its unit."""
    return units.show(value, unit_of(watch.measures[0])) if watch.measures else ""


# keeping -------------------------------------------------------------------------------------------------------------


def breakpoints(document: Document) -> tuple[Breakpoint, ...]:
    """The breakpoints of a project; what is not written as one is passed over."""
    kept = document.properties.fields.get(FIELD)
    found = [_read_kept(str(one)) for one in kept] if isinstance(kept, tuple) else []
    return tuple(one for one in found if one is not None)


def watches(document: Document) -> tuple[Watch, ...]:
    """What is watched for: breakpoints that are on."""
    return tuple(one.watch for one in breakpoints(document) if one.on)


def asked(document: Document) -> tuple[tuple[Watch, ...], tuple[str, ...]]:
    """What to hold for, and the kinds of events to slow down at."""
    return watches(document), slow_kinds(document)


def keep(session: Session, kept: Iterable[Breakpoint], label: str) -> None:
    """Have these breakpoints, as one step that can be undone."""
    texts = tuple(dict.fromkeys(_written(one) for one in kept))
    with session.history.edit(label) as edit:
        edit.update(session.document.properties.setting(**{FIELD: texts or None}))


def slow_kinds(document: Document) -> tuple[str, ...]:
    """Kinds of events at which a run slows down; none unless that was switched on."""
    kept = document.properties.fields.get(SLOW_FIELD)
    known = {kind for kind, _label in SLOW}
    return tuple(str(one) for one in kept if one in known) if isinstance(kept, tuple) else ()


def keep_slow(session: Session, kinds: Iterable[str]) -> None:
    """Slow down at these kinds of events from now on, as one step that can be undone."""
    with session.history.edit(_("Slow down at events")) as edit:
        edit.update(session.document.properties.setting(**{SLOW_FIELD: tuple(kinds) or None}))


def _written(one: Breakpoint) -> str:
    watch = one.watch
    what = f"! {watch.event}" if watch.event else f"{','.join(watch.measures)} {watch.sign} {watch.limit!r}"
    return f"{'on' if one.on else 'off'} {watch.element or '*'} {what}"


def _read_kept(text: str) -> Breakpoint | None:
    match text.split():
        case [("on" | "off") as on, element, "!", event]:
            watch = Watch(None if element == "*" else element, event=event)
        case [("on" | "off") as on, element, measures, sign, limit] if sign in SIGNS:
            try:
                watch = Watch(None if element == "*" else element, tuple(measures.split(",")), sign, float(limit))
            except ValueError:
                return None
        case _:
            return None
    return Breakpoint(watch, on == "on")
