"""Consolidation in a running world: emptied hosts sleep, crowded ones are relieved, and it costs what it says."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdx_studio.engine.parts import Command, Guest, Load, Machine, Part, Steering, Trace
from sdx_studio.engine.policies.overload import detectors
from sdx_studio.engine.policies.selection import selections
from sdx_studio.engine.steering.board import Guests, Hosts, Rules
from sdx_studio.engine.steering.planner import Round
from sdx_studio.engine.world import World

GB = 1e9
WATTS = tuple(100.0 + 10 * step for step in range(11))


def machines(count: int, memory: float = 100 * GB) -> list[Part]:
    return [Machine(f"m{number}", 4, memory, WATTS) for number in range(count)]


def guest(id: str, host: str, load: float | Trace, memory: float = GB) -> Guest:
    return Guest(id, host, 2, load if isinstance(load, Trace) else Load(load), memory, migrates=True)


def world(parts: Sequence[Part], count: int, **rules: object) -> World:
    settings = {"parameter": 0.8, "every": 100.0, **rules}
    return World([*parts, Steering("st", tuple(f"m{number}" for number in range(count)), **settings)])  # type: ignore[arg-type]


def test_two_little_used_hosts_become_one_and_the_other_sleeps() -> None:
    made = world([*machines(2), guest("a", "m0", 0.2), guest("b", "m1", 0.3)], 2)
    made.advance(99_000_000)
    assert made.measures()["m0"]["power"].last == 110.0
    made.advance(200_000_000)
    assert made.plant.guests["a"].place == "m1"
    assert made.plant.off == {"m0"}
    assert made.measures()["m0"]["power"].last == 0.0
    told = [one for one in made.events if one.kind == "consolidation.move"]
    assert [(one.element, one.figures["to"], one.figures["total"]) for one in told] == [("a", "m1", 16.0)]
    assert "sleep" in str(told[0].figures["reason"])
    assert made.totals()["migrations"] == 1


def test_a_copy_takes_memory_over_its_share_of_the_link_and_a_tenth_of_the_cpu() -> None:
    made = world([*machines(2), guest("a", "m0", 0.2), guest("b", "m1", 0.3)], 2, share=0.25)
    made.advance(131_000_000)
    assert made.plant.guests["a"].place == "m0"
    assert made.measures()["a"]["cpu.grant"].last == pytest.approx(0.9 * 0.4)
    made.advance(133_000_000)
    assert made.plant.guests["a"].place == "m1"
    assert made.measures()["a"]["cpu.grant"].last == pytest.approx(0.4)
    lost = 0.1 * 0.4 * 32
    assert made.totals()["pdm"] == pytest.approx((lost / (0.4 * 133) + 0) / 2)


def test_an_overloaded_host_is_relieved_and_a_sleeping_one_woken() -> None:
    rising = Trace.of([0.2, 0.2, 1.0], 100.0)
    loads: list[tuple[str, float | Trace]] = [("a", 0.2), ("b", 0.2), ("c", rising), ("d", rising)]
    made = world([*machines(2), *(guest(id, "m0", load) for id, load in loads)], 2)
    made.advance(150_000_000)
    assert made.plant.off == {"m1"}
    made.advance(250_000_000)
    assert made.plant.off == set()
    assert [one.kind for one in made.events].count("host.awake") == 1
    assert {made.plant.guests[id].place for id, _load in loads} == {"m0", "m1"}


def test_memory_decides_where_guests_fit() -> None:
    made = world([*machines(2, 10 * GB), guest("a", "m0", 0.1, 6 * GB), guest("b", "m1", 0.1, 6 * GB)], 2)
    made.advance(500_000_000)
    assert made.totals()["migrations"] == 0
    light = world(
        [*machines(2, 10 * GB), guest("a", "m0", 0.1, 6 * GB), guest("b", "m1", 0.1, 6 * GB)], 2, quirks=("weightless",)
    )
    light.advance(500_000_000)
    assert light.totals()["migrations"] == 1


def test_time_at_full_load_is_slatah() -> None:
    half = Trace.of([0.5, 1.0], 100.0)
    parts: list[Part] = [Machine("m0", 2, 10 * GB, WATTS), guest("a", "m0", half), guest("b", "m0", 0.4)]
    made = world(parts, 1)
    made.advance(400_000_000)
    assert made.totals()["slatah"] == pytest.approx(0.5)
    assert made.totals()["slav"] == 0.0


def test_policies_without_moves() -> None:
    parts: list[Part] = [*machines(2), guest("a", "m0", 0.5)]
    still = world(parts, 2, detector="dvfs")
    still.advance(1_000_000_000)
    assert still.plant.off == {"m1"}
    full = world(parts, 2, detector="none")
    full.advance(1_000_000_000)
    assert full.measures()["m1"]["energy"].last == pytest.approx(200 * 1000 / 3.6e6)


def test_a_guest_that_asks_for_nothing_vanishes_only_with_the_quirk() -> None:
    parts: list[Part] = [*machines(1), guest("a", "m0", Trace.of([0.5, 0.0, 0.0, 0.5], 100.0)), guest("b", "m0", 0.1)]
    for quirks, left in (((), 2), (("vanish",), 1)):
        made = world(parts, 1, quirks=quirks)
        made.advance(350_000_000)
        assert made.measures()["m0"]["guests"].last == left


def test_somebody_who_switches_a_host_off_is_not_overruled() -> None:
    made = world([*machines(3), guest("a", "m0", 0.2), guest("b", "m1", 0.3)], 3)
    made.availability.switch_off("m2")
    made.advance(500_000_000)
    assert made.plant.off == {"m0", "m2"}
    made.availability.fail("m1")
    made.advance(1_000_000_000)
    assert made.plant.off == {"m0", "m2"}


def test_a_copy_whose_target_fails_is_given_up() -> None:
    made = world([*machines(2), guest("a", "m0", 0.2), guest("b", "m1", 0.3)], 2)
    made.advance(105_000_000)
    made.availability.fail("m1")
    made.advance(150_000_000)
    assert made.plant.guests["a"].place == "m0"
    assert [one.kind for one in made.events].count("migration.failed") == 1
    assert made.measures()["a"]["cpu.grant"].last == pytest.approx(0.4)


def test_a_target_that_is_switched_off_during_a_copy_holds_nothing() -> None:
    made = world([*machines(2), guest("a", "m0", 0.2), guest("b", "m1", 0.3)], 2)
    made.advance(105_000_000)
    made.do(Command(0, "power_off", "m1"))
    made.advance(150_000_000)
    assert made.measures()["m1"]["memory.used"].last == 0.0
    assert not any(made.plant.incoming.values())


def test_equal_runs_and_restored_runs_are_equal() -> None:
    traces = [Trace.of([0.1 * (one + step) % 1 for step in range(7)], 100.0) for one in range(9)]
    parts = machines(4) + [guest(f"g{one}", f"m{one % 4}", trace) for one, trace in enumerate(traces)]
    one, other = world(parts, 4, selection="rs"), world(list(reversed(parts)), 4, selection="rs")
    one.advance(1_000_000_000)
    saved = World.restore(one.checkpoint())
    for made in (one, other, saved):
        made.advance(3_000_000_000)
    assert one.state_hash() == other.state_hash() == saved.state_hash()


def test_edits_while_running_keep_what_is_known() -> None:
    made = world([*machines(3), guest("a", "m0", 0.2), guest("b", "m1", 0.3)], 3)
    made.advance(150_000_000)
    made.revise([guest("c", "m1", 0.2), *machines(4)[3:]], [(Guest, "a")])
    made.advance(600_000_000)
    assert made.plant.off == {"m0", "m2"}


def test_hosts_wake_when_nobody_looks_after_them_any_more() -> None:
    made = world([*machines(2), guest("a", "m0", 0.2), guest("b", "m1", 0.3)], 2)
    made.advance(200_000_000)
    assert made.plant.off == {"m0"}
    made.revise([], [(Steering, "st")])
    assert made.plant.off == set()
    assert made.measures()["m0"]["power"].last == 100.0
    made.advance(1_000_000_000)
    assert made.plant.guests["a"].place == "m1"


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1), st.floats(1, 40)), min_size=1, max_size=14),
       st.sampled_from(sorted(detectors())), st.sampled_from(sorted(selections())), st.booleans())  # fmt: skip
def test_no_round_overfills_a_host(
    drawn: list[tuple[int, float, float]], detector: str, selection: str, twice: bool
) -> None:
    drawn.sort(key=lambda one: one[0])
    host, load, memory = (np.array(column) for column in zip(*drawn, strict=True))
    capacity = np.full(5, 2000.0)
    free = np.maximum(0.0, 100.0 - np.bincount(host, memory, 5))
    columns = Hosts(
        capacity, np.full(5, 1000.0), free, np.tile(WATTS, (5, 1)), np.zeros(5, np.intp),
        np.bincount(host, minlength=5) == 0, np.zeros(5, bool),
    )  # fmt: skip
    size = np.full(len(host), 1000.0)
    past = np.tile(load[:, np.newaxis], (1, 30))
    guests = Guests(host.astype(np.intp), load * 1000, np.ones(len(host)), size, memory, load >= 0, past, 30)
    policy = detectors()[detector]
    work = Round(columns, guests, Rules(policy, policy.PARAMETER), selections()[selection], twice)
    moves = work.decide(lambda place: (place * 0.37) % 1)
    came = np.zeros(5)
    place = {number: int(one) for number, one in enumerate(host)}
    for move in moves:
        assert move.target != place[move.guest]
        place[move.guest] = move.target
        came[move.target] += memory[move.guest]
    assert (came <= free + 1e-9).all()
    assert not {move.target for move in moves} & set(work.crowded)
    assert twice or len({move.guest for move in moves}) == len(moves)
