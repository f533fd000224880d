"""Properties of what is selected, from the kinds' declared fields only: units, bounds, reset dot, "multiple"."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from sdx_studio.document import EditError
from sdx_studio.document.inheriting import given
from sdx_studio.kinds import Field, FieldError, Value
from sdx_studio.kinds.links import BY_KEY
from sdx_studio.session import Session
from sdx_studio.ui.panels.chooser import Chooser
from sdx_studio.ui.panels.heading import Heading
from sdx_studio.ui.panels.origins import ResetDot, back, tip
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _

LABEL_WIDTH = 124


class Inspector(QWidget):
    """Follows the selection and the document; every entry is one undoable step over all that is selected."""

    def __init__(self, session: Session, look: Theme, say: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self._session = session
        self._look = look
        self._say = say
        self._ids: tuple[str, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self._scroll)
        self.heading: Heading | None = None
        self.show_ids(())

    def retell(self, session: Session, look: Theme) -> None:
        """Show everything anew: another session, language or palette."""
        self._session, self._look = session, look
        self.show_ids(self._ids)

    def show_ids(self, ids: tuple[str, ...]) -> None:
        """Show the properties of these elements or links."""
        document = self._session.document
        self._ids = tuple(id for id in ids if id in document.elements or id in document.links)
        body = QWidget()
        body.setObjectName("panel")
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 14, 10, 14)
        column.setSpacing(6)
        self.heading = None
        if not self._ids:
            column.addWidget(self._hint(_("Nothing selected")))
            column.addWidget(self._hint(_("Drag parts onto the canvas, or click one to see its properties.")))
        else:
            self.heading = Heading(self._session.document, self._ids, self._look)
            column.addWidget(self.heading)
            self._add_fields(column)
        column.addStretch(1)
        self._scroll.setWidget(body)

    def _hint(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setStyleSheet(f"color: {self._look.colours['ink.3']};")
        return label

    def _add_fields(self, column: QVBoxLayout) -> None:
        if all(id in self._session.document.elements for id in self._ids):
            column.addLayout(self._name_row())
        group = ""
        for field in self._common().values():
            if field.group != group:
                group = field.group
                column.addWidget(self._group(_(group)))
            column.addLayout(self._row(field))

    def _group(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setStyleSheet(f"font-size: {px(11)}px; font-weight: 600; padding-top: 8px;")
        return label

    def _fields_of(self, id: str) -> Mapping[str, Field]:
        return BY_KEY if id in self._session.document.links else self._session.document.kind_of(id).by_key

    def _own(self, id: str) -> Mapping[str, Value]:
        document = self._session.document
        return document.links[id].fields if id in document.links else document.elements[id].fields

    def _given(self, id: str) -> Mapping[str, Value]:
        document = self._session.document
        return document.links[id].fields if id in document.links else given(document, document.elements[id])

    def _common(self) -> dict[str, Field]:
        """Fields that everything selected has."""
        first, *others = (self._fields_of(id) for id in self._ids)
        return {key: field for key, field in first.items() if all(other.get(key) == field for other in others)}

    def _name_row(self) -> QGridLayout:
        grid = self._grid(_("Name"), "")
        edit = QLineEdit()
        edit.setObjectName("field.name")
        edit.setAccessibleName(_("Name"))
        single = len(self._ids) == 1
        edit.setText(self._session.document.element(self._ids[0]).name if single else "")
        edit.setPlaceholderText("" if single else _("multiple"))
        edit.setEnabled(single)
        edit.editingFinished.connect(lambda: self._rename(edit.text()))
        grid.addWidget(edit, 0, 1)
        return grid

    def _grid(self, label: str, help: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        words = QLabel(label)
        words.setFixedWidth(px(LABEL_WIDTH))
        words.setToolTip(help)
        grid.addWidget(words, 0, 0)
        empty = QWidget()
        empty.setFixedSize(16, 24)
        grid.addWidget(empty, 0, 2)
        return grid

    def _row(self, field: Field) -> QGridLayout:
        grid = self._grid(_(field.label), _(field.help))
        values = {self._given(id).get(field.key, field.default) for id in self._ids}
        mixed = len(values) > 1
        value = None if mixed else next(iter(values))
        editor = getattr(self, f"_{field.type}", self._text)(field, value, mixed)
        editor.setObjectName(f"field.{field.key}")
        editor.setAccessibleName(_(field.label))
        editor.setToolTip(tip(self._session.document, self._ids, field))
        editor.setMinimumWidth(px(80))
        grid.addWidget(editor, 0, 1)
        if any(field.key in self._own(id) for id in self._ids):
            words = back(self._session.document, self._ids, field)
            grid.addWidget(ResetDot(self._look, words, lambda: self._enter(field, None)), 0, 2)
        return grid

    def _text(self, field: Field, value: Value, mixed: bool) -> QWidget:
        edit = QLineEdit("" if mixed or value is None else field.show(value))
        edit.setPlaceholderText(_("multiple") if mixed else "–")
        shown = edit.text()
        edit.editingFinished.connect(lambda: self._enter(field, edit.text(), edit) if edit.text() != shown else None)
        return edit

    def _flag(self, field: Field, value: Value, mixed: bool) -> QWidget:
        box = QCheckBox(_("multiple") if mixed else field.show(bool(value)))
        box.setChecked(bool(value))
        box.toggled.connect(lambda on: self._enter(field, on))
        return box

    def _choice(self, field: Field, value: Value, mixed: bool) -> QWidget:
        return self._combo(field, [(one, one) for one in field.choices], value, mixed)

    def _reference(self, field: Field, value: Value, mixed: bool) -> QWidget:
        document = self._session.document
        wanted = set(field.to)
        fit = [id for id in document.elements if not wanted or wanted & document.traits(id)]
        rows = [("–", None), *sorted((document.elements[id].name, id) for id in fit if id not in self._ids)]
        return self._combo(field, rows, value, mixed)

    def _combo(self, field: Field, rows: list[tuple[str, str | None]], value: Value, mixed: bool) -> QComboBox:
        combo = Chooser(self._look)
        for words, held in rows:
            combo.addItem(words, held)
        if mixed:
            combo.insertItem(0, _("multiple"))
        combo.setCurrentIndex(0 if mixed else max(0, combo.findData(value)))
        combo.activated.connect(lambda index: self._enter(field, combo.itemData(index)))
        return combo

    def _references(self, field: Field, value: Value, mixed: bool) -> QWidget:
        document = self._session.document
        ids = value if isinstance(value, tuple) else ()
        names = ", ".join(document.elements[id].name for id in ids if id in document.elements)
        edit = QLineEdit("" if mixed else names)
        edit.setPlaceholderText(_("multiple") if mixed else _("names, separated by commas"))
        edit.editingFinished.connect(
            lambda: (
                self._enter(field, [one.strip() for one in edit.text().split(",") if one.strip()], edit)
                if edit.text() != names
                else None
            )
        )
        return edit

    def _rename(self, name: str) -> None:
        one = self._session.document.elements.get(self._ids[0])
        if one is None or one.name == name:
            return
        try:
            self._session.rename(one.id, name)
        except EditError as reason:
            self._say(str(reason))

    def _enter(self, field: Field, entered: object, edit: QLineEdit | None = None) -> None:
        """Set a field on everything selected as one step; a wrong entry stays and says what is allowed."""
        session = self._session
        if entered == "" and field.optional:
            entered = None
        try:
            with session.history.edit(_("Change {names}", names=_(field.label))):
                for id in self._ids:
                    session.set(id, **{field.key: entered})
        except (EditError, FieldError, KeyError) as reason:
            self._say(str(reason))
            if edit is not None:
                edit.setStyleSheet(f"border: 1px solid {self._look.colours['drop.refuse']};")
