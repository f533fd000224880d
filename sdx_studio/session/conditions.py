"""Conditions on elements in people's words: `cpu > 80 %`, `mem >= 0.5`, `state = failed`, `vcpus = 4`.

The word is a measure's label or name, a field's key or label (English or the language in use), or state, name, kind.
"""

import math
import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.kinds import Field, Kind, Value, catalogue
from sdx_studio.kinds.links import BY_KEY, bandwidth, link_values
from sdx_studio.session.measures import unit_of
from sdx_studio.words import _, mark

STATES = (
    mark("ok"), mark("busy"), mark("critical"), mark("moving"), mark("idle"), mark("off"), mark("failed"),
    mark("maintenance"),
)  # fmt: skip
OWN = (mark("state"), mark("name"), mark("kind"))
"""Words about every element."""
PERCENT_FROM = 2.0
"""A bare number for a ratio is taken as per cent from here on: `cpu > 80`."""
LISTED = 14
_ORDER: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
    "=": lambda a, b: math.isclose(a, b, rel_tol=1e-9), "!=": lambda a, b: not math.isclose(a, b, rel_tol=1e-9),
}  # fmt: skip
Found = tuple[float, str]
"""A value as a number to sort by (0 for words), and in words."""
Test = Callable[[str], Found | None]
"""The value when the condition holds for an id, else None."""


class ConditionError(ValueError):
    """The question makes no sense; the message says what is allowed."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What a running model shows: values by (id, measure), NaN for none, and each element's state (one of STATES)."""

    value: Callable[[str, str], float]
    state: Callable[[str], str]
    measures: frozenset[str]

    @classmethod
    def of(cls, layout: Layout, snapshot: Snapshot, state: Callable[[str], str]) -> "Readings":
        """The readings of one snapshot."""
        slots, values = layout.index, snapshot.values

        def value(id: str, measure: str) -> float:
            slot = slots.get((id, measure))
            return math.nan if slot is None else float(values[slot])

        return cls(value, state, frozenset(measure for _row, measure in layout.slots))


class Condition:
    """One comparison, read once for each kind of element in the project; raises ConditionError."""

    def __init__(self, document: Document, word: str, sign: str, value: str, readings: Readings | None) -> None:
        self._document = document
        self._word, self._sign, self._value = word.casefold(), sign, value
        self._readings = readings
        self._refusals: list[str] = []
        self.meaning = ""
        if not value:
            raise ConditionError(_("a value is needed after “{sign}”, for example 80 %", sign=sign))
        kinds = {one.kind: document.kind_of(id) for id, one in document.elements.items()}
        self._tests = {key: self._for_kind(what) for key, what in kinds.items()}
        field = _field(BY_KEY, self._word)
        self._link_test = self._of_field(field, self._of_link(field)) if field is not None else None
        if not any(self._tests.values()) and self._link_test is None:
            raise ConditionError(self._refusals[0] if self._refusals else self._unknown(word))

    def holds(self, id: str) -> Found | None:
        """The value when it holds for an element or a link, else None."""
        if id in self._document.links:
            return self._link_test(id) if self._link_test is not None else None
        test = self._tests[self._document.elements[id].kind]
        return test(id) if test is not None else None

    def _for_kind(self, what: Kind) -> Test | None:
        if _means(OWN[0], self._word):
            return self._of_state()
        if _means(OWN[1], self._word):
            return self._of_text(_(OWN[1]), lambda one: (self._document.elements[one].name,))
        if _means(OWN[2], self._word):
            return self._of_text(_(OWN[2]), lambda _one: (_(what.label), what.label, what.key))
        field = _field(what.by_key, self._word)
        if field is not None:
            test = self._of_field(field, lambda one: self._document.values(one)[field.key])
            if test is not None:
                return test
        measure = self._measure(what)
        return None if measure is None else self._of_measure(*measure)

    def _of_link(self, field: Field | None) -> Callable[[str], Value]:
        def value(id: str) -> Value:
            link = self._document.links[id]
            key = field.key if field is not None else ""
            return bandwidth(link, self._document) if key == "bandwidth" else link_values(link)[key]

        return value

    # kinds of values ---------------------------------------------------------------------------------------------

    def _of_state(self) -> Test | None:
        wanted = next((one for one in STATES if _means(one, self._value.casefold())), None)
        if wanted is None:
            known = ", ".join(_(one) for one in STATES)
            self._refuse(_("“{word}” is no state; there are {known}", word=self._value, known=known))
            return None
        readings = self._running()
        if readings is None or not self._equality():
            return None
        self._understood(_(OWN[0]), _(wanted))
        equal = self._sign == "="
        return lambda one: (0.0, _(readings.state(one))) if (readings.state(one) == wanted) == equal else None

    def _of_text(self, label: str, texts: Callable[[str], tuple[str, ...]]) -> Test | None:
        if not self._equality():
            return None
        self._understood(label, self._value)
        wanted, equal = self._value.casefold(), self._sign == "="

        def test(id: str) -> Found | None:
            found = texts(id)
            return (0.0, found[0]) if any(one.casefold() == wanted for one in found) == equal else None

        return test

    def _of_field(self, field: Field, value: Callable[[str], Value]) -> Test | None:
        if field.type in ("number", "integer"):
            return self._of_number(_(field.label), field.unit, lambda one: _number(value(one)), field.show)
        if field.type == "flag":
            return self._of_text(_(field.label), lambda one: _flag_words(field, bool(value(one))))
        return self._of_text(_(field.label), lambda one: self._texts(field, value(one)) or ("",))

    def _of_measure(self, label: str, measure: str) -> Test | None:
        readings = self._running()
        if readings is None:
            return None
        unit = unit_of(measure)
        return self._of_number(
            label, unit, lambda one: readings.value(one, measure), lambda value: units.show(value, unit)
        )

    def _of_number(
        self, label: str, unit: str, value: Callable[[str], float], show: Callable[[float], str]
    ) -> Test | None:
        try:
            wanted = quantity(self._value, unit)
        except units.UnitError as reason:
            self._refuse(_("“{text}” is no quantity here; allowed are for example {examples}",
                           text=reason.text, examples=reason.examples))  # fmt: skip
            return None
        self._understood(label, show(wanted))
        fits = _ORDER[self._sign]

        def test(id: str) -> Found | None:
            found = value(id)
            return (found, show(found)) if found == found and fits(found, wanted) else None

        return test

    def _texts(self, field: Field, value: Value) -> tuple[str, ...]:
        given = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
        if field.type not in ("reference", "references"):
            return given
        elements = self._document.elements
        return tuple(elements[id].name for id in given if id in elements)

    def _measure(self, what: Kind) -> tuple[str, str] | None:
        """Label and name of the measure that the word means for a kind."""
        return meant(what, self._word, () if self._readings is None else self._readings.measures)

    # what it comes to --------------------------------------------------------------------------------------------

    def _running(self) -> Readings | None:
        if self._readings is None:
            self._refuse(_("press play first: nothing is measured yet"))
        return self._readings

    def _equality(self) -> bool:
        if self._sign not in ("=", "!="):
            self._refuse(_("“{word}” can only be compared by = and !=", word=self._word))
        return self._sign in ("=", "!=")

    def _refuse(self, words: str) -> None:
        self._refusals.append(words)

    def _understood(self, label: str, value: str) -> None:
        self.meaning = self.meaning or f"{label} {self._sign} {value}"

    def _unknown(self, word: str) -> str:
        known = list(dict.fromkeys(self._words()))
        close = get_close_matches(self._word, known, 1)
        hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
        listed = ", ".join(known[:LISTED]) + (" …" if len(known) > LISTED else "")
        return _("nothing here has “{word}”; there are {known}{hint}", word=word, known=listed, hint=hint)

    def _words(self) -> Iterator[str]:
        """What could have been asked of this project: own words, measures, fields."""
        yield from (_(one) for one in OWN)
        drawn = {one.kind: self._document.kind_of(id) for id, one in self._document.elements.items()}
        kinds = list(drawn.values()) or list(catalogue().values())
        yield from (_(meter.label).casefold() for what in kinds for meter in what.meters)
        yield from (key for what in kinds for key in what.by_key)
        yield from BY_KEY if self._document.links else ()


def meant(what: Kind, word: str, measures: Collection[str]) -> tuple[str, str] | None:
    """Label and name of the measure that a word (casefolded) means for a kind: its meters first, then `measures`."""
    for meter in what.meters:
        if _means(meter.label, word) or word == meter.measure:
            return _(meter.label), meter.measure
    for meter in what.meters:
        if word == meter.measure.partition(".")[0]:
            return _(meter.label), meter.measure
    return (word, word) if word in measures else None


def quantity(text: str, unit: str) -> float:
    """`text` in base `unit`, a bare number for a ratio as per cent from 2 on; raises units.UnitError."""
    value = units.parse(text, unit)
    bare = unit == "1" and text.replace(".", "").isdecimal()
    return value / 100.0 if bare and value >= PERCENT_FROM else value


def _means(text: str, word: str) -> bool:
    """Whether `word` (casefolded) is a marked text, in English or the language in use."""
    return word in (text.casefold(), _(text).casefold())


def _field(known: Mapping[str, Field], word: str) -> Field | None:
    """The field that a word means: by key, by key with blanks, or by label."""
    spelled = word.replace(" ", "_")
    return next((one for one in known.values() if spelled == one.key or _means(one.label, word)), None)


def _number(value: Value) -> float:
    return float(value) if isinstance(value, (int, float)) else math.nan


def _flag_words(field: Field, on: bool) -> tuple[str, ...]:
    return (field.show(on), *(("on", "yes", "true") if on else ("off", "no", "false")))
