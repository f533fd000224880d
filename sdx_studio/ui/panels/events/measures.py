"""Every measure of every element as rows: now, mean and peak of the run; sorted by what it is, not by its words."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, Qt

from sdx_studio.document import Document
from sdx_studio.engine.snapshot import Layout
from sdx_studio.session import Session, presently
from sdx_studio.session.measures import unit_of, words_of
from sdx_studio.session.players.messages import Told
from sdx_studio.session.plotting import Series
from sdx_studio.session.wording import name_of
from sdx_studio.ui.panels.events.rows import Index, Rows
from sdx_studio.words import _, mark

ELEMENT, KIND, MEASURE, VALUE, MEAN, PEAK, UNIT = range(7)
Floats = NDArray[np.float64]


class Measures(Rows):
    """Rows are slots of a layout, filtered and sorted by numbers of slots; cells are made when they are seen."""

    titles = (
        mark("Element"), mark("Kind"), mark("Measure"), mark("Value"), mark("Mean"), mark("Maximum"), mark("Unit"),
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._layout: Layout | None = None
        self.slots: tuple[tuple[int, str], ...] = ()
        self.elements: tuple[str, ...] = ()
        self.stale = False
        """Whether names may have changed since the words were made."""
        self.figures: Floats = np.zeros((3, 0))
        """Value, mean and peak of each slot; NaN is "none"."""
        self.order: NDArray[np.intp] = np.zeros(0, np.intp)
        self._words: tuple[list[str], list[str], list[str]] = ([], [], [])
        self._ranks: dict[int, NDArray[np.intp]] = {}
        """Places of slots in the order of their words, by column."""
        self._searched: list[str] = []
        self._sorted: tuple[int, bool] | None = None
        self._text = ""
        self._only: frozenset[str] = frozenset()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many."""
        return 0 if parent.isValid() else len(self.order)

    def series(self, row: int) -> Series:
        """What a row is about."""
        place, measure = self.slots[int(self.order[row])]
        return Series(self.elements[place], measure)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; the element's id as user data."""
        slot, column = int(self.order[index.row()]), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(slot, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (VALUE, MEAN, PEAK):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            words = self._cell(slot, column)
            return f"{words}\n{self.slots[slot][1]}" if column == MEASURE else words
        return self.series(index.row()).element if role == Qt.ItemDataRole.UserRole else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns; numbers are at the right."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (VALUE, MEAN, PEAK):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return super().headerData(section, way, role)

    def _cell(self, slot: int, column: int) -> str:
        if column in (ELEMENT, KIND, MEASURE):
            return self._words[column][slot]
        measure = self.slots[slot][1]
        if column == UNIT:
            return unit_of(measure)
        return presently.figure(measure, float(self.figures[column - VALUE, slot]))

    # what is shown -----------------------------------------------------------------------------------------------

    def show_figures(self, layout: Layout, values: Floats, told: Told | None) -> None:
        """Values of one moment; means and peaks as far as they were told for this layout."""
        fitting = told is not None and told.figures["version"] == layout.version
        rest = (told.figures["mean"], told.figures["max"]) if told is not None and fitting else ()
        none = np.full(len(values), np.nan)
        self.figures = np.array([values, *(rest or (none, none))])
        if layout is not self._layout or self.stale:
            self._layout, self.slots, self.elements = layout, layout.slots, layout.elements
            self._spell()
        self._rearrange()

    def clear(self) -> None:
        """Nothing is measured."""
        self.beginResetModel()
        self._layout, self.slots, self.elements = None, (), ()
        self.figures, self.order = np.zeros((3, 0)), np.zeros(0, np.intp)
        self._spell()
        self.endResetModel()

    def respell(self) -> None:
        """The language has changed."""
        self._spell()
        self._rearrange()

    def filter(self, text: str, only: Iterable[str]) -> None:
        """Rows with these words, of these elements (none: all)."""
        wanted = (text.casefold(), frozenset(only))
        if wanted != (self._text, self._only):
            self._text, self._only = wanted
            self._rearrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; numbers by their value, what has none last."""
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._rearrange()

    def _spell(self) -> None:
        """The words of all rows."""
        document = self.session.document
        names = [name_of(id, document) for id in self.elements]
        kinds = [_kind(id, document) for id in self.elements]
        known = {measure: words_of(measure) for measure in {measure for _row, measure in self.slots}}
        self._words = (
            [names[row] for row, _measure in self.slots], [kinds[row] for row, _measure in self.slots],
            [known[measure] for _row, measure in self.slots],
        )  # fmt: skip
        self._ranks, self._searched, self.stale = {}, [], False

    def _rearrange(self) -> None:
        """Filter and sort anew; what is chosen stays chosen."""
        before = self.order
        after = self._wanted()
        if np.array_equal(before, after):
            if len(after):
                self.dataChanged.emit(self.index(0, VALUE), self.index(len(after) - 1, PEAK))
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        slots = [int(before[index.row()]) for index in held]
        self.order = after
        place = {int(slot): row for row, slot in enumerate(after)} if held else {}
        moved = [self.index(place[slot], index.column()) if slot in place else QModelIndex()
                 for index, slot in zip(held, slots, strict=True)]  # fmt: skip
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _wanted(self) -> NDArray[np.intp]:
        found = np.flatnonzero(~np.isnan(self.figures[0]))
        if self._only:
            known = [slot for slot in found.tolist() if self.elements[self.slots[slot][0]] in self._only]
            found = np.array(known, np.intp)
        if self._text:
            if not self._searched:
                rows = zip(*self._words, (measure for _row, measure in self.slots), strict=True)
                self._searched = ["\n".join(row).casefold() for row in rows]
            found = np.array([slot for slot in found.tolist() if self._text in self._searched[slot]], np.intp)
        return self._in_order(found)

    def _in_order(self, found: NDArray[np.intp]) -> NDArray[np.intp]:
        if self._sorted is None or not len(found):
            return found
        column, backward = self._sorted
        keys = self.figures[column - VALUE, found] if column in (VALUE, MEAN, PEAK) else self._rank(column)[found]
        return found[np.argsort(-keys if backward else keys, kind="stable")]

    def _rank(self, column: int) -> NDArray[np.intp]:
        """Place of each slot in the order of a column's words; equal words have equal places."""
        if column not in self._ranks:
            words = [self._cell(slot, column).casefold() for slot in range(len(self.slots))]
            places = {word: place for place, word in enumerate(sorted(set(words)))}
            self._ranks[column] = np.array([places[word] for word in words], np.intp)
        return self._ranks[column]

    # copies ------------------------------------------------------------------------------------------------------

    def headings(self) -> Sequence[str]:
        """What stands over a copy."""
        return tuple(_(title) for title in self.titles)

    def line(self, row: int) -> Sequence[str]:
        """A row of a copy: numbers in the base unit."""
        slot = int(self.order[row])
        numbers = ("" if one != one else repr(float(one)) for one in self.figures[:, slot])
        return (*(words[slot] for words in self._words), *numbers, self._cell(slot, UNIT) or "1")


def _kind(id: str, document: Document) -> str:
    if id in document.elements:
        return _(document.kind_of(id).label)
    return _("Link") if id in document.links else ""
