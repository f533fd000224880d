"""Drawing a document out of a foreign file: ids, names that stay apart, values that fit, and what to tell about it."""

from collections.abc import Mapping

from sdx_studio.document import Document, Element, Link, Properties
from sdx_studio.document.records import NOTHING
from sdx_studio.exchange.formats import Opened
from sdx_studio.kinds import Field, FieldError, Kind, Value
from sdx_studio.kinds.links import BY_KEY
from sdx_studio.words import _, mark

_SHOWN = 3


class Tally:
    """Oddities of one file, told once each: how many, and the first few by name."""

    def __init__(self) -> None:
        self._seen: dict[str, list[str]] = {}

    def note(self, message: str, example: str = "") -> None:
        """Count one case of `message` (marked words with {count} and {examples} in them)."""
        self._seen.setdefault(message, []).append(example)

    def words(self) -> tuple[str, ...]:
        """One sentence for each oddity, in the order in which they were met."""
        return tuple(_(message, count=len(cases), examples=_examples(cases)) for message, cases in self._seen.items())


def _examples(cases: list[str]) -> str:
    named = list(dict.fromkeys(case for case in cases if case))
    return ", ".join(named[:_SHOWN]) + (" …" if len(named) > _SHOWN else "")


class Sketch:
    """A document in the making."""

    def __init__(self, tally: Tally | None = None) -> None:
        self.tally = tally or Tally()
        self._elements: dict[str, Element] = {}
        self._links: list[Link] = []
        self._names: set[tuple[str, str]] = set()
        self._tried: dict[tuple[str, str], int] = {}

    def add(
        self, kind: Kind, name: str, parent: str | None = None, x: float = 0.0, y: float = 0.0, *,
        fields: Mapping[str, Value] = NOTHING,
    ) -> str:  # fmt: skip
        """Put an element in; returns its id. Repeated names become "x (2)"; None among `fields` is left out."""
        id = f"e{len(self._elements) + 1:04d}"
        own = self._free_name(kind.key, name.strip() or kind.prefix)
        fitting = self._fitting(kind.by_key, fields, own)
        self._elements[id] = Element(id, kind.key, own, parent, round(x, 2), round(y, 2), len(self._elements),
                                     fields=fitting)  # fmt: skip
        return id

    def join(self, a: str, b: str, fields: Mapping[str, Value] = NOTHING, route: str = "orthogonal") -> str:
        """Put a link between two elements; returns its id."""
        id = f"l{len(self._links) + 1:04d}"
        ends = f"{self.name(a)}–{self.name(b)}"
        fitting = self._fitting(BY_KEY, fields, ends)
        self._links.append(Link(id, a, b, route, order=len(self._links), fields=fitting))
        return id

    def set(self, id: str, **fields: Value) -> None:
        """Set fields of an element that is already there."""
        self._elements[id] = self._elements[id].setting(**fields)

    def name(self, id: str) -> str:
        """The name that an element got."""
        return self._elements[id].name

    def _free_name(self, kind: str, wanted: str) -> str:
        """`wanted`, or with a number behind it when another one of the kind has it."""
        name = wanted
        if (kind, name) in self._names:
            self.tally.note(mark("{count} repeated names got a number: {examples}"), wanted)
            number = self._tried.get((kind, wanted), 1)
            while (kind, name) in self._names:
                number += 1
                name = f"{wanted} ({number})"
            self._tried[kind, wanted] = number
        self._names.add((kind, name))
        return name

    def _fitting(self, known: Mapping[str, Field], fields: Mapping[str, Value], of: str) -> dict[str, Value]:
        """The values as their fields take them: numbers brought within bounds, what does not fit left out."""
        made: dict[str, Value] = {}
        for key, value in sorted(fields.items()):
            field = known.get(key)
            if field is None or value is None:
                continue
            try:
                made[key] = field.read(value)
            except FieldError:
                self.tally.note(mark("{count} values outside of what is possible were brought within it: {examples}"),
                                f"{of}.{key}")  # fmt: skip
                if isinstance(value, (int, float)):
                    made[key] = field.read(_within(value, field))
        return made

    def finish(self, title: str = "", notes: str = "", duration: float = 120.0) -> Opened:
        """The document and what there is to tell about how it was made."""
        own = Properties(title=title, notes=notes, duration=duration)
        return Opened(Document([own, *self._elements.values(), *self._links]), self.tally.words())


def _within(value: float, field: Field) -> float:
    if field.type == "integer" and value == value:
        value = round(value)
    low = field.minimum if field.minimum is not None else value
    high = field.maximum if field.maximum is not None else value
    return min(max(value, low), high) if value == value else low
