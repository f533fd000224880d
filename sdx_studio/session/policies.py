"""Policy groups: like elements under one standard; drift from it, and what brings them back in line.

Two hundred settings that somebody keeps by hand become a few groups: a patch is one edit in each.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sdx_studio.document import Document, EditError, Element, Link
from sdx_studio.document.drifting import (
    STANDARD,
    Drift,
    drift,
    entries,
    members,
    same,
    settings_of,
    spelled,
    values_of,
    wanted,
)
from sdx_studio.document.history import Edit
from sdx_studio.kinds import Field, Value, catalogue
from sdx_studio.kinds.links import link_values
from sdx_studio.session.session import Session
from sdx_studio.words import _

__all__ = ["Drift", "Edits", "Proposal", "drift", "edits", "group", "group_alike", "groups_alike", "mend"]
CLEARLY = 3
"""How many times as many elements a group must have that draws one of other values to itself."""
NEAR = 3
"""At most one setting in so many may differ then."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Elements of one kind with the same settings, or almost; `standard` is what most of them have."""

    kind: str
    members: tuple[str, ...]
    standard: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """How often somebody has to edit for one patch: element by element, and with groups."""

    before: int
    after: int


def groups_alike(document: Document) -> tuple[Proposal, ...]:
    """Groups that suggest themselves among elements that are in none yet, the largest first."""
    taken = {id for one in document.having("policy") for id in members(document, one)}
    found: list[Proposal] = []
    sorts: dict[str, list[str]] = {}
    for id, one in sorted(document.elements.items()):
        if one.kind in catalogue() and id not in taken:
            sorts.setdefault(one.kind, []).append(id)
    for id, cable in sorted(document.links.items()):
        if id not in taken:
            sorts.setdefault(f"link {link_values(cable)['medium']}", []).append(id)
    for key, loose in sorted(sorts.items()):
        fields = _telling(document, loose)
        if fields:
            found += _alike(document, key, loose, fields)
    return tuple(sorted(found, key=lambda one: (-len(one.members), one.members)))


def group(session: Session, ids: Iterable[str], name: str | None = None) -> str:
    """A policy group of these elements with what they have in common as its standard; its id. One step."""
    document = session.document
    chosen = able(document, ids)
    if not chosen:
        raise EditError(_("no element is selected"))
    standard = common(document, chosen)
    if not standard:
        raise EditError(_("they have no setting in common"))
    return _make(session, chosen, standard, name)


def able(document: Document, ids: Iterable[str]) -> list[str]:
    """Those of these elements and cables that can be in a group."""
    known = [id for id in ids if id in document.elements or id in document.links]
    return [id for id in known if id in document.links or "policy" not in document.traits(id)]


def group_alike(session: Session) -> tuple[str, ...]:
    """A policy group for everything that suggests itself as one; their ids. One step."""
    found = groups_alike(session.document)
    if not found:
        raise EditError(_("no elements have settings in common that somebody has set"))
    with session.history.edit(_("Group what is alike")):
        return tuple(_make(session, list(one.members), one.standard, None) for one in found)


def _make(session: Session, chosen: list[str], standard: tuple[str, ...], name: str | None) -> str:
    document = session.document
    places = [document.elements[id] for id in chosen if id in document.elements]
    free = bool(places) and all(one.parent is None for one in places)
    at = (min(one.x for one in places), min(one.y for one in places) - ABOVE) if free else _beside(document)
    kind = next(key for key, one in catalogue().items() if "policy" in one.traits)
    with session.history.edit(_("Make a policy group of {count}", count=len(chosen))):
        return session.place(kind, name=name, x=at[0], y=at[1], members=chosen, standard=standard)


ABOVE = 90.0
"""Px from a group's card to the highest of its members."""


def _beside(document: Document) -> tuple[float, float]:
    """A place on the canvas above everything."""
    outer = [one for one in document.elements.values() if one.parent is None]
    cards = sum("policy" in document.traits(one.id) for one in outer)
    return min(one.x for one in outer) + 190.0 * cards, min(one.y for one in outer) - ABOVE


def common(document: Document, ids: Iterable[str]) -> tuple[str, ...]:
    """Settings that all of these have alike, as a standard: those set on any of them, or else those of their size."""
    chosen = list(ids)
    kinds = [settings_of(document, id) for id in chosen]
    shared = [field for field in kinds[0] if all(field in one for one in kinds)]
    alike = [
        one for one in shared if all(same(_value(document, id, one), _value(document, chosen[0], one)) for id in chosen)
    ]
    told = [one for one in alike if any(one.key in _record(document, id).fields for id in chosen)]
    size = [one for one in alike if one.group == "Size"]
    kept = [one for one in told or size if _value(document, chosen[0], one) is not None]
    return tuple(spelled(one, _value(document, chosen[0], one)) for one in kept)


def mend(session: Session, ids: Iterable[str] | None = None) -> int:
    """Bring what has drifted back to its standard: all, or only these elements and groups; how many settings."""
    document = session.document
    chosen = None if ids is None else set(ids)
    found = [one for one in drift(document) if chosen is None or {one.group, one.element} & chosen]
    if not found:
        raise EditError(_("nothing has drifted"))
    with session.history.edit(_("Mend {count} drifted settings", count=len(found))) as edit:
        for one in found:
            _set(edit, document, one.element, one.field, one.wanted)
    return len(found)


def follow(edit: Edit, document: Document, id: str, before: tuple[str, ...]) -> None:
    """The standard of group `id` was another one: all members get what has changed in it."""
    old = entries(before)
    changed = {key for key, text in entries(document.values(id)[STANDARD]).items() if old.get(key) != text}
    for member in members(document, id):
        for field, value in wanted(document, id, member).items():
            if field.key in changed:
                _set(edit, document, member, field, value)


def edits(document: Document, key: str | None = None) -> Edits:
    """Edits for a patch of setting `key`; without it, for one of every setting that groups keep."""
    before, after = 0, 0
    for id in document.having("policy"):
        kept = [field for one in members(document, id) for field in wanted(document, id, one)]
        counted = [field for field in kept if key is None or field.key == key]
        before += len(counted)
        after += bool(counted)
    return Edits(before, after)


def governed(document: Document, ids: Iterable[str]) -> tuple[Drift, ...]:
    """What of these elements, or of members of these groups, has drifted."""
    chosen = set(ids)
    return tuple(one for one in drift(document) if {one.group, one.element} & chosen)


def _set(edit: Edit, document: Document, id: str, field: Field, value: Value) -> None:
    one = _record(document, id)
    edit.update(one.setting(**{field.key: None}))
    if not same(values_of(document, id)[field.key], value):
        edit.update(one.setting(**{field.key: value}))


def _record(document: Document, id: str) -> Element | Link:
    return document.links[id] if id in document.links else document.element(id)


def _value(document: Document, id: str, field: Field) -> Value:
    value: Value = values_of(document, id)[field.key]
    return value


def _telling(document: Document, ids: list[str]) -> tuple[Field, ...]:
    """Settings that somebody has set on any of these, which are of one kind."""
    told = {key for id in ids for key in _record(document, id).fields}
    return tuple(field for field in settings_of(document, ids[0]) if field.key in told)


def _alike(document: Document, kind: str, ids: list[str], fields: tuple[Field, ...]) -> list[Proposal]:
    """Elements of one kind by their values; few of almost the same values go with the many."""
    marks = {id: tuple(_value(document, id, field) for field in fields) for id in ids}
    counts = Counter(marks.values())
    heads: list[tuple[Value, ...]] = []
    homes: dict[tuple[Value, ...], tuple[Value, ...]] = {}
    for values in sorted(counts, key=lambda one: (-counts[one], repr(one))):
        near = [
            head
            for head in heads
            if counts[head] >= CLEARLY * counts[values] and _apart(head, values) * NEAR <= len(fields)
        ]
        homes[values] = min(near, key=lambda head: _apart(head, values)) if near else values
        if not near:
            heads.append(values)
    found = []
    for head in heads:
        inside = tuple(id for id in ids if homes[marks[id]] == head)
        if len(inside) > 1:
            standard = tuple(
                spelled(field, value) for field, value in zip(fields, head, strict=True) if value is not None
            )
            found.append(Proposal(kind, inside, standard))
    return found


def _apart(one: tuple[Value, ...], other: tuple[Value, ...]) -> int:
    return sum(not same(a, b) for a, b in zip(one, other, strict=True))
