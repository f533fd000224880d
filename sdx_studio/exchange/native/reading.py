"""From bytes to a document: a quick way for files as they are written here, a patient one for all others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, TypeVar

import msgspec

from sdx_studio.document import Act, Document, Element, Link, Properties
from sdx_studio.document.records import NOTHING
from sdx_studio.exchange.formats import FileError, Opened
from sdx_studio.exchange.native.bulk import undisturbed
from sdx_studio.exchange.native.checking import FaultError, Rules, check, link_rules, nearest, rules_of
from sdx_studio.exchange.native.lines import FORMAT, TABLES, VERSION, ActLine, Cell, ElementLine, Head, LinkLine, Page
from sdx_studio.exchange.native.strict import Source
from sdx_studio.exchange.native.upgrades import oldest, upgraded
from sdx_studio.words import _

MOST = 200_000
"""Elements, links and acts together."""

Tree = dict[str, Any]
Extras = list[Mapping[str, Any]]
_L = TypeVar("_L", bound=msgspec.Struct)
_DECODER = msgspec.json.Decoder(Page)
_ENCODER = msgspec.json.Encoder()
_WHERE = re.compile(r" - at `\$(.*)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_INVALID = re.compile(r"Expected `([^`]+)`(?:, got `(\w+)`)?")


@dataclass(slots=True)
class _Sheet:
    """A file's lines and, table by table, the members that they do not know (none on the quick way)."""

    head: Head
    elements: list[ElementLine] = field(default_factory=list)
    links: list[LinkLine] = field(default_factory=list)
    scenario: list[ActLine] = field(default_factory=list)
    extras: dict[str, Extras] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


def parse(data: bytes, name: str) -> Opened:
    """The project in `data`; `name` is the file's name for messages. Raises FileError."""
    source = Source(data, name)
    source.guard()
    with undisturbed():
        return _parse(source)


def _parse(source: Source) -> Opened:
    sheet = _quick(source) or _patient(source)
    if len(sheet.elements) + len(sheet.links) + len(sheet.scenario) > MOST:
        raise FileError(source.name, 0, 0, "", _("more than {most} elements, links and acts", most=f"{MOST:,}"))
    try:
        notices = check(sheet.elements, sheet.links, sheet.scenario)
    except FaultError as fault:
        raise source.at_path(fault.path, fault.message) from None
    return Opened(_document(sheet), tuple(notices))


def _quick(source: Source) -> _Sheet | None:
    """The file decoded in one go, or None when it needs a closer look."""
    try:
        page = _DECODER.decode(source.data)
    except (msgspec.DecodeError, RecursionError, ValueError):
        return None
    if page.format != FORMAT or page.version != VERSION:
        return None
    # A name that stands twice leaves more colons in the file than in what was read from it.
    if b"\\u" in source.data or source.data.count(b":") != _ENCODER.encode(page).count(b":"):
        source.tree()
    return _Sheet(page, page.elements or [], page.links or [], page.scenario or [])


def _patient(source: Source) -> _Sheet:
    tree = source.tree()
    version = _version(tree, source)
    tree = upgraded(tree, version)
    try:
        return _sheet(tree)
    except FaultError as fault:
        raise source.at_path(fault.path, fault.message) from None


def _version(tree: Any, source: Source) -> int:
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise FileError(source.name, 1, 1, "format", _("not a project: it does not say {wanted}",
                        wanted=f'"format": "{FORMAT}"'))  # fmt: skip
    version = tree.get("version")
    if type(version) is not int or version < oldest():
        first = oldest()
        message = _("a whole number from {first} to {last} is needed", first=first, last=VERSION)
        raise source.at_path(("version",), message)
    if version > VERSION:
        message = _("needs format {version}; this studio reads up to {last}", version=version, last=VERSION)
        raise source.at_path(("version",), message)
    return version


def _sheet(tree: Tree) -> _Sheet:
    known = set(Page.__struct_fields__)
    head, extra = _parted(tree, known)
    if isinstance(head.get("fields"), dict):
        head["fields"], nested = _simple(head["fields"], None)
        if nested:
            extra["fields"] = nested
    tables = {name: head.pop(name, []) for name in TABLES}
    sheet = _Sheet(_typed(head, Head, ()), extra=extra)
    for name, kind in TABLES.items():
        rows = tables[name]
        if not isinstance(rows, list):
            raise FaultError((name,), _("a list is needed"))
        lines, extras = [], []
        for index, row in enumerate(rows):
            line, strange = _line(row, kind, (name, index))
            lines.append(line)
            extras.append(strange)
        setattr(sheet, name, lines)
        sheet.extras[name] = extras
    return sheet


def _parted(row: Tree, known: set[str]) -> tuple[Tree, Tree]:
    mine = {key: value for key, value in row.items() if key in known}
    return mine, {key: value for key, value in row.items() if key not in known}


def _line(row: Any, kind: type[_L], path: tuple[str | int, ...]) -> tuple[_L, Mapping[str, Any]]:
    if not isinstance(row, dict):
        raise FaultError(path, _("an object is needed"))
    mine, extra = _parted(row, set(kind.__struct_fields__))
    rules = rules_of(str(row.get("kind"))) if kind is ElementLine else link_rules() if kind is LinkLine else None
    if isinstance(mine.get("fields"), dict):
        mine["fields"], nested = _simple(mine["fields"], rules)
        if nested:
            extra["fields"] = nested
    return _typed(mine, kind, path), extra or NOTHING


def _simple(fields: Tree, rules: Rules | None) -> tuple[Tree, Tree]:
    """Field values that the model can hold, and those of unknown fields that it cannot."""
    known = rules.tests if rules is not None else {}
    nested = {key: value for key, value in fields.items() if key not in known and not _plain(value)}
    return {key: value for key, value in fields.items() if key not in nested}, nested


def _plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return not isinstance(value, dict)


def _typed(row: Tree, kind: type[_L], path: tuple[str | int, ...]) -> _L:
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as reason:
        raise _explained(str(reason), kind, path, row) from None


def _explained(reason: str, kind: type[msgspec.Struct], path: tuple[str | int, ...], row: Tree) -> FaultError:
    """The decoder's words ("Expected `int`, got `str` - at `$.order`") as ours."""
    found = _WHERE.search(reason)
    steps = _STEP.findall(found.group(1)) if found else []
    inner = tuple(int(number) if number else name for name, number in steps)
    if found and "[...]" in found.group(1):
        inner = ("fields", _misfit_key(row["fields"]))
    message = _WHERE.sub("", reason)
    types = _INVALID.match(message)
    if types and types.group(2):
        message = _("{got} stands where {wanted} is needed", got=_kind_of(types.group(2)),
                    wanted=_kind_of(types.group(1)))  # fmt: skip
    elif "missing required field" in message:
        missing = message.rpartition("field ")[2].strip("`")
        message = _("the member “{name}” is missing; needed are {all}", name=missing,
                    all=", ".join(msgspec.json.schema_components([kind])[1][kind.__name__]["required"]))  # fmt: skip
    return FaultError((*path, *inner), message)


def _misfit_key(fields: Tree) -> str:
    """The first field whose value no field could have; the decoder does not tell which it was."""
    for key, value in fields.items():
        try:
            msgspec.convert(value, Cell)
        except msgspec.ValidationError:
            return key
    return ""


def _kind_of(types: str) -> str:
    words = {"int": _("a whole number"), "float": _("a number"), "str": _("a text"), "bool": _("true or false"),
             "array": _("a list"), "object": _("an object"), "null": _("nothing (null)")}  # fmt: skip
    return _(" or ").join(words.get(one.strip(), one.strip()) for one in types.split("|"))


def _document(sheet: _Sheet) -> Document:
    head, extras = sheet.head, sheet.extras
    records: list[Properties | Element | Link | Act] = [
        Properties("project", head.title, head.seed, head.duration, head.notes, head.fields or NOTHING, sheet.extra)
    ]
    records.extend(map(_element, sheet.elements, extras.get("elements") or repeat(NOTHING)))
    records.extend(map(_link, sheet.links, extras.get("links") or repeat(NOTHING)))
    records.extend(map(_act, sheet.scenario, extras.get("scenario") or repeat(NOTHING)))
    return Document(records)


def _element(line: ElementLine, extra: Mapping[str, Any]) -> Element:
    return Element(line.id, line.kind, line.name, line.parent, line.x, line.y, line.order, line.closed,
                   line.locked, line.fields or NOTHING, extra)  # fmt: skip


def _link(line: LinkLine, extra: Mapping[str, Any]) -> Link:
    return Link(line.id, line.a, line.b, line.route, line.points, line.order, line.fields or NOTHING, extra)


def _act(line: ActLine, extra: Mapping[str, Any]) -> Act:
    return Act(line.id, line.at, line.verb, line.target, line.fields or NOTHING, extra)


def looks_native(head: bytes) -> bool:
    """Whether the beginning of a file says that it is a project."""
    return b'"sdx-project"' in head


__all__ = ["MOST", "looks_native", "nearest", "parse"]
