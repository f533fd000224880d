"""The document: four tables and the indexes that make looking things up quick. It changes by `apply` alone."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from sdx_studio.document.changes import Change
from sdx_studio.document.inheriting import given
from sdx_studio.document.records import Act, Element, Link, Properties, Record
from sdx_studio.kinds import Kind, Values, catalogue, kind
from sdx_studio.kinds.placeholder import placeholder

Listener = Callable[[tuple[Change, ...]], None]


class UnknownElementError(KeyError):
    """No element has this address; the message names close ones."""

    def __str__(self) -> str:
        return str(self.args[0])


class Document:
    """One project. Reads are cheap and by id; the tables are read-only views for everyone else."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._elements: dict[str, Element] = {}
        self._links: dict[str, Link] = {}
        self._scenario: dict[str, Act] = {}
        self._project: dict[str, Properties] = {"project": Properties()}
        self._children: dict[str | None, set[str]] = {}
        self._links_of: dict[str, set[str]] = {}
        self._named: dict[tuple[str, str], set[str]] = {}
        self._of_kind: dict[str, set[str]] = {}
        self._cabled: dict[str, list[str]] | None = None
        """Ids of links by the names of their ends; None when it has to be read anew."""
        self._listeners: list[Listener] = []
        self.elements: Mapping[str, Element] = MappingProxyType(self._elements)
        self.links: Mapping[str, Link] = MappingProxyType(self._links)
        self.scenario: Mapping[str, Act] = MappingProxyType(self._scenario)
        for record in records:
            table = self._tables(_TABLE[type(record)])
            if record.id in table:
                self._unindex(table[record.id])
            table[record.id] = record
            self._index(record)

    @property
    def properties(self) -> Properties:
        """Title, seed and what else belongs to the project as a whole."""
        return self._project["project"]

    # reading -----------------------------------------------------------------------------------------------------

    def element(self, id: str, /) -> Element:
        """The element with this id; raises UnknownElementError."""
        try:
            return self._elements[id]
        except KeyError:
            raise UnknownElementError(f"no element {id!r} in the project") from None

    def kind_of(self, id: str, /) -> Kind:
        """The kind of an element, or the placeholder kind when the catalogue does not know it."""
        key = self._elements[id].kind
        return kind(key) if key in catalogue() else placeholder(key)

    def values(self, id: str, /) -> Values:
        """Field values of an element over its template's and its kind's defaults."""
        return self.kind_of(id).values(given(self, self.element(id)))

    def children(self, id: str | None, /) -> tuple[str, ...]:
        """Ids of what sits in `id` (None: on the bare canvas), in drawing order."""
        inside = self._children.get(id, ())
        return tuple(sorted(inside, key=lambda one: (self._elements[one].order, one)))

    def traits(self, id: str, /) -> frozenset[str]:
        """What an element is in the eyes of others."""
        return frozenset(self.kind_of(id).traits)

    def ancestor(self, id: str, trait: str, /) -> str | None:
        """Nearest element above `id` whose kind has `trait`."""
        for above in self.above(id):
            if trait in self.kind_of(above).traits:
                return above
        return None

    def above(self, id: str, /) -> tuple[str, ...]:
        """Ids from the parent of `id` outwards."""
        found: list[str] = []
        parent = self.element(id).parent
        while parent is not None and parent in self._elements and parent not in found:
            found.append(parent)
            parent = self._elements[parent].parent
        return tuple(found)

    def below(self, id: str, /) -> tuple[str, ...]:
        """Ids of everything inside `id`, outer ones first."""
        found = list(self.children(id))
        for inner in found:
            found.extend(self.children(inner))
        return tuple(found)

    def having(self, trait: str, /) -> tuple[str, ...]:
        """Ids of all elements whose kind has `trait`, sorted."""
        found: list[str] = []
        for ids in self._of_kind.values():
            if ids and trait in self.kind_of(next(iter(ids))).traits:
                found.extend(ids)
        return tuple(sorted(found))

    def links_of(self, id: str, /) -> tuple[Link, ...]:
        """Links that end at `id`, sorted by id."""
        return tuple(self._links[link] for link in sorted(self._links_of.get(id, ())))

    def find(self, address: str) -> str:
        """Id of `kind:name`, of a bare name if only one element has it, or of an id; raises UnknownElementError."""
        if address in self._elements or address in self._links:
            return address
        named = self._link(address) if address.startswith("link:") else None
        if named is not None:
            return named
        key, colon, name = address.partition(":")
        ids = (
            self._named.get((key, name), set())
            if colon
            else {id for id, one in self._elements.items() if one.name == address}
        )
        if len(ids) == 1:
            return next(iter(ids))
        if ids:
            raise UnknownElementError(f"{address!r} names {len(ids)} elements; use one of the ids {sorted(ids)}")
        close = get_close_matches(address, [self.address(id) for id in self._elements], 1)
        raise UnknownElementError(f"no element {address!r}" + (f"; did you mean {close[0]!r}?" if close else ""))

    def address(self, id: str, /) -> str:
        """`kind:name` of an element when that is unique, else its id; a link's is `link:` and both ends' names."""
        if id in self._links:
            link = self._links[id]
            ends = self._ends(link)
            return f"link:{ends}" if len(self._by_ends()[ends]) == 1 else f"link:{ends}#{id}"
        if id not in self._elements:
            return id
        one = self._elements[id]
        return f"{one.kind}:{one.name}" if len(self._named[(one.kind, one.name)]) == 1 else id

    def _ends(self, link: Link) -> str:
        return "-".join(self._elements[end].name if end in self._elements else end for end in (link.a, link.b))

    def _by_ends(self) -> dict[str, list[str]]:
        if self._cabled is None:
            self._cabled = {}
            for id, link in self._links.items():
                self._cabled.setdefault(self._ends(link), []).append(id)
        return self._cabled

    def _link(self, address: str) -> str | None:
        """Id of the link that `address` names, None when it names none."""
        ends, _, id = address.removeprefix("link:").rpartition("#")
        if id in self._links and address == self.address(id):
            return id
        found = self._by_ends().get(ends + "#" + id if ends else id, ())
        return found[0] if len(found) == 1 else None

    def new_name(self, prefix: str) -> str:
        """First free name of the form prefix-01."""
        taken = {one.name for one in self._elements.values()}
        number = 1
        while f"{prefix}-{number:02d}" in taken:
            number += 1
        return f"{prefix}-{number:02d}"

    # changing ----------------------------------------------------------------------------------------------------

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every finished transaction's changes; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def announce(self, changes: tuple[Change, ...]) -> None:
        """Tell the listeners; the history's business."""
        for listener in list(self._listeners):
            listener(changes)

    def apply(self, change: Change) -> None:
        """Carry out one change; raises ValueError if the record is not what the change says it was."""
        table = self._tables(change.table)
        if table.get(change.id) != change.before:
            raise ValueError(f"{change.table} {change.id!r} is not as the change expects it")
        self._unindex(change.before)
        if change.after is None:
            del table[change.id]
        else:
            table[change.id] = change.after
        self._index(change.after)

    def _tables(self, name: str) -> dict[str, Record]:
        return getattr(self, f"_{name}")  # type: ignore[no-any-return]

    def _index(self, record: Record | None) -> None:
        if isinstance(record, Element | Link):
            self._cabled = None
        if isinstance(record, Element):
            self._children.setdefault(record.parent, set()).add(record.id)
            self._named.setdefault((record.kind, record.name), set()).add(record.id)
            self._of_kind.setdefault(record.kind, set()).add(record.id)
        elif isinstance(record, Link):
            for end in (record.a, record.b):
                self._links_of.setdefault(end, set()).add(record.id)

    def _unindex(self, record: Record | None) -> None:
        if isinstance(record, Element | Link):
            self._cabled = None
        if isinstance(record, Element):
            self._children[record.parent].discard(record.id)
            self._named[(record.kind, record.name)].discard(record.id)
            self._of_kind[record.kind].discard(record.id)
        elif isinstance(record, Link):
            for end in (record.a, record.b):
                self._links_of[end].discard(record.id)


_TABLE: dict[type, str] = {Element: "elements", Link: "links", Act: "scenario", Properties: "project"}
