"""MMT: the guest that moves fastest, which is the one with the least memory."""

from sdx_studio.engine.policies.selection import Candidates
from sdx_studio.words import mark

LABEL = mark("Minimum migration time")
REMEMBERS = False


def choose(guests: Candidates, _chance: float) -> int:
    """The first of those with the least memory."""
    return int(guests.memory.argmin())
