"""Colours measured: contrast of texts and marks, and how far apart states stay for every sight.

Contrast is that of WCAG 2.2; distance is CIEDE2000 between colours as people without one sort of cones see them
(Machado, Oliveira and Fernandes 2009, severity 1).
"""

import itertools

import pytest
from coloraide import Color

from sdx_studio.ui import theme

STATES = ("ok", "busy", "critical", "moving", "idle")
SIGHTS = ("normal", "protan", "deutan", "tritan")
GROUNDS = ("surface.chrome", "surface.panel", "surface.raised", "surface.field", "surface.canvas", "card.paper")
FAMILIES = ("place", "layer", "compute", "guest", "client", "storage", "network", "control")
TEXTS = [
    *itertools.product(("ink.1", "ink.2", "ink.3"), GROUNDS),
    ("tip.ink", "tip.paper"), ("accent.ink", "accent"), ("accent.text", "surface.panel"), ("ink.1", "accent.soft"),
    ("ink.1", "drop.allow.soft"), ("ink.1", "drop.refuse.soft"), ("ink.1", "surface.hover"),
    ("ink.1", "surface.pressed"),
    *((f"family.{one}.ink", f"family.{one}.tint") for one in FAMILIES),
]  # fmt: skip
MARKS = [
    *itertools.product(
        [f"state.{one}" for one in STATES] + ["accent", "line.link", "drop.allow", "drop.refuse"],
        ("surface.canvas", "ground.site", "card.paper"),
    )
]


def seen(colour: str, sight: str) -> Color:
    """A colour as it is seen."""
    made = Color(colour)
    return made if sight == "normal" else made.filter(sight, method="machado").clip()


def nearest(colours: list[str], sight: str) -> float:
    """Least CIEDE2000 distance between any two colours."""
    them = [seen(one, sight) for one in colours]
    return min(a.delta_e(b, method="2000") for a, b in itertools.combinations(them, 2))


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_can_be_read(name: str, ink: str, ground: str) -> None:
    colours = theme.theme(name).colours
    assert Color(colours[ink]).contrast(Color(colours[ground]), method="wcag21") >= 4.5


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_stand_out(name: str, mark: str, ground: str) -> None:
    colours = theme.theme(name).colours
    assert Color(colours[mark]).contrast(Color(colours[ground]), method="wcag21") >= 3.0


@pytest.mark.parametrize(("name", "least"), [("light", 25.0), ("dark", 23.0), ("contrast", 20.0)])
@pytest.mark.parametrize("sight", SIGHTS)
def test_states_are_told_apart(name: str, least: float, sight: str) -> None:
    colours = theme.theme(name).colours
    assert nearest([colours[f"state.{one}"] for one in STATES], sight) >= least


@pytest.mark.parametrize(("name", "least"), [("light", 16.0), ("dark", 14.4), ("contrast", 14.0)])
@pytest.mark.parametrize("sight", SIGHTS)
def test_series_are_told_apart(name: str, least: float, sight: str) -> None:
    colours = theme.theme(name).colours
    assert nearest([colours[f"series.{one}"] for one in range(1, 7)], sight) >= least


def test_the_measure_finds_a_traffic_light_wanting() -> None:
    assert min(nearest(["#d32f2f", "#f57c00", "#388e3c"], sight) for sight in SIGHTS) < 10.0
