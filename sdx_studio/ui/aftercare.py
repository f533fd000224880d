"""What makes sure that nothing is lost: the journal of the open project, unsaved work of before, reports of errors."""

import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from sdx_studio.session import Session
from sdx_studio.session.keeping import Keeper, Leftover, leftovers
from sdx_studio.ui.reports import Reports
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

BEAT = 500
"""Milliseconds between two looks whether the journal is to be forced onto the disk."""


class Aftercare(QObject):
    """For one window, in the person's own `folder`. Errors go to `reports` when somebody installs them."""

    def __init__(self, window: "Window", folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._keeper = Keeper(folder / "journals", time.monotonic)
        self.work: tuple[Leftover, ...] = leftovers(folder / "journals")
        """What other programs left unsaved when they ended."""
        self.reports = Reports(folder / "reports", self._private, lambda: datetime.now().astimezone())
        self.reports.noted.connect(self._noted)
        window.desk.witnesses.append(self.reports.note)
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._told = ""
        window.reception.aftercare = self
        self.keep(window.session)

    def keep(self, session: Session) -> None:
        """Another session is open: the one before was saved or given up."""
        self._keeper.watch(session)

    def recover(self, number: int) -> None:
        """Open unsaved work as changes that are not saved yet; its original is not touched."""
        if not self._window.files.may_leave():
            return
        from sdx_studio.exchange import FileError

        one = self.work[number]
        try:
            session = one.recovered()
        except (FileError, OSError, ValueError) as reason:
            self._window.files.complain(_("Cannot recover"), str(reason))
            return
        self._window.take(session)
        self.discard(number)
        self._window.desk.say(_("recovered; save to keep it"))

    def discard(self, number: int) -> None:
        """Give unsaved work up."""
        self.work[number].discard()
        self.work = tuple(one for index, one in enumerate(self.work) if index != number)

    def greet(self) -> None:
        """Say what happened the last time, if something did."""
        report = self.reports.left()
        if report is not None:
            self._window.desk.say(_("The studio ended unexpectedly; a report is in {file}", file=report))
        elif self.work:
            self._window.desk.say(_("There is unsaved work: File, Welcome page"))

    def end(self) -> None:
        """The window is closed in good order."""
        self._timer.stop()
        self._keeper.end()
        self.reports.end()

    def _beat(self) -> None:
        self._keeper.tick()
        trouble = self._keeper.trouble
        if trouble and trouble != self._told:
            self._window.desk.say(_("Unsaved work cannot be kept safe: {reason}", reason=trouble))
        self._told = trouble

    def _noted(self, path: str) -> None:
        self._window.desk.say(_("An error was noted in {file}; your work is safe", file=path))

    def _private(self) -> Iterable[str]:
        """What may not stand in a report: names of the person's elements and project."""
        document = self._window.session.document
        yield document.properties.title
        yield document.properties.notes
        for one in document.elements.values():
            yield one.name
