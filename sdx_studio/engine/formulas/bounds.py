"""What a formula may be given, and comparisons that forgive the last bits of floating-point numbers."""

from collections.abc import Callable
from math import ceil, floor, isfinite

from sdx_studio.words import mark

NOISE = 1e-12
"""Relative difference that rounding may make: 0.1 · 10 is 1, and 1 − 1e-16 is full."""
_STEP = 1e-9
_EXACT = 2.0**53


class ImpossibleError(ValueError):
    """Nothing can be computed from these inputs; `template` with `figures` says why (in English, marked for words)."""

    def __init__(self, template: str, **figures: object) -> None:
        self.template = template
        self.figures = {name: f"{one:.6g}" if isinstance(one, float) else one for name, one in figures.items()}
        super().__init__(template.format(**self.figures))


def above_zero(**named: float) -> None:
    """Refuse inputs that are 0, negative or no number."""
    for name, value in named.items():
        if not (isfinite(value) and value > 0):
            raise ImpossibleError(mark("{name} must be above 0, not {value}"), name=name, value=value)


def not_negative(**named: float) -> None:
    """Refuse inputs that are negative or no number."""
    for name, value in named.items():
        if not (isfinite(value) and value >= 0):
            raise ImpossibleError(mark("{name} must be 0 or more, not {value}"), name=name, value=value)


def share_of_one(**named: float) -> None:
    """Refuse inputs that are outside 0 … 1."""
    for name, value in named.items():
        if not 0 <= value <= 1:
            raise ImpossibleError(mark("{name} must be between 0 and 1, not {value}"), name=name, value=value)


def whole(**named: float) -> None:
    """Refuse inputs that cannot be counted: negative, or with a fraction."""
    not_negative(**named)
    for name, value in named.items():
        if value != int(value):
            raise ImpossibleError(mark("{name} must be a whole number, not {value}"), name=name, value=value)


def countable(most: int, **named: float) -> None:
    """Refuse counts that are too large to be gone through one by one."""
    whole(**named)
    for name, value in named.items():
        if value > most:
            raise ImpossibleError(mark("{name} must be at most {most}, not {value}"), name=name, most=most, value=value)


def require(holds: bool, template: str, **figures: object) -> None:
    """Refuse with a text of its own (marked by the caller) unless `holds`."""
    if not holds:
        raise ImpossibleError(template, **figures)


def at_most(value: float, limit: float) -> bool:
    """Whether value ≤ limit, equal up to rounding included."""
    return value <= limit + NOISE * max(abs(value), abs(limit))


def above(value: float, limit: float) -> bool:
    """Whether value > limit by more than rounding."""
    return not at_most(value, limit)


def saturated(utilisation: float) -> bool:
    """Whether a queue at this utilisation grows without end: 1 (up to rounding) or more."""
    return utilisation >= 1.0 - NOISE


def whole_times(amount: float, size: float) -> int:
    """How many whole pieces of `size` (> 0) go into `amount`: floor, where 0.3 / 0.1 is 3."""
    return _divided(amount, size, floor)


def pieces(amount: float, size: float) -> int:
    """How many pieces of `size` (> 0) hold all of `amount`: ceil, where 0.3 / 0.1 is 3."""
    return _divided(amount, size, ceil)


def _divided(amount: float, size: float, rounded: Callable[[float], int]) -> int:
    if float(amount).is_integer() and float(size).is_integer() and max(amount, size) < _EXACT:
        low, rest = divmod(int(amount), int(size))
        return low + (1 if rest and rounded is ceil else 0)
    ratio = amount / size
    if not isfinite(ratio):
        raise ImpossibleError(mark("the result is too large"))
    near = round(ratio)
    return near if abs(ratio - near) <= max(_STEP, 1e-14 * abs(ratio)) else rounded(ratio)
