"""Patches: a kernel gets one and has to start again with it; all that runs on it stands still meanwhile.

Containers share the kernel under them, so that one patch serves all; every VM has a kernel of its own, and the
hypervisor is one more. A machine that starts again by somebody's will is no failure to its group.
"""

from dataclasses import dataclass

import numpy as np

from sdx_studio.engine.availability import Availability
from sdx_studio.engine.clock import FAILURES, SECOND, micros
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.parts import Guest, Layer, Machine
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.starting import Starting
from sdx_studio.words import mark

MEASURE = "kernel.patched"
MEASURED = (Machine, Layer, Guest)
"""Parts that have it: how many patches the kernel that they are, hold or run on has had."""


@dataclass(slots=True)
class Patching:
    """A kernel that starts again: since when (µs), and what ran on it, with the outage (s) of each so far."""

    since: int
    halted: dict[str, float]
    target: str
    booted: int | None = None


class Patches:
    """Patches of all kernels; a kernel is told by the machine or guest whose it is."""

    def __init__(self, plant: Plant, availability: Availability, starting: Starting) -> None:
        self._plant, self._availability, self._starting = plant, availability, starting
        self.had: dict[str, int] = {}
        """Kernel → patches that it has had."""
        self.under_way: dict[str, Patching] = {}
        self.count = 0
        """Patches in all."""
        self.outage = 0.0
        """Seconds for which guests stood still for them, added up."""
        self._stale = True

    def begin(self, target: str, anyway: bool, reboot: float) -> str | None:
        """Patch the kernel that `target` (a layer, a machine or a guest) is or has, or say why not.

        A hypervisor under VMs that run is patched only `anyway`; a machine takes `reboot` s to start again.
        """
        plant = self._plant
        kernel = self.kernel_of(target)
        if kernel is None:
            return mark("It has no kernel of its own: patch the one under it.")
        if kernel in self.under_way:
            return mark("It is being patched already.")
        guest = kernel in plant.guests
        if not (plant.running(kernel) if guest else plant.up(kernel)):
            return mark("It is not running.")
        halted = [one for one in plant.family(kernel) if one in plant.guests and plant.running(one)]
        if not guest and not anyway and any(plant.parts.guests[one].migrates for one in halted):
            return mark("VMs run on it: move them away first (maintenance does), or let them go down with it.")
        since = plant.now
        self.under_way[kernel] = Patching(since, {one: self._outage(one) for one in halted}, target)
        plant.tell("kernel.patching", target, mark("Its kernel is patched and starts again; {guests} stop with it."),
                   guests=len(halted))  # fmt: skip
        if guest:
            machine = plant.machine_of(kernel)
            self._availability.stop(kernel)
            self._starting.queue(kernel, str(machine))
        else:
            self._availability.switch_off(kernel)
            plant.agenda.put(plant.now + micros(reboot), FAILURES, "patched", kernel)
        return None

    def kernel_of(self, id: str) -> str | None:
        """The machine or VM whose kernel a layer, a machine or a guest is or has; None for what only runs on one."""
        parts = self._plant.parts
        seat = parts.seat(id)
        if seat in parts.machines:
            return seat if id != seat or parts.layers_on.get(id) else None
        return seat if seat in parts.guests and parts.guests[seat].files == "disk" else None

    def under(self, id: str) -> str | None:
        """The machine or VM whose kernel a guest, a layer or a machine runs on, or is."""
        at: str | None = id
        for _ in range(64):
            at = self._plant.parts.seat(at)
            if at is None or self.kernel_of(at) is not None or at not in self._plant.guests:
                break
            at = self._plant.guests[at].place
        return at

    def booted(self, kernel: str, _payload: object) -> None:
        """Machine `kernel` has started again with its patch, unless something else has befallen it."""
        if kernel in self.under_way and kernel in self._plant.off and kernel not in self._plant.failed:
            self._availability.recover(kernel)

    def arrange(self) -> None:
        """Take over kernels as the parts now are."""
        known = self._plant.parts.machines.keys() | self._plant.parts.guests.keys()
        for table in (self.had, self.under_way):
            for id in table.keys() - known:
                del table[id]
        self._stale = True

    def settle(self) -> None:
        """Kernels that work again are patched; it is over when all that stopped with one runs again."""
        plant = self._plant
        for kernel, one in sorted(self.under_way.items()):
            back = plant.running(kernel) if kernel in plant.guests else plant.up(kernel)
            if one.booted is None and back:
                one.booted = plant.now
                self.had[kernel] = self.had.get(kernel, 0) + 1
                self.count += 1
                self._stale = True
            waiting = [id for id in one.halted if id in plant.guests and not plant.running(id)]
            lost = [id for id in waiting if one.booted and plant.guests[id].condition is Condition.OFF]
            if one.booted is not None and len(lost) == len(waiting):
                self._finish(kernel, one)
        if self._stale:
            self._put()

    def _finish(self, kernel: str, one: Patching) -> None:
        plant = self._plant
        del self.under_way[kernel]
        stood = sum(self._outage(id) - before for id, before in one.halted.items() if id in plant.guests)
        self.outage += stood
        plant.tell(
            "kernel.patched", one.target,
            mark("The kernel of {vm} is patched after {seconds}: {guests} stood still for {outage} in all; patches so "
                 "far: {patches}."),
            vm=Ref(kernel), seconds=((one.booted or plant.now) - one.since) / SECOND, guests=len(one.halted),
            outage=stood, patches=self.count, outage_so_far=self.outage,
        )  # fmt: skip

    def _outage(self, id: str) -> float:
        return self._plant.gauges.value(id, "outage", self._plant.now)

    def _put(self) -> None:
        plant, self._stale = self._plant, False
        for sort in MEASURED:
            ids = plant.parts.of(sort)
            counts = [self.had.get(self.under(id) or "", 0) for id in ids] if self.had else [0] * len(ids)
            plant.gauges.put_all(plant.gauges.slots(ids, MEASURE), np.array(counts, float), plant.now)

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        return (self.had, self.under_way, self.count, self.outage)
