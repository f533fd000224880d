"""What a screen reader is told without asking: events of the running model and refusals, at most one a second."""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from sdx_studio.document import Document
from sdx_studio.engine.events import Event
from sdx_studio.session.wording import name_of, sentence
from sdx_studio.words import _

APART = 1.0
"""Seconds from one announcement to the next."""
FAULTS = (
    "element.failed", "kernel.crashed", "element.hindered", "migration.failed", "migration.lost", "guest.stopped",
    "guest.vanished",
    "ha.unplaced", "ha.isolated", "storage.unreachable", "storage.full", "traffic.blocked", "command.refused",
)  # fmt: skip
"""Kinds of events that are said at once, in the middle of other words."""
NEWS = (
    "element.repaired", "element.relieved", "element.off", "element.up", "guest.started", "guest.waiting",
    "migration.started", "migration.finished", "ha.", "host.asleep", "host.awake", "storage.saturated",
    "storage.relieved", "storage.rebalanced", "storage.reachable", "maintenance.", "balancing.", "rule.",
)  # fmt: skip
"""Beginnings of kinds that are said when nothing else is."""
CAUSE = "element.failed"
"""The fault that others come from: it is said before them."""
_NEWS, _WORDS, _FAULT, _CAUSE = range(4)
"""What is said first when several things wait: the highest."""


class Speaker:
    """Keeps what is to be said until it may be said: the most important first, among equals the newest.

    `tell` gets words and whether they are urgent; `clock` counts wall-clock seconds; `listening` says whether
    there is a screen reader at all.
    """

    def __init__(
        self, tell: Callable[[str, bool], None], clock: Callable[[], float] = time.monotonic,
        listening: Callable[[], bool] = QAccessible.isActive,
    ) -> None:  # fmt: skip
        self._tell, self._clock, self._listening = tell, clock, listening
        self._waiting: tuple[int, str] | None = None
        self._more = 0
        self._next = 0.0
        self._last = ""

    def say(self, words: str) -> None:
        """Words of the status bar; the same ones again are said once."""
        if words and words != self._last:
            self._wait(_WORDS, words)
            self.tick()
        self._last = words

    def hear(self, events: Iterable[Event], document: Document) -> None:
        """What happened in the model, oldest first."""
        if not self._listening():
            return
        for event in events:
            if event.kind in FAULTS or event.kind.startswith(NEWS):
                rank = _CAUSE if event.kind == CAUSE else _FAULT if event.kind in FAULTS else _NEWS
                self._wait(rank, f"{name_of(event.element, document)}: {sentence(event, document)}")
        self.tick()

    def _wait(self, rank: int, words: str) -> None:
        """Put something in line."""
        if self._waiting is not None:
            self._more += 1
        if self._waiting is None or rank >= self._waiting[0]:
            self._waiting = (rank, words)

    def tick(self) -> None:
        """Say what waits if enough time has passed; to be called again and again."""
        if self._waiting is None or self._clock() < self._next:
            return
        (rank, words), more = self._waiting, self._more
        self._waiting, self._more = None, 0
        self._next = self._clock() + APART
        if more:
            words = _("{words} (and {count} more)", words=words, count=more)
        self._tell(words, rank >= _FAULT)


def announce(thing: QObject, words: str, urgent: bool) -> None:
    """Have a screen reader say words about a widget; urgent ones interrupt it."""
    event = QAccessibleAnnouncementEvent(thing, words)
    manner = QAccessible.AnnouncementPoliteness
    event.setPoliteness(manner.Assertive if urgent else manner.Polite)
    QAccessible.updateAccessibility(event)
