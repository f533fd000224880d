"""What detectors of overload share: utilisation histories as rows, newest sample first, zeros where there is none."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LENGTH = 30
"""Samples that are remembered."""
ENOUGH = 12
"""Fewer samples than this say nothing about the spread of a load."""
FALLBACK = 0.7
"""Utilisation that counts as too much as long as the history is too short."""


def lengths(history: Floats) -> NDArray[np.intp]:
    """Samples in each row: all up to the oldest that is not zero."""
    known = history != 0
    return np.where(known.any(axis=1), history.shape[1] - np.argmax(known[:, ::-1], axis=1), 0)


def spread_limit(history: Floats, spread: Callable[[Floats], Floats], safety: float) -> Floats:
    """Utilisation from which each host counts as overloaded: 1 − safety·spread of its history, else FALLBACK."""
    counts = lengths(history)
    limits = np.full(len(history), FALLBACK)
    for count in np.unique(counts[counts >= ENOUGH]):
        rows = counts == count
        limits[rows] = 1.0 - safety * spread(history[rows, :count])
    return limits
