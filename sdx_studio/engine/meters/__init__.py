"""Meters: one file each, found by walking. They read the plant and put measures; none may change what happens.

A meter has MEASURES (part type → names of measures) and `settle(plant, machines)`, called after each instant with the
machines (by row of the roster) whose shares were computed anew; None when parts have changed.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from sdx_studio.engine.plant import Plant
from sdx_studio.engine.roster import Flags


class Meter(Protocol):
    """What a meter's module offers."""

    MEASURES: Mapping[type, tuple[str, ...]]

    def settle(self, plant: Plant, machines: Flags | None) -> None:
        """Put its measures."""


@cache
def meters() -> tuple[Meter, ...]:
    """All meters, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(cast("Meter", import_module(f"{__name__}.{name}")) for name in names)
