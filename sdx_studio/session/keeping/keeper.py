"""The keeper: appends every finished step of one session to a journal, and throws the journal away when it is saved."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import msgspec

from sdx_studio.document.changes import Change
from sdx_studio.session.file_lock import lock
from sdx_studio.session.keeping.lines import ENDING, head_line, step_line
from sdx_studio.session.session import Session

EVERY = 1.0
"""Seconds between two moments at which the journal is forced onto the disk; in between the system holds it."""


class Keeper:
    """Keeps the work of one session at a time in `folder`; `clock` tells seconds.

    A step is written when it is finished, so that a crash of the program loses nothing; a crash of the machine loses
    what came after the last `tick` that forced it onto the disk.
    """

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._clock = clock
        self._session: Session | None = None
        self._path: Path | None = None
        self._handle = -1
        self._waiting = False
        self._forced = float("-inf")
        self._deaf: Callable[[], None] = lambda: None
        self.trouble = ""
        """Why nothing can be kept, in the system's words; empty when all is well."""

    @property
    def path(self) -> Path | None:
        """The journal that is being written; None as long as there is nothing to lose."""
        return self._path

    def watch(self, session: Session) -> None:
        """Keep this session from now on; the one before is over (saved, or given up by the person)."""
        self.end()
        self._session, self.trouble = session, ""
        self._deaf = session.document.on_change(self._changed)
        session.history.on_change(self._settled)
        if session.history.modified:
            with self._careful():
                self._begin(session)

    def end(self) -> None:
        """Nothing is kept any more: the session is over in good order."""
        self._deaf()
        self._deaf = lambda: None
        self._session = None
        self._discard()

    def tick(self) -> None:
        """Force what is waiting onto the disk if that has not been done for a second; called now and then."""
        if self._waiting and self._clock() - self._forced >= EVERY:
            self._waiting, self._forced = False, self._clock()
            with self._careful():
                os.fsync(self._handle)

    def _changed(self, changes: tuple[Change, ...]) -> None:
        if self.trouble:
            return
        with self._careful():
            if self._path is None:
                self._begin(self._session)
            else:
                self._append(step_line(changes))

    def _settled(self) -> None:
        """After every step, undo, redo and save: what is as it was saved needs no journal."""
        if self._session is not None and not self._session.history.modified:
            self._discard()

    def _begin(self, session: Session | None) -> None:
        if session is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{uuid4().hex}{ENDING}"
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._path = path
        lock(self._handle)
        original = None if session.path is None else str(session.path.resolve())
        title = session.path.name if session.path is not None else session.document.properties.title
        self._append(head_line(session.document, title, original))

    def _append(self, line: bytes) -> None:
        self._waiting = True
        left = memoryview(line)
        while left:
            left = left[os.write(self._handle, left) :]

    def _discard(self) -> None:
        path, self._path = self._path, None
        self._waiting = False
        if path is not None:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            with contextlib.suppress(OSError):
                path.unlink()

    @contextlib.contextmanager
    def _careful(self) -> Iterator[None]:
        """Whatever goes wrong here must not stop the person's work; it is remembered instead."""
        try:
            yield
        except (OSError, ValueError, TypeError, RecursionError, msgspec.MsgspecError) as reason:
            self.trouble = str(reason)
            self._discard()
