"""What a guest or a traffic asks for over time."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Load:
    """How much a guest or a traffic asks for over time, as a share (0…1) of what it could use at most.

    steady: always `level`. wave: level·(1 + swing·sin(2πt/period + phase)), phase drawn once per id from the seed.
    bursty: every period either level·(1 − swing) or min(1, level·(1 + swing)), drawn per id from the seed.
    day: a working day compressed into `period`: idle at night, full at ten and at three. Sampled once a second
    (period ≤ 120 s) or every period/120.
    """

    level: float
    pattern: Literal["steady", "wave", "bursty", "day"] = "steady"
    swing: float = 0.5
    period: float = 20.0


@dataclass(frozen=True, slots=True)
class Trace:
    """A recorded load: shares (0…1) every `step` seconds, packed as float64 by `Trace.of`.

    Stepped values hold until the next one; smooth ones are joined by straight lines. After the last value the trace
    begins again (`loop`) or asks for nothing.
    """

    values: bytes
    step: float
    loop: bool = True
    smooth: bool = False

    @staticmethod
    def of(values: Iterable[float], step: float, loop: bool = True, smooth: bool = False) -> "Trace":
        """A trace of plain numbers; raises ValueError when there are none or `step` is not positive."""
        packed = array("d", values).tobytes()
        if not packed or step <= 0:
            raise ValueError("a trace needs values and a step above 0 s")
        return Trace(packed, step, loop, smooth)
