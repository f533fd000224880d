"""Models as data: what each asks for and answers, in a small language, and the function that computes it.

Inputs and outputs are declared as `path unit flag…`, separated by semicolons, in the way of a table of keys:

    "host_capacity core; vms[].weight number; links.<link> Gbit/s; downtime_target s null; mode text:mirror|iterative"

`name[]` is each element of a list, `<name>` a name chosen by the user, `.` a key inside. The unit is that of the
examples; `number` is a plain one, `text` and `flag` have none. Numbers are 0 or more unless `any` stands there.
Flags: `?` may be missing, `null` may be null or missing, `<=1` at most 1, `any` may be negative.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any

PLAIN = ("number", "text", "flag")
_STEP = re.compile(r"\[\]|<\w+>|\w+")


@dataclass(frozen=True, slots=True)
class Item:
    """One value: its path, unit (or number, text, flag), whether it may be missing or null, bounds, codes of a text."""

    path: str
    unit: str
    optional: bool = False
    nullable: bool = False
    low: float | None = 0.0
    high: float | None = None
    codes: tuple[str, ...] = ()

    @property
    def is_quantity(self) -> bool:
        """Whether it has a unit."""
        return self.unit not in PLAIN


@dataclass(frozen=True, slots=True)
class Each:
    """A list of equal things."""

    of: "Shape"


@dataclass(frozen=True, slots=True)
class Named:
    """Equal things under names that the user chooses."""

    of: "Shape"


@dataclass(frozen=True, slots=True)
class Record:
    """Things under known names."""

    parts: dict[str, "Shape"] = field(default_factory=dict)


Shape = Item | Each | Named | Record


def items(text: str) -> list[Item]:
    """The values that a declaration names, in its order."""
    return [_item(part.split()) for part in text.split(";") if part.strip()]


def _item(words: list[str]) -> Item:
    path, unit, *flags = words
    unit, _, codes = unit.partition(":")
    return Item(
        path, unit, "?" in flags or "null" in flags, "null" in flags, None if "any" in flags else 0.0,
        1.0 if "<=1" in flags else None, tuple(codes.split("|")) if codes else (),
    )  # fmt: skip


@cache
def shape(text: str) -> Record:
    """A declaration as a tree."""
    top = Record()
    for item in items(text):
        steps = _STEP.findall(item.path)
        top.parts[steps[0]] = _grown(top.parts.get(steps[0]), steps[1:], item)
    return top


def _grown(here: Shape | None, steps: list[str], item: Item) -> Shape:
    """What stands at a place after `item` has been put in, `steps` below it."""
    if not steps:
        return item
    step, rest = steps[0], steps[1:]
    if step == "[]":
        return Each(_grown(here.of if isinstance(here, Each) else None, rest, item))
    if step.startswith("<"):
        return Named(_grown(here.of if isinstance(here, Named) else None, rest, item))
    parts = dict(here.parts) if isinstance(here, Record) else {}
    parts[step] = _grown(parts.get(step), rest, item)
    return Record(parts)


@dataclass(frozen=True, slots=True)
class Model:
    """One model: key, title (English, marked), formula as text, inputs and outputs as declared, the function.

    `compute` takes the inputs by name, in base units and nested as declared, and returns a record of the outputs (a
    dataclass or a mapping; None means left out), or the value itself when there is only one.
    """

    key: str
    title: str
    formula: str
    inputs: str
    outputs: str
    compute: Callable[..., Any]

    def answer(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Outputs by name for `inputs`, both in base units; raises ImpossibleError."""
        result = self.compute(**inputs)
        if isinstance(result, Mapping):
            return dict(result)
        if is_dataclass(result) and not isinstance(result, type):
            return {one.name: getattr(result, one.name) for one in fields(result)}
        return {next(iter(shape(self.outputs).parts)): result}
