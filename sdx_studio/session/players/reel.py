"""The reel: checkpoints of one run, dense near the present and sparse in the past, within a budget of memory."""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from sdx_studio.engine.checkpoint import SLOT, Checkpoint, take
from sdx_studio.engine.snapshot import Layout
from sdx_studio.engine.world import World

BUDGET = 64 * 2**20
"""Bytes that all checkpoints of a run may take."""
SHORTEST, LONGEST = 0.03, 0.15
"""Seconds of work between two checkpoints at least, and at most while they are cheap."""
SHARE, MOST = 10.0, 5.0
"""Work between two checkpoints over what one costs; when that would be too long for a quick seek, at least `MOST`."""


class Reel:
    """Checkpoints by rising time; `work` gives the seconds of processor time that this process has used."""

    def __init__(self, budget: int = BUDGET, work: Callable[[], float] = time.process_time) -> None:
        self._budget = budget
        self._work = work
        self.clear()

    def clear(self) -> None:
        """Forget all: another run begins."""
        self._frames: list[Checkpoint] = []
        self._places: list[float] = []
        """Work (s) that led from the beginning to each of them."""
        self._here = 0.0
        self._since = self._work()
        self._spacing = SHORTEST
        self.cost = 0.0
        """Seconds that all checkpoints so far have taken."""

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def size(self) -> int:
        """Bytes that all of them take, about; layouts that several share count once."""
        layouts = {id(one): one for frame in self._frames for one in frame.shared[:1] if isinstance(one, Layout)}
        return sum(frame.size for frame in self._frames) + sum(SLOT * len(one.slots) for one in layouts.values())

    @property
    def newest(self) -> Checkpoint | None:
        """The checkpoint of the latest moment."""
        return self._frames[-1] if self._frames else None

    def note(self, world: World, entries: int) -> None:
        """An instant is over: take a checkpoint when enough has been worked since the last one."""
        if not self._frames or self._work() - self._since >= self._spacing:
            self.keep(world, entries)

    def keep(self, world: World, entries: int) -> None:
        """Take a checkpoint now."""
        self._here += self._work() - self._since
        self._since = self._work()
        place = bisect_right(self._frames, world.now, key=_time)
        if not (place and self._frames[place - 1].instants == world.instants):
            self.put(take(world, entries), place)
        spent = self._work() - self._since
        self.cost += spent
        self._spacing = max(SHORTEST, min(SHARE * spent, max(LONGEST, MOST * spent)))
        self._since = self._work()

    def put(self, frame: Checkpoint, place: int = 0) -> None:
        """Have `frame` among the others, and let old ones go where there are too many."""
        self._frames.insert(place, frame)
        before = self._places[place - 1] if place else 0.0
        self._places.insert(place, max(before, self._here))
        while len(self._frames) > 2 and self.size > self._budget:
            self._drop()

    def before(self, moment: int, *, strictly: bool = False) -> Checkpoint | None:
        """The last checkpoint at `moment` (µs) or earlier; from now on work counts from there."""
        find = bisect_left if strictly else bisect_right
        place = find(self._frames, moment, key=_time)
        return self._frames[place - 1] if place else None

    def resumed(self, frame: Checkpoint | None) -> None:
        """The run goes on from `frame` (None: from its beginning)."""
        self._here = 0.0 if frame is None else self._places[self._frames.index(frame)]
        self._since = self._work()

    def cut(self, moment: int, instants: int, entries: int) -> None:
        """What comes after a moment (µs; nothing need have happened since), instants and entries will be otherwise."""
        here = (moment, instants, entries)
        kept = [
            at for at, one in enumerate(self._frames)
            if all(now <= most for now, most in zip((one.time, one.instants, one.entries), here, strict=True))
        ]  # fmt: skip
        self._frames, self._places = [self._frames[at] for at in kept], [self._places[at] for at in kept]

    def _drop(self) -> None:
        """Let go of the one whose loss costs least for its age; never of the first and the last."""
        places = self._places
        gaps = (
            ((places[at + 1] - places[at - 1]) / (abs(self._here - places[at]) + SHORTEST), at)
            for at in range(1, len(places) - 1)
        )
        at = min(gaps)[1]
        del self._frames[at], places[at]


def _time(frame: Checkpoint) -> int:
    return frame.time
