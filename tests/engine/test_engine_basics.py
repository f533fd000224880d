"""Clock, randomness, fingerprints, statistics."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sdx_studio.engine.clock import SECOND, Agenda, micros
from sdx_studio.engine.digest import fingerprint
from sdx_studio.engine.events import Event, Ref
from sdx_studio.engine.rng import uniform
from sdx_studio.engine.statistics import Gauges


def test_the_agenda_goes_by_time_then_priority_then_order() -> None:
    agenda = Agenda()
    for time, priority, target in [(2, 1, "d"), (1, 5, "b"), (1, 5, "c"), (1, 1, "a")]:
        agenda.put(time, priority, "ring", target)
    assert agenda.next_time() == 1
    assert [entry[2] for entry in agenda.state()] == ["ring"] * 4
    assert [taken[3][1] for _ in range(4) if (taken := agenda.due(9)) is not None] == list("abcd")
    assert agenda.next_time() is None
    assert agenda.due(9) is None


def test_a_later_plan_replaces_the_earlier_one_and_can_be_cancelled() -> None:
    agenda = Agenda()
    for time in range(2000, 0, -1):
        agenda.put(time, 1, "ring", "x")
    agenda.put(7, 1, "ring", "y")
    agenda.put(500, 1, "ring", "x")
    assert len(agenda) == 2
    assert agenda.planned("ring", "x")
    agenda.cancel("ring", "y")
    assert agenda.next_time() == 500
    assert agenda.due(499) is None
    assert agenda.due(500) == (500, 1, 2002, ("ring", "x"), None)
    assert not agenda.planned("ring", "x")


@given(st.floats(0, 1e9))
@example(562949953.5138791)
def test_microseconds_never_cut_work_short(seconds: float) -> None:
    assert -seconds * 1e-15 <= micros(seconds) / SECOND - seconds <= 2e-6 + seconds * 1e-12


def test_numbers_belong_to_their_names() -> None:
    draws = {
        uniform(seed, id, purpose, index) for seed in (1, 2) for id in "ab" for purpose in "xy" for index in (0, 1)
    }
    assert len(draws) == 16
    assert all(0 <= one < 1 for one in draws)
    assert uniform(1, "a", "x") == uniform(1, "a", "x")


def test_fingerprints_tell_values_apart_but_not_orders() -> None:
    assert fingerprint({"a": 1, "b": {2, 3}}) == fingerprint({"b": {3, 2}, "a": 1})
    different = [1, 1.0, "1", True, None, (1,), ("1", ""), ("", "1"), {1}, np.array([1.0]), Event(1, "k", "e", "t")]
    assert len({fingerprint(one) for one in different}) == len(different)
    with pytest.raises(TypeError, match="object"):
        fingerprint(object())


def test_events_know_their_seconds() -> None:
    assert Event(1_500_000, "k", "e", "{who} left", {"who": Ref("x")}).seconds == 1.5


def test_a_measure_is_a_line_between_two_settlings() -> None:
    gauges = Gauges()
    gauges.declare([("x", "used")], 0)
    gauges.put("x", "used", 10.0, 2.0)
    assert gauges.value("x", "used", 0) == 10
    gauges.settle(0)
    assert gauges.value("x", "used", 3 * SECOND) == 16
    assert gauges.statistics(4 * SECOND)[0] == (18.0, 14.0, 18.0)
    gauges.put("x", "used", 0.0)
    gauges.settle(4 * SECOND)
    assert gauges.statistics(8 * SECOND)[0] == (0.0, 7.0, 18.0)


def test_time_without_a_value_does_not_count() -> None:
    gauges = Gauges()
    gauges.declare([("x", "response")], 0)
    gauges.put("x", "response", 4.0)
    gauges.settle(0)
    gauges.put("x", "response", math.nan)
    gauges.settle(SECOND)
    last, mean, peak = gauges.statistics(10 * SECOND)[0]
    assert math.isnan(last)
    assert (mean, peak) == (4.0, 4.0)


def test_what_stays_declared_keeps_its_history() -> None:
    gauges = Gauges()
    gauges.declare([("x", "a"), ("y", "a")], 0)
    gauges.put("y", "a", 5.0)
    gauges.settle(0)
    gauges.declare([("w", "a"), ("y", "a")], 2 * SECOND)
    assert gauges.statistics(2 * SECOND)[1] == (5.0, 5.0, 5.0)
    assert gauges.statistics(3 * SECOND)[0] == (0.0, 0.0, 0.0)
