"""What stands in a journal: a head with the whole project after the first step, then one line for each later step."""

import sys
from collections.abc import Mapping
from typing import Any

import msgspec

from sdx_studio.document import Act, Document, Element, Link, Properties
from sdx_studio.document.changes import Change, Table

VERSION = 1
ENDING = ".journal"


class Head(msgspec.Struct, forbid_unknown_fields=True):
    """The first line. `project` is a whole project file as text; `path` is where the original lies, if it has one."""

    journal: int
    title: str
    path: str | None
    project: str


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    """One record that has come, has changed, or (`after` being None) has gone."""

    table: Table
    id: str
    after: Any = None


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(type(value).__name__)


_ENCODER = msgspec.json.Encoder(enc_hook=_plain)
_HEAD = msgspec.json.Decoder(Head)
_STEP = msgspec.json.Decoder(list[Entry])
_RECORDS: dict[Table, type[Element] | type[Link] | type[Act] | type[Properties]] = {
    "elements": Element, "links": Link, "scenario": Act, "project": Properties,
}  # fmt: skip


def head_line(document: Document, title: str, path: str | None) -> bytes:
    """The head of a journal about the project as it is now."""
    from sdx_studio.exchange.native import dump  # what writes files is not needed before the first edit

    return _ENCODER.encode(Head(VERSION, title, path, dump(document).decode("utf-8"))) + b"\n"


def step_line(changes: tuple[Change, ...]) -> bytes:
    """One step as a line."""
    return _ENCODER.encode([Entry(one.table, one.id, one.after) for one in changes]) + b"\n"


def read_head(line: bytes) -> Head | None:
    """The head, or None when it is no whole one of a version known here."""
    try:
        head = _HEAD.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return head if head.journal == VERSION else None


def read_step(line: bytes, document: Document) -> tuple[Change, ...] | None:
    """The step as changes of `document`, or None when the line is not whole."""
    try:
        return tuple(_change(one, document) for one in _STEP.decode(line))
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, TypeError):
        return None


def _change(entry: Entry, document: Document) -> Change:
    after = None if entry.after is None else msgspec.convert(entry.after, _RECORDS[entry.table])
    if isinstance(after, Link):
        after = after.but(route=sys.intern(after.route))  # files leave the usual route out, which they know by identity
    return Change(entry.table, entry.id, standing(document, entry.table, entry.id), after)


def standing(document: Document, table: Table, id: str) -> Element | Link | Act | Properties | None:
    """The record of a table as it is now."""
    if table == "project":
        return document.properties
    if table == "elements":
        return document.elements.get(id)
    return document.links.get(id) if table == "links" else document.scenario.get(id)
