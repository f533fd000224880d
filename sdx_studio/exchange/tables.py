"""Tables of strangers: comma-separated text and its cells as words and numbers, with the place in every complaint."""

import csv
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice

from sdx_studio.exchange.formats import FileError
from sdx_studio.words import _

MOST_ROWS, MOST_COLUMNS = 200_000, 2000
_SHOWN = 12
_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0", "")
_GROUPS = re.compile(r"[\s\u00a0\u202f'_]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is looked for: spellings of its heading (see `plain`), the first of which people are told."""

    spellings: tuple[str, ...]
    needed: bool = False


@dataclass(slots=True)
class Row:
    """One line of a table (counted from 1) by the keys of its columns; what is empty or not there is None."""

    table: "Table"
    line: int
    cells: Mapping[str, object]

    def text(self, key: str) -> str:
        """A cell as words: whole numbers without a point; empty without any."""
        value = self.cells.get(key)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        words = "" if value is None else str(value)
        return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())

    def number(self, key: str) -> float | None:
        """A cell as a number, None when it is empty; raises FileError for words, and for what is not finite."""
        value = self.cells.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        found = _number(value, self.table.comma)
        if found is None:
            raise self.wrong(key, _("“{text}” is no number", text=str(value)[:40]))
        return found

    def wanted(self, key: str) -> float:
        """The same, and it may not be empty."""
        found = self.number(key)
        if found is None:
            raise self.wrong(key, _("a number is needed"))
        return found

    def flag(self, key: str) -> bool:
        """A cell as yes or no; raises FileError for anything else."""
        value = str(self.cells.get(key, "") if self.cells.get(key) is not None else "").strip().lower()
        if value not in (*_TRUE, *_FALSE):
            raise self.wrong(key, _("“{text}” is neither true nor false", text=value[:40]))
        return value in _TRUE

    def wrong(self, key: str, message: str) -> FileError:
        """The complaint about a cell, to be raised."""
        place = self.table.places.get(key)
        where = ": ".join(part for part in (self.table.sheet, self.table.title(key)) if part)
        return FileError(self.table.name, self.line, 1 if place is None else place + 1, where, message)


@dataclass(slots=True)
class Table:
    """Cells under headings; `line` is that of the headings, `comma` whether a comma stands before decimals."""

    name: str
    sheet: str
    line: int
    heads: list[str]
    body: list[tuple[int, Sequence[object]]]
    comma: bool = False
    places: dict[str, int] = field(default_factory=dict)
    """Key of a column → where it stands, from 0."""

    def find(self, columns: Mapping[str, Column]) -> list[Row]:
        """All rows by the keys of `columns`; raises FileError naming the needed ones that are not there."""
        known: dict[str, int] = {}
        for place, head in enumerate(self.heads):
            known.setdefault(plain(head), place)
        for key, column in columns.items():
            found = next((known[one] for one in column.spellings if one in known), None)
            if found is not None:
                self.places[key] = found
            elif column.needed:
                raise self._missing(column, known)
        return [
            Row(self, line, {key: _cell(cells, at) for key, at in self.places.items()}) for line, cells in self.body
        ]

    def _missing(self, column: Column, known: Mapping[str, int]) -> FileError:
        close = get_close_matches(column.spellings[0], known, 1, 0.55)
        hint = _("; did you mean “{word}”?", word=self.heads[known[close[0]]]) if close else ""
        shown = [head for head in self.heads if head][:_SHOWN]
        found = ", ".join(shown) + (" …" if len(self.heads) > _SHOWN else "")
        message = _("the column “{name}” is missing{hint} Found: {found}", name=column.spellings[0],
                    hint=hint or ".", found=found or _("none"))  # fmt: skip
        return FileError(self.name, self.line, 1, self.sheet, message)

    def title(self, key: str) -> str:
        """The heading of a column as it is in the file."""
        return self.heads[self.places[key]] if key in self.places else ""


def _cell(cells: Sequence[object], at: int) -> object:
    return cells[at] if at < len(cells) else None


def plain(head: str) -> str:
    """A heading as spellings are compared: small letters, single blanks, without a unit such as MiB or MB."""
    words = re.sub(r"[^\w#%/]+", " ", unicodedata.normalize("NFKC", head).lower()).split()
    while len(words) > 1 and words[-1] in ("mib", "mb", "mhz"):
        words.pop()
    return " ".join(words)


def _number(value: object, comma: bool) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str):
        text = _GROUPS.sub("", unicodedata.normalize("NFKC", value)).removesuffix("%")
        value = text.replace(".", "").replace(",", ".") if comma else text.replace(",", "")
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def decoded(data: bytes, name: str) -> str:
    """Text of UTF-8, or of UTF-16 with its mark; raises FileError for anything else."""
    code = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(code)
    except UnicodeDecodeError as reason:
        line = data.count(b"\n", 0, reason.start) + 1
        raise FileError(name, line, 1, "", _("this is no UTF-8 text; save the file as “CSV UTF-8”")) from None
    if "\0" in text:
        raise FileError(name, text.count("\n", 0, text.index("\0")) + 1, 1, "", _("this is no text"))
    return text


def comma_separated(data: bytes, name: str, sheet: str = "") -> Table:
    """The table in a text file with commas, semicolons or tabs between its cells. Raises FileError."""
    text = decoded(data, name)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=False)
    rows: list[tuple[int, Sequence[object]]] = []
    before = 0
    try:
        for cells in islice(reader, MOST_ROWS + 1):
            if any(cell.strip() for cell in cells):
                rows.append((before + 1, cells))
            before = reader.line_num
    except csv.Error as reason:
        raise FileError(name, reader.line_num, 1, sheet, _("cannot be read: {reason}", reason=str(reason))) from None
    return made(rows, name, sheet, comma=separator == ";")


def made(rows: list[tuple[int, Sequence[object]]], name: str, sheet: str, comma: bool = False) -> Table:
    """A table whose first row has the headings; raises FileError when there is none, or too much."""
    if not rows:
        raise FileError(name, 1, 1, sheet, _("there is nothing in it"))
    if len(rows) > MOST_ROWS or len(rows[0][1]) > MOST_COLUMNS:
        raise FileError(name, rows[-1][0], 1, sheet, _("this is more than can be opened at once"))
    line, heads = rows[0]
    return Table(name, sheet, line, ["" if one is None else str(one).strip() for one in heads], rows[1:], comma)
