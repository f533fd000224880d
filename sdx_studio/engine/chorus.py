"""Chorus: guests whose loads are read at the same moments; traces and waves of all of them in one pass."""

from collections.abc import Sequence
from math import tau

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.loads import level, phase, shares
from sdx_studio.engine.parts import Guest, Load, Trace

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


class Chorus:
    """Guests and their rows in the roster, sampled every `every` microseconds."""

    def __init__(self, every: int, guests: Sequence[tuple[int, Guest]], seed: int) -> None:
        self._every, self._seed = every, seed
        traces = [(row, one.load) for row, one in guests if isinstance(one.load, Trace)]
        endless = [(row, load) for row, load in traces if load.loop and not load.smooth]
        longest = max([len(load.values) for _, load in endless], default=0)
        alike = [(row, load) for row, load in endless if len(load.values) == longest]
        self._tracked = np.array([row for row, _ in alike], np.intp)
        self._values: Floats = np.array([shares(load) for _, load in alike], float).T.copy()
        waves = [(row, one.load, one.id) for row, one in guests if _waves(one.load)]
        self._waving = np.array([row for row, _, _ in waves], np.intp)
        self._waves: Floats = (
            np.array(
                [
                    (load.level, load.swing, max(load.period, 1e-6), phase(seed, id))
                    for _, load, id in waves
                    if isinstance(load, Load)
                ],
                float,
            )
            .reshape(-1, 4)
            .T
        )
        done = {*self._tracked.tolist(), *self._waving.tolist()}
        self._others = [(row, one) for row, one in guests if row not in done]

    def sing(self, levels: Floats, now: int) -> None:
        """Put the levels of all its guests at `now` (µs)."""
        if self._tracked.size:
            levels[self._tracked] = self._values[now // self._every % len(self._values)]
        if self._waving.size:
            height, swing, period, start = self._waves
            wave = height * (1 + swing * np.sin(tau * (now / SECOND) / period + start))
            levels[self._waving] = np.clip(wave, 0.0, 1.0)
        for row, guest in self._others:
            levels[row] = level(guest.load, now, self._seed, guest.id)


def _waves(load: Load | Trace) -> bool:
    return isinstance(load, Load) and load.pattern == "wave"
