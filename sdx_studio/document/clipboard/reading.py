"""From text to typed lines: whatever is not as it must be is refused in words before anything changes."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from sdx_studio.document.clipboard.sheet import FORMAT, LARGEST, MOST, VERSION, Cable, Part, Sheet
from sdx_studio.document.history import EditError
from sdx_studio.document.inheriting import kind_named
from sdx_studio.document.lines import BOUND, ElementLine, LinkLine
from sdx_studio.document.records import ROUTES
from sdx_studio.kinds import Field, Value, catalogue
from sdx_studio.kinds.links import BY_KEY
from sdx_studio.words import _

DEEPEST = 60
"""Levels of what is kept without being understood."""


class _Head(msgspec.Struct):
    format: str = ""
    version: int = 0


def ready(text: str) -> bool:
    """Whether a text looks like elements that were cut out."""
    return text.lstrip()[:1] == "{" and f'"{FORMAT}"' in text


def read(text: str) -> Sheet:
    """The lines in `text`; raises EditError when there is anything in it that a project could not hold."""
    if len(text) > LARGEST or not ready(text):
        raise EditError(_("the clipboard holds no parts of a drawing"))
    try:
        head = msgspec.json.decode(text, type=_Head)
        if head.format != FORMAT or head.version < 1:
            raise EditError(_("the clipboard holds no parts of a drawing"))
        if head.version > VERSION:
            words = _("the parts on the clipboard need format {version}; this studio reads up to {last}",
                      version=head.version, last=VERSION)  # fmt: skip
            raise EditError(words)
        sheet = msgspec.json.decode(text, type=Sheet)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as reason:
        raise _damaged(str(reason)) from reason
    _check(sheet)
    return sheet


def _damaged(why: str) -> EditError:
    return EditError(_("what lies on the clipboard is damaged: {reason}", reason=why))


def _check(sheet: Sheet) -> None:
    if len(sheet.elements) + len(sheet.links) > MOST:
        raise _damaged(_("more than {most} elements, links and acts", most=f"{MOST:,}"))
    if not sheet.elements:
        raise EditError(_("the clipboard holds no parts of a drawing"))
    _once([part.id for part in sheet.elements])
    _once([cable.id for cable in sheet.links])
    parts = {part.id: part for part in sheet.elements}
    _seats(parts)
    for part in sheet.elements:
        known = kind_named(part.kind).by_key
        part.fields = _fitting(known, part.fields)
        part.taken = _fitting(known, part.taken)
        _extra(part.extra, part, known)
    for cable in sheet.links:
        _ends(cable, parts)
        cable.fields = _fitting(BY_KEY, cable.fields)
        _extra(cable.extra, cable, BY_KEY)


def _once(ids: list[str]) -> None:
    if len(set(ids)) != len(ids):
        twice = next(id for id in ids if ids.count(id) > 1)
        raise _damaged(_("the id “{id}” is taken twice", id=twice))


def _seats(parts: Mapping[str, Part]) -> None:
    """Whether everything inside something may sit there, and nothing in itself; unknown kinds may sit anywhere."""
    known = catalogue()
    safe: set[str] = set()
    for id, part in parts.items():
        above = parts.get(part.parent or "")
        both = above is not None and part.kind in known and above.kind in known
        if above is not None and both and not set(known[part.kind].needs) & set(known[above.kind].offers):
            raise _damaged(_("{parent} cannot hold {child}", parent=above.name, child=part.name))
        trail: dict[str, None] = {}
        here = id
        while here in parts and here not in safe:
            if here in trail:
                raise _damaged(_("“{id}” would lie inside itself", id=here))
            trail[here] = None
            here = parts[here].parent or ""
        safe.update(trail)


def _ends(cable: Cable, parts: Mapping[str, Part]) -> None:
    for end in (cable.a, cable.b):
        if end not in parts:
            raise _damaged(_("there is no element “{id}”", id=end))
    if cable.a == cable.b:
        raise _damaged(_("both ends are “{id}”", id=cable.a))
    if cable.route not in ROUTES:
        words = {"value": cable.route, "allowed": ", ".join(ROUTES), "hint": ""}
        raise _damaged(_("“{value}” is not one of {allowed}{hint}", **words))


def _fitting(known: Mapping[str, Field], values: Mapping[str, Value]) -> dict[str, Value]:
    """Values as their fields hold them; those of unknown fields stay as they are."""
    found: dict[str, Value] = {}
    for key, value in values.items():
        field = known.get(key)
        if field is None:
            found[key] = value
        elif value is not None:
            found[key] = _fit(field, value)
    return dict(sorted(found.items()))


def _fit(field: Field, value: Value) -> Value:
    if field.type in ("number", "integer", "flag") and isinstance(value, str):
        raise _damaged(f"{field.key}: " + _("{value} is no number", value=repr(value)))
    try:
        return field.read(value)
    except (ValueError, OverflowError) as reason:
        raise _damaged(str(reason)) from reason


def _extra(extra: Mapping[str, Any], line: ElementLine | LinkLine, known: Mapping[str, Field]) -> None:
    """Refuse what is kept without being understood when it would be taken for something else in a file."""
    stray = extra.get("fields", {})
    own = {*(ElementLine if isinstance(line, ElementLine) else LinkLine).__struct_fields__} - {"fields"}
    if not isinstance(stray, dict) or not own.isdisjoint(extra) or not {*known, *line.fields}.isdisjoint(stray):
        raise _damaged(_("“{id}” has members of another sort", id=line.id))
    if not _sound(extra.values()):
        raise _damaged(_("“{id}” has members of another sort", id=line.id))


def _sound(values: Iterable[Any]) -> bool:
    """Whether a project's file could hold these: not too deep, no whole number beyond the bounds."""
    level = list(values)
    for _depth in range(DEEPEST):
        if any(type(one) is int and abs(one) > BOUND for one in level):
            return False
        inner = [one for one in level if isinstance(one, (dict, list))]
        level = [each for one in inner for each in (one.values() if isinstance(one, dict) else one)]
        if not level:
            return True
    return False
