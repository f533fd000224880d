"""IQR: a threshold that falls with the interquartile range of the host's recent utilisation."""

import numpy as np

from sdx_studio.engine.policies.records import Flags, Floats, spread_limit
from sdx_studio.words import mark

LABEL = mark("Interquartile range")
REASON = mark("its host's load is near the limit that the range of its recent loads allows")
PARAMETER = 1.5
REMEMBERS = True


def interquartile(history: Floats) -> Floats:
    """Third minus first quartile of each row, as whole samples: those nearest to (n + 1)/4 and 3(n + 1)/4."""
    ranked = np.sort(history, axis=1)
    first, third = (int(share * (history.shape[1] + 1) + 0.5) - 1 for share in (0.25, 0.75))
    return ranked[:, third] - ranked[:, first]


def overloaded(asked: Floats, capacity: Floats, history: Floats, parameter: float, _plain: bool) -> Flags:
    """Where utilisation is above 1 − parameter·IQR."""
    return asked / capacity > spread_limit(history, interquartile, parameter)
