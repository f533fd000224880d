"""Dual feasible functions: sizes (0…1) seen so that no host holds more than 1 of them; their sum needs as many hosts.

Fekete and Schepers, "New classes of fast lower bounds for bin packing problems", Mathematical Programming 2001.
"""

from collections.abc import Callable, Sequence
from math import floor

from sdx_studio.engine.formulas.bounds import pieces

STEPS = 10
EDGE = 1e-9
_NEAR = 1e-7
Weigh = Callable[[float], float]


def stepped(steps: int) -> Weigh:
    """u(k): (k + 1)·x rounded down, over k; x itself where that is a whole number."""

    def weigh(size: float) -> float:
        times = (steps + 1) * size
        return size if abs(times - round(times)) <= _NEAR else floor(times) / steps

    return weigh


def alone(limit: float) -> Weigh:
    """U(ε): what leaves less than ε fills its host, what is smaller than ε does not count."""

    def weigh(size: float) -> float:
        return 1.0 if size > 1.0 - limit + EDGE else size if size >= limit - EDGE else 0.0

    return weigh


def counted(limit: float) -> Weigh:
    """φ(ε): sizes from ε to ½ count alike, what is larger by how many of them still fit beside it."""
    most = floor(1.0 / limit + EDGE)

    def weigh(size: float) -> float:
        if size > 0.5 + EDGE:
            return 1.0 - floor((1.0 - size) / limit + EDGE) / most
        return 1.0 / most if size >= limit - EDGE else 0.0

    return weigh


def functions(sizes: Sequence[float]) -> list[Weigh]:
    """The functions worth trying on these sizes."""
    limits = sorted({size for size in sizes if EDGE < size <= 0.5})
    found = [stepped(steps) for steps in range(1, STEPS + 1)]
    return found + [alone(limit) for limit in limits] + [counted(limit) for limit in limits]


def bound(sizes: Sequence[float]) -> int:
    """Fewest hosts of size 1 by all of them."""
    return max(pieces(sum(map(weigh, sizes)) * (1 - EDGE), 1.0) for weigh in functions(sizes))
