"""Changing an act of the scenario: when it happens, where a guest goes, how much load comes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QVBoxLayout

from sdx_studio import units
from sdx_studio.document import Act, EditError
from sdx_studio.kinds import Value
from sdx_studio.session import planning, watching
from sdx_studio.session.acts import ACTS
from sdx_studio.session.wording import name_of
from sdx_studio.ui.panels.chooser import Chooser
from sdx_studio.ui.panels.line_editor import buttons
from sdx_studio.ui.theme import px
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class ActEditor(QDialog):
    """One act; everything that is changed is one step."""

    def __init__(self, window: "Window", id: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("act_editor")
        self._window, self._id = window, id
        document = window.session.document
        act = document.scenario[id]
        self.setWindowTitle(planning.words(act, document))
        self.form = QFormLayout()
        label = _(ACTS[act.verb].label) if act.verb in ACTS else act.verb
        self.form.addRow(QLabel(f"{label} · {name_of(act.target, document)}"))
        self.at = self._line("act_at", _("At"), units.show(act.at, "s").replace(units.NBSP, " "))
        self.to = self._machines(str(act.fields.get("to", ""))) if act.verb == "migrate" else None
        self.of = self._owners(act) if act.verb == "read_files" else None
        self._figure = planning.figure_of(document, act.verb, act.target)
        self.amount: QLineEdit | None = None
        if self._figure is not None:
            key, unit, usual = self._figure
            value = act.fields.get(key, usual)
            shown = units.show(float(value), unit) if isinstance(value, int | float) else str(value)
            words = _("How much more") if unit else _("How many times as much")
            self.amount = self._line("act_amount", words, shown.replace(units.NBSP, " "))
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.addLayout(self.form)
        column.addWidget(self.problem)
        column.addWidget(buttons(self))

    def _line(self, name: str, label: str, text: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setObjectName(name)
        line.setAccessibleName(label)
        line.setMinimumWidth(px(180))
        self.form.addRow(label, line)
        return line

    def _owners(self, act: Act) -> Chooser:
        document = self._window.session.document
        able = [id for id in document.elements if id != act.target and "read_files" in planning.fitting(document, id)]
        names = sorted((document.element(id).name, id) for id in able)
        return self._chooser("act_of", _("Files of"), names, str(act.fields.get("of", "")))

    def _chooser(self, name: str, label: str, rows: list[tuple[str, str]], chosen: str) -> Chooser:
        box = Chooser(self._window.look)
        box.setObjectName(name)
        box.setAccessibleName(label)
        for words, id in rows:
            box.addItem(words, id)
        box.setCurrentIndex(box.findData(chosen))
        self.form.addRow(label, box)
        return box

    def _machines(self, chosen: str) -> Chooser:
        document = self._window.session.document
        rows = [(document.element(machine).name, machine) for machine in document.having("machine")]
        return self._chooser("act_to", _("Migrate to"), rows, chosen)

    def accept(self) -> None:
        """Take it over, unless something is no moment or no quantity."""
        try:
            planning.change(self._window.session, self._id, self._moment(), self._figures())
        except (EditError, units.UnitError, watching.WatchError) as reason:
            self.problem.setText(str(reason))
            self.problem.show()
            return
        super().accept()

    def _moment(self) -> float:
        at = watching.read_until(self._window.session.document, self.at.text())
        if not isinstance(at, float | int):
            raise EditError(_("“{text}” is no moment: write 90 s, 2 min or 00:02:00", text=self.at.text()))
        return float(at)

    def _figures(self) -> dict[str, Value]:
        figures: dict[str, Value] = {}
        if self.to is not None and self.to.currentData():
            figures["to"] = str(self.to.currentData())
        if self.of is not None and self.of.currentData():
            figures["of"] = str(self.of.currentData())
        if self.amount is not None and self._figure is not None:
            key, unit, _usual = self._figure
            figures[key] = units.parse(self.amount.text(), unit)
        return figures
