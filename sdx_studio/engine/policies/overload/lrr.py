"""LRR: local regression as LR, then once more with little weight for loads that lay far from the first line.

Bisquare weights of the residuals as in Cleveland, "Robust locally weighted regression", JASA 74 (1979).
"""

import numpy as np

from sdx_studio.engine.policies.overload.lr import SAMPLES, TIMES, TRICUBE, forecast
from sdx_studio.engine.policies.records import FALLBACK, Flags, Floats, lengths
from sdx_studio.words import mark

LABEL = mark("Robust local regression")
REASON = mark("its host's load will be too much if it goes on like this, single peaks aside")
PARAMETER = 1.2
REMEMBERS = True

FAR = 6.0
"""Residuals of so many medians and more have no weight."""
LEAST = 1e-9


def robust(loads: Floats) -> Floats:
    """Weights of each value (rows, oldest first): tricube in time times bisquare of its residual."""
    total = TRICUBE.sum()
    middle = (TRICUBE * TIMES).sum() / total
    away = TIMES - middle
    mean = (TRICUBE * loads).sum(axis=1, keepdims=True) / total
    slope = (TRICUBE * away * loads).sum(axis=1, keepdims=True) / (TRICUBE * away * away).sum()
    residuals = np.abs(loads - mean - slope * away)
    scale = FAR * np.median(residuals, axis=1, keepdims=True)
    share = np.clip(residuals / np.maximum(scale, LEAST), 0.0, 1.0)
    return np.asarray(np.maximum(TRICUBE * (1 - share**2) ** 2, LEAST * TRICUBE + LEAST**2))


def overloaded(asked: Floats, capacity: Floats, history: Floats, parameter: float, plain: bool) -> Flags:
    """Where the forecast times `parameter` reaches the capacity; by FALLBACK while there are fewer than ten samples."""
    loads = history[:, SAMPLES - 1 :: -1]
    expected = forecast(loads, np.ones(SAMPLES) if plain else robust(loads))
    return np.where(lengths(history) >= SAMPLES, expected * parameter >= 1, asked / capacity > FALLBACK)
