"""One round of consolidation: relieve overloaded hosts, then empty the least loaded ones as far as they can be.

Algorithms 1 and 2 of Beloglazov and Buyya (2012); pure: columns in, moves out.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sdx_studio.engine.policies.placement import power_aware
from sdx_studio.engine.policies.selection import Candidates, Selection
from sdx_studio.engine.steering.board import Board, Guests, Hosts, Rows, Rules

Chance = Callable[[int], float]
"""A random number in [0, 1) for the n-th choice of a round."""


class Move(NamedTuple):
    """Guest and target as places in the columns; `crowded` when it leaves an overloaded host, else to empty it."""

    guest: int
    target: int
    crowded: bool


class Round:
    """What a round knows; `moves` is what it decided, `stuck` the guests that should have left and found no place."""

    def __init__(self, hosts: Hosts, guests: Guests, rules: Rules, selection: Selection, twice: bool) -> None:
        self._hosts, self._guests = hosts, guests
        self._selection, self._twice = selection, twice
        self.board = Board(hosts, guests, rules)
        self.moves: list[Move] = []
        self.stuck: list[int] = []
        self._lists = _by_host(guests.host)
        self._demands: list[float] = guests.demand.tolist()
        self._free = bool(guests.movable.all())
        """Whether every guest can be moved."""
        self.crowded: list[int] = []
        self._given: set[int] = set()

    def decide(self, chance: Chance) -> list[Move]:
        """Both halves of the round."""
        awake = np.flatnonzero(~self._hosts.asleep & ~self._hosts.shut)
        busy = np.array([host for host in awake.tolist() if host in self._lists], np.intp)
        full = self.board.crowded(busy) if busy.size else np.zeros(0, bool)
        self.crowded = busy[full].tolist()
        for host in self.crowded:
            self.board.close(host)
        self._relieve(self._leaving(chance), awake)
        self.board.narrow(self.board.opened(np.setdiff1d(awake, self.crowded)))
        for host in busy[np.argsort(self.board.load[busy], kind="stable")].tolist():
            if host not in self.crowded and self.board.load[host] < 1 and host not in self._given:
                self._empty(host)
        return self.moves

    def loads(self, moves: list[Move]) -> list[tuple[float, float]]:
        """For each move the load of the host that is left before the round, and of its target after it (ratios)."""
        hosts, guests = self._hosts, self._guests
        gone, targets = [move.guest for move in moves], [move.target for move in moves]
        seat = guests.host.copy()
        seat[gone] = targets
        here = np.minimum(guests.demand, guests.width * hosts.core[seat])
        after = np.bincount(seat, here, len(hosts.capacity)) / hosts.capacity
        before = self.board.load[guests.host[gone]]
        return list(zip(before.tolist(), after[targets].tolist(), strict=True))

    def _leaving(self, chance: Chance) -> list[int]:
        """Guests that have to leave overloaded hosts."""
        leaving: list[int] = []
        for host in self.crowded:
            left = self._lists[host]
            while True:
                able = left if self._free else [one for one in left if self._guests.movable[one]]
                if not able:
                    break
                chosen = able[self._selection.choose(self._candidates(able), chance(len(leaving)))]
                leaving.append(chosen)
                left.remove(chosen)
                if not self.board.overloaded(float(self._hosts.capacity[host]), left):
                    break
        return leaving

    def _candidates(self, guests: list[int]) -> Candidates:
        columns = self._guests
        loads = columns.demand[guests] / columns.size[guests]
        history = columns.history[guests] if self._selection.REMEMBERS else columns.history[:0]
        return Candidates(columns.memory[guests], loads, history, columns.known)

    def _relieve(self, leaving: list[int], awake: Rows) -> None:
        """Find places for what leaves overloaded hosts; sleeping hosts may be woken for it."""
        self.board.narrow(np.union1d(self.board.opened(awake), self._spare(len(leaving))))
        for guest in power_aware.order(leaving, self._demands):
            target = self.board.find(guest)
            if target < 0:
                self.stuck.append(guest)
                continue
            self.board.put(guest, target)
            self._lists.setdefault(target, []).append(guest)
            self.moves.append(Move(guest, target, True))
            if not self._twice:
                self._given.add(target)
        self.board.keep()

    def _spare(self, count: int) -> Rows:
        """Sleeping hosts that could be needed: of those that are alike, not more than there are guests."""
        hosts = self._hosts
        resting = np.flatnonzero(hosts.asleep & ~hosts.shut)
        kinds = hosts.alike[resting]
        return np.sort(np.concatenate([resting[kinds == kind][:count] for kind in np.unique(kinds)] or [resting]))

    def _empty(self, host: int) -> None:
        """Move all guests of `host` away, or none."""
        guests = self._lists[host]
        if not guests:
            return
        self.board.close(host)
        if self.board.hopeless(guests) or not (self._free or self._guests.movable[guests].all()):
            return
        found: list[Move] = []
        for guest in power_aware.order(guests, self._demands):
            target = self.board.find(guest)
            if target < 0:
                self.board.take_back()
                return
            self.board.put(guest, target)
            found.append(Move(guest, target, False))
        self.board.keep()
        for move in found:
            self._lists.setdefault(move.target, []).append(move.guest)
            self._given.add(move.target)
        self.moves += found


def _by_host(hosts: Rows) -> dict[int, list[int]]:
    """Guests of each host that has some, in their order; they are sorted by host."""
    busy, first = np.unique(hosts, return_index=True)
    bounds = [*first.tolist(), len(hosts)]
    return {host: list(range(*span)) for host, span in zip(busy.tolist(), pairwise(bounds), strict=True)}
