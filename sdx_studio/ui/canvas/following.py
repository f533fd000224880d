"""Small edits: what only moves or renames something changes the boxes around it and leaves all other rows alone."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sdx_studio.document import Change, Element
from sdx_studio.document.layout import Box, Packing
from sdx_studio.ui.canvas.columns import Columns


def adjusted(columns: Columns, changes: Sequence[Change]) -> NDArray[np.bool_] | None:
    """Follow changes that leave every row in its place; which rows have another box, or None: build all anew.

    Rows stay as long as elements neither come nor go, nor change their kind, their parent, their order, or whether
    they are closed. A running model that has moved guests is always built anew.
    """
    edits = [change for change in changes if change.table == "elements"]
    if columns.moved or not all(map(_same_row, edits)):
        return None
    document = columns.document
    roots = {(edit.id, *document.above(edit.id))[-1] for edit in edits if _shifted(edit)}
    placed: dict[str, Box] = {}
    packing = Packing(document)
    for root in sorted(roots):
        packing.place(root, placed)
    seen = {columns.row[id]: box for id, box in placed.items() if id in columns.row}
    rows = np.array(list(seen), dtype=np.intp)
    fresh = np.array([(box.x, box.y, box.width, box.height) for box in seen.values()]).reshape(len(rows), 4)
    moved = np.zeros(len(columns.ids), dtype=bool)
    moved[rows] = (columns.rect[rows] != fresh).any(axis=1)
    columns.rect[rows] = fresh
    columns.touch()
    return moved


def _same_row(edit: Change) -> bool:
    before, after = edit.before, edit.after
    if not isinstance(before, Element) or not isinstance(after, Element):
        return False
    kept = ("kind", "parent", "order", "closed")
    return all(getattr(before, name) == getattr(after, name) for name in kept)


def _shifted(edit: Change) -> bool:
    return any(getattr(edit.before, axis) != getattr(edit.after, axis) for axis in ("x", "y"))
