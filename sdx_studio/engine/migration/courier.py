"""The courier: how one migration goes on from phase to phase, and what it sends."""

from collections.abc import Callable
from dataclasses import replace

from sdx_studio.engine.clock import NETWORK, SECOND, micros
from sdx_studio.engine.events import Ref
from sdx_studio.engine.formulas.migration import dirtied, slowed, stopped
from sdx_studio.engine.migration.record import Migration, Phase, who
from sdx_studio.engine.network.apart import network_of
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark

PAGE = 4096.0


class Courier:
    """Phases of migrations; `amount` is the bytes of a volume, `let_go` frees what was held on the target."""

    def __init__(
        self, plant: Plant, fabric: Fabric, amount: Callable[[str], float], let_go: Callable[[Migration], None]
    ) -> None:
        self._plant = plant
        self._fabric = fabric
        self._amount = amount
        self._let_go = let_go

    def depart(self, move: Migration) -> None:
        """Set-up is over: the volume goes first where it has to, then the memory."""
        plant = self._plant
        if move.store:
            move.phase = Phase.DISK
            move.begin(self._amount(str(plant.parts.guests[move.guest].disk)), plant.now, counts=False)
        else:
            self._copy_memory(move)
        vlan = network_of(plant.parts, move.source)
        self._fabric.open(Flow(("move", move.guest), move.source, move.target, vlan=vlan))

    def _copy_memory(self, move: Migration) -> None:
        plant = self._plant
        move.phase = Phase.COPY
        if move.style.method == "postcopy":
            self._pause(move, move.style.cpu_state)
        else:
            move.begin(plant.parts.guests[move.guest].memory, plant.now)

    def land_disk(self, move: Migration) -> None:
        """The volume has arrived: from now on it lies there."""
        plant = self._plant
        move.account(plant.now)
        move.apart = move.sent
        disk = str(plant.parts.guests[move.guest].disk)
        plant.tell("migration.disk", move.guest, mark("The volume of {vm} lies on {store} now."),
                   store=Ref(move.store), seconds=(plant.now - move.round_start) / SECOND, **who(move))  # fmt: skip
        plant.parts.change([replace(plant.parts.volumes[disk], store=move.store)], [])
        plant.rehomed.add(disk)
        self._copy_memory(move)
        self.plan(move)

    def next_round(self, move: Migration) -> None:
        """A round is over: another one, or the pause."""
        plant = self._plant
        guest, style = plant.parts.guests[move.guest], move.style
        move.account(plant.now)
        seconds = (plant.now - move.round_start) / SECOND
        pace, spread = guest.dirty_rate * (1.0 - move.throttle), guest.working_set or guest.memory
        dirty = min(pace * seconds, spread) if style.linear else dirtied(pace, spread, seconds)
        dirty = min(guest.memory, dirty)
        plant.tell(
            "migration.round", move.guest, mark("Round {round}: {dirty} are dirty again."),
            round=move.round, dirty=dirty, bytes=move.round_bytes, seconds=seconds,
        )  # fmt: skip
        stop = stopped(style.rules, dirty, move.rate, move.round, move.sent - move.apart, guest.memory)
        if stop:
            move.converged = stop in ("min_remaining", "downtime_target")
            self._pause(move, dirty)
        else:
            self._brake(move, dirty)
            move.begin(dirty, plant.now)
        self.plan(move)

    def _brake(self, move: Migration, dirty: float) -> None:
        """Slow the guest when it keeps dirtying too much (auto-converge)."""
        if move.style.brake is None:
            return
        throttle, move.strikes = slowed(move.style.brake, move.throttle, move.strikes, dirty, move.round_bytes)
        if throttle != move.throttle:
            move.throttle = throttle
            self._plant.slow(move.guest, move.style.cpu_left * (1.0 - throttle))
            self._plant.tell(
                "migration.throttled", move.guest, mark("{vm} is slowed by {throttle} so that it dirties less."),
                throttle=throttle, **who(move),
            )  # fmt: skip

    def _pause(self, move: Migration, size: float) -> None:
        plant = self._plant
        move.phase = Phase.PAUSE
        move.paused = plant.now
        plant.slow(move.guest, 0.0)
        plant.tell("migration.switchover", move.guest, mark("{vm} pauses for the last pages."), **who(move))
        move.begin(max(size, 1.0), plant.now, counts=False)

    def switch(self, move: Migration) -> None:
        """The last pages have arrived: the target is about to go on."""
        move.account(self._plant.now)
        if move.style.method != "postcopy":
            self._fabric.close(("move", move.guest))
        self._plant.agenda.put(self._plant.now + micros(move.style.resume), NETWORK, "move", move.guest)

    def pull(self, move: Migration) -> None:
        """The guest goes on at the target while its pages follow; those it misses it waits for."""
        plant = self._plant
        self._let_go(move)
        plant.seat_guest(move.guest, move.target)
        move.phase, move.resumed = Phase.PULL, plant.now
        move.begin(plant.parts.guests[move.guest].memory, plant.now)
        flow = self._fabric.flows["move", move.guest]
        plant.slow(move.guest, self.pulled_speed(move, flow))
        plant.tell("migration.pulling", move.guest, mark("{vm} runs on {to} while its pages follow."), **who(move))
        self.plan(move)

    def pulled_speed(self, move: Migration, flow: Flow) -> float:
        """What the waits for missing pages leave: 1 − stall/transfer, stall = faults·(RTT + page/R)."""
        if move.rate <= 0:
            return 0.0
        rtt = 2 * sum(self._plant.parts.cables[one].latency for one in flow.cables)
        stall = move.style.faults / PAGE * (rtt + PAGE / move.rate)
        return max(0.0, 1.0 - stall * move.rate)

    def plan(self, move: Migration) -> None:
        """Plan when this round will be over at its present rate."""
        if move.phase is Phase.SETUP:
            return
        if move.rate > 0:
            wait = max(1, micros(move.left / move.rate))
            self._plant.agenda.put(move.since + wait, NETWORK, "move", move.guest)
        else:
            self._plant.agenda.cancel("move", move.guest)
