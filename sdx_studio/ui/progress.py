"""Long work with a way out: after half a second a dialog shows how far it is, and Cancel stops it at its next step.

The work is a function that is given a callback and tells it the share that is done (0…1) as often as it can. While it
tells, the window goes on living. It must put nothing into its target before everything is ready.
"""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sdx_studio.ui.theme import px
from sdx_studio.words import _

PATIENCE = 0.5
"""Seconds that work may take without a word."""
EVERY = 0.03
"""Seconds between two looks at what the person does."""
STEPS = 1000
UNKNOWN = -1.0
"""The share of work that cannot tell how far it is."""
Result = TypeVar("Result")
Work = Callable[[Callable[[float], None]], Result]


class StoppedError(Exception):
    """The person does not want to wait for it any longer."""


class Waiting(QDialog):
    """How far the work is, and a button to stop it; Escape and closing do the same."""

    def __init__(self, parent: QWidget | None, title: str) -> None:
        super().__init__(parent)
        self.setObjectName("progress")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle(title)
        self.stopped = False
        self.label = QLabel(title)
        self.bar = QProgressBar()
        self.bar.setObjectName("progress_bar")
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.bar.setMinimumWidth(px(320))
        self.share = QLabel()
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setObjectName("progress_cancel")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self.show_share(0.0)

    def _lay_out(self) -> None:
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self.label, 1)
        head.addWidget(self.share)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(foot)

    def show_share(self, share: float) -> None:
        """Show the share that is done; for UNKNOWN only that something is going on."""
        self.bar.setRange(0, 0 if share == UNKNOWN else STEPS)
        self.bar.setValue(round(max(0.0, share) * STEPS))
        self.share.setText("" if share == UNKNOWN else f"{share * 100:.0f}\u00a0%")

    def reject(self) -> None:
        """Stop; the dialog goes when the work has."""
        self.stopped = True
        self.cancel.setEnabled(False)


class Progress:
    """What the work tells how far it is; raises StoppedError when it is to stop."""

    def __init__(self, parent: QWidget | None, title: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._parent, self._title, self._clock = parent, title, clock
        self._began = self._looked = clock()
        self.dialog: Waiting | None = None

    def __call__(self, share: float) -> None:
        """So much is done (0…1)."""
        now = self._clock()
        if self.dialog is None:
            if share != UNKNOWN and now - self._began < PATIENCE:
                return
            self.dialog = Waiting(self._parent, self._title)
            self.dialog.show()
        elif now - self._looked < EVERY:
            return
        self._looked = now
        self.dialog.show_share(share)
        QApplication.processEvents()
        if self.dialog.stopped:
            raise StoppedError

    def end(self) -> None:
        """The work is over, in whatever way."""
        if self.dialog is not None:
            self.dialog.hide()
            self.dialog.deleteLater()
            self.dialog = None


def carried_out(
    work: Work[Result], parent: QWidget | None, title: str, clock: Callable[[], float] = time.monotonic
) -> Result | None:
    """The work's result, or None when the person has stopped it; its errors come through."""
    progress = Progress(parent, title, clock)
    try:
        return work(progress)
    except StoppedError:
        return None
    finally:
        progress.end()


def awaited(
    call: Callable[[], Result], parent: QWidget | None, title: str, clock: Callable[[], float] = time.monotonic
) -> Result | None:
    """The result of a call that cannot tell how far it is, or None when the person has stopped waiting for it.

    It is made in a thread, so it must neither touch a widget nor change anything that is shown; what nobody waits for
    any more is dropped when it is done. Its errors come through.
    """
    made: list[Result] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            made.append(call())
        except BaseException as error:  # noqa: BLE001 - it is raised again where somebody waits
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    progress = Progress(parent, title, clock)
    try:
        while thread.is_alive():
            progress(UNKNOWN)
            thread.join(EVERY)
    except StoppedError:
        return None
    finally:
        progress.end()
    if errors:
        raise errors[0]
    return made[0]
