"""PABFD: guests in decreasing demand, each to the host whose power rises least by it (Beloglazov and Buyya 2012)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.policies.records import Flags, Floats
from sdx_studio.words import mark

LABEL = mark("Power-aware best fit decreasing")
SAME = 1e6
"""Watts are compared in millionths: what differs by rounding only is the same."""


class Steps(NamedTuple):
    """Tables of 11 values as one row, so that a value is found by adding up places."""

    start: NDArray[np.intp]
    values: Floats
    rises: Floats
    """A tenth of the rise to the next value."""

    def of(self, place: int) -> "Steps":
        """The steps of one table."""
        return Steps(self.start[place : place + 1], self.values, self.rises)


def steps(tables: Floats) -> Steps:
    """`tables` (rows of watts at 0, 10 … 100 %) for `watts`."""
    rises = np.diff(tables, axis=1, append=tables[:, -1:]) / 10
    return Steps(np.arange(0, tables.size, 11), np.ascontiguousarray(tables).ravel(), rises.ravel())


def watts(steps: Steps, utilisation: Floats) -> Floats:
    """Watts of each host, linear between the values of its table; utilisation is at most 1.

    The same as the engine's, worked out in the order of operations of the published simulator: where hosts differ
    by rounding only, its choice hangs on it.
    """
    low = (utilisation * 10).astype(np.intp)
    at = steps.start + low
    return np.asarray(steps.values[at] + steps.rises[at] * (utilisation - low / 10) * 100)


def order(guests: Sequence[int], demands: Sequence[float]) -> list[int]:
    """`guests` from the largest demand to the smallest; equal ones as they come."""
    return sorted(guests, key=lambda guest: -demands[guest])


def best(rise: Floats, utilisation: Floats, fits: Flags, literal: bool) -> int:
    """The host that `fits` and whose power rises least; the fullest of equal ones, then the first; −1 for none.

    `literal` compares watts to the last bit and takes the first.
    """
    if not len(rise):
        return -1
    rise = np.where(fits, rise, np.inf)
    if literal:
        least = int(rise.argmin())
        return least if fits[least] else -1
    rounded = np.rint(rise * SAME)
    equal = fits & (rounded == rounded.min())
    least = int(np.where(equal, utilisation, -1.0).argmax())
    return least if fits[least] else -1
