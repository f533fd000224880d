"""Which guest leaves an overloaded host: one file each, found by walking; the file's name is the policy's key.

All are from Beloglazov and Buyya (2012), section 6, as the detectors of overload are.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from sdx_studio.engine.policies.records import Floats


class Candidates(NamedTuple):
    """The guests of one host that could leave, in the order in which they came."""

    memory: Floats
    """Bytes (or any one unit): what has to be copied."""
    load: Floats
    """Share of its vCPUs that each asks for."""
    history: Floats
    """Their last loads as rows, newest first."""
    known: int
    """Samples in the histories so far."""


class Selection(Protocol):
    """What a selection's module offers."""

    LABEL: str
    REMEMBERS: bool
    """Whether it looks at the histories; otherwise they may be left out."""

    def choose(self, guests: Candidates, chance: float) -> int:
        """The place among the candidates (at least one); `chance` is a random number in [0, 1)."""


@cache
def selections() -> Mapping[str, Selection]:
    """All selections by key."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: cast("Selection", import_module(f"{__name__}.{name}")) for name in names}
