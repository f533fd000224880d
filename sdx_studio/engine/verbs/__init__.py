"""What can be done to a running world: one file per verb, found by walking; the file's name is the verb.

Each has `act(world, target, figures)` that does it at once, or returns in words why it cannot be done.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

Figures = Mapping[str, str | float | int | bool]


class Verb(Protocol):
    """What a verb's module offers."""

    def act(self, world: "World", target: str, figures: Figures) -> str | None:
        """Do it, or say why not."""


@cache
def verbs() -> Mapping[str, Verb]:
    """All verbs by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: cast("Verb", import_module(f"{__name__}.{name}")) for name in names}
