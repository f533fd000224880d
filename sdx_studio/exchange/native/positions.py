"""Where in a JSON text a member stands. Slow and simple: it runs only when something is wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sdx_studio.exchange.native.lines import BOUND
from sdx_studio.words import _

Path = tuple[str | int, ...]
DEEPEST = 64

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\],:"]+', re.DOTALL)
_WHOLE = re.compile(r"-?\d+$")


@dataclass(slots=True)
class _Frame:
    """An object or a list that is open at the moment."""

    is_object: bool
    path: Path
    keys: set[str] = field(default_factory=set)
    at: str | int = 0
    wants_key: bool = False

    def here(self) -> Path:
        return (*self.path, self.at)


@dataclass(frozen=True, slots=True)
class Place:
    """A key or a value of the text: `offset` in characters; `sign` is its first sign."""

    path: Path
    offset: int
    sign: str
    is_key: bool
    repeated: bool = False


def places(text: str) -> Iterator[Place]:
    """Every key and value of a well-formed JSON text, in its order."""
    stack: list[_Frame] = []
    for match in _TOKEN.finditer(text):
        sign, top = match.group(), stack[-1] if stack else None
        if sign in "}]":
            if stack:
                stack.pop()
        elif sign == ",":
            _step(top)
        elif sign != ":" and top is not None and top.wants_key:
            yield _key(top, sign, match.start())
        elif sign != ":":
            path = top.here() if top is not None else ()
            yield Place(path, match.start(), sign, is_key=False)
            if sign in "{[":
                stack.append(_Frame(sign == "{", path, wants_key=sign == "{"))


def _step(top: _Frame | None) -> None:
    if top is None:
        return
    if top.is_object:
        top.wants_key = True
    elif isinstance(top.at, int):
        top.at += 1


def _key(top: _Frame, sign: str, offset: int) -> Place:
    import json

    top.wants_key = False
    try:
        top.at = str(json.loads(sign))
    except ValueError:
        top.at = sign
    repeated = top.at in top.keys
    top.keys.add(top.at)
    return Place(top.here(), offset, sign, is_key=True, repeated=repeated)


def locate(text: str, path: Path) -> int:
    """Offset of the value at `path`, or of the closest thing around it that is there."""
    best, depth = 0, -1
    for place in places(text):
        size = len(place.path)
        if not place.is_key and size > depth and place.path == path[:size]:
            best, depth = place.offset, size
            if size == len(path):
                break
    return best


def first_fault(text: str) -> tuple[int, Path, str] | None:
    """The first thing that JSON allows and a project file does not: offset, path and words."""
    for place in places(text):
        if place.repeated:
            return place.offset, place.path, _("this name stands here twice")
        if len(place.path) > DEEPEST:
            return place.offset, place.path[:3], _("nested more than {depth} deep", depth=DEEPEST)
        if not place.is_key and _WHOLE.match(place.sign) and (len(place.sign) > 17 or abs(int(place.sign)) > BOUND):
            return place.offset, place.path, _("whole numbers go up to ±9007199254740992")
    return None


def line_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def spell(path: Path) -> str:
    """`("elements", 3, "fields", "memory")` as `elements[3].fields.memory`."""
    text = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path)
    return text.removeprefix(".")
