"""From a document to the bytes of its file: one record a line, sorted by id, the same bytes for the same project."""

from collections.abc import Mapping
from typing import Any

import msgspec

from sdx_studio.document import Act, Document, Element, Link
from sdx_studio.exchange.native.bulk import undisturbed
from sdx_studio.exchange.native.checking import rules_of
from sdx_studio.exchange.native.lines import BOUND, FORMAT, VERSION, ActLine, ElementLine, Head, Line, LinkLine

_ENCODER = msgspec.json.Encoder(order="deterministic")
_UNPOINTED: tuple[str, ...] = ()


def dump(document: Document) -> bytes:
    """The whole file as UTF-8 JSON."""
    with undisturbed():
        return _dump(document)


def _dump(document: Document) -> bytes:
    tables = (
        ("elements", [_element(document.elements[id], document) for id in sorted(document.elements)]),
        ("links", [_link(document.links[id]) for id in sorted(document.links)]),
        ("scenario", [_act(document.scenario[id]) for id in sorted(document.scenario)]),
    )
    parts = [_head(document)]
    for name, rows in tables:
        body = b"\n" + b",\n".join(rows) + b"\n" if rows else b""
        parts.append(b'"%s": [%s]' % (name.encode(), body))
    return b"{\n" + b",\n".join(parts) + b"\n}\n"


def _head(document: Document) -> bytes:
    own = document.properties
    head = Head(FORMAT, VERSION, own.title, own.seed, number(own.duration), own.notes, _fields(own.fields))
    extra = dict(own.extra)
    head.fields = {**extra.pop("fields", {}), **head.fields}
    members: dict[str, Any] = msgspec.to_builtins(head)
    for key in sorted(extra):
        members[key] = extra[key]
    return b",\n".join(_ENCODER.encode(key) + b": " + _ENCODER.encode(value) for key, value in members.items())


def _element(one: Element, document: Document) -> bytes:
    fields = _fields(one.fields)
    rules = rules_of(one.kind)
    for key in rules.references if rules is not None else _UNPOINTED:
        if key in fields:
            _unpoint(fields, key, document, rules is not None and rules.fields[key].cables)
    line = ElementLine(one.id, one.kind, one.name, one.parent, _pixels(one.x), _pixels(one.y), one.order, one.closed,
                       one.locked, fields)  # fmt: skip
    return _written(line, one.extra)


def _unpoint(fields: dict[str, Any], key: str, document: Document, cables: bool) -> None:
    """Leave references to what is no longer there out: an id that is given anew must not be found by them."""
    value = fields[key]
    if isinstance(value, tuple):
        known = document.links if cables else {}
        fields[key] = tuple(id for id in value if id in document.elements or id in known)
    elif isinstance(value, str) and value not in document.elements:
        del fields[key]


def _link(one: Link) -> bytes:
    points = tuple((_pixels(x), _pixels(y)) for x, y in one.points)
    return _written(LinkLine(one.id, one.a, one.b, one.route, points, one.order, _fields(one.fields)), one.extra)


def _act(one: Act) -> bytes:
    return _written(ActLine(one.id, number(one.at), one.verb, one.target, _fields(one.fields)), one.extra)


def _written(line: Line, extra: Mapping[str, Any]) -> bytes:
    if extra:
        extra = dict(extra)
        line.fields.update(extra.pop("fields", {}))
    text = _ENCODER.encode(line)
    return text[:-1] + b"," + _ENCODER.encode(extra)[1:] if extra else text


def _fields(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: number(value) if type(value) in (float, int) else value for key, value in given.items()}


def _pixels(value: float) -> float:
    near = round(value, 2)
    whole = int(near)
    return whole if whole == near else near


def number(value: float) -> float:
    """`value` with 12 significant digits, as a whole number where it is one and small enough to be exact."""
    if type(value) is int:
        return value if -BOUND <= value <= BOUND else float(f"{value:.12g}")
    whole = int(value) if -BOUND <= value <= BOUND else None
    if whole is not None and whole == value:
        return whole
    short = float(f"{value:.12g}")
    return int(short) if abs(short) <= BOUND and short == int(short) else short
