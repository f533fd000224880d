"""THR: a fixed threshold of utilisation."""

from sdx_studio.engine.policies.records import Flags, Floats
from sdx_studio.words import mark

LABEL = mark("Fixed threshold")
REASON = mark("its host asks for more than the threshold")
PARAMETER = 0.8
REMEMBERS = False


def overloaded(asked: Floats, capacity: Floats, _history: Floats, parameter: float, _plain: bool) -> Flags:
    """Where more than the share `parameter` of the capacity is asked for."""
    return asked / capacity > parameter
