"""Curves of the selected element's measures over simulated time. pyqtgraph is imported when first shown."""

from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from sdx_studio.session.live import Live
from sdx_studio.ui.theme import Theme
from sdx_studio.words import _


class Plots(QWidget):
    """One plot with up to four curves: ratios in per cent."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.setObjectName("plots")
        self._look = look
        self._plot: Any = None
        self._curves: list[Any] = []
        self._labels: list[Any] = []
        self._shown: tuple[tuple[str, str], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 4)
        self._title = QLabel(_("Select an element to see its curves"))
        self._title.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(self._title)

    def _make(self) -> None:
        import pyqtgraph

        pyqtgraph.setConfigOptions(antialias=True)
        self._plot = pyqtgraph.PlotWidget()
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._column.addWidget(self._plot, 1)
        self.retell(self._look)

    def retell(self, look: Theme) -> None:
        """Take another palette or language."""
        self._look = look
        if self._plot is None or not self._shown:
            self._title.setText(_("Select an element to see its curves"))
        if self._plot is None:
            return
        self._plot.setBackground(look.colour("surface.panel"))
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(look.colour("plot.grid"))
            axis.setTextPen(look.colour("ink.2"))
        self._plot.showGrid(x=True, y=True, alpha=0.25)
        self._plot.setLabel("bottom", "", units="s")
        self._plot.setYRange(0, 100)
        self._plot.setMouseEnabled(y=False)
        self._shown = ()

    def follow(self, live: Live, id: str | None, name: str, measures: tuple[tuple[str, str], ...]) -> None:
        """Draw the curves of one element: (label, measure) pairs of ratios."""
        if not self.isVisible() or (id is None and self._plot is None):
            return
        if self._plot is None:
            self._make()
        key = tuple((id or "", measure) for _label, measure in measures)
        if key != self._shown:
            self._renew(name, measures)
            self._shown = key
        if id is None:
            return
        for curve, (_label, measure) in zip(self._curves, measures, strict=False):
            times, values = live.curves.of(id, measure)
            curve.setData(times, np.nan_to_num(values) * 100)
        if live.time:
            self._plot.setXRange(max(0.0, live.time - 60.0), max(20.0, live.time), padding=0)

    def _renew(self, name: str, measures: tuple[tuple[str, str], ...]) -> None:
        self._plot.clear()
        legend = self._plot.addLegend(offset=(-4, 1), colCount=4, labelTextColor=self._look.colour("ink.1"))
        legend.clear()
        self._curves = []
        for index, (label, _measure) in enumerate(measures[:4]):
            import pyqtgraph

            key = "ink.1" if index == 0 else f"series.{index}"
            pen = pyqtgraph.mkPen(self._look.colour(key), width=2.25 if index == 0 else 1.75)
            self._curves.append(self._plot.plot([], [], pen=pen, name=label))
        self._title.setText(_("{name}, %", name=name) if measures else _("Select an element to see its curves"))
