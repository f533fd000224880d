"""Random infrastructures, most of them nonsense: parts of every type that refer to anything or nothing."""

from typing import Any

from hypothesis import strategies as st

from sdx_studio.engine.formulas.migration import Brake
from sdx_studio.engine.parts import (
    Area,
    Cable,
    Command,
    Controller,
    Device,
    Group,
    Guest,
    Layer,
    Lease,
    Load,
    Machine,
    MigrationStyle,
    Node,
    Package,
    Replica,
    Segment,
    Sprawl,
    Steering,
    Store,
    Trace,
    Traffic,
    Users,
    Volume,
)
from sdx_studio.engine.verbs import verbs

S = 1_000_000
GIB = 2.0**30
IDS = [f"x{at}" for at in range(9)]
NAMES: Any = st.sampled_from(IDS)
ANYBODY: Any = st.sampled_from([*IDS, "nobody", ""])
MAYBE: Any = st.one_of(st.none(), ANYBODY)
FLAG: Any = st.booleans()
RATIO: Any = st.sampled_from([0.0, 0.1, 0.5, 0.8, 1.0])
BYTES: Any = st.sampled_from([0.0, 1.0, 4096.0, 1e6, GIB, 4 * GIB, 64 * GIB, 1e13])
BITS: Any = st.sampled_from([0.0, 1e3, 1e6, 1e9, 4e10])
CORES: Any = st.sampled_from([0.0, 0.5, 1.0, 4.0, 16.0])
SECONDS: Any = st.sampled_from([0.0, 1e-6, 0.005, 0.3, 1.0, 7.0, 60.0])
SOME: Any = st.sampled_from([1e-6, 0.3, 1.0, 7.0, 300.0])
LOADS: Any = st.one_of(
    st.builds(Load, RATIO, st.sampled_from(["steady", "wave", "bursty", "day"]), RATIO,
              st.sampled_from([0.5, 5.0, 600.0])),
    st.builds(Trace.of, st.lists(RATIO, min_size=1, max_size=5), st.sampled_from([0.5, 3.0, 300.0]), FLAG, FLAG),
)  # fmt: skip
STYLES: Any = st.builds(
    MigrationStyle, method=st.sampled_from(["precopy", "postcopy"]), brake=st.sampled_from([None, Brake()]),
    linear=FLAG, setup=SECONDS, resume=SECONDS, cpu_left=RATIO, limit=st.sampled_from([None, 1, 2]), reserve=BITS,
    faults=RATIO,
)  # fmt: skip
RAMP = tuple(100.0 + 10 * at for at in range(11))

SORTS: dict[str, Any] = {
    "machine": st.builds(Machine, NAMES, CORES, BYTES, st.sampled_from([(0.0,) * 11, RAMP]), MAYBE, FLAG,
                         st.sampled_from(["", "a", "b"]), st.sampled_from([0.5, 1.0, 2.0])),
    "layer": st.builds(Layer, NAMES, ANYBODY, RATIO, BYTES, st.sampled_from([1.0, 1.5]), st.one_of(st.none(), STYLES)),
    "guest": st.builds(
        Guest, NAMES, MAYBE, CORES, LOADS, BYTES, st.sampled_from([0.0, 1000.0]), CORES,
        st.one_of(st.none(), CORES), BYTES, BYTES, BYTES, MAYBE, st.sampled_from([0.0, 40.0, 1e5]), BYTES, RATIO,
        st.one_of(st.none(), LOADS.filter(lambda one: isinstance(one, Trace))), FLAG,
        st.sampled_from([0.0, 1000.0]), FLAG, FLAG, SECONDS, FLAG, st.sampled_from([0.0, 1.0, 4.0, float("inf")]),
    ),
    "node": st.builds(Node, NAMES, st.sampled_from(["end", "bridging", "routing", "programmed"]), st.integers(0, 3),
                      SECONDS, SECONDS, st.one_of(st.none(), st.sampled_from([1e8, 1e11])), FLAG),
    "cable": st.builds(Cable, NAMES, ANYBODY, ANYBODY, BITS, SECONDS,
                       st.sampled_from([None, (), (1,), (1, 2), (2,)]),
                       st.sampled_from(["ethernet", "storage", "control", "wan", "wireless"]), FLAG),
    "traffic": st.builds(Traffic, NAMES, ANYBODY, ANYBODY, st.one_of(st.none(), BITS), st.one_of(st.none(), BYTES),
                         st.sampled_from([0.5, 1.0, 3.0]), BITS, st.integers(0, 2), st.sampled_from([None, 1, 2, 9]),
                         SECONDS, st.one_of(st.none(), LOADS)),
    "store": st.builds(Store, NAMES, st.sampled_from([1.0, 4.0]), st.sampled_from([0.0, 0.5, 1.0]), BYTES, MAYBE, FLAG,
                       RATIO, SECONDS, BYTES),
    "device": st.builds(Device, NAMES, MAYBE, st.sampled_from([0.0, 180.0]), st.sampled_from([0.0, 180.0]), BYTES,
                        BYTES, SECONDS, SECONDS, st.one_of(st.none(), BYTES)),
    "volume": st.builds(Volume, NAMES, MAYBE, BYTES, FLAG, BYTES, BYTES),
    "area": st.builds(Area, NAMES, MAYBE, st.sampled_from([1.0, 2.0]), RATIO, RATIO, BYTES),
    "segment": st.builds(Segment, NAMES, st.integers(1, 3)),
    "group": st.builds(Group, NAMES, st.lists(ANYBODY, max_size=4).map(tuple), FLAG, SECONDS, SECONDS,
                       st.integers(0, 3)),
    "controller": st.builds(Controller, NAMES, SECONDS, SECONDS, SECONDS, SECONDS, SECONDS, FLAG),
    "steering": st.builds(Steering, NAMES, st.lists(ANYBODY, max_size=4).map(tuple),
                          st.sampled_from(["thr", "iqr", "mad", "lr", "lrr", "dvfs", "none"]), RATIO,
                          st.sampled_from(["mmt", "rs", "mc", "mu"]), st.sampled_from([1.0, 5.0, 300.0]), BITS, RATIO),
    "users": st.builds(Users, NAMES, ANYBODY, MAYBE, st.integers(0, 500), SECONDS, SECONDS, BITS, LOADS, SECONDS),
    "package": st.builds(Package, NAMES, ANYBODY, ANYBODY, BYTES, RATIO, SECONDS),
    "replica": st.builds(Replica, NAMES, ANYBODY, ANYBODY, SOME, BYTES, BYTES, st.sampled_from([0.1, 0.74]),
                         st.sampled_from(["async", "sync"]), st.sampled_from([1.0, 16.0]),
                         st.lists(ANYBODY, max_size=2).map(tuple), SECONDS, SECONDS, st.sampled_from([1, 10]), SECONDS),
    "sprawl": st.builds(
        Sprawl, NAMES, st.lists(ANYBODY, max_size=3).map(tuple),
        st.builds(Guest, NAMES, st.none(), CORES, LOADS, BYTES, migrates=st.just(True)),
        st.sampled_from([0.0, 0.01, 0.3, 2.0]), FLAG, RATIO, RATIO, RATIO, RATIO, st.integers(0, 2),
    ),
    "lease": st.builds(
        Lease, NAMES, st.lists(ANYBODY, max_size=3).map(tuple), st.one_of(st.none(), SECONDS), FLAG,
        st.one_of(st.none(), SECONDS), RATIO, BITS, SECONDS, SECONDS, st.sampled_from([1.0, 7.0]),
    ),
}  # fmt: skip
PARTS: Any = st.lists(st.one_of(*SORTS.values()), max_size=30)
FIGURES: Any = st.builds(
    lambda to, store, method, planned: (("to", to), ("store", store), ("method", method), ("planned", planned)),
    ANYBODY, st.sampled_from(["", "", *IDS]), st.sampled_from(["", "precopy", "postcopy"]),
    st.sampled_from(["no", "yes"]),
)  # fmt: skip
VERBS: Any = st.sampled_from([*sorted(verbs()), "dance"])
COMMANDS: Any = st.builds(Command, st.integers(0, 90 * S), VERBS, ANYBODY, FIGURES)
STEPS: Any = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(0, 40 * S)),
        st.tuples(st.just("do"), COMMANDS),
        st.tuples(st.just("change"), st.one_of(*SORTS.values())),
        st.tuples(st.just("remove"), NAMES),
    ),
    max_size=8,
)
