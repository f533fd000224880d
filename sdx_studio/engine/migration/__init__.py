"""Live migration over the network: pre-copy in rounds or post-copy, with its volume where storage is not shared.

The method is that of Clark et al., "Live Migration of Virtual Machines", NSDI 2005; what a round leaves dirty, when it
stops and how a guest is slowed are the formulas of `formulas.migration`.
"""

from sdx_studio.engine.migration.migrations import Migrations
from sdx_studio.engine.migration.record import Migration, Phase, visible

__all__ = ["Migration", "Migrations", "Phase", "visible"]
