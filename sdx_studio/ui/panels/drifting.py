"""A line in the inspector: what of the selection has drifted from its policy group, or what a group keeps in line."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from sdx_studio.document import Document
from sdx_studio.document.drifting import drift, members, wanted
from sdx_studio.ui.theme import Theme
from sdx_studio.words import _


class DriftLine(QLabel):
    """Hidden while there is nothing to say."""

    def __init__(self, document: Document, ids: tuple[str, ...], look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inspector.drift")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._document, self._ids, self._look = document, ids, look
        self.refresh()

    def refresh(self) -> None:
        """Take over how things are now."""
        words, drifted = told(self._document, self._ids)
        self.setText(words)
        self.setVisible(bool(words))
        ink = self._look.colours["ink.1" if drifted else "ink.2"]
        colour = self._look.colours["state.busy"]
        edge = f"border: 0px solid {colour}; border-left-width: 3px; padding-left: 8px;" if drifted else ""
        self.setStyleSheet(f"color: {ink}; {edge}")


def told(document: Document, ids: Iterable[str]) -> tuple[str, bool]:
    """What there is to say, and whether something has drifted."""
    chosen = set(ids)
    if not document.having("policy"):
        return "", False
    found = [one for one in drift(document) if {one.group, one.element} & chosen]
    lines = [line for id in sorted(chosen) for line in _kept(document, id)]
    if len(chosen) == 1 and not lines:
        lines = [one.words(document) for one in found]
    elif found:
        count = len({one.element for one in found})
        lines.append(_("{count} settings on {elements} elements have drifted", count=len(found), elements=count))
    return "\n".join(lines), bool(found)


def _kept(document: Document, id: str) -> list[str]:
    if id not in document.elements or "policy" not in document.traits(id):
        return []
    inside = members(document, id)
    kept = sum(len(wanted(document, id, one)) for one in inside)
    said = {"members": len(inside), "settings": kept, "edits": len(inside)}
    return [_("{members} members, {settings} settings: one edit in place of {edits}", **said)]
