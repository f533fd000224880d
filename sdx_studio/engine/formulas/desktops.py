"""Desktops and applications: load and storms of virtual desktops, displays, streaming, what a user sees.

Seconds, requests/s, bit/s, bytes, cores.
"""

from dataclasses import dataclass

from sdx_studio.engine.formulas.bounds import (
    NOISE,
    above_zero,
    not_negative,
    pieces,
    require,
    share_of_one,
    whole,
)
from sdx_studio.engine.formulas.cpu import weighted_maxmin
from sdx_studio.words import mark

GOOD, USABLE = 0.100, 0.150
"""Seconds of echo that feel good, and that can still be worked with."""


@dataclass(frozen=True, slots=True)
class Iops:
    """Requests/s of the desktops, and of the disks behind them."""

    frontend: float
    backend: float


def desktop_iops(desktops: float, iops_each: float, write_fraction: float, raid_penalty: float) -> Iops:
    """Requests of all desktops; each write costs `raid_penalty` disk operations."""
    whole(desktops=desktops)
    not_negative(iops_each=iops_each, raid_penalty=raid_penalty)
    share_of_one(write_fraction=write_fraction)
    front = desktops * iops_each
    return Iops(front, front * ((1.0 - write_fraction) + write_fraction * raid_penalty))


def boot_storm(desktops: float, ios_per_boot: float, backend_iops: float, single_boot: float) -> float:
    """Seconds until all desktops that start at once are up: one start, or all their requests, whichever is longer."""
    whole(desktops=desktops)
    not_negative(ios_per_boot=ios_per_boot, single_boot=single_boot)
    above_zero(backend_iops=backend_iops)
    return max(single_boot, desktops * ios_per_boot / backend_iops)


def login_storm(desktops: float, window: float, login_ios: float) -> float:
    """Mean requests/s while all log in within `window` seconds."""
    whole(desktops=desktops)
    above_zero(window=window)
    not_negative(login_ios=login_ios)
    return desktops * login_ios / window


def display_bandwidth(
    users: float, office_rate: float, video_users: float, video_rate: float, max_load: float
) -> float:
    """Link (bit/s) that carries the displays of all users, the `video_users` among them, at `max_load` at most."""
    whole(users=users, video_users=video_users)
    not_negative(office_rate=office_rate, video_rate=video_rate)
    share_of_one(max_load=max_load)
    above_zero(max_load=max_load)
    require(video_users <= users, mark("there are more video users ({video}) than users ({users})"), video=video_users,
            users=users)  # fmt: skip
    return ((users - video_users) * office_rate + video_users * video_rate) / max_load


@dataclass(frozen=True, slots=True)
class Machines:
    """Blades, one for each user, and hosts for the same users as VMs."""

    blades: float
    vdi_hosts: int


def blade_vs_vdi(users: float, host_cores: float, vdi_per_core: float) -> Machines:
    """Machines for `users`: one blade each, or hosts with `vdi_per_core` desktops a core."""
    whole(users=users)
    above_zero(host_cores=host_cores, vdi_per_core=vdi_per_core)
    return Machines(users, pieces(users, vdi_per_core * host_cores))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Cores of a heavy session and of each light one, by session and by thread; None when there are no light ones."""

    heavy_fair: float
    light_fair: float | None
    heavy_by_thread: float
    light_by_thread: float | None


def noisy_neighbour(
    cores: float, heavy_demand: float, heavy_threads: float, light_users: float, light_demand: float
) -> Neighbours:
    """One user with many threads beside light users with one thread each, on shared cores.

    Equal light users are shared out as one with their common weight and cap, which is the same.
    """
    not_negative(heavy_demand=heavy_demand, light_demand=light_demand)
    whole(heavy_threads=heavy_threads, light_users=light_users)
    caps = [heavy_demand, light_users * light_demand]
    fair, thread = (weighted_maxmin(cores, [weight, light_users], [0.0, 0.0], caps) for weight in (1.0, heavy_threads))
    if not light_users:
        return Neighbours(fair[0], None, thread[0], None)
    return Neighbours(fair[0], fair[1] / light_users, thread[0], thread[1] / light_users)


@dataclass(frozen=True, slots=True)
class Echo:
    """Seconds from key to picture, and what it feels like: good, usable or poor."""

    echo: float
    band: str


def keystroke(rtt: float, server: float, render: float, loss: float, rto: float) -> Echo:
    """Echo of a key on a thin client; each lost packet waits for a time-out that doubles (loss below 0.5 each way)."""
    not_negative(rtt=rtt, server=server, render=render, loss=loss, rto=rto)
    require(loss < 0.5, mark("with a loss of 0.5 or more no keystroke ever gets through on average"))
    echo = rtt + server + render + 2.0 * rto * loss / (1.0 - 2.0 * loss)
    if echo < GOOD * (1 - NOISE):
        return Echo(echo, "good")
    return Echo(echo, "usable" if echo <= USABLE * (1 + NOISE) else "poor")


WORKS = "works"
_WITHOUT_NETWORK = {
    "vdi": "frozen_vm_keeps_running",
    "sbc": "frozen_session_kept_until_timeout",
    "streamed_full_cache": WORKS,
    "streamed_partial_cache": "fails_at_uncached_block",
    "client_hypervisor": WORKS,
    "blade_pc": "frozen_blade_keeps_running",
}


def network_loss(link_up: bool) -> dict[str, str]:
    """What a user sees with each way of delivering a desktop while the link is up or down."""
    return dict.fromkeys(_WITHOUT_NETWORK, WORKS) if link_up else dict(_WITHOUT_NETWORK)


@dataclass(frozen=True, slots=True)
class Launch:
    """Seconds until an application starts, is whole, works offline, and starts the second time."""

    launch: float
    full: float
    offline_ready: float
    second_launch: float


def stream_launch(package: float, fb1: float, link: float, clients: float) -> Launch:
    """Streaming an application (bytes) to clients that share `link` (bit/s); it starts after its first block `fb1`.

    The second start comes from the cache: 0 s over the network.
    """
    not_negative(package=package, clients=clients)
    share_of_one(fb1=fb1)
    above_zero(link=link)
    full = clients * package * 8.0 / link
    return Launch(fb1 * full, full, full, 0.0)


def stream_or_screen(package: float, display_rate: float) -> float:
    """Seconds of use after which sending the package (bytes) has cost no more than the screen (bit/s)."""
    not_negative(package=package)
    above_zero(display_rate=display_rate)
    return package * 8.0 / display_rate
