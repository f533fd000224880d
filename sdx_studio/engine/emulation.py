"""Emulation: a guest that was built for processors of another family than those it runs on.

Every instruction of it is translated, so the same work takes a multiple of the CPU: run time = native · factor, where
the factor is a mean over classes of instructions (`formulas.cpu.emulated_mix`).
"""

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdx_studio.engine.inventory import Inventory
    from sdx_studio.engine.parts import Guest


def burden(parts: "Inventory", guest: "Guest", machine: str | None) -> float:
    """How many times the CPU of a native machine the guest needs on `machine`; infinite where it cannot run."""
    there = parts.machines.get(machine or "")
    if there is None or not guest.family or not there.family or guest.family == there.family:
        return 1.0
    factor = max((layer.emulation for layer in parts.layers_on.get(there.id, ())), default=0.0)
    return factor if factor > 0 else inf
