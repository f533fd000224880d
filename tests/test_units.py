"""Quantities: every spelling that people use, what is refused, and that what is shown can be typed in again."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sdx_studio import units
from sdx_studio.kinds import catalogue
from sdx_studio.kinds.links import LINK_FIELDS

K, M, G, T = 1024.0, 1024.0**2, 1024.0**3, 1024.0**4
UNITS = ["B", "B/s", "bit/s", "s", "W", "core", "1", "", "1/s", "JPY", "JPY/kWh", "JPY/month", "kg/kWh", "kWh", "kg"]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("4 GiB", "B", 4 * G), ("4GiB", "B", 4 * G), ("4g", "B", 4 * G), ("4G", "B", 4 * G), ("4 GB", "B", 4e9),
        ("4096 MiB", "B", 4 * G), ("4,096 MiB", "B", 4 * G), ("4 096 MiB", "B", 4 * G), ("4_096 MiB", "B", 4 * G),
        ("0.5t", "B", T / 2), ("512m", "B", 512 * M), ("64k", "B", 64 * K), ("2 TB", "B", 2e12), ("4096", "B", 4096),
        ("4 gib", "B", 4 * G), ("8 kb", "B", 8000), ("1 page", "B", 4096), ("10 bytes", "B", 10),
        ("1.5 GB/s", "B/s", 1.5e9), ("20 MiB/s", "B/s", 20 * M), ("20 MiB per s", "B/s", 20 * M), ("1g", "B/s", G),
        ("200 MBps", "B/s", 2e8), ("8 Mbit/s", "B/s", 1e6), ("1 GiB/day", "B/s", G / 86400),
        ("1 Gbit/s", "bit/s", 1e9), ("1 Gbps", "bit/s", 1e9), ("1G", "bit/s", 1e9), ("100M", "bit/s", 1e8),
        ("100m", "bit/s", 1e8), ("10 Gb/s", "bit/s", 1e10), ("300 kbit/s", "bit/s", 3e5), ("1 MB/s", "bit/s", 8e6),
        ("30 s", "s", 30), ("2 min", "s", 120), ("200 ms", "s", 0.2), ("5 µs", "s", 5e-6), ("5 us", "s", 5e-6),
        ("2h", "s", 7200), ("1 day", "s", 86400), ("3 d", "s", 259200), ("2 hours", "s", 7200), ("1.5", "s", 1.5),
        ("80 %", "1", 0.8), ("80%", "1", 0.8), ("0.8", "1", 0.8), ("80 percent", "1", 0.8), (".5", "1", 0.5),
        ("180", "1/s", 180), ("90k", "1/s", 90_000), ("180 IOPS", "1/s", 180), ("180 /s", "1/s", 180),
        ("2 cores", "core", 2), ("2 vCPUs".lower(), "core", 2), ("0.25", "core", 0.25),
        ("1.92 kW", "W", 1920), ("300 W", "W", 300), ("27 JPY/kWh", "JPY/kWh", 27),
        ("200,000 JPY/month", "JPY/month", 200_000), ("423 g/kWh", "kg/kWh", 0.423), ("1 MWh", "kWh", 1000),
        ("２ GiB", "B", 2 * G), ("８０％", "1", 0.8), ("１００Ｍｂｉｔ／ｓ", "bit/s", 1e8), ("1e3", "", 1000),
        ("-4", "", -4), ("16 コア", "core", 16), ("３０ 秒", "s", 30), ("  4\u00a0GiB  ", "B", 4 * G),
    ],
)  # fmt: skip
def test_spellings(text: str, unit: str, value: float) -> None:
    assert units.parse(text, unit) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", "B"), (" ", "B"), ("four", "B"), ("GiB", "B"), ("4 bananas", "B"), ("4 s", "B"), ("4 GiB/s", "B"),
        ("4 GiB GiB", "B"), ("1,5 GiB", "B"), ("1,00 GiB", "B"), ("1.2.3", "s"), ("--4", "s"), ("1e999", "s"),
        ("nan", "s"), ("inf", "s"), ("4 W", "core"), ("2 cores", "1"), ("4 s**2", "s"), ("4 s*1000", "s"),
        ("5 %%", "1"), ("¥200", "JPY"), ("3 JPY", "kWh"), ("1/0", "s"), ("__import__('os')", "s"), ("1 s; 2", "s"),
    ],
)  # fmt: skip
def test_refusals_say_what_is_allowed(text: str, unit: str) -> None:
    with pytest.raises(units.UnitError) as refused:
        units.parse(text, unit)
    assert f"“{text.strip()}” is no quantity here; allowed are for example" in str(refused.value)
    for one in refused.value.examples.split(", "):
        assert units.parse(one, unit) > 0


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (4 * G, "B", "4 GiB"), (1536 * M, "B", "1.5 GiB"), (0, "B", "0 B"), (1e10, "bit/s", "10 Gbit/s"),
        (20 * M, "B/s", "20 MiB/s"), (0.62, "1", "62 %"), (1, "1", "100 %"), (1920, "W", "1.92 kW"),
        (180, "1/s", "180 /s"),
        (90_000, "1/s", "90,000 /s"), (44.5, "s", "44.5 s"), (0.21, "s", "210 ms"), (120, "s", "2 min"),
        (90, "s", "90 s"),
        (7200, "s", "2 h"), (86400 * 3, "s", "3 d"), (2e-5, "s", "20 µs"), (0, "s", "0 s"), (16, "core", "16 core"),
        (200_000, "JPY/month", "200,000 JPY/month"), (0.423, "kg/kWh", "0.423 kg/kWh"), (1.56, "", "1.56"),
        (32768, "", "32,768"),
        (999_999_999, "bit/s", "1 Gbit/s"), (G - 1, "B", "1 GiB"), (None, "B", "–"), (float("nan"), "1", "–"),
        (float("inf"), "s", "–"),
    ],
)  # fmt: skip
def test_what_people_read(value: float | None, unit: str, text: str) -> None:
    assert units.show(value, unit) == text.replace(" ", units.NBSP)


def last_place(shown: str) -> float:
    """How much the last digit of a number stands for."""
    number = re.match(r"-?[\d,]*\.?\d*(e[+-]?\d+)?", shown)
    assert number is not None
    plain = number.group(0).replace(",", "")
    mantissa, _e, exponent = plain.partition("e")
    return float(10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2])))


@given(st.floats(min_value=0.0, max_value=1e15), st.sampled_from(UNITS))
@example(0.014, "1")
@example(1023.96, "B")
@example(999.9999, "bit/s")
@example(1e-7, "s")
@example(3600.0, "s")
def test_what_is_shown_can_be_typed_in_again(value: float, unit: str) -> None:
    """The text means the value that was shown, within half of its last place (a billionth of a second at least)."""
    shown = units.show(value, unit)
    again = units.parse(shown, unit)
    one = units.parse(f"1{shown[len(number(shown)) :]}", unit)
    assert abs(again - value) <= 0.5 * last_place(shown) * one * (1 + 1e-9) + 1e-6 + 1e-14 * value


def number(shown: str) -> str:
    found = re.match(r"-?[\d,]*\.?\d*(e[+-]?\d+)?", shown)
    return found.group(0) if found else ""


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,3} [a-zA-Z/*%]{1,6}", fullmatch=True), st.sampled_from(UNITS))
@example("1 GiB*", "B")
@example("1 (", "s")
@example("1 s/", "s")
@example("9" * 40, "B")
@example("1 ** 9", "")
def test_any_text_is_read_or_refused(text: str, unit: str) -> None:
    try:
        value = units.parse(text, unit)
    except units.UnitError:
        return
    assert abs(value) < float("inf")


def test_converting_between_spellings() -> None:
    assert units.convert(4, "GiB", "B") == 4 * G
    assert units.convert(2, "min", "s") == 120
    with pytest.raises(units.UnitError):
        units.convert(1, "GiB", "s")


def test_every_unit_of_the_catalogue_is_known() -> None:
    fields = [*LINK_FIELDS, *(field for one in catalogue().values() for field in one.fields)]
    for unit in {field.unit for field in fields}:
        assert units.parse("7", unit) == 7
        assert units.parse(units.show(7.0, unit), unit) == pytest.approx(7)


@pytest.mark.parametrize(
    ("seconds", "face"),
    [
        (0, "00:00.0"),
        (43.2, "00:43.2"),
        (59.99, "00:59.9"),
        (60, "01:00.0"),
        (3723, "1:02:03.0"),
        (359_999.9, "99:59:59.9"),
        (360_000, "4\u00a0d 04:00:00"),
        (21_168_000.4, "245\u00a0d 00:00:00"),
    ],
)
def test_clock_faces(seconds: float, face: str) -> None:
    assert units.clock(seconds) == face


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (40, "00:40"), (7200, "2:00:00"), (172_800, "48:00:00"), (2_592_000, "30\u00a0d"),
        (2_635_200, "30\u00a0d 12:00:00"),
    ],
)  # fmt: skip
def test_a_ruler_says_whole_days_of_a_long_time_alone(seconds: float, words: str) -> None:
    assert units.tick(seconds) == words


@pytest.mark.parametrize(("spelled", "unit"), sorted(units.USUAL))
def test_what_is_typed_most_is_what_pint_says(spelled: str, unit: str) -> None:
    known = units.registry()
    pint = known.Quantity(1.0, known.parse_units("percent" if spelled == "%" else spelled))
    base = {"s": "second", "B": "byte", "bit/s": "bit/second", "1": "count"}[unit]
    assert units.USUAL[spelled, unit] == pytest.approx(pint.to(base).magnitude, rel=1e-15)
