"""The condition of an element, as snapshots carry it."""

from enum import IntEnum


class Condition(IntEnum):
    """What an element or a cable is doing; the numbers are part of the snapshot's format."""

    UP = 0
    OFF = 1
    FAILED = 2
    MOVING = 3
    MAINTENANCE = 4
    STARTING = 5
    BLOCKED = 6
    CUT = 7
