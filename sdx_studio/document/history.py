"""Transactions: the only way to change a document. A failed one leaves no trace, a nested one joins the outer one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType

from sdx_studio.document.changes import Change, Table, joined
from sdx_studio.document.document import Document
from sdx_studio.document.records import Act, Element, Link, Properties, Record


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

    def remove(self, id: str) -> None:
        """Take an element with everything inside it and every link to it, a link, or an act out."""
        document = self.document
        if id in document.elements:
            gone = (id, *document.below(id))
            for one in reversed(gone):
                for link in document.links_of(one):
                    self._do(Change("links", link.id, link, None))
                for act in [act for act in document.scenario.values() if act.target == one]:
                    self._do(Change("scenario", act.id, act, None))
                self._do(Change("elements", one, document.element(one), None))
        elif id in document.links:
            for act in [act for act in document.scenario.values() if act.target == id]:
                self._do(Change("scenario", act.id, act, None))
            self._do(Change("links", id, document.links[id], None))
        elif id in document.scenario:
            self._do(Change("scenario", id, document.scenario[id], None))
        else:
            raise EditError(f"nothing with id {id!r} to remove")

    def _get(self, table: Table, id: str) -> Record | None:
        if table == "project":
            return self.document.properties
        if table == "elements":
            return self.document.elements.get(id)
        return self.document.links.get(id) if table == "links" else self.document.scenario.get(id)

    def _do(self, change: Change) -> None:
        self.document.apply(change)
        self.changes.append(change)

    def roll_back(self) -> None:
        """Undo what was done so far."""
        while self.changes:
            self.document.apply(self.changes.pop().inverse())


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
        """One undoable step. Inside another edit it joins that one. `merge`: same text as the last step's joins it."""
        if self._open is not None:
            yield self._open
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

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            self._edit.roll_back()
        self._history.close_edit()


__all__ = ["Edit", "EditError", "History", "Properties", "Step"]
