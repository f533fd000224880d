"""The one change there is: a record of one table becomes another, or comes, or goes. Its inverse is the swap."""

from dataclasses import dataclass
from typing import Literal

from sdx_studio.document.records import Record

Table = Literal["elements", "links", "scenario", "project"]


@dataclass(frozen=True, slots=True)
class Change:
    """Record `id` of `table` was `before` and is `after`; None means that it is not there."""

    table: Table
    id: str
    before: Record | None
    after: Record | None

    def inverse(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.table, self.id, self.after, self.before)


def joined(changes: list[Change]) -> tuple[Change, ...]:
    """The same effect with at most one change a record, and none that changes nothing; order of first touch."""
    first: dict[tuple[str, str], Change] = {}
    for change in changes:
        key = (change.table, change.id)
        known = first.get(key)
        first[key] = Change(change.table, change.id, known.before if known else change.before, change.after)
    return tuple(change for change in first.values() if change.before != change.after)
