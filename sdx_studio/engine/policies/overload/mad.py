"""MAD: a threshold that falls with the median absolute deviation of the host's recent utilisation."""

import numpy as np

from sdx_studio.engine.policies.records import Flags, Floats, spread_limit
from sdx_studio.words import mark

LABEL = mark("Median absolute deviation")
REASON = mark("its host's load is near the limit that the deviation of its recent loads allows")
PARAMETER = 2.5
REMEMBERS = True


def deviation(history: Floats) -> Floats:
    """Median distance of each row's values from their median."""
    return _median(np.abs(history - _median(history)[:, np.newaxis]))


def _median(rows: Floats) -> Floats:
    """The same as np.median along rows, quicker for the few columns here."""
    ranked, half = np.sort(rows, axis=1), rows.shape[1] // 2
    upper = ranked[:, half]
    return upper if rows.shape[1] % 2 else np.asarray(ranked[:, half - 1] + 0.5 * (upper - ranked[:, half - 1]))


def overloaded(asked: Floats, capacity: Floats, history: Floats, parameter: float, _plain: bool) -> Flags:
    """Where utilisation is above 1 − parameter·MAD."""
    return asked / capacity > spread_limit(history, deviation, parameter)
