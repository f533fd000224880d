"""LR: a straight line through the last ten loads, the recent ones weighing more, says the next one (Loess).

Weights are the tricube of Cleveland, "Robust locally weighted regression", JASA 74 (1979).
"""

import numpy as np

from sdx_studio.engine.policies.records import FALLBACK, Flags, Floats, lengths
from sdx_studio.words import mark

LABEL = mark("Local regression")
REASON = mark("its host's load will be too much if it goes on like this")
PARAMETER = 1.2
REMEMBERS = True

SAMPLES = 10
TIMES = np.arange(1.0, SAMPLES + 1)
"""Times of the samples, oldest first, in intervals; the next one is SAMPLES + 1."""
TRICUBE = (1 - ((SAMPLES - TIMES) / (SAMPLES - 1)) ** 3) ** 3


def forecast(loads: Floats, weights: Floats) -> Floats:
    """The next value of each row (oldest first) on its weighted least-squares line; one row of weights serves all."""
    total = weights.sum(axis=-1)
    middle = (weights * TIMES).sum(axis=-1) / total
    mean = (weights * loads).sum(axis=-1) / total
    away = TIMES - np.expand_dims(middle, -1)
    slope = (weights * away * loads).sum(axis=-1) / (weights * away * away).sum(axis=-1)
    return np.asarray(mean + slope * (SAMPLES + 1 - middle))


def overloaded(asked: Floats, capacity: Floats, history: Floats, parameter: float, plain: bool) -> Flags:
    """Where the forecast times `parameter` reaches the capacity; by FALLBACK while there are fewer than ten samples."""
    expected = forecast(history[:, SAMPLES - 1 :: -1], np.ones(SAMPLES) if plain else TRICUBE)
    return np.where(lengths(history) >= SAMPLES, expected * parameter >= 1, asked / capacity > FALLBACK)
