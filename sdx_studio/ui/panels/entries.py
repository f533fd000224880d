"""Rows of the inspector: one a field, told of new values without being made anew, so that nobody's typing is lost."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QWidget

from sdx_studio.document import Document
from sdx_studio.kinds import Field, Value
from sdx_studio.ui.panels.chooser import Chooser
from sdx_studio.ui.panels.origins import ResetDot, back, tip
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _

LABEL_WIDTH = 124
_UNSEEN = object()


class Sheet(Protocol):
    """What a row asks of the inspector around it."""

    ids: tuple[str, ...]
    look: Theme
    body: QWidget
    """What the rows lie on."""

    @property
    def document(self) -> Document:
        """The open project."""

    def given(self, id: str) -> Mapping[str, Value]:
        """Values of an element or a link, a template's among them."""

    def own(self, id: str) -> Mapping[str, Value]:
        """Values that it has itself."""

    def enter(self, field: Field, entered: object, edit: QLineEdit | None = None) -> None:
        """Set a field on everything selected; a wrong entry is said and marks `edit`."""


def row(label: str, help: str, editor: QWidget) -> QGridLayout:
    """A label, an editor, and room for a dot."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(4)
    words = QLabel(label)
    words.setFixedWidth(px(LABEL_WIDTH))
    words.setWordWrap(True)
    words.setToolTip(help)
    editor.setMinimumWidth(px(80))
    empty = QWidget()
    empty.setFixedSize(16, 24)
    grid.addWidget(words, 0, 0)
    grid.addWidget(editor, 0, 1)
    grid.addWidget(empty, 0, 2)
    return grid


class Entry:
    """One field with its editor. Subclasses make the editor and put values into it."""

    def __init__(self, sheet: Sheet, field: Field) -> None:
        self.sheet, self.field = sheet, field
        self._shown: object = _UNSEEN
        self.editor = self.make()
        self.editor.setObjectName(f"field.{field.key}")
        self.editor.setAccessibleName(_(field.label))
        self.layout = row(_(field.label), _(field.help), self.editor)
        self.dot = ResetDot(sheet.body, sheet.look, lambda: sheet.enter(field, None))
        self.dot.setAccessibleName(_("Reset {name}", name=_(field.label)))
        self.layout.addWidget(self.dot, 0, 2)
        self.refresh()

    def make(self) -> QWidget:
        """The editor."""
        raise NotImplementedError

    def fill(self, value: Value, mixed: bool) -> None:
        """Put a value into the editor; `mixed` when those selected differ."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Take over what is selected now; what is being typed stays as long as the value is the same."""
        sheet, field = self.sheet, self.field
        values = {sheet.given(id).get(field.key, field.default) for id in sheet.ids}
        mixed = len(values) > 1
        value = None if mixed else next(iter(values))
        shown = (sheet.ids, mixed, value, self.choices())
        if shown != self._shown:
            self._shown = shown
            blocker = QSignalBlocker(self.editor)
            self.fill(value, mixed)
            blocker.unblock()
        self.editor.setToolTip(tip(sheet.document, sheet.ids, field))
        self.dot.setVisible(any(field.key in sheet.own(id) for id in sheet.ids))
        self.dot.setToolTip(back(sheet.document, sheet.ids, field))

    def again(self) -> None:
        """Show what is, whatever was entered."""
        self._shown = _UNSEEN
        self.refresh()

    def choices(self) -> object:
        """What else decides what the editor shows."""
        return None


class TextEntry(Entry):
    """Anything that is typed: numbers with units, words, lists."""

    def make(self) -> QLineEdit:
        """A line; taken over when it is left or Enter is pressed."""
        self._text = ""
        self.edit = QLineEdit()
        self.edit.editingFinished.connect(self._typed)
        return self.edit

    def fill(self, value: Value, mixed: bool) -> None:
        """The value as people write it."""
        self._text = "" if mixed or value is None else self.field.show(value)
        self._put(mixed, "–")

    def refresh(self) -> None:
        """As always; a list is seen whole in the tip."""
        super().refresh()
        if "," in self._text:
            self.edit.setToolTip(f"{self._text}\n{self.edit.toolTip()}")

    def _put(self, mixed: bool, hint: str) -> None:
        self.edit.setText(self._text)
        self.edit.setCursorPosition(0)
        self.edit.setStyleSheet("")
        self.edit.setPlaceholderText(_("multiple") if mixed else hint)

    def _typed(self) -> None:
        if self.edit.text() != self._text:
            self.sheet.enter(self.field, self.edit.text(), self.edit)


class NamesEntry(TextEntry):
    """Other elements by name, with commas between."""

    def fill(self, value: Value, mixed: bool) -> None:
        """Their names."""
        elements, document = self.sheet.document.elements, self.sheet.document
        ids = [str(id) for id in value] if isinstance(value, tuple) else []
        names = [elements[id].name if id in elements else document.address(id) for id in ids]
        self._text = "" if mixed else ", ".join(names)
        self._put(mixed, _("names, separated by commas"))

    def choices(self) -> object:
        """Names may have changed."""
        return tuple(one.name for one in self.sheet.document.elements.values())

    def _typed(self) -> None:
        if self.edit.text() != self._text:
            names = [one.strip() for one in self.edit.text().split(",") if one.strip()]
            self.sheet.enter(self.field, names, self.edit)


class FlagEntry(Entry):
    """Yes or no."""

    def make(self) -> QCheckBox:
        """A box to tick."""
        self.box = QCheckBox()
        self.box.toggled.connect(lambda on: self.sheet.enter(self.field, on))
        return self.box

    def fill(self, value: Value, mixed: bool) -> None:
        """Ticked or not, with the word beside it."""
        self.box.setText(_("multiple") if mixed else self.field.show(bool(value)))
        self.box.setChecked(bool(value))


class ChoiceEntry(Entry):
    """One of a few words."""

    def make(self) -> Chooser:
        """A list that opens."""
        self.combo = Chooser(self.sheet.look)
        self.combo.view().setAccessibleName(_(self.field.label))
        self.combo.activated.connect(lambda at: self.sheet.enter(self.field, self.combo.itemData(at)))
        return self.combo

    def rows(self) -> list[tuple[str, str | None]]:
        """Words and what they stand for."""
        return [(_(one), one) for one in self.field.choices]

    def choices(self) -> object:
        """The list itself."""
        return tuple(self.rows())

    def fill(self, value: Value, mixed: bool) -> None:
        """The list, and where it stands."""
        self.combo.clear()
        for words, held in ([(_("multiple"), None)] if mixed else []) + self.rows():
            self.combo.addItem(words, held)
        self.combo.setCurrentIndex(0 if mixed else max(0, self.combo.findData(value)))


class ReferenceEntry(ChoiceEntry):
    """One other element that fits; thousands may, so that the list is made when it is wanted."""

    def choices(self) -> object:
        """The name of the one that is chosen, as far as it can be told without the list."""
        held = {self.sheet.given(id).get(self.field.key) for id in self.sheet.ids}
        return tuple(sorted(self._name(one) for one in held))

    def _name(self, id: Value) -> str:
        elements = self.sheet.document.elements
        return elements[id].name if isinstance(id, str) and id in elements else "–"

    def fill(self, value: Value, mixed: bool) -> None:
        """What is chosen now; the whole list comes when it is opened."""
        self.combo.clear()
        self.combo.addItem(_("multiple") if mixed else self._name(value), value)
        self.combo.fill_later(lambda: self._all(value, mixed))

    def _all(self, value: Value, mixed: bool) -> None:
        blocker = QSignalBlocker(self.combo)
        super().fill(value, mixed)
        blocker.unblock()

    def rows(self) -> list[tuple[str, str | None]]:
        """Names of all that fit, and none."""
        document = self.sheet.document
        fit = {id for trait in self.field.to for id in document.having(trait)} if self.field.to else document.elements
        return [("–", None), *sorted((document.elements[id].name, id) for id in fit if id not in self.sheet.ids)]


_BY_TYPE: dict[str, Callable[[Sheet, Field], Entry]] = {
    "flag": FlagEntry, "choice": ChoiceEntry, "reference": ReferenceEntry, "references": NamesEntry,
}  # fmt: skip


def entry(sheet: Sheet, field: Field) -> Entry:
    """The row for a field, by the field's type."""
    return _BY_TYPE.get(field.type, TextEntry)(sheet, field)
