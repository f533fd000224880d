"""Machines, the layers on them, and what runs on those."""

from dataclasses import dataclass
from math import inf
from typing import Literal

from sdx_studio.engine.formulas.migration import Brake, Rules
from sdx_studio.engine.parts.loads import Load, Trace

FLAT_WATTS = (0.0,) * 11
STANDARD = Rules(downtime_target=0.3, max_rounds=30, max_factor=3.0)
"""When a migration stops if nothing else is said."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Offers `cores` and `memory`; draws `watts` (11 values at 0, 10 … 100 % load)."""

    id: str
    cores: float
    memory: float
    watts: tuple[float, ...] = FLAT_WATTS
    area: str | None = None
    powered: bool = True
    family: str = ""
    """Family of its processors; a running guest moves only within one. Empty goes with all."""
    speed: float = 1.0
    """What one vCPU can get of it at most; `cores` is what all get together."""


@dataclass(frozen=True, slots=True)
class MigrationStyle:
    """How a hypervisor moves running guests; seconds, bytes, bit/s."""

    method: Literal["precopy", "postcopy"] = "precopy"
    rules: Rules = STANDARD
    brake: Brake | None = None
    """How a guest that dirties too much is slowed (auto-converge); None leaves it alone."""
    linear: bool = False
    """Dirty pages grow in a straight line instead of by random writes."""
    setup: float = 1.0
    resume: float = 0.03
    cpu_left: float = 0.9
    """Share of its CPU that a guest keeps on its way."""
    limit: int | None = None
    """Migrations at once from or to one machine; more wait."""
    reserve: float = 0.0
    """Bandwidth (bit/s) below which none is begun."""
    cpu_state: float = 8 * 2.0**20
    """What post-copy sends in the pause."""
    faults: float = 0.01
    """Share of the pages that a guest in post-copy asks for before they have come."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Hypervisor, OS or container engine on `host` (a machine or a guest): costs CPU (a ratio) and memory (bytes)."""

    id: str
    host: str
    cpu_overhead: float = 0.0
    memory: float = 0.0
    overcommit: float = 1.0
    """Memory that guests on it may have in all, over what the machine has."""
    migration: MigrationStyle | None = None
    """How it moves guests; None for a layer that moves none."""
    network: int | None = None
    """Number of the VLAN on which they move, against that of the machine's group; None asks that."""
    emulation: float = 0.0
    """How many times slower guests for processors of another family run on it; 0 when it cannot emulate any."""
    sharing: float = 0.0
    """Share (0…1) of a guest's memory that is the same in guests with an OS of the same family; 0: none is shared."""
    family: str = ""
    """Family of an OS; empty for a layer that is none."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Asks its `host` (a machine, or a guest for a container in a VM) for CPU and memory.

    Demand in cores is load·vcpus, plus what guests inside it ask for, at most vcpus. `shares` is the whole weight.
    `disk` is a volume's id: io_rate requests/s of io_size bytes, a `read_share` of them reads, scaled with the CPU
    that it really gets. Pages: `dirty_rate` bytes/s written, spread at random over `working_set` bytes.
    """

    id: str
    host: str | None
    vcpus: float
    load: Load | Trace
    memory: float
    shares: float = 1000.0
    reservation: float = 0.0
    limit: float | None = None
    memory_overhead: float = 0.0
    dirty_rate: float = 0.0
    working_set: float = 0.0
    disk: str | None = None
    io_rate: float = 0.0
    io_size: float = 4096.0
    read_share: float = 0.7
    io_load: Trace | None = None
    """Share of `io_rate` over time; None goes with the CPU alone."""
    streams: bool = False
    """Its requests follow each other on the disk: alone it is sequential, with others every request is positioned."""
    boot_requests: float = 0.0
    """Requests of 4 KiB to its volume before it is started, 80 % of them reads."""
    migrates: bool = False
    """True when it can be moved while running (a VM); a container or app goes with its host."""
    restarts: bool = True
    """True when a cluster with restart may start it elsewhere after its host has failed."""
    start_time: float = 30.0
    """Seconds from power-on to running."""
    powered: bool = True
    width: float = inf
    """vCPUs: on a machine it gets at most so many times the speed of one core."""
    priority: int = 1
    """When a group starts it again: 0 first, then 1, then 2."""
    together: tuple[str, ...] = ()
    """Guests that share one of these tags belong on one machine."""
    apart: tuple[str, ...] = ()
    """Guests that share one of these tags never belong on one machine."""
    work: float = 0.0
    """Core-seconds of a job: while it lasts the guest asks for the cores that the job can use, in place of `load`."""
    parallel: float = 1.0
    """Share (0…1) of that job's work that all vCPUs do together; for the rest only one is busy."""
    family: str = ""
    """Family of the processors it was built for; empty goes with all."""
    files: Literal["disk", "namespace", "open"] = "open"
    """Where its files lie: in a disk image of its own (a VM), in a mount namespace of its own (a container), or
    beside those of all others on the same OS."""
    crowd: bool = False
    """True for one of many that nobody drew: it counts in sums and is not measured by itself."""
