"""Journals that nobody writes any more: what was being worked on when a program ended without saving."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sdx_studio.document import Act, Document, Element, Link
from sdx_studio.document.history import Edit
from sdx_studio.session.file_lock import lock
from sdx_studio.session.keeping.lines import ENDING, read_head, read_step
from sdx_studio.session.session import Session
from sdx_studio.words import _


@dataclass(frozen=True, slots=True)
class Leftover:
    """Unsaved work: its journal, what the project is called, the last step's time (s since 1970), the original."""

    journal: Path
    title: str
    when: float
    original: Path | None

    def discard(self) -> None:
        """Give it up; the original stays as it is."""
        self.journal.unlink(missing_ok=True)

    def recovered(self) -> Session:
        """The original with the unsaved work as one step that can be undone; on an empty project if it has gone.

        Raises exchange.FileError when the journal cannot be read any more. Neither journal nor original is changed.
        """
        target, session = _document(self.journal), _base(self.original)
        with session.history.edit(_("Recover unsaved work")) as edit:
            _become(edit, target)
        return session


def leftovers(folder: Path) -> tuple[Leftover, ...]:
    """Unsaved work in `folder` whose program is no longer there, the newest first."""
    found = (_leftover(path) for path in sorted(folder.glob(f"*{ENDING}")))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: -one.when))


def _leftover(path: Path) -> Leftover | None:
    try:
        with path.open("r+b") as file:
            if not lock(file.fileno()):
                return None
            head, when = read_head(file.readline()), os.fstat(file.fileno()).st_mtime
    except OSError:
        return None
    if head is None:
        return None
    return Leftover(path, head.title, when, None if head.path is None else Path(head.path))


def _document(journal: Path) -> Document:
    """The project as it was after the last step that is whole."""
    from sdx_studio.exchange import FileError
    from sdx_studio.exchange.native import parse

    first, *others = journal.read_bytes().split(b"\n")
    head = read_head(first)
    if head is None:
        raise FileError(journal, 1, 1, "", _("not a journal that this studio can read"))
    document = parse(head.project.encode(), str(journal)).document
    for line in others[:-1]:  # what stands after the last line's end is not whole
        changes = read_step(line, document)
        if changes is None:
            break
        for change in changes:
            document.apply(change)
    return document


def _base(original: Path | None) -> Session:
    from sdx_studio.exchange import FileError

    if original is None:
        return Session()
    try:
        return Session.open(original)
    except (FileError, OSError):
        return Session()


def _become(edit: Edit, target: Document) -> None:
    """Make the edited document equal to `target`."""
    document = edit.document
    gone = [*(document.links.keys() - target.links.keys()), *(document.scenario.keys() - target.scenario.keys())]
    edit.remove(*sorted(gone))
    for id in sorted(document.elements.keys() - target.elements.keys()):
        if id in document.elements:
            edit.remove(id)
    for one in _outer_first(target):
        _put(edit, one, one.id in document.elements)
    for link in target.links.values():
        _put(edit, link, link.id in document.links)
    for act in target.scenario.values():
        _put(edit, act, act.id in document.scenario)
    edit.update(target.properties)


def _put(edit: Edit, record: Element | Link | Act, there: bool) -> None:
    (edit.update if there else edit.add)(record)


def _outer_first(document: Document) -> Iterable[Element]:
    return sorted(document.elements.values(), key=lambda one: (len(document.above(one.id)), one.id))
