"""Cost, power and CO2: meters of every site, rack and machine, with prices that can be changed in place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session import accounting
from sdx_studio.ui.theme import px
from sdx_studio.ui.views.cost_curve import PowerCurve
from sdx_studio.ui.views.cost_sums import Sums
from sdx_studio.ui.views.cost_table import CostTable
from sdx_studio.ui.views.page import Page
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class CostPage(Page):
    """Sums at the top, the table below, and at its foot what the chosen machine draws by load."""

    name = "cost"

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self.sums = Sums(window)
        self.table = CostTable(window)
        self.curve = PowerCurve(window)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.copy = QPushButton()
        self.copy.setObjectName("copy_cost")
        self.copy.clicked.connect(self._copy)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.sums)
        column.addWidget(self.table, 1)
        column.addWidget(self.curve)
        column.addLayout(foot)
        self.setFocusProxy(self.table)

    def retell(self) -> None:
        """Everything anew."""
        self.copy.setText(_("Copy as CSV"))
        self.hint.setText(
            _("Power and energy of sites and racks include the PUE. A machine's cost and CO2 are its energy times the "
              "PUE, price and CO2 intensity around it as they are now; sums count what held at each moment.")
        )  # fmt: skip
        self.hint.setStyleSheet(f"color: {self.owner.look.colours['ink.3']}; font-size: {px(11)}px;")
        self.sums.retell()
        self.table.retell()
        self.curve.retell()

    def edited(self) -> None:
        """The drawing has changed."""
        self.table.fill()
        self.curve.show_chosen()
        self.catch_up()

    def selected(self) -> None:
        """The same row is chosen as on the canvas."""
        self.table.show_selection()
        self.curve.show_chosen()

    def follow(self, layout: Layout, snapshot: Snapshot) -> None:
        """The meters of this moment; the sums are asked for, so that they are exactly the run's."""
        document = self.owner.session.document
        found = accounting.accounts(document, layout, snapshot)
        self.table.show_accounts(found)
        self.sums.show_accounts(found, self.owner.live.totals)
        self.curve.show_load(layout, snapshot)
        self.owner.live.ask_totals()

    def at_rest(self) -> None:
        """Nothing is drawn."""
        self.table.show_accounts({})
        self.sums.show_accounts({}, {})

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table.as_csv())
        self.owner.desk.say(_("the table is on the clipboard"))
