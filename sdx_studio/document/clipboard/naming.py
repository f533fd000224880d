"""New names, ids and identities for copies: nothing is called or addressed like anything that is there already."""

import re
from collections.abc import Iterable

from sdx_studio.document.document import Document
from sdx_studio.kinds import Field, Value
from sdx_studio.kinds.identity import fresh

_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})", re.DOTALL)


class Names:
    """Gives each name once."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[tuple[str, int], int] = {}

    def give(self, wanted: str, prefix: str) -> str:
        """`wanted` itself when it is free, else counted on: vm-01 becomes vm-02, db becomes db-02; never empty."""
        if wanted.strip() and wanted not in self._taken:
            self._taken.add(wanted)
            return wanted
        numbered = _NUMBERED.fullmatch(wanted)
        stem, digits = numbered.groups() if numbered else (f"{wanted.strip() or prefix}-", "01")
        if not wanted.strip():
            digits = "00"
        key = (stem, len(digits))
        number = max(int(digits), self._next.get(key, 0)) + 1
        while (name := f"{stem}{number:0{len(digits)}d}") in self._taken:
            number += 1
        self._next[key] = number
        self._taken.add(name)
        return name


class Identities:
    """Gives copies addresses of their own."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._taken: dict[str, set[str]] = {}

    def give(self, field: Field, value: Value) -> Value:
        """A value for `field` that nobody has, like `value`; None when there is none."""
        if field.key not in self._taken:
            everyone = self._document.elements.values()
            self._taken[field.key] = {str(one.fields[field.key]) for one in everyone if field.key in one.fields}
        taken = self._taken[field.key]
        if not isinstance(value, str) or not value:
            return None
        made = value if value not in taken else fresh(value, taken)
        taken.add(made)
        return made or None
