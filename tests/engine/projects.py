"""Random projects that could be drawn, and what may be done to them while they run."""

from typing import Any

from hypothesis import strategies as st

from sdx_studio.engine.formulas.migration import Brake
from sdx_studio.engine.parts import (
    Area,
    Cable,
    Command,
    Device,
    Group,
    Guest,
    Layer,
    Load,
    Machine,
    MigrationStyle,
    Node,
    Package,
    Part,
    Replica,
    Store,
    Traffic,
    Users,
    Volume,
)

S = 1_000_000
GIB, MIB = 2.0**30, 2.0**20
RAMP = tuple(90.0 + 12 * at for at in range(11))
ONE: Any = st.sampled_from
PATTERNS: Any = ONE(["steady", "steady", "wave", "bursty"])
LOADS: Any = st.builds(Load, ONE([0.1, 0.5, 1.0]), PATTERNS, ONE([0.2, 0.5]), ONE([3.0, 13.0]))
STYLES: Any = st.builds(
    MigrationStyle, method=ONE(["precopy", "postcopy"]), brake=ONE([None, Brake()]), linear=st.booleans(),
    limit=ONE([None, 1, 2]),
)  # fmt: skip


@st.composite
def projects(draw: Any) -> list[Part]:
    """Machines on one or two switches, one or two arrays, guests (some in guests), traffic of all sorts."""
    machines, switches = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    parts: list[Part] = [Area("dc", None, 1.5, 27, 0.42)]
    for at in range(switches):
        parts.append(Node(f"sw{at}", draw(ONE(["bridging", "bridging", "routing", "programmed"])), standalone=True))
        if at:
            parts.append(Cable(f"ring{at}", f"sw{at - 1}", f"sw{at}", draw(ONE([1e8, 1e9]))))
    if switches == 3:
        parts.append(Cable("ring9", "sw0", "sw2", 1e9))
    for at in range(machines):
        parts += draw(st.builds(_machine, st.just(at), ONE(range(switches)), ONE([2.0, 8.0]), ONE([3.0, 64.0]), STYLES))
    stores = draw(ONE([1, 1, 2, 0]))
    for at in range(stores):
        parts += draw(st.builds(_store, st.just(at), ONE(range(switches)), st.integers(0, 3), ONE([20.0, 1000.0]),
                                ONE([0.0, 0.5]), ONE([1.0, 4.0]), ONE([0.0, 1e8])))  # fmt: skip
    guests = draw(st.integers(2, 7))
    for at in range(guests):
        parts += draw(st.builds(
            _guest, st.just(at), ONE([*(f"m{one}" for one in range(machines))] * 3 + [f"g{one}" for one in range(at)]),
            ONE([1.0, 2.0, 6.0]), LOADS, ONE([0.25, 0.5, 2.0]), ONE([500.0, 1000.0, 4000.0]), ONE([0.0, 0.0, 0.5]),
            ONE([None, None, 0.7]), ONE([0.0, 20.0, 400.0]), ONE([None, *range(stores)]), ONE([0.0, 50.0, 4000.0]),
            st.booleans(), st.booleans(),
        ))  # fmt: skip
    ends = [f"m{at}" for at in range(machines)] + [f"g{at}" for at in range(guests)]
    for at in range(draw(st.integers(0, 5))):
        parts.append(draw(st.builds(
            Traffic, st.just(f"t{at}"), ONE(ends), ONE(ends), ONE([None, 5e7, 8e8]), ONE([None, 1e6, 1e9]),
            ONE([1.0, 3.0]), ONE([0.0, 0.0, 2e8]), ONE([0, 0, 1]), st.none(), ONE([0.0, 3.0]),
            ONE([None, Load(0.6, "wave", 0.5, 5.0)]),
        )))  # fmt: skip
    if guests and stores:
        parts += [Users("u", "g0", "m0", 40, 5.0, 0.1), Package("p", "g0", "m0", 1e8, 0.1, 2.0)]
        parts.append(Replica("r", "v0", f"st{stores - 1}", 20.0, 1e6))
    if draw(st.booleans()):
        parts.append(Group("cl", tuple(f"m{at}" for at in range(machines)), True, 3.0, 1.0, 2))
    return parts


def _machine(at: int, switch: int, cores: float, memory: float, style: MigrationStyle) -> list[Part]:
    id = f"m{at}"
    return [Machine(id, cores, memory * GIB, RAMP, "dc"), Node(id), Cable(f"up{at}", id, f"sw{switch}", 1e9),
            Layer(f"hv{at}", id, 0.02, GIB, migration=style)]  # fmt: skip


def _store(at: int, switch: int, disks: int, capacity: float, hit: float, penalty: float, balance: float) -> list[Part]:
    id = f"st{at}"
    parts: list[Part] = [Store(id, penalty, 0.5, 200, "dc", hit=hit, balance=balance), Node(id),
                         Cable(f"san{at}", id, f"sw{switch}", 1e10)]  # fmt: skip
    return parts + [Device(f"d{at}{one}", id, 180, 180, 2e8, capacity * GIB, 0.005) for one in range(disks)]


def _guest(
    at: int, host: str, vcpus: float, load: Load, memory: float, shares: float, reservation: float,
    limit: float | None, dirty: float, store: int | None, requests: float, thin: bool, streams: bool,
) -> list[Part]:  # fmt: skip
    guest = Guest(
        f"g{at}", host, vcpus, load, memory * GIB, shares * vcpus, reservation, limit, dirty_rate=dirty * MIB,
        working_set=memory * GIB / 2, disk=None if store is None else f"v{at}", io_rate=requests, io_size=8192,
        streams=streams, boot_requests=500, migrates=host.startswith("m"), start_time=2,
    )  # fmt: skip
    if store is None:
        return [guest]
    return [guest, Volume(f"v{at}", f"st{store}", 20 * GIB, thin, 4 * GIB, 3e8 if thin else 0.0)]


def _done(verbs: list[str], targets: list[str]) -> Any:
    return st.builds(lambda verb, target: Command(0, verb, target), ONE(verbs), ONE(targets))


COMMANDS: Any = st.one_of(
    _done(["fail", "fail", "repair"], ["m0", "m1", "m2", "sw0", "sw1", "st0"]),
    _done(["cut", "cut", "mend"], ["up0", "up1", "san0", "ring1"]),
    _done(["power_off", "power_on"], ["m0", "m1", "g0", "g1", "g2"]),
    st.builds(
        lambda guest, to, store, method: Command(
            0, "migrate", f"g{guest}", (("to", f"m{to}"), ("store", store), ("method", method))
        ),
        st.integers(0, 4), st.integers(0, 2), ONE(["", "", "st0", "st1"]), ONE(["", "", "precopy", "postcopy"]),
    ),
)  # fmt: skip
STEPS: Any = st.lists(st.one_of(COMMANDS, st.integers(1, 60 * S)), min_size=4, max_size=16)
