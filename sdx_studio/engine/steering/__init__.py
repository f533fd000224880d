"""Consolidation: at fixed intervals, guests leave overloaded and little used hosts, and empty hosts sleep.

`planner` decides from columns alone, `steerings` carries out; what it costs is in the `ledger`. A move here is one
copy of the memory over a share of the link, during which the guest keeps nine tenths of its CPU.
"""

from sdx_studio.engine.steering.quirks import CLOUDSIM, QUIRKS

__all__ = ["CLOUDSIM", "QUIRKS"]
