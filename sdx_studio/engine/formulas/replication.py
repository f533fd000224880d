"""Replication for recovery at another site: bandwidth, what may be lost, how long it takes (bytes, bit/s, seconds)."""

from dataclasses import dataclass

from sdx_studio.engine.formulas.bounds import above_zero, at_most, not_negative, pieces, share_of_one, whole
from sdx_studio.engine.formulas.migration import dirtied

BITS = 8.0


def bandwidth(changed_per_rpo: float, rpo: float, efficiency: float) -> float:
    """Link (bit/s) that carries the bytes changed within each RPO."""
    not_negative(changed_per_rpo=changed_per_rpo)
    _efficient(efficiency)
    above_zero(rpo=rpo)
    return changed_per_rpo * BITS / (rpo * efficiency)


def unique_changes(write_rate: float, working_set: float, rpo: float) -> float:
    """Bytes to send for each RPO: only the last state of a block counts, W(1 − exp(−w·RPO/W))."""
    not_negative(write_rate=write_rate, working_set=working_set, rpo=rpo)
    return dirtied(write_rate, working_set, rpo)


def transfer(size: float, link: float, efficiency: float) -> float:
    """Seconds for `size` bytes over a link (bit/s) of which `efficiency` is payload."""
    not_negative(size=size)
    _efficient(efficiency)
    above_zero(link=link)
    return size * BITS / (link * efficiency)


@dataclass(frozen=True, slots=True)
class InitialSync:
    """Whether the first copy ever ends, and its seconds (None when it does not)."""

    feasible: bool
    time: float | None


def initial_sync(data: float, link: float, change_rate: float) -> InitialSync:
    """The first copy of `data` bytes over a link (bytes/s) while `change_rate` bytes/s are written."""
    not_negative(data=data, link=link, change_rate=change_rate)
    if at_most(link, change_rate):
        return InitialSync(False, None)
    return InitialSync(True, data / (link - change_rate))


@dataclass(frozen=True, slots=True)
class Loss:
    """Seconds of one transfer, most seconds of work that are lost, and whether that meets the target."""

    transfer: float
    worst_rpo: float
    meets_target: bool


def achieved_rpo(interval: float, changed: float, link: float, efficiency: float, rpo_target: float) -> Loss:
    """Replication every `interval` seconds: what is lost at worst is the interval and the transfer."""
    not_negative(interval=interval, rpo_target=rpo_target)
    takes = transfer(changed, link, efficiency)
    return Loss(takes, interval + takes, at_most(interval + takes, rpo_target))


def recovery_time(decide: float, register: float, vms: float, concurrent: float, boot: float, dns: float) -> float:
    """RTO (s): decide, register, start the VMs in waves of `concurrent`, switch the names over."""
    not_negative(decide=decide, register=register, boot=boot, dns=dns)
    whole(vms=vms)
    above_zero(concurrent=concurrent)
    return decide + register + pieces(vms, concurrent) * boot + dns


@dataclass(frozen=True, slots=True)
class SyncWrite:
    """Seconds of a write, most writes/s, and what is lost: nothing."""

    latency: float
    max_iops: float
    rpo: float


def sync_write(local_write: float, rtt: float, outstanding: float) -> SyncWrite:
    """Synchronous replication: a write is done when the other site has it too, so nothing is lost."""
    not_negative(local_write=local_write, rtt=rtt, outstanding=outstanding)
    above_zero(latency=local_write + rtt)
    return SyncWrite(local_write + rtt, outstanding / (local_write + rtt), 0.0)


def _efficient(efficiency: float) -> None:
    above_zero(efficiency=efficiency)
    share_of_one(efficiency=efficiency)
