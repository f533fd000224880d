"""Quick add: what somebody means who types "vm web01", and where it would go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sdx_studio.document import Document, Element
from sdx_studio.document.placing import Seat, seat
from sdx_studio.kinds import Kind, catalogue
from sdx_studio.session.fuzzy import WORD, score
from sdx_studio.session.many import MOST
from sdx_studio.session.search import plain
from sdx_studio.words import _


@dataclass(frozen=True, slots=True)
class Wish:
    """A part, the name it shall have (None: the next free one), and how many of it."""

    what: Kind
    name: str | None = None
    count: int = 1


def wishes(text: str) -> tuple[Wish, ...]:
    """What `text` may mean, best first: as many of its first words as name a part, the rest is the new one's name.

    "vm 5", "5 vm" and "vm web01 x5" are five.
    """
    words, times = _times(plain(text).split())
    if not words:
        return tuple(Wish(one) for one in catalogue().values())
    for count in range(len(words), 0, -1):
        name = " ".join(words[count:]) or None
        found = _parts(" ".join(words[:count]))
        if found and times == 1 and name is not None and _count(name) is not None:
            return tuple(Wish(one, None, _count(name) or 1) for one in found)
        if found:
            return tuple(Wish(one, name, times) for one in found)
    return ()


def _times(words: list[str]) -> tuple[list[str], int]:
    """The words without a number of times before or after them, and that number."""
    if len(words) > 1:
        first, last = _count(words[0]), _count(words[-1][1:]) if words[-1][:1] in "x×" else None
        if first is not None:
            return words[1:], first
        if last is not None:
            return words[:-1], last
    return words, 1


def _count(word: str) -> int | None:
    """A word as a number of parts; None when it is none, or too large for one."""
    number = int(word) if word.isascii() and word.isdecimal() and len(word) <= len(str(MOST)) else 0
    return number if 1 <= number <= MOST else None


def _parts(wanted: str) -> list[Kind]:
    """Kinds that are called so, best first."""
    found = [(points, -index, one) for index, one in enumerate(catalogue().values())
             if (points := max(score(wanted, label) for label in _labels(one))) >= WORD]  # fmt: skip
    return [one for _points, _index, one in sorted(found, key=lambda row: row[:2], reverse=True)]


def _labels(what: Kind) -> Iterator[str]:
    yield from (what.label, _(what.label), what.key)


def home(document: Document, key: str, chosen: Iterable[str]) -> tuple[str | None, Seat]:
    """Where a new part goes: into what is chosen, what that is in, or onto the canvas; else the reason why not."""
    child = Element("", key, "")
    refused: Seat | None = None
    for id in chosen:
        if id not in document.elements:
            continue
        for target in (id, *document.above(id)):
            answer = seat(document, child, target)
            if answer.allowed:
                return target, answer
            refused = refused or answer
    free = seat(document, child, None)
    return None, free if free.allowed or refused is None else refused
