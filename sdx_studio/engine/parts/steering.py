"""Consolidation of machines."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Steering:
    """Packs guests onto few of its `members` every `every` seconds and lets the empty ones sleep.

    `detector` is a key of the policies of overload (or "dvfs": moves nothing; "none": full power all the time), with
    its `parameter`; `selection` a key of the policies of selection. A move copies the memory over a `share` of
    `bandwidth` (bit/s). `quirks` are keys of `steering.QUIRKS`.
    """

    id: str
    members: tuple[str, ...]
    detector: str = "thr"
    parameter: float = 0.8
    selection: str = "mmt"
    every: float = 300.0
    bandwidth: float = 1e9
    share: float = 0.5
    quirks: tuple[str, ...] = ()
