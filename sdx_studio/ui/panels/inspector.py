"""Properties of what is selected, from the kinds' declared fields only: units, bounds, reset dot, "multiple"."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from sdx_studio.document import Document, EditError
from sdx_studio.document.inheriting import given
from sdx_studio.kinds import Field, FieldError, Value
from sdx_studio.kinds.links import BY_KEY
from sdx_studio.session import Session
from sdx_studio.ui.panels.drifting import DriftLine
from sdx_studio.ui.panels.entries import Entry, entry, row
from sdx_studio.ui.panels.heading import Heading
from sdx_studio.ui.panels.just_now import JustNow
from sdx_studio.ui.panels.leaving import exchange
from sdx_studio.ui.panels.virtual import VirtualLine
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _


class Inspector(QWidget):
    """Follows the selection and the document; every entry is one undoable step over all that is selected."""

    def __init__(self, session: Session, look: Theme, say: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self._session = session
        self.look = look
        self._say = say
        self.ids: tuple[str, ...] = ()
        self._entries: dict[str, Entry] = {}
        self._name: QLineEdit | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self._scroll)
        self.heading: Heading | None = None
        self.now: JustNow | None = None
        self._drift: DriftLine | None = None
        self.body = QWidget(self)
        self._build()

    @property
    def document(self) -> Document:
        """The open project."""
        return self._session.document

    def retell(self, session: Session, look: Theme) -> None:
        """Show everything anew: another session, language, palette or size of words."""
        self._session, self.look = session, look
        self.ids = self._known(self.ids)
        self._build()

    def show_ids(self, ids: tuple[str, ...]) -> None:
        """Show the properties of these elements or links; rows that stay are told of new values only."""
        known = self._known(ids)
        same = known == self.ids and list(self._common()) == list(self._entries)
        self.ids = known
        if not same:
            self._build()
            return
        for one in self._entries.values():
            one.refresh()
        self._refresh_name()
        if self.heading is not None:
            self.heading.update()
        if self._drift is not None:
            self._drift.refresh()

    def first_field(self) -> QWidget | None:
        """What a key goes to first: the first property that is no name, else the name, when something is selected."""
        first = next((one.editor for one in self._entries.values()), None)
        return first or self._name

    def give_up(self) -> None:
        """Forget what is being typed, so that leaving it enters nothing."""
        if self._name is not None and self._name.hasFocus():
            self._name.setProperty("shown", None)
            self._refresh_name()
        for one in self._entries.values():
            if one.editor.hasFocus():
                one.again()

    def _known(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(id for id in ids if id in self.document.elements or id in self.document.links)

    def _build(self) -> None:
        self.body = body = QWidget(self)
        body.setObjectName("panel")
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 14, 10, 14)
        column.setSpacing(6)
        self.heading, self.now, self._name, self._drift, self._entries = None, None, None, None, {}
        if not self.ids:
            self._add_project(column)
            column.addWidget(self._hint(_("Nothing selected")))
            column.addWidget(self._hint(_("Drag parts onto the canvas, or click one to see its properties.")))
        else:
            self.heading = Heading(self.document, self.ids, self.look)
            column.addWidget(self.heading)
            self.now = JustNow(self.look, body)
            column.addWidget(self.now)
            self._drift = DriftLine(self.document, self.ids, self.look, body)
            column.addWidget(self._drift)
            column.addWidget(VirtualLine(self.document, self.ids, body))
            self._add_fields(column)
        column.addStretch(1)
        exchange(self._scroll, body, self)

    def _add_project(self, column: QVBoxLayout) -> None:
        """The project's title and notes: what to look at, and what to ask."""
        own = self.document.properties
        for name, words in (("title", own.title), ("notes", own.notes)):
            if words:
                label = QLabel()
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setText(_(words))
                label.setObjectName(f"inspector.{name}")
                label.setWordWrap(True)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                size, weight = (px(15), 600) if name == "title" else (px(13), 400)
                label.setStyleSheet(f"font-size: {size}px; font-weight: {weight}; padding-bottom: 6px;")
                column.addWidget(label)

    def _hint(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setStyleSheet(f"color: {self.look.colours['ink.3']};")
        return label

    def _add_fields(self, column: QVBoxLayout) -> None:
        if all(id in self.document.elements for id in self.ids):
            self._add_name(column)
        group = ""
        for key, field in self._common().items():
            if field.group != group:
                group = field.group
                column.addWidget(self._group(_(group)))
            self._entries[key] = entry(self, field)
            column.addLayout(self._entries[key].layout)

    def _group(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setStyleSheet(f"font-size: {px(11)}px; font-weight: 600; padding-top: 8px;")
        return label

    def _fields_of(self, id: str) -> Mapping[str, Field]:
        return BY_KEY if id in self.document.links else self.document.kind_of(id).by_key

    def own(self, id: str) -> Mapping[str, Value]:
        """Values that an element or a link has itself."""
        document = self.document
        return document.links[id].fields if id in document.links else document.elements[id].fields

    def given(self, id: str) -> Mapping[str, Value]:
        """Its values, a template's among them."""
        document = self.document
        return document.links[id].fields if id in document.links else given(document, document.elements[id])

    def _common(self) -> dict[str, Field]:
        """Fields that everything selected has."""
        if not self.ids:
            return {}
        first, *others = (self._fields_of(id) for id in self.ids)
        return {key: field for key, field in first.items() if all(other.get(key) == field for other in others)}

    def _add_name(self, column: QVBoxLayout) -> None:
        self._name = edit = QLineEdit()
        edit.setObjectName("field.name")
        edit.setAccessibleName(_("Name"))
        edit.setEnabled(len(self.ids) == 1)
        edit.editingFinished.connect(lambda: self._rename(edit.text()))
        self._refresh_name()
        column.addLayout(row(_("Name"), "", edit))

    def _refresh_name(self) -> None:
        if self._name is not None:
            single = len(self.ids) == 1
            name = self.document.element(self.ids[0]).name if single else ""
            if self._name.property("shown") != name:
                self._name.setProperty("shown", name)
                self._name.setText(name)
                self._name.setCursorPosition(0)
            self._name.setPlaceholderText("" if single else _("multiple"))

    def _rename(self, name: str) -> None:
        one = self.document.elements.get(self.ids[0]) if self.ids else None
        if one is None or one.name == name:
            return
        try:
            self._session.rename(one.id, name)
        except EditError as reason:
            self._say(str(reason))

    def enter(self, field: Field, entered: object, edit: QLineEdit | None = None) -> None:
        """Set a field on everything selected as one step; a wrong entry stays and says what is allowed."""
        session = self._session
        if entered == "" and field.optional:
            entered = None
        try:
            with session.history.edit(_("Change {names}", names=_(field.label))):
                for id in self.ids:
                    session.set(id, **{field.key: entered})
        except (EditError, FieldError, KeyError) as reason:
            self._say(str(reason))
            if edit is not None:
                edit.setStyleSheet(f"border: 1px solid {self.look.colours['drop.refuse']};")
            elif field.key in self._entries:
                self._entries[field.key].again()
