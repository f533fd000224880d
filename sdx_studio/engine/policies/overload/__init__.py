"""When a host counts as overloaded: one file each, found by walking; the file's name is the policy's key.

All are from Beloglazov and Buyya, "Optimal online deterministic algorithms and adaptive heuristics for energy and
performance efficient dynamic consolidation of virtual machines", Concurrency and Computation 24 (2012), section 5.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from sdx_studio.engine.policies.records import Flags, Floats


class Detector(Protocol):
    """What a detector's module offers."""

    LABEL: str
    REASON: str
    """Why a guest has to leave, in words."""
    PARAMETER: float
    """Its parameter where none is given."""
    REMEMBERS: bool
    """Whether it looks at the history at all."""

    def overloaded(self, asked: Floats, capacity: Floats, history: Floats, parameter: float, plain: bool) -> Flags:
        """Hosts that ask for `asked` of `capacity` (one unit) with these histories (rows, shares, newest first).

        `plain` leaves out the weights of regressions.
        """


@cache
def detectors() -> Mapping[str, Detector]:
    """All detectors by key."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: cast("Detector", import_module(f"{__name__}.{name}")) for name in names}
