"""MU: the guest with the lowest utilisation."""

from sdx_studio.engine.policies.selection import Candidates
from sdx_studio.words import mark

LABEL = mark("Minimum utilisation")
REMEMBERS = False


def choose(guests: Candidates, _chance: float) -> int:
    """The first of those that use the least of their own vCPUs."""
    return int(guests.load.argmin())
