"""What a running world shows: a layout that changes seldom, and snapshots as packed arrays many times a second."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.condition import Condition

MOVE_COLUMNS = (
    "guest", "source", "target", "round", "phase", "left", "round_bytes", "rate", "sent", "memory", "started", "eta",
)  # fmt: skip
"""Rows of elements; phase 0 setup, 1 copy, 2 pause, 3 done; bytes, bytes/s; seconds on the simulated clock."""


@dataclass(frozen=True)
class Layout:
    """Which element, measure and cable stands where in the arrays of snapshots of the same version."""

    version: int
    elements: tuple[str, ...]
    slots: tuple[tuple[int, str], ...]
    """For each value: row of its element, and the measure."""
    cables: tuple[str, ...]

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Element id → row."""
        return MappingProxyType({id: row for row, id in enumerate(self.elements)})

    @cached_property
    def index(self) -> Mapping[tuple[str, str], int]:
        """(Element id, measure) → place among the values."""
        return MappingProxyType({(self.elements[row], name): slot for slot, (row, name) in enumerate(self.slots)})

    def __getstate__(self) -> tuple[object, ...]:
        return (self.version, self.elements, self.slots, self.cables)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        for name, value in zip(("version", "elements", "slots", "cables"), state, strict=True):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The world at `time` (µs); arrays as said by the layout of the same version; NaN is "no value"."""

    time: int
    version: int
    values: NDArray[np.float64]
    condition: NDArray[np.int8]
    place: NDArray[np.int32]
    """Row of what a guest sits on, −1 for none."""
    cable_rates: NDArray[np.float64]
    """bit/s from a to b, and from b to a."""
    cable_condition: NDArray[np.int8]
    moves: NDArray[np.float64]
    """One row for each migration under way, see MOVE_COLUMNS."""


__all__ = ["MOVE_COLUMNS", "Condition", "Layout", "Snapshot"]
