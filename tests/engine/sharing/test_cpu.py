from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.engine.sharing.cpu import share

SIZE = st.floats(0, 1e6)
GUEST = st.tuples(st.floats(0.1, 1e5), SIZE, SIZE)


@pytest.mark.parametrize(
    ("capacity", "weights", "caps", "expected"),
    [
        (16, [1, 1, 2], [8, 8, 8], [4, 4, 8]),
        (8, [1, 1, 1], [1, 8, 8], [1, 3.5, 3.5]),
        (8, [2, 4, 4], [2, 4, 4], [1.6, 3.2, 3.2]),
        (8, [4, 4, 4], [4, 4, 4], [8 / 3] * 3),
        (10000, [1, 1, 2], [1000, 1e5, 1e5], [1000, 3000, 6000]),
    ],
)
def test_worked_examples(capacity: Any, weights: Any, caps: Any, expected: Any) -> None:
    assert share(capacity, weights, [0] * len(caps), caps) == pytest.approx(expected, rel=1e-12)


@given(st.just(0.0) | st.floats(1e-9, 1e6), st.lists(GUEST, min_size=1, max_size=12))
def test_nobody_exceeds_and_nothing_is_left_while_somebody_wants(capacity: Any, guests: Any) -> None:
    weights, floors, caps = zip(*guests, strict=True)
    got = share(capacity, weights, floors, caps)
    assert sum(got) <= capacity * (1 + 1e-9)
    assert all(one <= cap * (1 + 1e-9) for one, cap in zip(got, caps, strict=True))
    assert sum(got) == pytest.approx(min(capacity, sum(caps)), rel=1e-9, abs=1e-300)


@given(st.floats(1, 1e6), st.lists(GUEST, min_size=2, max_size=12))
def test_who_is_below_its_cap_has_the_highest_level_or_its_floor(capacity: Any, guests: Any) -> None:
    weights, floors, caps = zip(*guests, strict=True)
    if sum(map(min, floors, caps)) >= capacity:
        return
    got = share(capacity, weights, floors, caps)
    above_floor = [g / w for g, w, f in zip(got, weights, floors, strict=True) if g > f * (1 + 1e-9)]
    hungry = [g / w for g, w, c in zip(got, weights, caps, strict=True) if g < c * (1 - 1e-9)]
    if above_floor and hungry:
        assert max(above_floor) <= min(hungry) * (1 + 1e-6)


def test_reservations_that_do_not_fit_shrink_alike() -> None:
    assert share(4, [1, 1], [4, 4], [8, 8]) == pytest.approx([2, 2])


def test_a_machine_without_capacity_gives_nothing() -> None:
    assert share(0, [1, 1], [1, 0], [2, 2]).tolist() == [0, 0]
