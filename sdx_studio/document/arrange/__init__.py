"""Arranging what stands free: aligned, distributed, on the grid, or laid out by tier.

All of it answers with spots (corners by id, px) and changes nothing; `placed` writes spots as part of an edit. Only
what stands on the bare canvas or on a ground has a spot of its own; everything else is packed by order.
"""

from sdx_studio.document.arrange.align import SIDES, aligned
from sdx_studio.document.arrange.distribute import by_centres, by_gaps
from sdx_studio.document.arrange.free import LEAST, Spots, chosen, placed, stands_free, why_not
from sdx_studio.document.arrange.grid import GRID, on_grid, snapped
from sdx_studio.document.arrange.plan import laid_out, why_no_layout

__all__ = [
    "GRID", "LEAST", "SIDES", "Spots", "aligned", "by_centres", "by_gaps", "chosen", "laid_out", "on_grid", "placed",
    "snapped", "stands_free", "why_no_layout", "why_not",
]  # fmt: skip
