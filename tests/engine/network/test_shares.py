"""Shares solved only where a change is felt are those of solving everything at once."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.network.shares import EVEN, Shares, ceiling
from sdx_studio.engine.sharing.maxmin import Demands, fill

LEGS = 8
RATES = st.sampled_from([0.0, 1.0, 2.5, 4.0, 10.0, inf])
LEG_SETS = st.sets(st.integers(0, LEGS - 1), min_size=0, max_size=4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.integers(0, 19), LEG_SETS, RATES, st.sampled_from([0.5, 1.0, 3.0])),
        st.tuples(st.just("leave"), st.integers(0, 19)),
        st.tuples(st.just("cap"), st.integers(0, 19), RATES),
        st.tuples(st.just("room"), st.integers(0, LEGS - 1), st.sampled_from([0.0, 1.0, 5.0, 12.0])),
        st.tuples(st.just("promise"), st.integers(0, 19), st.sampled_from([0.0, 0.1, 0.3])),
    ),
    max_size=40,
)


def flow(number: int, legs: set[int], cap: float, weight: float) -> Flow:
    made = Flow(("t", f"{number:02d}"), "a", "b", cap=cap if legs else min(cap, 1.0), weight=weight)
    made.blocked, made.legs = False, tuple(sorted(legs))
    made.factors = tuple(1.0 + leg % 2 for leg in made.legs) if number % 3 == 0 else None
    return made


def at_once(flows: dict[int, Flow], rooms: list[float]) -> list[float]:
    ones = list(flows.values())
    return fill(
        Demands(
            [one.legs for one in ones], [one.weight for one in ones], [ceiling(one) for one in ones],
            [one.promised for one in ones], [one.factors for one in ones], [one.rank for one in ones],
        ),
        rooms,
    )  # fmt: skip


@given(STEPS)
def test_step_by_step_is_at_once(steps: list[tuple]) -> None:
    rooms = [10.0, 10.0, 4.0, 7.0, 1.0, 25.0, 10.0, 3.0]
    shares, flows = Shares(), dict[int, Flow]()
    shares.arrange(rooms)
    for step in steps:
        what, number = step[0], step[1]
        if what == "join":
            if number in flows:
                shares.leave(flows[number])
            flows[number] = flow(number, *step[2:])
            shares.join(flows[number])
        elif what == "room":
            rooms = [step[2] if leg == number else room for leg, room in enumerate(rooms)]
            shares.measure(rooms)
        elif number in flows and what == "leave":
            shares.leave(flows.pop(number))
        elif number in flows and what == "cap":
            flows[number].cap = step[2] if flows[number].legs else 1.0
            shares.touch(flows[number])
        elif number in flows:
            shares.leave(flows[number])
            flows[number].promised = step[2]
            shares.join(flows[number])
        shares.settle()
        wanted = at_once(flows, rooms)
        assert [one.rate for one in flows.values()] == [pytest.approx(rate, rel=1e-6, abs=1e-6) for rate in wanted]
        for leg, room in enumerate(rooms):
            used = sum(one.rate * (1.0 + leg % 2 if one.factors else 1.0) for one in flows.values() if leg in one.legs)
            assert shares.load(leg) == pytest.approx(used, rel=1e-9, abs=1e-12)
            assert used <= room * (1 + 4 * EVEN) + 1e-12


def test_what_nobody_feels_is_not_touched() -> None:
    shares = Shares()
    shares.arrange([10.0, 10.0])
    here, there = flow(1, {0}, inf, 1.0), flow(2, {1}, inf, 1.0)
    for one in (here, there):
        shares.join(one)
    changed, _legs = shares.settle()
    assert changed == [here, there]
    other = flow(4, {1}, 2.0, 1.0)
    shares.join(other)
    changed, legs = shares.settle()
    assert (changed, legs) == ([there, other], {1})
    assert (here.rate, there.rate, other.rate) == (10.0, 8.0, 2.0)


def test_a_leg_taken_twice_carries_twice() -> None:
    shares = Shares()
    shares.arrange([10.0, 10.0])
    one = flow(1, {0, 1}, inf, 1.0)
    one.legs = (0, 1, 0)
    shares.join(one)
    shares.settle()
    assert (one.rate, shares.usage[0], shares.usage[1]) == (5.0, 10.0, 5.0)
    shares.leave(one)
    shares.settle()
    assert shares.usage.tolist() == [0.0, 0.0]


@given(st.lists(st.tuples(st.integers(0, 6), st.floats(0.1, 9.7)), min_size=1, max_size=60))
def test_a_leg_that_nobody_uses_carries_nothing_at_all(changes: list[tuple[int, float]]) -> None:
    shares, flows = Shares(), dict[int, Flow]()
    shares.arrange([1e9 / 3, 1e8])
    for number, cap in changes:
        if number in flows:
            shares.leave(flows.pop(number))
        else:
            flows[number] = flow(number, {0, 1}, cap * 1e7, 0.7)
            shares.join(flows[number])
        shares.settle()
    for one in flows.values():
        shares.leave(one)
    shares.settle()
    assert shares.usage.tolist() == [0.0, 0.0]
