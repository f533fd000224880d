"""Checkpoints: the state of a world as bytes, without what never changes in it and what the run tells anyway.

Parts, the layout and the names of measures are immutable: all checkpoints of a run refer to the same ones. Of the
events only the number is kept; whoever goes back cuts the journal of the run there.
"""

import io
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdx_studio.engine.events import Event

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

SLOT = 250
"""Bytes that one measure takes in a layout and among the names of measures, about."""


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """One moment of a run: simulated time (µs), and how many instants, journal entries and events there were."""

    time: int
    instants: int
    entries: int
    events: int
    state: bytes
    shared: tuple[object, ...]

    @property
    def size(self) -> int:
        """Bytes that this checkpoint alone takes."""
        return len(self.state) + 8 * len(self.shared)


def take(world: "World", entries: int = 0) -> Checkpoint:
    """The state of `world` just now, after so many entries of the journal."""
    plant = world.plant
    shared = (plant.events, world.layout(), plant.gauges.index, *plant.parts.parts())
    places = {id(one): place for place, one in enumerate(shared)}
    memory = io.BytesIO()
    pickler = pickle.Pickler(memory, pickle.HIGHEST_PROTOCOL)
    pickler.persistent_id = lambda one: places.get(id(one))  # type: ignore[method-assign]
    pickler.dump(world)
    return Checkpoint(world.now, world.instants, entries, len(plant.events), memory.getvalue(), shared[1:])


def resume(checkpoint: Checkpoint, events: Sequence[Event]) -> "World":
    """A world that goes on exactly where `checkpoint` was taken; `events` are those of its run, later ones too."""
    shared = (list(events[: checkpoint.events]), *checkpoint.shared)
    unpickler = pickle.Unpickler(io.BytesIO(checkpoint.state))  # noqa: S301 - made here and kept in memory, never a file
    unpickler.persistent_load = shared.__getitem__  # type: ignore[method-assign]
    world: World = unpickler.load()
    return world
