"""Asking for what is shown: the running model now and then, or without one what would be."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer

from sdx_studio.session.routing import Preview

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

EVERY, PATIENCE = 500, 3000
"""Milliseconds after which the same is asked again: after an answer, and when none has come."""


class Asking:
    """One question at a time: a topic of `playback.TOPICS` and what it is about."""

    def __init__(self, owner: "Window") -> None:
        self._owner = owner
        self.every = EVERY
        self._clock = QElapsedTimer()
        self._answer: object = None
        self._awaited: tuple[str, str] | None = None
        self.anew()

    def anew(self) -> None:
        """Another session may be shown."""
        self.preview = Preview(self._owner.session.document)
        self.hurry()

    def edited(self) -> None:
        """The drawing has changed."""
        self.preview.forget()
        self.hurry()

    def hurry(self) -> None:
        """Ask as soon as possible."""
        self._clock.invalidate()
        self._awaited = None

    def heard(self, topic: str, about: str) -> Mapping[str, Any] | None:
        """What the running model has answered since the last time; it is asked again when that is due."""
        told = self._owner.live.told.get(topic)
        fresh = told is not None and told is not self._answer
        if fresh:
            self._answer, self._awaited = told, None
        waited = self._clock.elapsed() if self._clock.isValid() else PATIENCE
        if waited >= (PATIENCE if self._awaited == (topic, about) else self.every):
            self._clock.start()
            self._awaited = (topic, about)
            self._owner.live.ask(topic, about)
        return told.figures if told is not None and fresh else None

    def guess(self, topic: str, about: str) -> Mapping[str, Any] | None:
        """What would be without a run; None when the project is too large for that."""
        self._answer = None
        self.hurry()
        return self.preview.answer(topic, about) if self.preview.small else None
