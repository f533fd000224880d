"""A run watched moment by moment: snapshots at rising times, with the rounds of migrations so far."""

from sdx_studio.document import Document
from sdx_studio.engine.events import Event
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.build import parts_of, scenario_of


class Film:
    """One run of a document in this process; times only rise."""

    def __init__(self, document: Document) -> None:
        from sdx_studio.engine.world import World  # a window that only follows a run does without

        self._document = document
        self.world = World(parts_of(document), seed=document.properties.seed, scenario=scenario_of(document))
        self.rounds: dict[str, list[float]] = {}
        self._seen = 0

    def at(self, time: int) -> tuple[Layout, Snapshot]:
        """Layout and snapshot at `time` µs."""
        self.world.advance(time)
        for event in self.world.events[self._seen :]:
            note_round(self.rounds, event, self._document)
        self._seen = len(self.world.events)
        return self.world.layout(), self.world.snapshot()


def note_round(rounds: dict[str, list[float]], event: Event, document: Document) -> None:
    """Remember how many bytes each round of a migration sends."""
    if event.kind == "migration.started":
        rounds[event.element] = [float(document.values(event.element)["memory"])]
    elif event.kind == "migration.round" and event.element in rounds:
        rounds[event.element].append(float(event.figures["dirty"]))
