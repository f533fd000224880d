"""What can be done to a running world: one file per verb, found by walking; the file's name is the verb.

Each has `act(world, target, figures)` that does it at once, or returns in words why it cannot be done. Anybody may have
written the figures of a scenario: `number` and `word` read them.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

Figures = Mapping[str, str | float | int | bool]

LONGEST = 10 * 365 * 86_400.0
"""Seconds that something may take at most: ten years."""


class Verb(Protocol):
    """What a verb's module offers."""

    def act(self, world: "World", target: str, figures: Figures) -> str | None:
        """Do it, or say why not."""


def number(figures: Figures, name: str, usual: float, low: float, high: float) -> float | None:
    """A figure as a number from `low` to `high`, `usual` when nothing is said; None for anything else."""
    value = figures.get(name, usual)
    fits = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    return float(value) if fits else None


def word(figures: Figures, name: str, words: tuple[str, ...]) -> str | None:
    """A figure as one of `words`, the first when nothing is said; None for anything else. True is "yes", False "no"."""
    value = figures.get(name, words[0])
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return value if isinstance(value, str) and value in words else None


@cache
def verbs() -> Mapping[str, Verb]:
    """All verbs by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: cast("Verb", import_module(f"{__name__}.{name}")) for name in names}
