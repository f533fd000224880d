"""A drawing as a Python script that draws it again, runs it and prints what came of it; it can only be written.

What a script does not keep: notes, plots, breakpoints and bookmarks, the ways of cables, open and closed groups, locks,
and elements of unknown kinds.
"""

import keyword
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from sdx_studio.document import Document
from sdx_studio.document.records import Act, Element, Link
from sdx_studio.exchange.formats import Format, Options
from sdx_studio.kinds import Field, FieldError, Kind, Value, catalogue
from sdx_studio.kinds.links import BY_KEY
from sdx_studio.words import mark

HEAD = '"""{title}: drawn and run by `python {{this file}}`."""\n\nfrom sdx_studio import Session\n\ns = Session()'
REFERENCES = ("reference", "references")
OWN = ("s", "run", "edit", "print", "Session")
"""Names that the script itself needs."""


def source(document: Document, ids: Iterable[str] | None = None) -> str:
    """The script for the whole document, or for the elements among `ids` with what is in them and their cables."""
    return "\n".join(_Script(document, ids).lines()) + "\n"


class _Script:
    """One document, or a part of it, as lines of Python."""

    def __init__(self, document: Document, ids: Iterable[str] | None) -> None:
        self._document = document
        self._whole = ids is None
        tops = document.children(None) if ids is None else _outermost(document, ids)
        self._ids = [id for top in tops for id in self._tree(top)]
        self._taken = set(OWN)
        self._next: dict[str, int] = {}
        self._names: dict[str, str] = {}
        for id in self._ids:
            self._names[id] = self._name(document.elements[id])

    def _tree(self, top: str) -> Iterator[str]:
        """`top` and what is in it, each after what holds it; without kinds that the catalogue does not know."""
        stack = [top]
        while stack:
            id = stack.pop()
            if self._document.elements[id].kind in catalogue():
                yield id
                stack.extend(reversed(self._document.children(id)))

    def _name(self, one: Element) -> str:
        """A variable of its own for an element, in the form in which Python reads it."""
        signs = unicodedata.normalize("NFKC", one.name)
        plain = "".join(sign if f"_{sign}".isidentifier() else "_" for sign in signs).strip("_") or one.kind
        return self._free(plain if plain.isidentifier() else f"{one.kind}_{plain}")

    def _free(self, plain: str) -> str:
        """`plain`, or with the first number that makes it a variable of its own."""
        found = plain
        while found in self._taken or keyword.iskeyword(found):
            self._next[plain] = self._next.get(plain, 1) + 1
            found = f"{plain}_{self._next[plain]}"
        self._taken.add(found)
        return found

    def lines(self) -> Iterator[str]:
        """Everything."""
        properties = self._document.properties
        plain = "".join(sign if sign.isprintable() else " " for sign in properties.title)
        title = plain.replace("\\", "").replace('"', "'") or "A drawing"
        yield HEAD.format(title=title).replace("{this file}", "FILE")
        if self._whole:
            yield 'with s.history.edit("Properties") as edit:'
            figures = f"title={properties.title!r}, seed={properties.seed}, duration={properties.duration!r}"
            yield f"    edit.update(s.document.properties.but({figures}))"
        yield ""
        yield from map(self._place, self._ids)
        yield from filter(None, map(self._refer, self._ids))
        yield from self._cables()
        if self._whole:
            yield from map(self._act, sorted(self._document.scenario.values(), key=lambda act: (act.at, act.id)))
        yield ""
        yield "run = s.run()"
        yield 'print(f"{run.time:g} s: {len(run.events())} events")'

    def _place(self, id: str) -> str:
        one = self._document.elements[id]
        inside = one.parent in self._names
        said = [repr(one.kind), *([f"on={self._names[one.parent or '']}"] if inside else []), f"name={one.name!r}"]
        said += [f"{axis}={value:.12g}" for axis, value in (("x", one.x), ("y", one.y)) if value]
        what = catalogue()[one.kind]
        plain = {key: value for key, value in one.fields.items() if not _refers(what, key)}
        return f"{self._names[id]} = s.place({', '.join([*said, *_figures(what.by_key, plain)])})"

    def _refer(self, id: str) -> str:
        """What an element refers to, once everything is there; empty when it refers to nothing that is drawn."""
        one = self._document.elements[id]
        said = []
        for key, value in one.fields.items():
            if not _refers(catalogue()[one.kind], key):
                continue
            wanted = value if isinstance(value, tuple) else (value,)
            found = [self._names[str(each)] for each in wanted if str(each) in self._names]
            if found:
                said.append(f"{key}=[{', '.join(found)}]" if isinstance(value, tuple) else f"{key}={found[0]}")
        return f"s.set({self._names[id]}, {', '.join(said)})" if said else ""

    def _cables(self) -> Iterator[str]:
        for number, link in enumerate(sorted(self._document.links.values(), key=lambda one: one.id), 1):
            if link.a in self._names and link.b in self._names:
                self._names[link.id] = self._free(f"cable_{number}")
                yield self._cable(link)

    def _cable(self, link: Link) -> str:
        said = [self._names[link.a], self._names[link.b], *_figures(BY_KEY, link.fields)]
        return f"{self._names[link.id]} = s.connect({', '.join(said)})"

    def _act(self, act: Act) -> str:
        if act.target not in self._names:
            return f"# {act.verb!r} at {act.at:g} s: its target is not in this script"
        said = [repr(act.verb), self._names[act.target], f"at={act.at!r}"]
        plain = {key: value for key, value in act.fields.items() if key.isidentifier() and not keyword.iskeyword(key)}
        said += [f"{key}={self._names.get(str(value)) or repr(value)}" for key, value in plain.items()]
        return f"s.do({', '.join(said)})"


def _outermost(document: Document, ids: Iterable[str]) -> list[str]:
    chosen = [id for id in dict.fromkeys(ids) if id in document.elements]
    return [id for id in chosen if not set(document.above(id)) & set(chosen)]


def _refers(what: Kind, key: str) -> bool:
    field = what.by_key.get(key)
    return field is not None and field.type in REFERENCES


def _figures(known: Mapping[str, Field], values: Mapping[str, Value]) -> Iterator[str]:
    """Fields as keyword arguments, quantities with their units where that says exactly the same."""
    for key, value in values.items():
        if key in known and key.isidentifier():
            yield f"{key}={_exact(known[key], value)!r}"


def _exact(field: Field, value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not field.unit:
        return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value]
    shown = field.show(value)
    try:
        return shown if field.read(shown) == value else value
    except FieldError:
        return value


def _write(document: Document, _options: Options) -> bytes:
    return source(document).encode("utf-8")


FORMAT = Format(
    "python", mark("Python script"), (".py",), lambda head: b"from sdx_studio import Session" in head, write=_write
)
