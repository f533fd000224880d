"""The world: parts in, time forward, measures and events out. Everything is sorted by id; no order of input matters."""

import pickle
from collections.abc import Iterable

from sdx_studio.engine import revision
from sdx_studio.engine.clock import PLACEMENT
from sdx_studio.engine.digest import fingerprint
from sdx_studio.engine.events import Event
from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.physics import Physics
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.engine.statistics import Statistic
from sdx_studio.engine.summary import measures, totals
from sdx_studio.engine.verbs import verbs
from sdx_studio.words import mark


class World(Physics):
    """One simulated infrastructure."""

    def __init__(self, parts: Iterable[Part], *, seed: int = 0, scenario: Iterable[Command] = ()) -> None:
        super().__init__(parts, seed)
        self.instants = 0
        """Instants at which something was due, so far."""
        self._await(scenario)
        self.revise((), ())

    @property
    def now(self) -> int:
        """Simulated microseconds."""
        return self.plant.now

    @property
    def events(self) -> list[Event]:
        """Everything that has happened since the start."""
        return self.plant.events

    def take_events(self, since: int) -> list[Event]:
        """The events from number `since` (0 is the first) on."""
        return self.plant.events[since:]

    def next_time(self) -> int | None:
        """When something will happen next (µs), None when nothing will."""
        return self.plant.agenda.next_time()

    def advance(self, until: int) -> None:
        """Let everything happen that is due up to `until` (µs), then be there; earlier times are ignored."""
        while (time := self.next_time()) is not None and time <= until:
            self._instant(time)
        self.plant.now = max(self.plant.now, until)

    def rest(self, time: int) -> None:
        """Be at `time` (µs) although something may be due then; only for what a journal says."""
        self.plant.now = max(self.plant.now, time)

    def step(self) -> bool:
        """Go to the next event; False when there is none."""
        time = self.next_time()
        if time is not None:
            self._instant(time)
        return time is not None

    def do(self, command: Command) -> str | None:
        """Carry `command` out now, whatever its time; why it is refused, in words, or None."""
        reason = self._carry_out(command)
        self._conclude()
        return reason

    def plan(self, scenario: Iterable[Command]) -> None:
        """Take `scenario` in place of the one so far; what lies in the past is not done any more."""
        self.plant.agenda.forget("command")
        self._await(command for command in scenario if command.at > self.plant.now)

    def _await(self, scenario: Iterable[Command]) -> None:
        for place, command in enumerate(sorted(scenario, key=_order)):
            self.plant.agenda.put(command.at, PLACEMENT, "command", f"{place:09d}", command)

    def revise(self, changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> None:
        """Take over edits while running: what stays keeps its state, its history and its work under way."""
        plant = self.plant
        changed, removed = tuple(changed), tuple(removed)
        if self.view.layout.version and not changed and not removed:
            return
        rewired = not self.view.layout.version or revision.rewires(changed, removed)
        revision.apply(self, changed, removed)
        plant.gauges.declare(revision.measured(plant), plant.now)
        self._arrange(rewired)
        self._settle(revised=True)
        self.advance(plant.now)

    def layout(self) -> Layout:
        """What stands where in snapshots."""
        return self.view.layout

    def renumber(self, version: int) -> None:
        """Call the layout `version` from now on, so that it is not taken for that of another world."""
        self.view.renumber(version)

    def snapshot(self) -> Snapshot:
        """The world just now, as arrays."""
        return self.view.snapshot()

    def measures(self) -> dict[str, dict[str, Statistic]]:
        """Last, time-weighted mean and peak of every measure by id and name."""
        return measures(self.plant)

    def totals(self) -> dict[str, float]:
        """Sums over the whole run: energy_kwh, cost_jpy, co2_kg, migrations, downtime_s."""
        return totals(self.plant, self.migrations)

    def checkpoint(self) -> bytes:
        """The whole state, for `restore` in a program of the same version."""
        return pickle.dumps(self, protocol=pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def restore(checkpoint: bytes) -> "World":
        """A world that goes on exactly where `checkpoint` was taken; only for bytes of one's own."""
        world = pickle.loads(checkpoint)  # noqa: S301 - made by this program and kept in memory, never a file
        if not isinstance(world, World):
            raise TypeError("these bytes are no checkpoint of a world")
        return world

    def state_hash(self) -> str:
        """SHA-256 of all that later results depend on: equal runs give equal hashes in every process."""
        return fingerprint(self._state())

    def hardware(self, id: str) -> bool:
        """Whether `id` is something that can fail: a machine, a network node, or a store."""
        parts = self.plant.parts
        return id in parts.machines or id in parts.nodes or id in parts.stores

    def _carry_out(self, command: Command) -> str | None:
        verb = verbs().get(command.verb)
        if verb is None:
            reason: str | None = mark("There is no such verb.")
        elif command.target not in self.view.layout.rows and command.target not in self.leases.restores.kept:
            reason = mark("There is no such element.")
        else:
            reason = verb.act(self, command.target, dict(command.figures))
        if reason is not None:
            self.plant.tell(
                "command.refused", command.target, mark("{verb} was refused: {reason}"),
                verb=command.verb, reason=reason,
            )  # fmt: skip
        return reason

    def _instant(self, time: int) -> None:
        """Everything that is due at `time`, then one recomputation of what it changed."""
        plant = self.plant
        self.instants += 1
        plant.now = max(plant.now, time)
        while (entry := plant.agenda.due(time)) is not None:
            (verb, target), payload = entry[3:]
            if verb == "command":
                self._carry_out(payload)
            else:
                self._handlers[verb](target, payload)
        self._conclude()

    def _conclude(self) -> None:
        """Take in guests that came or went by themselves, and compute anew what has changed."""
        news, gone = self.sprawls.revision()
        news += self.leases.restores.revision()
        gone += self.leases.revision()
        if news or gone:
            self.revise(news, gone)
        else:
            self._settle()


def _order(command: Command) -> tuple[int, str, str, str, str]:
    return (command.at, command.id, command.target, command.verb, repr(command.figures))
