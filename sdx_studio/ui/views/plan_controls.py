"""What a consolidation is planned by, and the three ways to carry it out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from sdx_studio.engine.policies.fillings import LIMIT, RULES
from sdx_studio.ui.panels.chooser import Chooser
from sdx_studio.ui.panels.percent import PercentField
from sdx_studio.ui.theme import px
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

RULE_WORDS = dict(zip(RULES, (mark("First fit"), mark("Best fit"), mark("Power-aware")), strict=True))
WAYS = {"now": mark("Carry out now"), "later": mark("Into the scenario"), "draw": mark("Draw it so")}


class PlanControls(QWidget):
    """Rule and limit at the left, buttons at the right; `changed` says that another plan is wanted."""

    changed = Signal()

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self.rule, self.limit = Chooser(window.look), PercentField(round(LIMIT * 100), 10, 100)
        self.rule.setObjectName("plan_rule")
        self.rule.setMinimumContentsLength(16)
        for rule in RULES:
            self.rule.addItem("", rule)
        self.rule.currentIndexChanged.connect(self.changed)
        self.limit.setObjectName("plan_limit")
        self.limit.value_changed.connect(self.changed)
        self._labels = (QLabel(), QLabel())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for label, field in zip(self._labels, (self.rule, self.limit), strict=True):
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch(1)
        self.buttons = {name: QPushButton() for name in WAYS}
        for name, button in self.buttons.items():
            button.setObjectName(f"plan_{name}")
            row.addWidget(button)

    def retell(self) -> None:
        """Another language or size of words."""
        for label, field, words in zip(
            self._labels, (self.rule, self.limit), (_("Rule"), _("Fill up to")), strict=True
        ):
            label.setText(words)
            field.setAccessibleName(words)
        for place, rule in enumerate(RULES):
            self.rule.setItemText(place, _(RULE_WORDS[rule]))
        for name, button in self.buttons.items():
            button.setText(_(WAYS[name]))
        self.limit.setFixedSize(px(76), px(30))
