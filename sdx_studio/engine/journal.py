"""The journal of a run: what came from outside, and after how many instants, so that the run can be had again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sdx_studio.engine.parts import Command, Part

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


@dataclass(frozen=True, slots=True)
class Do:
    """A command was carried out."""

    command: Command


@dataclass(frozen=True, slots=True)
class Plan:
    """Another scenario was taken."""

    scenario: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Revise:
    """The drawing was edited: parts that are new or others, type and id of those that are gone."""

    changed: tuple[Part, ...]
    removed: tuple[tuple[type, str], ...]


Act = Do | Plan | Revise


@dataclass(frozen=True, slots=True)
class Entry:
    """`act` happened at `at` (µs), when so many instants of the run were over."""

    at: int
    after: int
    act: Act


@dataclass(slots=True)
class Journal:
    """What a run began with, and all entries in order."""

    parts: tuple[Part, ...] = ()
    scenario: tuple[Command, ...] = ()
    seed: int = 0
    entries: list[Entry] = field(default_factory=list)

    def world(self) -> "World":
        """A world at the very beginning."""
        from sdx_studio.engine.world import World  # who only keeps a journal does without

        return World(self.parts, seed=self.seed, scenario=self.scenario)

    def replay(self, until: int) -> "World":
        """The world at `until` (µs), with everything that was done to it up to then."""
        world = self.world()
        play(world, self.entries, until)
        world.advance(until)
        return world


def perform(world: "World", act: Act) -> str | None:
    """Do to `world` what the entry says; why it is refused, in words, or None."""
    if isinstance(act, Do):
        return world.do(act.command)
    if isinstance(act, Plan):
        world.plan(act.scenario)
    else:
        world.revise(act.changed, act.removed)
    return None


def play(world: "World", entries: Iterable[Entry], until: int) -> int:
    """Carry out those of `entries` that stand at `until` (µs) or before; how many those were."""
    count = 0
    for entry in entries:
        if entry.at > until:
            break
        while world.instants < entry.after and world.step():
            pass
        world.rest(entry.at)
        perform(world, entry.act)
        count += 1
    return count


def drawn(journal: Journal) -> tuple[dict[tuple[type, str], Part], tuple[Command, ...]]:
    """The parts by type and id, and the scenario, that a journal leaves."""
    parts: dict[tuple[type, str], Part] = {}
    scenario = journal.scenario
    for act in folded([Entry(0, 0, Revise(journal.parts, ())), *journal.entries]):
        if isinstance(act, Revise):
            parts = {(type(part), part.id): part for part in act.changed}
        elif isinstance(act, Plan):
            scenario = act.scenario
    return parts, scenario


def folded(entries: Iterable[Entry]) -> list[Act]:
    """What `entries` leave in the drawing: all edits as one, and the last scenario; commands are gone."""
    parts: dict[tuple[type, str], Part | None] = {}
    scenario: Plan | None = None
    for entry in entries:
        if isinstance(entry.act, Revise):
            parts.update(dict.fromkeys(entry.act.removed))
            parts.update({(type(part), part.id): part for part in entry.act.changed})
        elif isinstance(entry.act, Plan):
            scenario = entry.act
    acts: list[Act] = []
    if parts:
        changed = tuple(part for part in parts.values() if part is not None)
        acts.append(Revise(changed, tuple(key for key, part in parts.items() if part is None)))
    return acts if scenario is None else [*acts, scenario]
