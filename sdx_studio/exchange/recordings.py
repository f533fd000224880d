"""Recordings out of tables: columns of numbers become the trace fields of VMs and of their flows."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil, isfinite
from pathlib import PurePath

from sdx_studio.exchange.fleet import Fleet, HostType, Recording, first_fit, read_count, read_plan
from sdx_studio.exchange.formats import FileError, Opened, Options
from sdx_studio.kinds import Value
from sdx_studio.kinds.presets import GIB, MIB
from sdx_studio.words import _

Row = list[float]
REQUEST = 4096.0
"""Bytes of a disk request where the recording only tells bytes."""
HOST = HostType("2024", 32, 3.0, 256 * GIB, "2024")


def series(values: Sequence[float], full: float) -> str:
    """Values as a trace in per cent of `full`; what is missing or negative asks for nothing."""
    shares = (min(100.0, max(0.0, 100.0 * value / full)) if isfinite(value) and full > 0 else 0.0 for value in values)
    return " ".join(f"{share:.4g}" for share in shares)


def step_of(times: Sequence[float], name: str) -> float:
    """Seconds between samples: the middle one of the distances; raises FileError when time does not go on."""
    gaps = sorted(after - before for before, after in pairwise(times))
    if not gaps:
        return 300.0
    step = gaps[len(gaps) // 2]
    if not step > 0:
        raise FileError(name, 0, 0, "", _("the times do not go on from line to line"))
    return float(step)


def lines(data: bytes) -> list[str]:
    """The lines of a text file that are not empty; a mark of byte order is left out."""
    return [line for line in data.decode("utf-8-sig", "replace").splitlines() if line.strip()]


def cells(line: str, separator: str) -> list[str]:
    """The cells of a line without blanks and quotes."""
    return [cell.strip().strip('"').strip() for cell in line.split(separator)]


def number(text: str, name: str, line: int) -> float:
    """A cell as a number (empty is not a number); raises FileError."""
    if not text:
        return float("nan")
    try:
        return float(text)
    except ValueError:
        raise FileError(name, line, 1, "", _("“{text}” is no number", text=text[:40])) from None


def disk(reads: Sequence[float], writes: Sequence[float], size: float = 1.0) -> dict[str, Value]:
    """Fields of a VM for its disk: requests/s of reads and writes of `size` bytes each; {} when there are none."""
    both = [max(0.0, one) + max(0.0, other) for one, other in zip(reads, writes, strict=True)]
    most, total = max(both, default=0.0), sum(both)
    if not most > 0:
        return {}
    share = sum(max(0.0, one) for one in reads) / total
    return {
        "io_rate": most, "io_size": max(512.0, size), "io_trace": series(both, most), "read_share": round(share, 4),
    }  # fmt: skip


def flow(rates: Sequence[float], step: float) -> dict[str, Value]:
    """Fields of a flow with these rates (bit/s); {} when nothing flows."""
    most = max((rate for rate in rates if isfinite(rate)), default=0.0)
    if not most >= 1.0:
        return {}
    return {"rate": most, "trace": series(rates, most), "trace_step": step}


def drawn(vms: Sequence[Recording], samples: Mapping[str, float], name: str, options: Options) -> Opened:
    """The project with these VMs on as many hosts as they need, or as the option says; `samples`: count and step."""
    speed = max((vm.speed for vm in vms), default=1.0)
    cores = max(HOST.cores, *(vm.vcpus for vm in vms))
    memory = max(HOST.memory, *(1.1 * vm.memory + 512 * MIB for vm in vms))
    model = HostType(HOST.name, cores, max(speed, 1.0), memory, HOST.power)
    hosts = [model] * read_count(options, name, _enough(vms, model))
    seats = first_fit(vms, hosts)
    if seats is None:
        message = _("{vms} VMs do not fit on {hosts} hosts", vms=len(vms), hosts=len(hosts))
        raise FileError(name, 0, 0, "", message)
    fleet = Fleet()
    fleet.stand(hosts)
    fleet.wire(vms, fleet.seat(vms, seats))
    if "policy" in options:
        fleet.steer(read_plan(options, name, "none"))
    return fleet.finish(PurePath(name).name.split(".")[0], samples["count"] * samples["step"])


def _enough(vms: Sequence[Recording], model: HostType) -> int:
    """Hosts of one model that surely take all of them, one after the other."""
    count = 1
    while first_fit(vms, [model] * count) is None:
        count = ceil(count * 1.25 + 1)
    return count
