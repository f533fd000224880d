"""Named randomness: each number belongs to an element and a purpose, so that adding one element shifts no other."""

from functools import lru_cache
from hashlib import sha256


@lru_cache(maxsize=1 << 15)
def uniform(seed: int, id: str, purpose: str, index: int = 0) -> float:
    """A number in [0, 1), always the same for the same seed, element, purpose and index."""
    digest = sha256(f"{seed}\x1f{id}\x1f{purpose}\x1f{index}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2.0**64
