"""Design problems in words: what would go wrong or makes no sense, before anything runs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sdx_studio.document.capacity import shortages
from sdx_studio.document.document import Document
from sdx_studio.document.drifting import STANDARD, drift, mistakes
from sdx_studio.document.inheriting import circle
from sdx_studio.document.placing import homes, the
from sdx_studio.document.trial import trials
from sdx_studio.engine.verbs import verbs
from sdx_studio.kinds import GROUND, FieldError
from sdx_studio.kinds.links import BY_KEY, link_values, why_not
from sdx_studio.words import _, mark


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: how bad, at which element or link, in words."""

    severity: Literal["error", "warning", "hint"]
    element: str | None
    text: str


def problems(document: Document) -> tuple[Problem, ...]:
    """All findings, errors first."""
    rank = {"error": 0, "warning": 1, "hint": 2}
    found = [problem for rule in RULES for problem in rule(document)]
    known = {one.element for one in found if one.severity != "hint"}
    found += [Problem(severity, id, text) for severity, id, text in trials(document) if id not in known]
    return tuple(sorted(found, key=lambda one: (rank[one.severity], one.element or "")))


def _unknown(document: Document) -> Iterator[Problem]:
    for id in document.having("placeholder"):
        yield Problem("warning", id, _("unknown part “{kind}”: kept, not simulated", kind=document.element(id).kind))


def _seats(document: Document) -> Iterator[Problem]:
    for id, one in sorted(document.elements.items()):
        what = document.kind_of(id)
        if one.parent is None and GROUND not in what.needs and "placeholder" not in what.traits:
            text = _("{child} needs a place: {places}", child=the(what), places=homes(what))
            yield Problem("error", id, text[0].upper() + text[1:])


def _fields(document: Document) -> Iterator[Problem]:
    for id, one in sorted(document.elements.items()):
        yield from _readable(id, one.fields.items(), document.kind_of(id).by_key)
    for id, link in sorted(document.links.items()):
        yield from _readable(id, link.fields.items(), BY_KEY)


def _readable(id: str, items: Iterable[tuple[str, object]], known: object) -> Iterator[Problem]:
    for key, value in items:
        field = known.get(key)  # type: ignore[attr-defined]
        if field is None:
            continue
        try:
            field.read(value)
        except FieldError as reason:
            yield Problem("error", id, str(reason))


def _references(document: Document) -> Iterator[Problem]:
    for id in sorted(document.elements):
        values = document.values(id)
        for field in document.kind_of(id).fields:
            if field.type not in ("reference", "references") or not values[field.key]:
                continue
            named = (values[field.key],) if field.type == "reference" else values[field.key]
            for target in named:
                if target in document.links and field.cables:
                    continue
                if target not in document.elements:
                    text = _("{field} points to {id}, which is not there", field=field.key, id=target)
                    yield Problem("error", id, text)
                elif field.to and not document.traits(target) & {*field.to, "placeholder"}:
                    text = _("{field} cannot point to {what}", field=field.key, what=the(document.kind_of(target)))
                    yield Problem("warning", id, text)


def _circles(document: Document) -> Iterator[Problem]:
    for id, one in sorted(document.elements.items()):
        row = circle(document, one)
        if row:
            names = ", ".join(document.element(each).name for each in (*row, id))
            yield Problem("error", id, _("takes its values from itself: {names}", names=names))


def _twins(document: Document) -> Iterator[Problem]:
    known: dict[tuple[str, object], str] = {}
    for id, one in sorted(document.elements.items()):
        for field in document.kind_of(id).fields:
            value = one.fields.get(field.key) if field.identity else None
            first = known.setdefault((field.key, value), id) if value else id
            if first != id:
                words = {"field": _(field.label), "value": value, "name": document.element(first).name}
                yield Problem("warning", id, _("{field} {value} is that of {name} as well", **words))


def _room(document: Document) -> Iterator[Problem]:
    for id, text in shortages(document):
        yield Problem("warning", id, text)


def _acts(document: Document) -> Iterator[Problem]:
    for id, act in sorted(document.scenario.items()):
        named = {act.target, *(value for key, value in act.fields.items() if key == "to" and isinstance(value, str))}
        for missing in sorted(named - document.elements.keys() - document.links.keys()):
            yield Problem("warning", id, _("the act names {id}, which is not there", id=missing))
        if act.verb not in verbs():
            text = _("no act “{verb}”; there are {known}", verb=act.verb, known=", ".join(verbs()))
            yield Problem("warning", id, text)
        if act.at > document.properties.duration:
            yield Problem("hint", id, _("planned for later than the project lasts"))


def _plugs(document: Document) -> Iterator[Problem]:
    for id, link in sorted(document.links.items()):
        reason = why_not(document.kind_of(link.a), document.kind_of(link.b))
        if reason is not None:
            yield Problem("error", id, reason)


def _tags(document: Document) -> Iterator[Problem]:
    for id, link in sorted(document.links.items()):
        for tag in link_values(link)["vlans"]:
            if not (str(tag).isdecimal() and 1 <= int(tag) <= 4094):
                yield Problem("warning", id, _("“{tag}” is no VLAN; there are 1 to 4094", tag=tag))


def _loose(document: Document) -> Iterator[Problem]:
    for id in document.having("endpoint"):
        if not document.links_of(id):
            yield Problem("hint", id, _("no cable: nothing can reach it"))


def _traffic(document: Document) -> Iterator[Problem]:
    for id in document.having("traffic"):
        values = document.values(id)
        if not values["source"] or not values["target"]:
            yield Problem("warning", id, _("needs a sender and a receiver"))
        elif values["source"] == values["target"]:
            yield Problem("warning", id, _("sends to itself"))


NEEDED = (
    ("crowd", "server", mark("has no server to work on")),
    ("streamed", "server", mark("nothing to come from")),
    ("streamed", "client", mark("nowhere to run")),
    ("replication", "volume", mark("has no volume to copy")),
    ("replication", "target", mark("has no array to copy to")),
    ("group", "members", mark("has no members")),
    ("steering", "members", mark("has no members")),
    ("requests", "hosts", mark("has no hosts to fill")),
    ("lease", "scope", mark("applies to no VM")),
    ("policy", "members", mark("has no members")),
)
"""Trait, field and what is wrong when that is empty."""


def _needed(document: Document) -> Iterator[Problem]:
    for trait, field, text in NEEDED:
        for id in document.having(trait):
            if not document.values(id)[field]:
                yield Problem("warning", id, _(text))


def _disks(document: Document) -> Iterator[Problem]:
    for id in document.having("mobile"):
        values = document.values(id)
        if values["io_rate"] and not values["disk"]:
            yield Problem("warning", id, _("asks for disk requests but has no disk"))
    for id in document.having("store"):
        inner = [document.traits(one) for one in document.children(id)]
        if any("blocks" in traits for traits in inner) and not any("device" in traits for traits in inner):
            yield Problem("warning", id, _("has volumes but no disks"))


def _policies(document: Document) -> Iterator[Problem]:
    for id in document.having("policy"):
        for text in mistakes(document, id, document.values(id)[STANDARD]):
            yield Problem("warning", id, text)
    for one in drift(document):
        yield Problem("warning", one.element, _("has drifted: {what}", what=one.words(document)))


RULES: tuple[Callable[[Document], Iterable[Problem]], ...] = (
    _unknown, _seats, _fields, _references, _circles, _twins, _room, _plugs, _tags, _loose, _traffic, _needed, _disks,
    _acts, _policies,
)  # fmt: skip
