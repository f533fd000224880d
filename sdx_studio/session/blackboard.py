"""The blackboard: models computed by hand, with quantities in any unit going in and coming out.

A quantity is `{"value": 4, "unit": "core"}`. What a model asks for and answers is declared with it
(`engine.formulas`); here it is read into base units, computed, and written again in the unit of the declaration.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from math import isfinite
from typing import Any

from sdx_studio import units
from sdx_studio.engine.formulas.bounds import ImpossibleError
from sdx_studio.engine.formulas.catalogue import catalogue
from sdx_studio.engine.formulas.model import Each, Item, Model, Named, Record, Shape, shape
from sdx_studio.words import _

_TINY = 1e-12
_HUGE = 1e200


class BlackboardError(ValueError):
    """Inputs do not fit a model, or nothing can be computed from them; the message names the place and says why."""


def model(key: str) -> Model:
    """The model of this key; an unknown one raises BlackboardError with the closest names."""
    known = catalogue()
    if key in known:
        return known[key]
    close = get_close_matches(str(key), known, 1)
    hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
    raise BlackboardError(_("there is no model “{key}”{hint}", key=key, hint=hint))


def solve(key: str, inputs: object) -> dict[str, Any]:
    """Outputs of a model as quantities, for inputs as quantities; raises BlackboardError."""
    asked = model(key)
    return write(asked, compute(asked, read(asked, inputs)))


def compute(asked: Model, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Outputs in base units for inputs in base units; raises BlackboardError."""
    try:
        return asked.answer(inputs)
    except ImpossibleError as reason:
        raise BlackboardError(_(reason.template, **reason.figures)) from reason
    except (OverflowError, ZeroDivisionError, MemoryError) as reason:
        raise BlackboardError(_("the numbers are too large or too small to be computed")) from reason


# reading -------------------------------------------------------------------------------------------------------------


def read(asked: Model, inputs: object) -> dict[str, Any]:
    """Inputs as the model computes with them: base units, nested as declared; raises BlackboardError."""
    found: dict[str, Any] = _record(shape(asked.inputs), inputs, "")
    return found


def _read(wanted: Shape, given: object, place: str) -> Any:
    if isinstance(wanted, Record):
        return _record(wanted, given, place)
    if isinstance(wanted, Each):
        if not isinstance(given, (list, tuple)):
            raise _wrong(place, given, _("a list"))
        return [_read(wanted.of, one, f"{place}[{number}]") for number, one in enumerate(given)]
    if isinstance(wanted, Named):
        if not isinstance(given, Mapping) or _is_quantity(given):
            raise _wrong(place, given, _("an object with names and values"))
        return {str(name): _read(wanted.of, one, f"{place}.{name}") for name, one in given.items()}
    return _value(wanted, given, place)


def _record(wanted: Record, given: object, place: str) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise _wrong(place, given, _("an object with {keys}", keys=", ".join(wanted.parts)))
    for key in given:
        if key not in wanted.parts:
            close = get_close_matches(str(key), wanted.parts, 1)
            hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
            raise BlackboardError(_("{place}: there is no such key{hint} (keys: {keys})", place=_under(place, str(key)),
                                    hint=hint, keys=", ".join(wanted.parts)))  # fmt: skip
    found = {}
    for key, part in wanted.parts.items():
        missing = key not in given or (given[key] is None and isinstance(part, Item) and part.optional)
        if not missing:
            found[key] = _read(part, given[key], _under(place, key))
        elif not (isinstance(part, Item) and part.optional):
            raise BlackboardError(_("{place} is missing; allowed: {allowed}", place=_under(place, key),
                                    allowed=allowed(part)))  # fmt: skip
    return found


def _value(wanted: Item, given: object, place: str) -> Any:
    if given is None and wanted.nullable:
        return None
    if wanted.unit == "flag":
        if not isinstance(given, bool):
            raise _wrong(place, given, allowed(wanted))
        return given
    if wanted.unit == "text":
        if not isinstance(given, str) or (wanted.codes and given not in wanted.codes):
            raise _wrong(place, given, allowed(wanted))
        return given
    return _bounded(wanted, _number(wanted, given, place), given, place)


def _number(wanted: Item, given: object, place: str) -> float:
    """A number in base units, from a quantity or, where there is no dimension, from a plain number."""
    bare = not wanted.is_quantity or units.base_of(wanted.unit) in ("1", "count")
    value, unit = given, wanted.unit if wanted.unit == "count" else "1"
    if isinstance(given, Mapping) and _is_quantity(given):
        value, unit = given["value"], given["unit"]
    elif not bare:
        raise _wrong(place, given, allowed(wanted))
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isinstance(unit, str):
        raise _wrong(place, given, allowed(wanted))
    if not abs(value) <= _HUGE:
        raise _wrong(place, given, allowed(wanted))
    try:
        factor = units.exact(unit, units.base_of(wanted.unit) if wanted.is_quantity else "count")
    except units.UnitError as reason:
        raise _wrong(place, given, allowed(wanted)) from reason
    return value * factor if factor != 1.0 else value


def _bounded(wanted: Item, number: float, given: object, place: str) -> float:
    if wanted.low is not None and number < wanted.low:
        raise BlackboardError(_("{place}: {given} is negative", place=place, given=told(given)))
    if wanted.high is not None and number > wanted.high:
        if number > wanted.high * (1 + _TINY):
            raise BlackboardError(_("{place}: {given} is more than 1 (100 %)", place=place, given=told(given)))
        return wanted.high
    return number


def _is_quantity(given: object) -> bool:
    return isinstance(given, Mapping) and set(given) == {"value", "unit"}


def _under(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _wrong(place: str, given: object, wanted: str) -> BlackboardError:
    where = place or _("inputs")
    return BlackboardError(_("{place}: {given} stands there; allowed: {allowed}", place=where, given=told(given),
                             allowed=wanted))  # fmt: skip


def allowed(wanted: Shape) -> str:
    """What may stand at a place, in words."""
    if isinstance(wanted, Each):
        return _("a list")
    if isinstance(wanted, Named):
        return _("an object with names and values")
    if isinstance(wanted, Record):
        return _("an object with {keys}", keys=", ".join(wanted.parts))
    if wanted.codes:
        said = ", ".join(wanted.codes)
    elif wanted.is_quantity:
        said = _("a quantity in {unit} or another unit of its kind", unit=wanted.unit)
    else:
        said = {"number": _("a number"), "text": _("a text"), "flag": _("true or false")}[wanted.unit]
    return _("{allowed} or null", allowed=said) if wanted.nullable else said


def told(given: object) -> str:
    """What was given, short enough for a message."""
    if isinstance(given, Mapping) and _is_quantity(given):
        said = f"{given['value']} {given['unit']}"
    else:
        words = {None: "null", True: "true", False: "false"}
        said = words[given] if given is None or isinstance(given, bool) else repr(given)
    return said if len(said) <= 60 else f"{said[:59]}…"


# writing -------------------------------------------------------------------------------------------------------------


def write(asked: Model, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Outputs as quantities in the units of the declaration; what is None is left out. Raises BlackboardError."""
    parts = shape(asked.outputs).parts
    return {key: _write(part, outputs[key], key) for key, part in parts.items() if outputs.get(key) is not None}


def _write(wanted: Shape, value: Any, place: str) -> Any:
    if isinstance(wanted, Each):
        return [_write(wanted.of, one, f"{place}[{number}]") for number, one in enumerate(value)]
    if isinstance(wanted, Record):
        return {key: _write(part, value[key], f"{place}.{key}") for key, part in wanted.parts.items()}
    if not isinstance(wanted, Item) or wanted.unit in ("text", "flag"):
        return value
    if not isfinite(value):
        raise BlackboardError(_("{place}: the result is too large to be a number", place=place))
    if not wanted.is_quantity:
        return value
    return {"value": in_unit(value, wanted.unit), "unit": wanted.unit}


def in_unit(value: float, unit: str) -> float:
    """A value in base units as one in `unit`; nothing has no sign."""
    factor = units.exact(unit, units.base_of(unit))
    found = value if factor == 1.0 else value / factor
    return found or abs(found)


# many at once --------------------------------------------------------------------------------------------------------


def solve_cases(cases: Iterable[object]) -> list[dict[str, Any]]:
    """`{id, outputs}` or `{id, error}` for each `{id, model, inputs}`, in order; no case spoils another one."""
    return [_case(case, number) for number, case in enumerate(cases)]


def _case(case: object, number: int) -> dict[str, Any]:
    if not isinstance(case, Mapping) or not isinstance(case.get("id"), (str, int, float)):
        return {"id": str(number), "error": _("case {number} is no object with id, model and inputs", number=number)}
    key = case.get("model", "")
    try:
        return {"id": case["id"], "outputs": solve(key if isinstance(key, str) else told(key), case.get("inputs"))}
    except BlackboardError as reason:
        return {"id": case["id"], "error": str(reason)}
    except Exception as reason:  # noqa: BLE001 - one case never spoils the others
        words = _("an error of the program itself: {kind}: {reason}", kind=type(reason).__name__, reason=reason)
        return {"id": case["id"], "error": words}


# showing -------------------------------------------------------------------------------------------------------------


def show(declared: str, values: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(place, value with its unit, path as declared) of each value, for people.

    Takes inputs in base units as well as outputs as quantities.
    """
    parts = shape(declared).parts
    return [row for key, part in parts.items() if key in values for row in _rows(part, values[key], key)]


def _rows(part: Shape, value: Any, place: str) -> Iterable[tuple[str, str, str]]:
    if isinstance(part, Each):
        for number, one in enumerate(value):
            yield from _rows(part.of, one, f"{place}[{number}]")
    elif isinstance(part, Item):
        yield place, _shown(part, value), part.path
    else:
        for key, one in value.items():
            inner = part.of if isinstance(part, Named) else part.parts[key]
            yield from _rows(inner, one, f"{place}.{key}")


def _shown(item: Item, value: Any) -> str:
    if value is None or isinstance(value, (bool, str)):
        return _("none") if value is None else str(value) if isinstance(value, str) else _("yes") if value else _("no")
    number = value["value"] if _is_quantity(value) else in_unit(value, item.unit) if item.is_quantity else value
    large = abs(number) >= 100_000
    said = f"{number:,.0f}" if large and number == round(number) else f"{number:,.2f}" if large else f"{number:,.6g}"
    return said if item.unit in ("1", "count", "number") else f"{said} {item.unit}"
