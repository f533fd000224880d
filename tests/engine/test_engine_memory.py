"""Short memory: pages that are kept once, idle pages that are taken back, pages that are swapped, and what it costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio import Session
from sdx_studio.engine.formulas import memory
from sdx_studio.engine.formulas.memory import STATES
from sdx_studio.engine.meters import memory as meter
from sdx_studio.session.run import Run

GB, MB, GIB = 1e9, 1e6, 2.0**30


def crowded(count: int, size: str = "8 GiB", active: str = "6 GiB", room: str = "64 GiB", **layer: object) -> Session:
    """One host whose hypervisor takes 4 GiB, with `count` VMs that write much."""
    s = Session()
    host = s.place("host", name="host", cores=64, memory=room)
    hypervisor = s.place("hypervisor", on=host, memory="4 GiB", **{"overcommit": 4, **layer})
    for n in range(count):
        s.place("vm", on=hypervisor, name=f"vm-{n}", memory=size, working_set=active, load=0.5, dirty_rate="20 MiB/s")
    return s


def state(run: Run, host: str = "host") -> str:
    return STATES[int(run.value(host, "memory.state"))]


def told(run: Run) -> list[str]:
    return [one.kind for one in run.events() if one.kind.startswith("memory.")]


def guests(run: Run, s: Session, measure: str) -> list[float]:
    return [run.value(id, measure) for id in s.document.having("mobile")]


def test_mem_03_the_states_of_the_published_rule() -> None:
    found = memory.memory_state(128 * GB, 1000 * MB)
    assert found.minfree == pytest.approx(1923 * MB)
    assert found.free_fraction_of_minfree == pytest.approx(0.52, abs=0.001)
    assert found.state == "soft"
    assert tuple(memory.memory_state(128 * GB, share * found.minfree).state for share in (1.1, 0.9, 0.6, 0.3, 0.1)) == (
        STATES
    )


def test_mem_05_balloon_30_and_swap_6() -> None:
    """60 GiB for VMs of 96, of which 66 are active: the host is hard, and every VM waits for what is swapped."""
    taken = memory.take_back(64 * GIB, 4 * GIB, [8 * GIB] * 12, [5.5 * GIB] * 12, [0.0] * 12)
    assert (taken.balloon, taken.swap, taken.shared) == (30 * GIB, 6 * GIB, 0.0)
    assert taken.state == "hard"
    s = crowded(12, active="5.5 GiB")
    run = s.run(until=10)
    over = sum(one.memory_overhead for one in run.world.plant.parts.guests.values())
    assert run.value("host", "memory.balloon") == pytest.approx(30 * GIB)
    assert run.value("host", "memory.swap") == pytest.approx(6 * GIB + over)
    assert state(run) == "hard"
    assert sum(guests(run, s, "memory.balloon")) == pytest.approx(30 * GIB)
    assert sum(guests(run, s, "memory.swap")) == pytest.approx(6 * GIB + over)
    (slowed,) = set(guests(run, s, "memory.slowdown"))
    faults = run.value("vm-0", "memory.swap") / (5.5 * GIB + over / 12) * 20 * 2**20 / 4096
    assert slowed == pytest.approx(1 - memory.swap_bound_speed(faults, 0.005))
    assert slowed > 0.5
    assert run.value("vm-0", "cpu.grant") == pytest.approx(1.0 * (1 - slowed))


def test_pages_that_are_alike_are_kept_once_before_anything_is_taken_back() -> None:
    """Nine VMs of 8 GiB in 60: 12 GiB are missing and 1.03 more to be free; eight share 1.2 GiB each."""
    s = crowded(9, sharing=0.15)
    run = s.run(until=10)
    used = run.world.plant.memory_used(s.document.find("host"))
    assert run.value("host", "memory.shared") == pytest.approx(8 * 1.2 * GIB)
    assert run.value("host", "memory.balloon") == pytest.approx(used - 64 * GIB - run.value("host", "memory.shared"))
    assert run.value("host", "memory.swap") == 0
    assert guests(run, s, "memory.shared")[0] == 0, "the first of a family has nobody to share with"
    assert sum(guests(run, s, "memory.shared")) == pytest.approx(run.value("host", "memory.shared"))
    assert told(run) == ["memory.sharing", "memory.ballooning"]
    assert set(guests(run, s, "memory.slowdown")) == {0.0}


def test_only_guests_with_an_os_of_the_same_family_share() -> None:
    s = crowded(9, sharing=0.2)
    for number, id in enumerate(s.document.having("mobile")):
        s.place("os", on=id, family=("linux", "windows", "bsd")[number % 3])
    shared = guests(s.run(until=10), s, "memory.shared")
    assert [one > 0 for one in shared] == [False] * 3 + [True] * 6
    assert s.run(until=10).value("host", "memory.shared") == pytest.approx(6 * 1.6 * GIB)


def test_sharing_is_off_unless_somebody_asks_for_it() -> None:
    s = crowded(9)
    run = s.run(until=10)
    assert run.value("host", "memory.shared") == 0
    assert not run.events("memory.sharing")


@pytest.mark.parametrize(("count", "expected"), [(0, "high"), (5, "high"), (7, "clear"), (8, "soft"), (11, "hard")])
def test_more_and_more_vms_bring_a_host_from_state_to_state(count: int, expected: str) -> None:
    assert state(crowded(count, size="8.4 GiB").run(until=5)) == expected


def test_one_that_swaps_more_than_half_of_the_active_pages_takes_no_further_guest() -> None:
    s = crowded(12, size="16 GiB", active="16 GiB")
    late = s.document.having("mobile")[0]
    s.set(late, powered=False)
    s.do("power_on", late, at=5)
    run = s.run(until=10)
    assert state(run) == "low"
    assert run.events("memory.blocked")[0].bytes > 0.5 * 11 * 16 * GIB
    assert [one.reason for one in run.events("command.refused")] == ["The machine has not enough free memory."]
    assert run.world.plant.memory_free(s.document.find("host")) == 0


def test_a_guest_that_leaves_gives_the_others_their_speed_back() -> None:
    s = crowded(11)
    for place, id in enumerate(s.document.having("mobile")[:5]):
        s.do("power_off", id, at=5 + place)
    run = s.run(until=10)
    assert told(run) == ["memory.swapping", "memory.ballooning", "memory.relieved"]
    assert state(run) == "high"
    assert set(guests(run, s, "memory.slowdown")) == {0.0}
    assert set(guests(run, s, "memory.balloon")) == {0.0}


def test_small_machines_keep_free_in_proportion() -> None:
    assert memory.least_free(28 * GB) == pytest.approx(memory.minfree(28 * GB))
    assert memory.least_free(14 * GB) == pytest.approx(449.5 * MB)
    assert memory.least_free(72 * GB) == memory.minfree(72 * GB)


sizes = st.lists(
    st.tuples(st.floats(0.1, 64), st.floats(0, 1), st.floats(0, 0.5)).map(
        lambda one: (one[0] * GIB, one[0] * one[1] * GIB, one[0] * one[2] * GIB)
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@given(room=st.floats(8, 256), reserve=st.floats(0, 4), vms=sizes)
def test_what_is_shared_ballooned_and_swapped_is_what_is_missing(
    room: float, reserve: float, vms: list[tuple[float, float, float]]
) -> None:
    configured, active, same = map(list, zip(*vms, strict=True))
    room, reserve = room * GIB, reserve * GIB
    taken = memory.take_back(room, reserve, configured, active, same)
    need = max(0.0, sum(configured) + reserve - room)
    assert min(taken.shared, taken.balloon, taken.swap) >= 0
    assert taken.shared <= sum(same) * (1 + 1e-9)
    assert taken.balloon + taken.swap == pytest.approx(max(0.0, need - taken.shared), abs=1e3)
    assert min(need, taken.shared) + taken.balloon + taken.swap == pytest.approx(need, abs=1e3)
    assert taken.balloon <= (sum(configured) - sum(active)) * taken.own + 1e3
    if taken.balloon + taken.swap > 1e3:
        assert taken.shared == pytest.approx(sum(same)), "nothing is taken back while something can be shared"
    order = ("high", "clear", "soft", "hard", "low").index(taken.state)
    assert (order >= 2) == (taken.balloon + taken.swap > 0)
    assert (order >= 3) == (taken.swap > 0)


@given(counts=st.lists(st.integers(0, 12), min_size=2, max_size=4), sharing=st.sampled_from([0, 0.1, 0.5]))
def test_the_roster_agrees_with_the_meter_whatever_comes_and_goes(counts: list[int], sharing: float) -> None:
    s = crowded(12, sharing=sharing)
    vms = s.document.having("mobile")
    for moment, count in enumerate(counts):
        for place, id in enumerate(vms):
            s.do("power_on" if place < count else "power_off", id, at=moment * 40.0 + 0.5)
    run = s.run(until=len(counts) * 40.0)
    for measure in ("memory.shared", "memory.balloon", "memory.swap"):
        assert sum(guests(run, s, measure)) == pytest.approx(run.value("host", measure), abs=1e3)
    plant = run.world.plant
    missing = max(0.0, plant.memory_used(s.document.find("host")) - 64 * GIB)
    taken = [run.value("host", f"memory.{name}") for name in ("shared", "balloon", "swap")]
    assert min(taken[0], missing) + taken[1] + taken[2] == pytest.approx(missing, abs=1e3)


def test_the_meter_only_reads() -> None:
    run = crowded(12).run(until=1)
    before = run.world.state_hash()
    meter.settle(run.world.plant, None)
    assert run.world.state_hash() == before
