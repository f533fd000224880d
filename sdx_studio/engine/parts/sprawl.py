"""VMs that people ask for while the world runs, and the rule by which those that nobody needs go again."""

from dataclasses import dataclass

from sdx_studio.engine.parts.compute import Guest


@dataclass(frozen=True, slots=True)
class Sprawl:
    """`rate` times a second somebody asks for a guest like `image`; it lands on one of the machines `hosts`.

    A share `idle_share` of them asks for `idle` of its vCPUs, the others for `busy`. An owner who is asked whether the
    lease is to be renewed says yes with probability `renewal`. `stream` chooses among the courses of one seed.
    """

    id: str
    hosts: tuple[str, ...]
    image: Guest
    rate: float
    even: bool = False
    """Requests come at even distances; otherwise at random ones (Poisson)."""
    busy: float = 0.3
    idle: float = 0.01
    idle_share: float = 0.3
    renewal: float = 0.3
    stream: int = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """Guests in `scope` (guests, machines they sit on, sprawls they come from) run for a time. Times in seconds.

    One whose lease of `lease` ends, or that was idle for `idle_for`, is warned of; `stop_after` later it is stopped,
    and `delete_after` later deleted. Idle: below `load` of its vCPUs and `net` bit/s, and nobody logged in.
    """

    id: str
    scope: tuple[str, ...]
    lease: float | None = None
    renewable: bool = True
    idle_for: float | None = None
    load: float = 0.05
    net: float = 8000.0
    stop_after: float = 604_800.0
    delete_after: float = 1_209_600.0
    every: float = 86_400.0
    """From one look to the next; what has fallen due is done then."""
