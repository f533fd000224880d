"""Transactions: the only way to change a document. A failed one leaves no trace, a nested one joins the outer one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType

from sdx_studio.document.changes import Change, Table, joined
from sdx_studio.document.document import Document
from sdx_studio.document.inheriting import template_of, written_out
from sdx_studio.document.records import Act, Element, Link, Properties, Record
from sdx_studio.kinds import Value


class EditError(ValueError):
    """An edit is not possible; the message says why and what is allowed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One undoable step: what it is called, what it changed, and with what it may merge."""

    label: str
    changes: tuple[Change, ...]
    merge: str | None = None


class Edit:
    """What one may do inside `history.edit(...)`. Everything takes effect at once and is rolled back on an error."""

    def __init__(self, document: Document, label: str) -> None:
        self.document = document
        self.label = label
        self.changes: list[Change] = []
        self._next: dict[str, int] = {}

    def new_id(self, letter: str) -> str:
        """A free id: e0001, e0002 … for elements, l… for links, s… for the scenario."""
        table = {"e": self.document.elements, "l": self.document.links, "s": self.document.scenario}[letter]
        if letter not in self._next:
            used = [int(id[1:]) for id in table if id[:1] == letter and id[1:].isascii() and id[1:].isdigit()]
            self._next[letter] = max(used, default=0)
        self._next[letter] += 1
        return f"{letter}{self._next[letter]:04d}"

    def add(self, record: Element | Link | Act) -> None:
        """Put a new record in; raises EditError when its id is taken."""
        table = _name(record)
        if self._get(table, record.id) is not None:
            raise EditError(f"id {record.id!r} is already in use")
        self._do(Change(table, record.id, None, record))

    def update(self, record: Record) -> None:
        """Exchange the record with the same id; raises EditError when there is none."""
        table = _name(record)
        before = self._get(table, record.id)
        if before is None:
            raise EditError(f"no {table} with id {record.id!r}")
        if before != record:
            self._do(Change(table, record.id, before, record))

    def remove(self, *ids: str) -> None:
        """Take elements with everything inside them, links, or acts out, and whatever points to them.

        Cables and acts of what goes are removed as well, fields that refer to it are cleared.
        """
        document = self.document
        for id in ids:
            if not (id in document.elements or id in document.links or id in document.scenario):
                raise EditError(f"nothing with id {id!r} to remove")
        roots = [id for id in ids if id in document.elements]
        gone = dict.fromkeys(one for id in roots for one in (id, *document.below(id)))
        cables = dict.fromkeys(link.id for one in gone for link in document.links_of(one))
        cables.update(dict.fromkeys(id for id in ids if id in document.links))
        self._forget(set(gone) | set(cables), {id for id in ids if id in document.scenario})
        for id in cables:
            self._do(Change("links", id, document.links[id], None))
        for id in reversed(gone):
            self._do(Change("elements", id, document.elements[id], None))

    def _forget(self, gone: set[str], acts: set[str]) -> None:
        """Remove `acts` and those about what is `gone`; clear fields of what stays that refer to it. One scan each."""
        document = self.document
        for act in list(document.scenario.values()):
            if act.id in acts or act.target in gone or not gone.isdisjoint(map(_hashable, act.fields.values())):
                self._do(Change("scenario", act.id, act, None))
        for one in list(document.elements.values()):
            if one.fields and one.id not in gone:
                cleared = _without(one, gone, document)
                if cleared is not one:
                    self._do(Change("elements", one.id, one, cleared))

    def _get(self, table: Table, id: str) -> Record | None:
        if table == "project":
            return self.document.properties
        if table == "elements":
            return self.document.elements.get(id)
        return self.document.links.get(id) if table == "links" else self.document.scenario.get(id)

    def _do(self, change: Change) -> None:
        self.document.apply(change)
        self.changes.append(change)

    def roll_back(self, to: int = 0) -> None:
        """Undo what was done so far, down to the first `to` changes."""
        while len(self.changes) > to:
            self.document.apply(self.changes.pop().inverse())


def _hashable(value: object) -> object:
    return value if isinstance(value, str) else None


def _without(one: Element, gone: set[str], document: Document) -> Element:
    """`one` with no field referring to what is `gone`; itself when none does. A template's values stay as its own."""
    if template_of(document, one) in gone:
        one = written_out(document, one)
    known = document.kind_of(one.id).by_key
    cleared: dict[str, Value] = {}
    for key, value in one.fields.items():
        sort = known[key].type if key in known else ""
        if sort == "reference" and value in gone:
            cleared[key] = None
        elif sort == "references" and isinstance(value, tuple) and not gone.isdisjoint(value):
            cleared[key] = tuple(id for id in value if id not in gone) or None
    return one.setting(**cleared) if cleared else one


def _name(record: Record) -> Table:
    if isinstance(record, Element):
        return "elements"
    if isinstance(record, Link):
        return "links"
    return "scenario" if isinstance(record, Act) else "project"


class History:
    """Undo and redo over one document, and whether it differs from what was last saved."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._open: Edit | None = None
        self._saved: Step | None = None
        self._listeners: list[Callable[[], None]] = []

    @contextmanager
    def edit(self, label: str, merge: str | None = None) -> Iterator[Edit]:
        """One undoable step. Inside another edit it joins that one. `merge`: same text as the last step's joins it.

        A failed edit leaves no trace, also inside another one that goes on after the error.
        """
        if self._open is not None:
            outer, before = self._open, len(self._open.changes)
            try:
                yield outer
            except BaseException:
                outer.roll_back(before)
                raise
            return
        self._open = edit = Edit(self.document, label)
        with _Rollback(self, edit):
            yield edit
        changes = joined(edit.changes)
        if changes:
            self._push(Step(label, changes, merge))
            self._tell(changes)

    def close_edit(self) -> None:
        """The open transaction is over (also when it failed)."""
        self._open = None

    def _push(self, step: Step) -> None:
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and step.merge is not None and last.merge == step.merge and last is not self._saved:
            changes = joined([*last.changes, *step.changes])
            self._done[-1:] = [Step(last.label, changes, step.merge)] if changes else []
        else:
            self._done.append(step)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done) and self._open is None

    @property
    def can_redo(self) -> bool:
        """Whether something taken back can be done again."""
        return bool(self._undone) and self._open is None

    @property
    def labels(self) -> tuple[str, ...]:
        """What the steps are called, oldest first."""
        return tuple(step.label for step in self._done)

    @property
    def undone_labels(self) -> tuple[str, ...]:
        """What could be done again, next first."""
        return tuple(step.label for step in reversed(self._undone))

    def undo(self) -> str | None:
        """Take the last step back; returns its label, or None when there is none."""
        if not self.can_undo:
            return None
        step = self._done.pop()
        changes = tuple(change.inverse() for change in reversed(step.changes))
        self._undone.append(step)
        return self._replay(step, changes)

    def redo(self) -> str | None:
        """Do the step last taken back again; returns its label, or None."""
        if not self.can_redo:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return self._replay(step, step.changes)

    def _replay(self, step: Step, changes: tuple[Change, ...]) -> str:
        for change in changes:
            self.document.apply(change)
        self._tell(changes)
        return step.label

    @property
    def modified(self) -> bool:
        """Whether the document differs from what was last saved (or opened)."""
        return (self._done[-1] if self._done else None) is not self._saved

    def mark_saved(self) -> None:
        """The document as it is now lies in its file."""
        self._saved = self._done[-1] if self._done else None
        self._tell(())

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every step, undo, redo and save."""
        self._listeners.append(listener)

    def _tell(self, changes: tuple[Change, ...]) -> None:
        if changes:
            self.document.announce(changes)
        for listener in list(self._listeners):
            listener()


class _Rollback:
    """Ends a transaction; on an error takes everything back before anyone has heard of it."""

    def __init__(self, history: History, edit: Edit) -> None:
        self._history = history
        self._edit = edit

    def __enter__(self) -> Edit:
        return self._edit

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._edit.roll_back()
        self._history.close_edit()


__all__ = ["Edit", "EditError", "History", "Properties", "Step"]
