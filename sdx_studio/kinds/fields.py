"""Fields: what one can set on an element, a link or the project; everything else is derived from them.

The inspector, the file check, the command line's `kinds` and the help pages read the same declaration.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from sdx_studio import units
from sdx_studio.words import _, mark

Value = float | int | str | bool | tuple[str, ...] | None

GROUPS = (mark("Size"), mark("Behaviour"), mark("Network"), mark("Attached to"), mark("Power"))
"""Headings in the inspector; a field's `group` is one of them."""
TYPES = (
    mark("number"), mark("integer"), mark("text"), mark("choice"), mark("flag"), mark("reference"),
    mark("references"), mark("tags"), mark("series"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One settable property.

    `type` is number, integer, text, choice, flag, reference (an element's id or None), references (a tuple of ids),
    tags (a tuple of texts) or series (numbers as one text, see `numbers`).
    `unit` is a base unit of `units`; `minimum` and `maximum` are in it.
    """

    key: str
    label: str
    type: str = "number"
    default: Value = None
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    group: str = "Size"
    help: str = ""
    to: tuple[str, ...] = ()
    """For references: the traits of which the target must have one; empty allows every element."""
    cables: bool = False
    """For references: whether cables can be named as well."""
    optional: bool = False
    """True when None ("not set") is allowed."""
    inherits: bool = False
    """True for the reference from whose target the values come that are not set on the element itself."""
    identity: bool = False
    """True when no two elements may have the same value: a copy gets one of its own."""
    pattern: str = ""
    """For texts: what they look like (a regular expression for the whole, letters of either case); empty fits too."""
    example: str = ""
    """A text that fits the pattern."""

    def read(self, entered: object) -> Value:
        """`entered` (typed text or a plain value) as this field's value; raises FieldError saying what is allowed."""
        if entered is None or (self.optional and entered == ""):
            if not self.optional and self.type != "reference":
                raise FieldError(self, _("a value is needed"))
            return None
        reader = getattr(self, f"_read_{self.type}")
        value: Value = reader(entered)
        return value

    def _read_number(self, entered: object) -> float:
        if isinstance(entered, bool) or not isinstance(entered, (int, float, str)):
            raise FieldError(self, _("{value} is no number", value=repr(entered)))
        try:
            number = units.parse(entered, self.unit) if isinstance(entered, str) else float(entered)
        except units.UnitError as reason:
            text = _("“{text}” is no quantity here; allowed are for example {examples}",
                     text=reason.text, examples=reason.examples)  # fmt: skip
            raise FieldError(self, text) from reason
        return self._within(number)

    def _within(self, number: float) -> float:
        low, high = self.minimum, self.maximum
        if number != number or (low is not None and number < low) or (high is not None and number > high):
            shown = self._quantity(number)
            raise FieldError(self, _("{value} is outside {range}", value=shown, range=self.range_text()))
        return number

    def _read_integer(self, entered: object) -> int:
        number = self._read_number(entered)
        if number != int(number):
            raise FieldError(self, _("{value} is no whole number", value=number))
        return int(number)

    def _read_text(self, entered: object) -> str:
        if not isinstance(entered, str):
            raise FieldError(self, _("{value} is no text", value=repr(entered)))
        if self.pattern and entered and re.fullmatch(self.pattern, entered, re.IGNORECASE) is None:
            raise FieldError(self, _("“{text}” does not fit; allowed is for example {example}",
                                     text=entered, example=self.example))  # fmt: skip
        return entered

    def _read_choice(self, entered: object) -> str:
        if entered in self.choices:
            return str(entered)
        close = get_close_matches(str(entered), self.choices, 1)
        hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
        allowed = ", ".join(self.choices)
        raise FieldError(self, _("“{value}” is not one of {allowed}{hint}", value=entered, allowed=allowed, hint=hint))

    def _read_flag(self, entered: object) -> bool:
        if isinstance(entered, bool):
            return entered
        words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
        if isinstance(entered, str) and entered.lower() in words:
            return words[entered.lower()]
        raise FieldError(self, _("{value} is neither on nor off", value=repr(entered)))

    def _read_reference(self, entered: object) -> str:
        return self._read_text(entered)

    def _read_references(self, entered: object) -> tuple[str, ...]:
        if isinstance(entered, str):
            entered = [part.strip() for part in entered.split(",") if part.strip()]
        if not isinstance(entered, (list, tuple)) or not all(isinstance(one, str) for one in entered):
            raise FieldError(self, _("{value} is no list of texts", value=repr(entered)))
        return tuple(entered)

    _read_tags = _read_references

    def _read_series(self, entered: object) -> str:
        text = " ".join(self._read_text(entered).replace(",", " ").split())
        try:
            values = numbers(text)
        except ValueError as reason:
            raise FieldError(self, _("{value} is no number", value=repr(str(reason)))) from reason
        for value in (min(values), max(values), sum(values) * 0.0) if values else ():
            self._within(value)
        return text

    def range_text(self) -> str:
        """The allowed range in words: "0 … 100 %", "at least 1"."""
        low = self._quantity(self.minimum) if self.minimum is not None else None
        high = self._quantity(self.maximum) if self.maximum is not None else None
        if low and high:
            return f"{low} … {high}"
        if low:
            return _("at least {low}", low=low)
        return _("at most {high}", high=high) if high else _("any number")

    def show(self, value: Value) -> str:
        """`value` as people read it."""
        if value is None:
            return "–"
        if isinstance(value, bool):
            return _("on") if value else _("off")
        if isinstance(value, tuple):
            return ", ".join(value)
        return self._quantity(value) if isinstance(value, (int, float)) else value

    def _quantity(self, value: float) -> str:
        """A number with its unit; the one unit that is a word is said in the language in use."""
        shown = units.show(value, self.unit)
        if self.unit != "core" or value != value:
            return shown
        return shown.removesuffix("core") + (_("core") if value == 1 else _("cores"))


@lru_cache(maxsize=2048)
def numbers(series: str) -> tuple[float, ...]:
    """The numbers of a series, "10 12.5 9"; raises ValueError with the word that is none."""
    words = series.split()
    try:
        return tuple(map(float, words))
    except ValueError:
        raise ValueError(next(word for word in words if not _is_number(word))) from None


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


class FieldError(ValueError):
    """A value does not fit its field; the message names the field and what is allowed."""

    def __init__(self, field: Field, reason: str) -> None:
        super().__init__(f"{field.key}: {reason}")
        self.field = field
        self.reason = reason


class Values(Mapping[str, Any]):
    """An element's field values over its defaults, read only: `values["memory"]`."""

    __slots__ = ("_fields", "_set")

    def __init__(self, fields: Mapping[str, Field], given: Mapping[str, Value]) -> None:
        self._fields = fields
        self._set = given

    def __getitem__(self, key: str) -> Any:
        if key in self._set:
            return self._set[key]
        return self._fields[key].default

    def __iter__(self) -> Any:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)
