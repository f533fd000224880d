"""Finding things in a project: by words in names, kinds, addresses and fields, or by value ("cpu > 80 %").

Closed groups hide nothing from it. What is asked by value is answered by `conditions`.
"""

import heapq
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sdx_studio.document import Document
from sdx_studio.document.inheriting import given
from sdx_studio.kinds import Field, Kind, Value
from sdx_studio.kinds.links import BY_KEY
from sdx_studio.session.conditions import Condition, ConditionError, Readings
from sdx_studio.words import _

MOST = 200
"""How many hits are told apart; more are only counted."""
_COMPARISON = re.compile(r"^(.+?)\s*(>=|<=|!=|==|[><=≥≤≠])\s*(.*)$")
_SAME = {"==": "=", "≥": ">=", "≤": "<=", "≠": "!="}
EXACT, BEGINS, NAMED, KNOWN, FILLED = range(5)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its id, name and kind in words, where it is, and the value asked for (or what matched)."""

    id: str
    name: str
    kind: str
    place: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search gives: hits, best first; how many there are in all; or the `problem` with the question."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    meaning: str = ""
    """How a question by value was understood, "CPU > 80 %"."""
    problem: str = ""


def search(document: Document, text: str, readings: Readings | None = None, most: int = MOST) -> Answer:
    """Everything that answers `text`; `readings` of a running model are needed for measures and states.

    By words the best come first; asked for more than a value the largest, for less the smallest.
    """
    asked = plain(text)
    if not asked:
        return Answer()
    parts = _COMPARISON.match(asked)
    if parts is None:
        return _by_words(document, asked.casefold(), most)
    word, sign, value = (part.strip() for part in parts.groups())
    try:
        condition = Condition(document, word, _SAME.get(sign, sign), value, readings)
    except ConditionError as reason:
        return Answer(problem=str(reason))
    found = [(id, value) for id in (*document.elements, *document.links) if (value := condition.holds(id)) is not None]
    if sign[0] in "><≥≤":
        found.sort(key=lambda row: row[1][0], reverse=sign[0] in ">≥")
    hits = tuple(hit(document, id, shown) for id, (_number, shown) in found[:most])
    return Answer(hits, len(found), condition.meaning)


def plain(text: str) -> str:
    """`text` without outer blanks, full-width signs as the plain ones."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def hit(document: Document, id: str, shown: str = "") -> Hit:
    """What is told about an element or a link."""
    if id in document.links:
        link = document.links[id]
        return Hit(id, _ends(document, link.a, link.b), _("Link"), "", shown)
    return Hit(id, document.element(id).name, _(document.kind_of(id).label), place(document, id), shown)


def place(document: Document, id: str) -> str:
    """What an element is in, from outside in: "dc / rack-01 / host-01"; empty on the bare canvas."""
    return " / ".join(document.elements[one].name for one in reversed(document.above(id)))


def _ends(document: Document, *ids: str) -> str:
    return " – ".join(document.elements[id].name if id in document.elements else id for id in ids)


def _by_words(document: Document, asked: str, most: int) -> Answer:
    """Things in which every word of `asked` stands somewhere, by where it stands."""
    words = asked.split()
    kinds: dict[str, str] = {}
    found: list[tuple[int, str, str, str]] = []
    for id, one in document.elements.items():
        if one.kind not in kinds:
            kinds[one.kind] = _labels(document.kind_of(id))
        name = plain(one.name).casefold()
        known = f"{name} {one.kind}:{name} {id} {kinds[one.kind]}"
        fields = document.kind_of(id).by_key if one.fields else {}
        rank, shown = _rank(name, known, asked, words, lambda: _filled(document, given(document, one).items(), fields))  # noqa: B023
        if rank >= 0:
            found.append((rank, name, id, shown))
    link_words = f"link {_('Link')}".casefold()
    for id, link in document.links.items():
        name = _ends(document, link.a, link.b).casefold()
        known = f"{name} link:{name.replace(' – ', '-')} {id} {link_words}"
        rank, shown = _rank(name, known, asked, words, lambda: _filled(document, link.fields.items(), BY_KEY))  # noqa: B023
        if rank >= 0:
            found.append((max(rank, NAMED), name, id, shown))
    best = heapq.nsmallest(most, found)
    return Answer(tuple(hit(document, id, shown) for _rank_of, _name, id, shown in best), len(found))


def _labels(what: Kind) -> str:
    return f"{what.label} {_(what.label)}".casefold()


def _rank(
    name: str, known: str, asked: str, words: list[str], filled: Callable[[], Iterable[tuple[str, str]]]
) -> tuple[int, str]:
    """How well it answers (0 best, −1 not at all), and the field that did."""
    if asked in name:
        return (EXACT if asked == name else BEGINS if name.startswith(asked) else NAMED), ""
    missing = [word for word in words if word not in known]
    if not missing:
        return (NAMED if all(word in name for word in words) else KNOWN), ""
    shown: list[str] = []
    rest = set(missing)
    for label, text in filled():
        here = {word for word in rest if word in plain(f"{label} {text}").casefold()}
        if here:
            shown.append(f"{label}: {text}")
            rest -= here
    return (-1, "") if rest else (FILLED, " · ".join(shown))


def _filled(
    document: Document, given: Iterable[tuple[str, Value]], known: "dict[str, Field] | object"
) -> Iterable[tuple[str, str]]:
    """Label and value of each field that was set, as people read them."""
    for key, value in given:
        field = known.get(key) if isinstance(known, dict) else None
        if field is not None:
            yield _(field.label), shown_value(document, field, value)


def shown_value(document: Document, field: Field, value: Value) -> str:
    """A field's value in words, names instead of ids."""
    ids = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    if field.type in ("reference", "references"):
        return ", ".join(document.elements[id].name for id in ids if id in document.elements)
    return field.show(value)
