"""A run watched moment by moment: snapshots at rising times, with what a picture has to remember of its events."""

from collections.abc import Callable

from sdx_studio.document import Document
from sdx_studio.engine.journal import Journal, play
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.build import parts_of, scenario_of
from sdx_studio.session.doings import Doings

SLICES = 50
"""Pieces of a long way, after each of which somebody may stop it."""


class Film:
    """One run in this process, of a document from its beginning or as a journal has it; times only rise.

    A journal is taken as it stands now: what is done in the run later on is not in the film.
    """

    def __init__(self, document: Document, journal: Journal | None = None) -> None:
        if journal is None:
            journal = Journal(tuple(parts_of(document)), tuple(scenario_of(document)), document.properties.seed)
        self._document = document
        self.world = journal.world()
        self.doings = Doings()
        self._entries = list(journal.entries)
        self._seen = 0

    def at(self, time: int, tell: Callable[[], None] | None = None) -> tuple[Layout, Snapshot]:
        """Layout and snapshot at `time` µs; `tell` is called now and then on the way there, and may raise to stop."""
        if tell is not None:
            begun, way = self.world.now, max(0, time - self.world.now)
            for step in range(1, SLICES):
                self._reach(begun + way * step // SLICES)
                tell()
        self._reach(time)
        self.doings.note_all(self.world.events[self._seen :], self._document)
        self._seen = len(self.world.events)
        return self.world.layout(), self.world.snapshot()

    def _reach(self, time: int) -> None:
        del self._entries[: play(self.world, self._entries, time)]
        self.world.advance(time)
