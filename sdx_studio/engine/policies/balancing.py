"""Balancing: of all moves of a guest the one after which machines are loaded most evenly.

The load of a machine is the larger one of the shares of its cores that are asked for and of its memory that is taken.
For loads of one resource the best move is that of `formulas.balancing.best_move`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.formulas.balancing import Move, imbalance

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
LEAST = 1e-9
"""A smaller gain of evenness is none."""


@dataclass(slots=True)
class Table:
    """Guests and machines as rows: what they ask for and take, in cores and bytes, and what machines have."""

    cpu: Floats
    memory: Floats
    place: Rows
    """Machine on which each guest sits."""
    asked: Floats
    taken: Floats
    cores: Floats
    bytes: Floats

    def loads(self) -> Floats:
        """Load of each machine."""
        return _larger(self.asked, self.taken, self.cores, self.bytes)

    def move(self, guest: int, target: int) -> None:
        """Guest `guest` sits on `target` from now on."""
        source = self.place[guest]
        for sums, amounts in ((self.asked, self.cpu), (self.taken, self.memory)):
            sums[source] -= amounts[guest]
            sums[target] += amounts[guest]
        self.place[guest] = target

    def choose(self, able: Callable[[int, int], bool]) -> tuple[int, int, Move] | None:
        """Guest, target and figures of the best move that is `able`; None when none makes loads more even."""
        loads = self.loads()
        before = imbalance(loads.tolist())
        for guest, target in self._candidates(loads):
            after = self._after(guest, target)
            if after >= before - LEAST:
                break
            if able(guest, target):
                source = int(self.place[guest])
                share = float(self.cpu[guest] / max(self.cores[source], 1e-12))
                return guest, target, Move(before, source + 1, target + 1, share, after)
        return None

    def _after(self, guest: int, target: int) -> float:
        trial = Table(self.cpu, self.memory, self.place.copy(), self.asked.copy(), self.taken.copy(), self.cores,
                      self.bytes)  # fmt: skip
        trial.move(guest, target)
        return imbalance(trial.loads().tolist())

    def _candidates(self, loads: Floats) -> Iterator[tuple[int, int]]:
        """Moves by the imbalance after them; the first guest and target among equals."""
        if not len(self.place) or len(loads) < 2:
            return
        here = self.place
        left = _larger(self.asked[here] - self.cpu, self.taken[here] - self.memory, self.cores[here], self.bytes[here])
        cpu, memory = self.asked + self.cpu[:, np.newaxis], self.taken + self.memory[:, np.newaxis]
        come = _larger(cpu, memory, self.cores, self.bytes)
        total = loads.sum() - loads[here][:, np.newaxis] - loads + left[:, np.newaxis] + come
        squares = (loads**2).sum() - (loads[here] ** 2)[:, np.newaxis] - loads**2 + (left**2)[:, np.newaxis] + come**2
        spread = np.round(squares / len(loads) - (total / len(loads)) ** 2, 12)
        spread[np.arange(len(here)), here] = np.inf
        for flat in np.argsort(spread, axis=None, kind="stable").tolist():
            guest, target = divmod(flat, len(loads))
            if spread[guest, target] == np.inf:
                return
            yield guest, target


def _larger(cpu: Floats, memory: Floats, cores: Floats, room: Floats) -> Floats:
    """The larger one of two shares; memory counts only where there is some."""
    return np.asarray(np.maximum(cpu / np.maximum(cores, 1e-12), memory / np.maximum(room, 1e-12)))
