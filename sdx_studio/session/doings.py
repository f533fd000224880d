"""What a picture of a run has to remember of its events: rounds of migrations, failures, guests that start elsewhere.

Everything here only serves drawing; it is made anew from the events whenever somebody goes back in time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sdx_studio.document import Document
from sdx_studio.engine.events import Event
from sdx_studio.session.presently import Advised

SECOND = 1e6


@dataclass(slots=True)
class Lost:
    """A machine that has failed at `at` (s); its cluster noticed at `noticed`."""

    at: float
    noticed: float | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A guest that was put elsewhere at `at` (s) because its machine `source` has failed."""

    source: str | None
    target: str
    at: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """The way that controller `by` chose at `at` (s) for a flow, beside its shortest way, as ids of cables.

    `asked`: its first packet asked for it. What there was room for on both, in bit/s.
    """

    at: float
    asked: bool
    by: str
    way: tuple[str, ...]
    plain: tuple[str, ...]
    gets: float
    otherwise: float


@dataclass(frozen=True, slots=True)
class Held:
    """Since when (s) something cannot do what it is there for, why, and the cable that was cut at that moment."""

    at: float
    reason: str
    cable: str | None = None


@dataclass(frozen=True, slots=True)
class Peek:
    """At `at` (s) somebody tried to read the files of `of`: whether that went, and why."""

    of: str
    at: float
    read: bool
    reason: str


@dataclass(slots=True)
class Doings:
    """By id; a run that begins anew or goes back begins with an empty one."""

    rounds: dict[str, list[float]] = field(default_factory=dict)
    """Bytes sent in each round of a migration, by guest."""
    ways: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Cables of migrations under way from the source on, by guest."""
    lost: dict[str, Lost] = field(default_factory=dict)
    moved: dict[str, Moved] = field(default_factory=dict)
    stuck: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    """Guests that found no place: the machine they are on, and why."""
    seats: dict[str, str] = field(default_factory=dict)
    """Machines on which guests were put by the run, by guest."""
    asking: set[str] = field(default_factory=set)
    """Flows whose first packet is at a controller."""
    chosen: dict[str, Chosen] = field(default_factory=dict)
    """By flow."""
    held: dict[str, Held] = field(default_factory=dict)
    cuts: dict[str, float] = field(default_factory=dict)
    """When (s) cables were cut."""
    levelling: set[str] = field(default_factory=set)
    """Stores that move blocks to their emptier disks."""
    peeks: dict[str, Peek] = field(default_factory=dict)
    """The newest look at somebody's files, by who looked."""
    patching: dict[str, float] = field(default_factory=dict)
    """Since when (s) kernels start again with a patch."""
    advised: dict[str, dict[tuple[str, str], Advised]] = field(default_factory=dict)
    """Moves that are recommended and not carried out, by cluster."""

    def clear(self) -> None:
        """Nothing has happened yet."""
        for one in (self.rounds, self.lost, self.moved, self.stuck, self.seats, self.chosen, self.held, self.cuts):
            one.clear()
        self.ways.clear()
        for table in (self.peeks, self.patching, self.advised):
            table.clear()
        self.asking.clear()
        self.levelling.clear()

    def note_all(self, events: Iterable[Event], document: Document) -> None:
        """Take in events, oldest first."""
        for event in events:
            self.note(event, document)

    def note(self, event: Event, document: Document) -> None:
        """Take in one event."""
        teller = getattr(self, f"_{event.kind.replace('.', '_')}", None)
        if teller is not None:
            teller(event, document)

    def _migration_started(self, event: Event, document: Document) -> None:
        if event.element in document.elements:
            self.rounds[event.element] = [float(document.values(event.element)["memory"])]

        self.ways[event.element] = tuple(str(event.figures.get("way", "")).split())

    def _migration_rerouted(self, event: Event, _document: Document) -> None:
        self.ways[event.element] = tuple(str(event.figures["way"]).split())

    def _migration_failed(self, event: Event, _document: Document) -> None:
        self.ways.pop(event.element, None)

    def _migration_lost(self, event: Event, _document: Document) -> None:
        self.ways.pop(event.element, None)

    def _migration_round(self, event: Event, _document: Document) -> None:
        if event.element in self.rounds:
            self.rounds[event.element].append(float(event.figures["dirty"]))

    def _migration_finished(self, event: Event, _document: Document) -> None:
        self.seats[event.element] = str(event.figures["to"])
        self.ways.pop(event.element, None)

    def _element_failed(self, event: Event, _document: Document) -> None:
        self.lost[event.element] = Lost(event.time / SECOND)

    def _element_up(self, event: Event, _document: Document) -> None:
        self.lost.pop(event.element, None)

    def _element_repaired(self, event: Event, _document: Document) -> None:
        self.lost.pop(event.element, None)

    def _ha_detected(self, event: Event, _document: Document) -> None:
        if event.element in self.lost:
            self.lost[event.element].noticed = event.time / SECOND

    def _seat(self, id: str, document: Document) -> str | None:
        """The machine on which a guest is."""
        return self.seats.get(id) or (document.ancestor(id, "machine") if id in document.elements else None)

    def _ha_placed(self, event: Event, document: Document) -> None:
        id, target = event.element, str(event.figures["to"])
        self.moved[id] = Moved(self._seat(id, document), target, event.time / SECOND)
        self.stuck.pop(id, None)
        self.seats[id] = target

    def _ha_unplaced(self, event: Event, document: Document) -> None:
        self.stuck[event.element] = (self._seat(event.element, document), str(event.figures["reason"]))

    def _guest_started(self, event: Event, _document: Document) -> None:
        self.moved.pop(event.element, None)
        self.stuck.pop(event.element, None)

    def _guest_stopped(self, event: Event, _document: Document) -> None:
        self.moved.pop(event.element, None)

    def _flow_introduced(self, event: Event, _document: Document) -> None:
        self.asking.add(event.element)

    def _flow_chosen(self, event: Event, _document: Document) -> None:
        told, id = event.figures, event.element
        way, plain = (tuple(str(told[key]).split()) for key in ("way", "plain"))
        gets, otherwise = (float(told[key]) for key in ("gets", "otherwise"))
        by, asked = str(told["by"]), id in self.asking
        self.chosen[id] = Chosen(event.time / SECOND, asked, by, way, plain, gets, otherwise)
        self.asking.discard(id)

    def _traffic_finished(self, event: Event, _document: Document) -> None:
        self.chosen.pop(event.element, None)

    def _traffic_blocked(self, event: Event, _document: Document) -> None:
        self.chosen.pop(event.element, None)
        self._element_hindered(event, _document)

    def _traffic_restored(self, event: Event, _document: Document) -> None:
        self.held.pop(event.element, None)

    def _element_hindered(self, event: Event, _document: Document) -> None:
        known = self.held.get(event.element)
        since = event.time / SECOND if known is None else known.at
        cable = next((id for id, at in self.cuts.items() if at == since), None)
        self.held[event.element] = Held(since, str(event.figures["reason"]), cable)

    def _cable_cut(self, event: Event, _document: Document) -> None:
        self.cuts[event.element] = event.time / SECOND

    def _cable_mended(self, event: Event, _document: Document) -> None:
        self.cuts.pop(event.element, None)

    def _element_relieved(self, event: Event, _document: Document) -> None:
        self.held.pop(event.element, None)

    def _storage_rebalancing(self, event: Event, _document: Document) -> None:
        self.levelling.add(event.element)

    def _storage_rebalanced(self, event: Event, _document: Document) -> None:
        self.levelling.discard(event.element)

    def _files_read(self, event: Event, _document: Document) -> None:
        self._peek(event, read=True)

    def _files_hidden(self, event: Event, _document: Document) -> None:
        self._peek(event, read=False)

    def _peek(self, event: Event, read: bool) -> None:
        told = event.figures
        self.peeks.pop(event.element, None)
        self.peeks[event.element] = Peek(str(told["of"]), event.time / SECOND, read, str(told["reason"]))

    def _kernel_patching(self, event: Event, _document: Document) -> None:
        self.patching[event.element] = event.time / SECOND

    def _kernel_patched(self, event: Event, _document: Document) -> None:
        self.patching.pop(event.element, None)

    def _balancing_recommended(self, event: Event, _document: Document) -> None:
        told = event.figures
        vm, source, target = event.element, str(told["from"]), str(told["to"])
        one = Advised(vm, source, target, float(told["before"]), float(told["after"]), int(told["priority"]),
                      str(told["tag"]))  # fmt: skip
        self.advised.setdefault(str(told["group"]), {})[vm, target] = one

    def _balancing_outdated(self, event: Event, _document: Document) -> None:
        for known in self.advised.values():
            known.pop((event.element, str(event.figures["to"])), None)

    def _balancing_move(self, event: Event, _document: Document) -> None:
        self.advised.pop(str(event.figures["group"]), None)
