"""Height units of a rack: which of them each machine takes. They count from 1 at the bottom, as on the rails."""

from collections.abc import Iterable
from dataclasses import dataclass

from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark

UNIT = Field(
    "unit", mark("Rack unit"), "integer", None, "", 1, 60, optional=True,
    help=mark("The lowest height unit that it takes in its rack; empty takes the highest free ones"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Want:
    """A machine `units` high that is to stand with its lower edge in `unit`, or wherever there is room."""

    id: str
    units: int
    unit: int | None = None


def stood(total: int, wants: Iterable[Want]) -> dict[str, int]:
    """Lowest unit of each machine in a rack of `total` units; one for which there is no room is left out.

    Those with a unit of their own come first, each if nobody has taken it before; the others take, in their order,
    the highest room that is large enough.
    """
    asked = list(wants)
    taken = [False] * (total + 1)
    found: dict[str, int] = {}
    for one in asked:
        if one.unit is not None and 1 <= one.unit <= total - one.units + 1:
            _take(one, one.unit, taken, found)
    for one in asked:
        for unit in range(total - one.units + 1, 0, -1):
            if one.id in found or _take(one, unit, taken, found):
                break
    return found


def _take(one: Want, unit: int, taken: list[bool], found: dict[str, int]) -> bool:
    if any(taken[unit : unit + one.units]):
        return False
    taken[unit : unit + one.units] = [True] * one.units
    found[one.id] = unit
    return True


def widest(total: int, wants: Iterable[Want]) -> int:
    """Units of the largest room that these leave in a rack."""
    asked = list(wants)
    places = stood(total, asked)
    taken = {unit for one in asked if one.id in places for unit in range(places[one.id], places[one.id] + one.units)}
    most = run = 0
    for unit in range(1, total + 1):
        run = 0 if unit in taken else run + 1
        most = max(most, run)
    return most
