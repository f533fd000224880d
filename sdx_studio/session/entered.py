"""Inputs of a model as people type them: `4 GiB`, lists with commas, anything nested as JSON."""

import json
import re
from collections.abc import Iterable
from typing import Any

from sdx_studio import units
from sdx_studio.engine.formulas.model import Each, Item, Model, Named, Record, Shape, shape
from sdx_studio.session.blackboard import BlackboardError, allowed
from sdx_studio.words import _

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NOTHING = ("null", "none", "-")
_NUMBER = re.compile(r"^[+-]?(\d[\d,_]*\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def entered(asked: Model, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Inputs as `blackboard.read` takes them, from keys (with dots for nested ones) and texts."""
    top = shape(asked.inputs)
    found: dict[str, Any] = {}
    for key, text in pairs:
        part: Shape | None = top
        at = found
        *outer, last = key.split(".")
        for name in outer:
            part = _inside(part, name)
            at = at.setdefault(name, {})
            if not isinstance(at, dict):
                raise BlackboardError(_("{key} is given twice", key=name))
        part = _inside(part, last)
        if last in at:
            raise BlackboardError(_("{key} is given twice", key=key))
        at[last] = text if part is None else _typed(part, text, key)
    return found


def _inside(part: Shape | None, name: str) -> Shape | None:
    """What stands under `name` in a part, None when nothing may."""
    if isinstance(part, Named):
        return part.of
    return part.parts.get(name) if isinstance(part, Record) else None


def _typed(wanted: Shape, text: str, place: str) -> Any:
    """A text as what it stands for: JSON for what is nested, a list with commas, or one value."""
    if isinstance(wanted, Item):
        return _value(wanted, text, place)
    if text.lstrip()[:1] in ("[", "{"):
        try:
            return _filled(wanted, json.loads(text), place)
        except ValueError as reason:
            raise BlackboardError(_("{place}: this is no JSON: {reason}", place=place, reason=reason)) from reason
    if isinstance(wanted, Each) and isinstance(wanted.of, Item):
        parts = text.split(", " if ", " in text else ",") if text.strip() else []
        return [_value(wanted.of, part.strip(), f"{place}[{number}]") for number, part in enumerate(parts)]
    raise BlackboardError(_("{place}: {given} stands there; allowed: {allowed}", place=place, given=repr(text),
                            allowed=_("{allowed} (as JSON)", allowed=allowed(wanted))))  # fmt: skip


def _filled(wanted: Shape | None, given: Any, place: str) -> Any:
    """JSON whose texts may be quantities as people write them."""
    if isinstance(given, list) and isinstance(wanted, Each):
        return [_filled(wanted.of, one, f"{place}[{number}]") for number, one in enumerate(given)]
    if isinstance(given, dict) and isinstance(wanted, (Named, Record)):
        known = wanted.parts if isinstance(wanted, Record) else dict.fromkeys(given, wanted.of)
        return {key: _filled(known.get(key), one, f"{place}.{key}") for key, one in given.items()}
    if isinstance(given, str) and isinstance(wanted, Item):
        return _value(wanted, given, place)
    return given


def _value(wanted: Item, text: str, place: str) -> Any:
    if wanted.nullable and text.strip().lower() in _NOTHING:
        return None
    if wanted.unit == "text":
        return text
    if wanted.unit == "flag":
        return _FLAGS.get(text.strip().lower(), text)
    return _quantity(wanted, text.strip(), place)


def _quantity(wanted: Item, text: str, place: str) -> Any:
    """A plain number, or a quantity: the unit spelled as in files, or any way that people spell it."""
    number = _NUMBER.match(text)
    unit = text[number.end() :].strip() if number else ""
    base = units.base_of(wanted.unit) if wanted.is_quantity else "count"
    try:
        if number and not unit:
            return units.parse(text, "")
        if number and _spelled(unit, base):
            return {"value": units.parse(number.group(0), ""), "unit": unit}
        return {"value": units.parse(text, "" if base == "count" else base), "unit": base}
    except units.UnitError as reason:
        raise BlackboardError(_("{place}: {given} stands there; allowed: {allowed}", place=place, given=repr(text),
                                allowed=allowed(wanted))) from reason  # fmt: skip


def _spelled(unit: str, base: str) -> bool:
    try:
        units.exact(unit, base)
    except units.UnitError:
        return False
    return True
