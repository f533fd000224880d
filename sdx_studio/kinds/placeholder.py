"""What stands for an element whose kind the catalogue does not know: drawn, kept, saved, never simulated."""

import functools

from sdx_studio.kinds.base import GROUND, Kind
from sdx_studio.words import mark


@functools.lru_cache(maxsize=64)
def placeholder(key: str) -> Kind:
    """A stand-in kind for the unknown `key`."""
    return Kind(
        key=key,
        label=key,
        family="place",
        group="",
        prefix=key,
        help=mark("Unknown part, kept as it was in the file"),
        shape="leaf",
        needs=(GROUND,),
        traits=("placeholder",),
    )
