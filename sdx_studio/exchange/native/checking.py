"""Whether decoded lines make sense together: ids, seats, ends, values. Says what is wrong and what is allowed."""

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches

from sdx_studio.document.records import ROUTES
from sdx_studio.exchange.native.lines import ActLine, ElementLine, Line, LinkLine
from sdx_studio.exchange.native.positions import Path
from sdx_studio.kinds import GROUND, Field, FieldError, Kind, catalogue
from sdx_studio.kinds.links import BY_KEY
from sdx_studio.units import NBSP
from sdx_studio.words import _

Test = Callable[[object], bool]


class FaultError(Exception):
    """Something at `path` of the file is not as it must be."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def nearest(word: str, known: Sequence[str]) -> str:
    """`; did you mean "…"?` when one of the first 2,000 known words is close, otherwise nothing."""
    close = get_close_matches(word, known[:2000], 1)
    return _("; did you mean “{word}”?", word=close[0]) if close else ""


def _fits(field: Field, value: str) -> bool:
    """Whether a text is a series of numbers within the field's bounds."""
    try:
        return field.read(value) is not None
    except FieldError:
        return False


def _test(field: Field) -> Test:
    """A quick test whether a stored value fits `field`; the words for a misfit are `misfit`'s business."""
    low = -float("inf") if field.minimum is None else field.minimum
    high = float("inf") if field.maximum is None else field.maximum
    choices = frozenset(field.choices)
    empty = field.optional or field.type == "reference"
    plain: dict[str, Test] = {
        "number": lambda value: type(value) in (float, int) and low <= value <= high,  # type: ignore[operator]
        "integer": lambda value: type(value) is int and low <= value <= high,
        "text": lambda value: type(value) is str,
        "choice": lambda value: type(value) is str and value in choices,
        "flag": lambda value: type(value) is bool,
        "reference": lambda value: type(value) is str,
        "references": lambda value: type(value) is tuple,
        "tags": lambda value: type(value) is tuple,
        "series": lambda value: type(value) is str and _fits(field, value),
    }
    test = plain[field.type]
    return (lambda value: value is None or test(value)) if empty else test


class Rules:
    """The fields of one kind (or of links), ready for many lines."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.fields = fields
        self.tests = {key: _test(field) for key, field in fields.items()}
        self.numbers = frozenset(key for key, field in fields.items() if field.type == "number")
        self.references = tuple(key for key, field in fields.items() if field.type in ("reference", "references"))

    def unfit(self, values: dict[str, object]) -> str | None:
        """Key of the first value that does not fit; on the way whole numbers become floats where fields are numbers."""
        for key, value in values.items():
            test = self.tests.get(key)
            if test is not None and not test(value):
                return key
            if type(value) is int and key in self.numbers:
                values[key] = float(value)
        return None

    def unknown(self, values: Mapping[str, object]) -> list[str]:
        """Keys that no field has."""
        return [key for key in values if key not in self.tests]


@functools.lru_cache(maxsize=1)
def _all_rules() -> Mapping[str, Rules]:
    return {key: Rules(kind.by_key) for key, kind in catalogue().items()}


def rules_of(kind: str) -> Rules | None:
    """Rules of a kind, or None when the catalogue does not know it."""
    return _all_rules().get(kind)


@functools.lru_cache(maxsize=1)
def link_rules() -> Rules:
    """Rules of links."""
    return Rules(BY_KEY)


def misfit(field: Field, value: object) -> str:
    """Why `value` does not fit `field`, in words."""
    try:
        read = field.read(value)
    except FieldError as reason:
        return reason.reason.replace(NBSP, " ")
    if isinstance(value, str) and isinstance(read, (int, float)):
        plain = int(read) if read == int(read) else read
        return _("{value} is text; write the bare number {plain}", value=f'"{value}"', plain=plain)
    return _("{value} is not of the type {type}", value=repr(value), type=field.type)


def check(elements: Sequence[ElementLine], links: Sequence[LinkLine], acts: Sequence[ActLine]) -> list[str]:
    """Raise FaultError for what cannot be opened; returns notices about what is opened but not understood."""
    _no_twins(elements, links, acts)
    kinds = {line.id: line.kind for line in elements}
    _seats(elements, kinds)
    _ends(links, kinds)
    _targets(acts, kinds, {line.id for line in links})
    unknown = _values(elements, kinds, {line.id for line in links})
    rules = link_rules()
    for index, link in enumerate(links):
        _fit(rules, link, ("links", index), unknown, "link")
    return _notices(elements, unknown)


def _no_twins(*tables: Sequence[Line]) -> None:
    for name, table in zip(("elements", "links", "scenario"), tables, strict=True):
        if len({line.id for line in table}) != len(table):
            seen: set[str] = set()
            for index, line in enumerate(table):
                if line.id in seen:
                    raise FaultError((name, index, "id"), _("the id “{id}” is taken twice", id=line.id))
                seen.add(line.id)


def _seats(elements: Sequence[ElementLine], kinds: Mapping[str, str]) -> None:
    agreed: set[tuple[str, str | None]] = set()
    parents: dict[str, str] = {}
    for index, line in enumerate(elements):
        parent = line.parent
        if parent is not None:
            if parent not in kinds:
                raise FaultError(("elements", index, "parent"), _missing(parent, kinds))
            parents[line.id] = parent
        pair = (line.kind, None if parent is None else kinds[parent])
        if pair not in agreed:
            reason = _why_not(*pair)
            if reason:
                raise FaultError(("elements", index, "parent" if parent is not None else "kind"), reason)
            agreed.add(pair)
    _no_circles(elements, parents)


def _missing(id: str, kinds: Mapping[str, str]) -> str:
    return _("there is no element “{id}”", id=id) + nearest(id, list(kinds))


def _why_not(child: str, parent: str | None) -> str | None:
    """Why a kind may not sit in another one (None: on the bare canvas); unknown kinds may sit anywhere."""
    known = catalogue()
    if child not in known or (parent is not None and parent not in known):
        return None
    needs = set(known[child].needs)
    if parent is None:
        fits = GROUND in needs
        where = _("on the bare canvas")
    else:
        fits = bool(needs & set(known[parent].offers))
        where = _("in “{kind}”", kind=parent)
    if fits:
        return None
    allowed = ", ".join(_seats_for(known[child]))
    return _("“{kind}” cannot stand {where}; allowed: {allowed}", kind=child, where=where, allowed=allowed)


def _seats_for(child: Kind) -> list[str]:
    seats = [one.key for one in catalogue().values() if set(child.needs) & set(one.offers)]
    return [_("the bare canvas"), *seats] if GROUND in child.needs else seats


def _no_circles(elements: Sequence[ElementLine], parents: Mapping[str, str]) -> None:
    safe: set[str] = set()
    for index, line in enumerate(elements):
        trail: list[str] = []
        here: str | None = line.id
        while here is not None and here not in safe:
            if here in trail:
                raise FaultError(("elements", index, "parent"), _("“{id}” would lie inside itself", id=here))
            trail.append(here)
            here = parents.get(here)
        safe.update(trail)


def _ends(links: Sequence[LinkLine], kinds: Mapping[str, str]) -> None:
    for index, line in enumerate(links):
        if line.a not in kinds:
            raise FaultError(("links", index, "a"), _missing(line.a, kinds))
        if line.b not in kinds:
            raise FaultError(("links", index, "b"), _missing(line.b, kinds))
        if line.a == line.b:
            raise FaultError(("links", index, "b"), _("both ends are “{id}”", id=line.a))
        if line.route not in ROUTES:
            allowed = ", ".join(ROUTES)
            hint = nearest(line.route, ROUTES)
            words = _("“{value}” is not one of {allowed}{hint}", value=line.route, allowed=allowed, hint=hint)
            raise FaultError(("links", index, "route"), words)


def _targets(acts: Sequence[ActLine], kinds: Mapping[str, str], links: set[str]) -> None:
    for index, line in enumerate(acts):
        if line.target and line.target not in kinds and line.target not in links:
            raise FaultError(("scenario", index, "target"), _missing(line.target, kinds))


def _values(elements: Sequence[ElementLine], kinds: Mapping[str, str], cables: Collection[str]) -> dict[str, list[str]]:
    unknown: dict[str, list[str]] = {}
    rules = _all_rules()
    for index, line in enumerate(elements):
        if not line.fields:
            continue
        known = rules.get(line.kind)
        if known is None:
            continue
        _fit(known, line, ("elements", index), unknown, line.kind)
        for key in known.references:
            if key in line.fields:
                known_ids = {**kinds, **dict.fromkeys(cables, "")} if known.fields[key].cables else kinds
                _pointing(line.fields[key], ("elements", index, "fields", key), known_ids)
    return unknown


def _pointing(value: object, path: Path, kinds: Mapping[str, str]) -> None:
    for id in (value,) if isinstance(value, str) else value or ():  # type: ignore[attr-defined]
        if id not in kinds:
            raise FaultError(path, _missing(id, kinds))


def _fit(rules: Rules, line: ElementLine | LinkLine, path: Path, unknown: dict[str, list[str]], of: str) -> None:
    values: dict[str, object] = line.fields  # type: ignore[assignment]
    key = rules.unfit(values)
    if key is not None:
        raise FaultError((*path, "fields", key), misfit(rules.fields[key], values[key]))
    if not values.keys() <= rules.tests.keys():
        for stray in rules.unknown(values):
            unknown.setdefault(f"{of}.{stray}", []).append(line.id)


def _notices(elements: Sequence[ElementLine], unknown: Mapping[str, Sequence[str]]) -> list[str]:
    notices = []
    known = catalogue()
    strange: dict[str, int] = {}
    for line in elements:
        if line.kind not in known:
            strange[line.kind] = strange.get(line.kind, 0) + 1
    for kind, count in sorted(strange.items()):
        hint = nearest(kind, list(known))
        notices.append(_("{count} × unknown kind “{kind}”, kept as a placeholder{hint}",
                         count=count, kind=kind, hint=hint))  # fmt: skip
    for key, ids in sorted(unknown.items()):
        kind, _dot, field = key.partition(".")
        fields = list(known[kind].by_key) if kind in known else list(BY_KEY)
        notices.append(_("{count} × unknown field “{key}”, kept as it is{hint} ({ids})", count=len(ids), key=key,
                         hint=nearest(field, fields), ids=", ".join(ids[:3])))  # fmt: skip
    return notices
