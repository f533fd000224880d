"""Rates against a literal progressive filling, and the worked examples of the field."""

from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdx_studio.engine.sharing.heap import fill_indexed
from sdx_studio.engine.sharing.maxmin import Demands, fill
from sdx_studio.engine.sharing.parallel import fill_parallel


def literal(paths: Any, weights: Any, caps: Any, floors: Any, factors: Any, capacities: Any) -> Any:
    """One common level rises from break to break; every flow and resource is looked at each time."""
    done = {}
    level = 0.0

    def rate(flow: Any, at: Any) -> Any:
        return done.get(flow, min(max(weights[flow] * at, floors[flow]), caps[flow]))

    def used(resource: Any, at: Any) -> Any:
        return sum(
            rate(flow, at) * factors[flow][place]
            for flow, path in enumerate(paths)
            for place, one in enumerate(path)
            if one == resource
        )

    def full_at(resource: Any) -> Any:
        if used(resource, 1e12) <= capacities[resource] * (1 + 1e-12):
            return inf
        low, high = level, 1e12
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if used(resource, middle) < capacities[resource] else (low, middle)
        return high

    while len(done) < len(paths):
        times = {resource: full_at(resource) for resource in {one for path in paths for one in path}}
        level = min(times.values(), default=inf)
        for flow, path in enumerate(paths):
            if flow not in done and (level == inf or any(times[one] <= level * (1 + 1e-9) for one in path)):
                done[flow] = rate(flow, level if level < inf else 1e12)
    return [done[flow] for flow in range(len(paths))]


@st.composite
def problems(draw: Any, floored: Any = True) -> Any:
    count = draw(st.integers(1, 6))
    capacities = draw(st.lists(st.floats(1, 1e3), min_size=count, max_size=count))
    flows = draw(st.integers(1, 9))
    paths = [draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=count, unique=True)) for _ in range(flows)]
    weights = draw(st.lists(st.floats(0.1, 10), min_size=flows, max_size=flows))
    caps = draw(st.lists(st.floats(0.1, 1e3), min_size=flows, max_size=flows))
    factors = [draw(st.lists(st.floats(0.1, 2), min_size=len(path), max_size=len(path))) for path in paths]
    floor = min(capacities) / flows / 4
    floors = [draw(st.sampled_from([0.0, min(floor, cap)])) if floored else 0.0 for cap in caps]
    return paths, weights, caps, floors, factors, capacities


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_indexed_filling_equals_the_literal_one(problem: Any) -> None:
    assert fill_indexed(*problem) == pytest.approx(literal(*problem), rel=1e-6)


@settings(max_examples=60, deadline=None)
@given(problems(floored=False))
def test_the_parallel_filling_equals_the_indexed_one(problem: Any) -> None:
    paths, weights, caps, _, factors, capacities = problem
    assert fill_parallel(paths, weights, caps, factors, capacities) == pytest.approx(
        fill_indexed(paths, weights, caps, None, factors, capacities), rel=1e-9
    )


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_no_resource_is_oversold_whatever_the_classes(problem: Any, data: Any) -> None:
    paths, weights, caps, floors, factors, capacities = problem
    classes = data.draw(st.lists(st.integers(0, 2), min_size=len(paths), max_size=len(paths)))
    rates = fill(Demands(paths, weights, caps, floors, factors, classes), capacities)
    for resource, capacity in enumerate(capacities):
        used = sum(
            rate * factors[flow][path.index(resource)]
            for flow, (path, rate) in enumerate(zip(paths, rates, strict=True))
            if resource in path
        )
        assert used <= capacity * (1 + 1e-9)


G = [inf] * 3


@pytest.mark.parametrize(
    ("demands", "capacities", "expected"),
    [
        (Demands([[0, 1], [0], [1]], [1] * 3, G), [1, 1], [0.5, 0.5, 0.5]),
        (Demands([[0, 1], [0], [0]], [1] * 3, G), [10, 1], [1, 4.5, 4.5]),
        (Demands([[0, 1], [0, 2], [1, 2], [0]], [1] * 4, [inf] * 4), [10, 4, 6], [2, 4, 2, 4]),
        (Demands([[0]] * 3, [1] * 3, G, floors=[0.6, 0, 0]), [1], [0.6, 0.2, 0.2]),
        (Demands([[0]] * 3, [1] * 3, [0.3, inf, inf], classes=[1, 0, 0]), [1], [0.3, 0.35, 0.35]),
        (Demands([[0]] * 2, [1] * 2, G[:2], classes=[1, 0]), [1], [1, 0]),
        (Demands([[0]] * 2, [1] * 2, G[:2], floors=[0, 0.2], classes=[1, 0]), [1], [0.8, 0.2]),
        (Demands([[0]] * 2, [1] * 2, G[:2], floors=[0.9, 0.6]), [1], [0.6, 0.4]),
        (Demands([[], [0]], [1] * 2, [5, 5]), [1], [5, 1]),
        (Demands([[0], [0]], [1] * 2, [0, 5]), [1], [0, 1]),
        (Demands([[0], [0]], [1] * 2, [5, 5]), [0], [0, 0]),
    ],
)
def test_worked_examples(demands: Any, capacities: Any, expected: Any) -> None:
    assert fill(demands, capacities) == pytest.approx(expected, rel=1e-12)


def test_many_flows_on_one_resource_share_it_alike() -> None:
    assert fill(Demands([[0]] * 1000, [1.0] * 1000, [inf] * 1000), [1e12]) == pytest.approx([1e9] * 1000)
