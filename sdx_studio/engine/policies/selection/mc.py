"""MC: the guest whose load goes most with the loads of the others, by the multiple correlation coefficient."""

import numpy as np

from sdx_studio.engine.policies.selection import Candidates
from sdx_studio.words import mark

LABEL = mark("Maximum correlation")
REMEMBERS = True


def determination(own: np.ndarray, others: np.ndarray) -> float:
    """Share of the variance of `own` that a linear model of `others` (columns) explains; 0 when it does not vary."""
    varies = own - own.mean()
    total = float(varies @ varies)
    if total <= 0:
        return 0.0
    model = np.column_stack((np.ones(len(own)), others))
    error = own - model @ np.linalg.lstsq(model, own, rcond=None)[0]
    return 1.0 - float(error @ error) / total


def choose(guests: Candidates, _chance: float) -> int:
    """The first of those with the highest coefficient; by least memory while there are too few samples."""
    count = len(guests.memory)
    if count < 2 or guests.known <= count:
        return int(guests.memory.argmin())
    loads = guests.history[:, : guests.known]
    return int(np.argmax([determination(loads[one], np.delete(loads, one, axis=0).T) for one in range(count)]))
