"""Policies of consolidation: overload by figures worked out by hand, selections, and the best fit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.engine.policies.overload import detectors
from sdx_studio.engine.policies.overload.iqr import interquartile
from sdx_studio.engine.policies.overload.lr import TRICUBE, forecast
from sdx_studio.engine.policies.overload.lrr import robust
from sdx_studio.engine.policies.overload.mad import deviation
from sdx_studio.engine.policies.placement import power_aware
from sdx_studio.engine.policies.records import LENGTH, lengths
from sdx_studio.engine.policies.selection import Candidates, selections

G4 = (86.0, 89.4, 92.6, 96.0, 99.5, 102.0, 106.0, 108.0, 112.0, 114.0, 117.0)


def history(*newest_first: float) -> np.ndarray:
    row = np.zeros((1, LENGTH))
    row[0, : len(newest_first)] = newest_first
    return row


def overloaded(key: str, share: float, past: np.ndarray, parameter: float | None = None, plain: bool = False) -> bool:
    detector = detectors()[key]
    number = detector.PARAMETER if parameter is None else parameter
    return bool(detector.overloaded(np.array([share * 10]), np.array([10.0]), past, number, plain)[0])


def test_all_are_found() -> None:
    assert list(detectors()) == ["iqr", "lr", "lrr", "mad", "thr"]
    assert list(selections()) == ["mc", "mmt", "mu", "rs"]


def test_threshold() -> None:
    assert not overloaded("thr", 0.8, history(), 0.8)
    assert overloaded("thr", 0.801, history(), 0.8)


def test_quartiles_of_twelve() -> None:
    """Samples 1 … 12: the third and the tenth of them lie at (n + 1)/4 and 3(n + 1)/4."""
    assert interquartile(np.arange(1.0, 13.0)[np.newaxis])[0] == 7.0


def test_interquartile_lowers_the_limit() -> None:
    past = history(*[0.4, 0.6] * 6)
    assert interquartile(past[:, :12])[0] == pytest.approx(0.2)
    assert overloaded("iqr", 0.71, past, 1.5)
    assert not overloaded("iqr", 0.69, past, 1.5)


def test_median_deviation() -> None:
    assert deviation(np.array([[1.0, 1, 2, 2, 4, 6, 9]]))[0] == 1.0
    assert deviation(np.array([[1.0, 2, 3, 4]]))[0] == pytest.approx(np.median([1.5, 0.5, 0.5, 1.5]))
    past = history(*[0.3, 0.5] * 6)
    assert overloaded("mad", 0.76, past, 2.5)
    assert not overloaded("mad", 0.74, past, 2.5)


@pytest.mark.parametrize("key", ["iqr", "mad", "lr", "lrr"])
def test_short_histories_fall_back_to_seventy_per_cent(key: str) -> None:
    past = history(0.1, 0.9, 0.1)
    assert not overloaded(key, 0.7, past)
    assert overloaded(key, 0.71, past)


def test_forecast_continues_a_line_whatever_the_weights() -> None:
    loads = (0.05 * np.arange(1.0, 11.0) + 0.1)[np.newaxis]
    assert forecast(loads, TRICUBE)[0] == pytest.approx(0.65)
    assert forecast(loads, np.ones(10))[0] == pytest.approx(0.65)


def test_plain_forecast_is_least_squares() -> None:
    loads = np.array([[0.1, 0.5, 0.2, 0.4, 0.9, 0.3, 0.6, 0.7, 0.2, 0.8]])
    slope, start = np.polyfit(np.arange(1, 11), loads[0], 1)
    assert forecast(loads, np.ones(10))[0] == pytest.approx(start + 11 * slope)


def test_trend_that_rises_is_overload_before_the_host_is_full() -> None:
    rising = history(*reversed([0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85]))
    assert overloaded("lr", 0.85, rising, 1.2)
    assert overloaded("lr", 0.85, rising, 1.2, plain=True)
    assert not overloaded("lr", 0.85, history(*[0.5] * 10), 1.2)


def test_a_single_peak_weighs_little_in_the_robust_line() -> None:
    loads = np.full((1, 10), 0.5) + 0.01 * (np.arange(10) % 2)
    loads[0, 8] = 1.0
    assert abs(forecast(loads, robust(loads))[0] - 0.5) < abs(forecast(loads, TRICUBE)[0] - 0.5) / 1.5


@given(st.lists(st.floats(0.01, 1), min_size=0, max_size=LENGTH))
def test_length_of_a_history_ends_with_its_oldest_sample(values: list[float]) -> None:
    assert lengths(history(*values))[0] == len(values)


def guests() -> Candidates:
    past = np.zeros((3, LENGTH))
    past[:, :12] = [[0.1, 0.2] * 6, [0.2, 0.4] * 6, [0.5, 0.1, 0.9, 0.3, 0.2, 0.8, 0.1, 0.7, 0.3, 0.6, 0.4, 0.2]]
    return Candidates(np.array([4.0, 2.0, 2.0]), np.array([0.3, 0.2, 0.1]), past, 12)


@pytest.mark.parametrize(("key", "chance", "chosen"), [("mmt", 0, 1), ("mu", 0, 2), ("rs", 0.99, 2), ("rs", 0.0, 0)])
def test_selection(key: str, chance: float, chosen: int) -> None:
    assert selections()[key].choose(guests(), chance) == chosen


def test_maximum_correlation_takes_one_of_the_two_that_go_together() -> None:
    assert selections()["mc"].choose(guests(), 0.0) == 0
    assert selections()["mc"].choose(guests()._replace(known=3), 0.0) == 1


def test_watts_between_the_values_of_the_table() -> None:
    table = power_aware.steps(np.array([G4, G4, G4]))
    assert power_aware.watts(table, np.array([0.0, 0.25, 1.0])) == pytest.approx([86.0, 94.3, 117.0])


def test_best_takes_the_fullest_of_equal_hosts_and_never_one_that_does_not_fit() -> None:
    rise, load, fits = np.array([1.0, 1.0, 0.5]), np.array([0.3, 0.6, 0.2]), np.array([True, True, False])
    assert power_aware.best(rise, load, fits, literal=False) == 1
    assert power_aware.best(rise, load, fits, literal=True) == 0
    assert power_aware.best(rise, load, np.zeros(3, bool), literal=False) == -1
    assert power_aware.best(rise[:0], load[:0], fits[:0], literal=True) == -1
