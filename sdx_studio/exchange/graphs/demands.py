"""Traffic for a network that comes without any: the gravity model, scaled so that the busiest cable is nearly full."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sdx_studio.words import _

BUSIEST = 0.9
MOST = 400


class DemandError(ValueError):
    """The wish for traffic is not understood."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Traffic from one node to another, bit/s."""

    source: str
    target: str
    rate: float


@dataclass(frozen=True, slots=True)
class Line:
    """A cable between two nodes, bit/s in each direction."""

    a: str
    b: str
    bandwidth: float


def wanted(option: str | None, nodes: int) -> int:
    """How many demands `gravity` or `gravity:N` asks for (none without it); raises DemandError."""
    if option is None or option in ("", "none"):
        return 0
    model, _colon, count = option.partition(":")
    if model != "gravity" or (count and not (count.isascii() and count.isdigit())):
        raise DemandError(_("demands={option} is not known; allowed: none, gravity, gravity:N", option=option))
    return int(count) if count else min(2 * nodes, MOST)


def gravity(masses: Mapping[str, float], lines: Sequence[Line], count: int) -> list[Demand]:
    """The `count` strongest demands: rates go with the product of both masses (Zipf 1946).

    On shortest paths by hops the busiest cable direction is then 90 % full.
    """
    routes = _Routes(lines)
    pairs = _strongest(masses, count, routes)
    pulls = {pair: masses[pair[0]] * masses[pair[1]] for pair in pairs}
    top = routes.busiest(pulls)
    scale = BUSIEST / top if top > 0 else 0.0
    return [Demand(a, b, float(f"{pull * scale:.6g}")) for (a, b), pull in pulls.items() if pull * scale > 0]


def _strongest(masses: Mapping[str, float], count: int, routes: "_Routes") -> list[tuple[str, str]]:
    heavy = sorted(masses, key=lambda key: (-masses[key], key))
    found: list[tuple[float, int, str, str]] = []
    for rank, a in enumerate(heavy):
        if rank * rank > 4 * count + 16 and len(found) > 4 * count:
            break
        reached = routes.previous(a)
        for place, b in enumerate(heavy[: 4 * count + 2]):
            if a != b and b in reached and masses[a] * masses[b] > 0:
                found.append((-masses[a] * masses[b], (rank * 7919 + place * 104_729) % 1_000_003, a, b))
    return [(a, b) for _pull, _mix, a, b in sorted(found)[:count]]


class _Routes:
    """Paths with the fewest hops over the given cables."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._best: dict[tuple[str, str], float] = {}
        self._next: dict[str, list[str]] = {}
        for line in lines:
            for a, b in ((line.a, line.b), (line.b, line.a)):
                if (a, b) not in self._best:
                    self._next.setdefault(a, []).append(b)
                self._best[a, b] = max(line.bandwidth, self._best.get((a, b), 0.0))
        self._trees: dict[str, dict[str, str]] = {}

    def previous(self, source: str) -> dict[str, str]:
        """For every node that `source` reaches the one before it on the way."""
        if source not in self._trees:
            before = {source: source}
            queue = deque([source])
            while queue:
                here = queue.popleft()
                for other in self._next.get(here, ()):
                    if other not in before:
                        before[other] = here
                        queue.append(other)
            self._trees[source] = before
        return self._trees[source]

    def busiest(self, pulls: Mapping[tuple[str, str], float]) -> float:
        """Load of the busiest cable direction per bit/s of its bandwidth."""
        loads: dict[tuple[str, str], float] = {}
        for (source, target), pull in pulls.items():
            before, here = self.previous(source), target
            while here != source:
                hop = (before[here], here)
                loads[hop] = loads.get(hop, 0.0) + pull
                here = before[here]
        return max((load / self._best[hop] for hop, load in loads.items()), default=0.0)
