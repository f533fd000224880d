"""The panel: shows the file of one guest for editing, or how two of them differ."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sdx_studio.document import EditError
from sdx_studio.session import Session
from sdx_studio.session.configuration import (
    ConfigurationError,
    Mistake,
    changes_of,
    differing,
    portable,
    text_of,
)
from sdx_studio.ui.panels.configuration.editor import Editor
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _

WRONG, GONE, NEW = "drop.refuse.soft", "drop.refuse.soft", "drop.allow.soft"
"""Tokens under lines that are wrong, or that only the first or the second has."""


class ConfigurationPanel(QWidget):
    """Follows the selection; a text that was begun is kept until it is applied or taken back."""

    def __init__(self, session: Session, look: Theme, say: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("configuration")
        self._session, self._look, self._say = session, look, say
        self.ids: tuple[str, ...] = ()
        self._drafts: dict[str, str] = {}
        self._filling = False
        self.mistakes: tuple[Mistake, ...] = ()
        self.head, self.hint = QLabel(), QLabel()
        self.head.setObjectName("configuration_head")
        self.hint.setObjectName("configuration_hint")
        self.editor = Editor(look)
        self.apply_button, self.revert_button = QPushButton(), QPushButton()
        self.apply_button.setObjectName("configuration_apply")
        self.revert_button.setObjectName("configuration_revert")
        self._lay_out()
        self.setFocusProxy(self.editor)
        self.editor.textChanged.connect(self._typed)
        self.editor.cursorPositionChanged.connect(self._tell)
        self.apply_button.clicked.connect(self.apply)
        self.revert_button.clicked.connect(self.revert)
        self.retell(session, look)

    def _lay_out(self) -> None:
        for label in (self.head, self.hint):
            label.setWordWrap(True)
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.revert_button)
        row.addWidget(self.apply_button)
        self.foot = QWidget()
        below = QVBoxLayout(self.foot)
        below.setContentsMargins(12, 8, 12, 10)
        below.addWidget(self.hint)
        below.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.editor, 1)
        column.addWidget(self.foot)

    def retell(self, session: Session, look: Theme) -> None:
        """Another session, language, palette or size of words."""
        if session is not self._session:
            self._drafts.clear()
            self.ids = ()
        self._session, self._look = session, look
        self.editor.retell(look)
        self.editor.setAccessibleName(_("Configuration"))
        self.apply_button.setText(_("Apply"))
        self.revert_button.setText(_("Revert"))
        self.head.setStyleSheet(f"padding: {px(10)}px {px(12)}px; color: {look.colours['ink.2']};")
        self.hint.setMinimumHeight(px(48))
        self.show_ids(self.ids)

    def show_ids(self, ids: tuple[str, ...]) -> None:
        """Show the one guest among what is selected, or compare two of them."""
        document = self._session.document
        self.ids = tuple(id for id in ids if portable(document, id))
        alone = len(self.ids) == 1
        self.editor.setReadOnly(not alone)
        self.editor.setVisible(0 < len(self.ids) < 3)
        self.foot.setVisible(alone)
        if alone:
            self._fill(self._drafts.get(self.ids[0], text_of(document, self.ids[0], help=False)), ())
            self.head.setText(document.element(self.ids[0]).name)
            self._check()
        elif len(self.ids) == 2:
            self._compare(*self.ids)
        else:
            self.head.setText(_("Select a VM to edit it as a file, or two to compare them."))

    def _fill(self, text: str, signs: tuple[str, ...]) -> None:
        """Put a text in without taking it for typed; the same one leaves the cursor alone."""
        self.editor.signs = signs
        if text == self.editor.toPlainText():
            return
        self._filling = True
        self.editor.replace(text)
        self._filling = False

    def _compare(self, a: str, b: str) -> None:
        lines = self._session.difference(a, b)
        keys = differing(lines)
        names = [self._session.document.element(id).name for id in (a, b)]
        text = "\n".join(f"{one.key}: {one.value}".rstrip() for one in lines)
        self._fill(text, tuple(one.sign.replace("-", "−") for one in lines))
        self.editor.mark({row: GONE if one.sign == "-" else NEW for row, one in enumerate(lines, 1) if one.sign != " "})
        words = _("− {a}, + {b}: {count} lines differ ({keys})", a=names[0], b=names[1], count=len(keys),
                  keys=", ".join(keys))  # fmt: skip
        self.head.setText(words)

    def _typed(self) -> None:
        if self._filling or len(self.ids) != 1:
            return
        id, text = self.ids[0], self.editor.toPlainText()
        if text == text_of(self._session.document, id, help=False):
            self._drafts.pop(id, None)
        else:
            self._drafts[id] = text
        self._check()

    def _check(self) -> None:
        """Read the text as it stands and mark what is wrong."""
        id = self.ids[0]
        changed, self.mistakes = id in self._drafts, ()
        try:
            changes_of(self._session.document, id, self.editor.toPlainText())
        except ConfigurationError as reason:
            self.mistakes = reason.mistakes
        self.editor.mark({one.line: WRONG for one in self.mistakes})
        self.apply_button.setEnabled(changed and not self.mistakes)
        self.revert_button.setEnabled(changed)
        self._tell()

    def _tell(self) -> None:
        """Under the text: what is wrong here or first, else what the line of the cursor is for."""
        if len(self.ids) != 1 or self._filling:
            return
        line = self.editor.line()
        wrong = next((one for one in self.mistakes if one.line == line), next(iter(self.mistakes), None))
        ink = "ink.2" if wrong is None else "drop.refuse"
        if wrong is None:
            words = self._purpose(self.editor.textCursor().block().text())
        else:
            words = _("Line {line}: {message}", line=wrong.line, message=wrong.message)
        self.hint.setStyleSheet(f"color: {self._look.colours[ink]};")
        self.hint.setText(words)

    def _purpose(self, line: str) -> str:
        field = self._session.document.kind_of(self.ids[0]).by_key.get(line.partition(":")[0].strip())
        if field is None:
            return _("One line a property, as “key: value”. Nothing changes before you apply it.")
        within = f" ({field.range_text()})" if field.type in ("number", "integer") else ""
        return f"{_(field.label)}: {_(field.help)}{within}"

    def apply(self) -> None:
        """Make the guest what the text says, as one step."""
        id = self.ids[0]
        try:
            keys = self._session.configure(id, self.editor.toPlainText())
        except ConfigurationError as reason:
            self.editor.go_to(reason.mistakes[0].line)
            self._check()
            return
        except EditError as reason:
            self._say(str(reason))
            return
        self._drafts.pop(id, None)
        self.show_ids(self.ids)
        self._say(_("applied: {keys}", keys=", ".join(keys)) if keys else _("nothing to change"))

    def revert(self) -> None:
        """Show again what the guest is."""
        self._drafts.pop(self.ids[0], None)
        self.show_ids(self.ids)
