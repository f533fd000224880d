"""RS: any guest, at random."""

from sdx_studio.engine.policies.selection import Candidates
from sdx_studio.words import mark

LABEL = mark("Random choice")
REMEMBERS = False


def choose(guests: Candidates, chance: float) -> int:
    """Each with the same probability."""
    return min(len(guests.memory) - 1, int(chance * len(guests.memory)))
