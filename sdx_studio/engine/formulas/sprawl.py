"""Server sprawl and room: VMs that nobody uses any more, what they cost, racks (counts, seconds, W, JPY)."""

from dataclasses import dataclass

from sdx_studio.engine.formulas.bounds import NOISE, above_zero, at_most, not_negative, pieces, require, share_of_one
from sdx_studio.engine.formulas.power import bill
from sdx_studio.words import mark

MONTHS = 12


def steady_population(create: float, lease: float, renewed: float) -> float:
    """VMs in the long run (Little's law): created a second · seconds of lease / (1 − share that is renewed)."""
    not_negative(create=create, lease=lease)
    share_of_one(renewed=renewed)
    require(renewed < 1 - NOISE, mark("it grows without end: every lease is renewed"))
    return create * lease / (1.0 - renewed)


@dataclass(frozen=True, slots=True)
class Grown:
    """VMs after the time, and the idle ones among them."""

    vms: float
    idle_vms: float


def growth(create: float, duration: float, idle_share: float) -> Grown:
    """VMs without any rule: none is ever deleted."""
    not_negative(create=create, duration=duration)
    share_of_one(idle_share=idle_share)
    return Grown(create * duration, create * duration * idle_share)


@dataclass(frozen=True, slots=True)
class Limits:
    """CPU (0…1) and bytes/s below which a VM counts as idle, after at least so many seconds."""

    cpu: float
    net: float
    observed: float


def is_idle(cpu_p95: float, net: float, logins: float, observed: float, limits: Limits) -> bool:
    """Whether a VM is idle: CPU and network strictly below their limits, no login, watched long enough."""
    quiet = not at_most(limits.cpu, cpu_p95) and not at_most(limits.net, net)
    return quiet and logins == 0 and at_most(limits.observed, observed)


QUIET = 0.95
"""Share of the time for which an idle VM is below its limits: its 95th percentile is."""


def rarely(busy: float, window: float, observed: float) -> bool:
    """Whether a VM that was `busy` for so many seconds of a `window`, of which it was `observed`, counts as idle."""
    not_negative(busy=busy, window=window, observed=observed)
    return at_most(window, observed) and at_most(busy, (1.0 - QUIET) * window)


@dataclass(frozen=True, slots=True)
class Kept:
    """Hosts that idle VMs hold, and what they cost (JPY) over the hours given."""

    hosts: int
    cost_per_year: float


def idle_cost(idle_vms: float, vms_per_host: float, host_power: float, pue: float, price: float, hours: float) -> Kept:
    """Electricity of the hosts that only idle VMs hold; `hours` in seconds."""
    not_negative(idle_vms=idle_vms)
    above_zero(vms_per_host=vms_per_host)
    hosts = pieces(idle_vms, vms_per_host)
    return Kept(hosts, bill(hosts * host_power, hours, pue, price, 0.0).cost)


@dataclass(frozen=True, slots=True)
class Racks:
    """Racks before and after, JPY saved a month and a year."""

    racks_before: int
    racks_after: int
    saving: float
    saving_per_year: float


def racks(servers: float, per_rack: float, consolidation: float, rack_cost: float) -> Racks:
    """Racks for servers, and for as many as are left when `consolidation` become one (rack_cost in JPY a month)."""
    not_negative(servers=servers, rack_cost=rack_cost)
    above_zero(per_rack=per_rack, consolidation=consolidation)
    before, after = pieces(servers, per_rack), pieces(pieces(servers, consolidation), per_rack)
    saved = (before - after) * rack_cost
    return Racks(before, after, saved, saved * MONTHS)
