"""Reset, play, step, speed and the clock, centred over the canvas."""

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSlider, QToolButton, QVBoxLayout, QWidget

from sdx_studio import units
from sdx_studio.session.live import Live
from sdx_studio.ui.icons import ui_icon
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _

MOST = 400
APART = 0.1
"""How far the true speed has to be from the wished one to be shown, as a share of it."""
FAST = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier

ROOMIER = 1100
"""Width that has room for up to when as well."""
ROOMY = 860
"""Width of a window (px at the usual size of words) with room for the speed and the length of the run."""


class UntilField(QLineEdit):
    """Up to when: Enter goes there at the speed in use, with Shift or Ctrl as fast as possible, Esc leaves it."""

    asked = Signal(str, bool)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what was written, or leave it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text().strip():
                self.asked.emit(self.text(), bool(event.modifiers() & FAST))
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            self.setProperty("refused", None)
            super().keyPressEvent(event)


class Transport(QFrame):
    """Buttons of the simulation's commands, a logarithmic speed slider 0.1–1000×, simulated time, and up to when."""

    asked = Signal(str, bool)
    """Run up to this, in words; whether as fast as possible."""

    def __init__(self, live: Live, look: Theme, actions: dict[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("transport")
        self._live = live
        self._look = look
        self._actions = actions
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 12, 2)
        row.setSpacing(6)
        for id in ("simulation.reset", "simulation.step_back", "simulation.play", "simulation.step"):
            row.addWidget(self._button(id))
        row.addWidget(self._line())
        self._add_speed(row)
        row.addWidget(self._line())
        self.clock = QLabel("00:00.0")
        self.clock.setObjectName("clock")
        row.addWidget(self.clock)
        self.total = QLabel()
        row.addWidget(self.total)
        self._until_line = self._line()
        row.addWidget(self._until_line)
        self.until = UntilField()
        self.until.setObjectName("until")
        self.until.asked.connect(self.asked)
        self.until.left.connect(self._leave)
        self._flag = self.until.addAction(ui_icon("ui-flag", look, "ink.2"), QLineEdit.ActionPosition.LeadingPosition)
        row.addWidget(self.until)
        self.retell(live, look)

    def _add_speed(self, row: QHBoxLayout) -> None:
        self._speed_label = QLabel(_("Speed"))
        row.addWidget(self._speed_label)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("speed")
        self.slider.setRange(0, MOST)
        self.slider.setValue(_place(self._live.speed))
        self.slider.valueChanged.connect(self._slid)
        row.addWidget(self.slider)
        self.speed, self.truth = QLabel(), QLabel()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.speed)
        column.addWidget(self.truth)
        column.addStretch(1)
        row.addLayout(column)

    def _button(self, id: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[id])
        button.setObjectName(id.replace(".", "_"))
        button.setIconSize(QSize(16, 16))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def _line(self) -> QWidget:
        line = QFrame()
        line.setFixedSize(1, 20)
        line.setObjectName("divider")
        return line

    def _slid(self, place: int) -> None:
        self._live.speed = 10 ** (place / 100 - 1)
        self._tell_speed()

    def _tell_speed(self) -> None:
        self.speed.setText(f"{self._live.speed:.4g}×")
        words = self._truth()
        if words != self.truth.text():
            self.truth.setText(words)
            self.truth.setVisible(bool(words))
            self.speed.setAccessibleDescription(words)

    def _truth(self) -> str:
        """What is to be said of the speed besides the wish."""
        pace, wished = self._live.pace, self._live.speed
        if self._live.slowed:
            return _("slowed")
        if pace is None or abs(pace - wished) <= APART * wished:
            return ""
        return _("really {speed}×", speed=f"{pace:.3g}" if pace < 1000 else f"{pace:,.0f}")

    def ask(self) -> None:
        """Let the person write up to when."""
        self._until_line.show()
        self.until.show()
        self.until.setFocus()
        self.until.selectAll()

    def refuse(self, reason: str) -> None:
        """What was written makes no sense."""
        self.until.setToolTip(reason)
        self.until.setAccessibleDescription(reason)
        self.until.selectAll()

    def _leave(self) -> None:
        self.window().setFocus()
        self.fit(self.window().width())

    def retell(self, live: Live, look: Theme) -> None:
        """Another session, palette or language."""
        self._live, self._look = live, look
        colours = look.colours
        self.setStyleSheet(
            f"QFrame#transport {{ background: {colours['surface.raised']}; border: 1px solid {colours['line.1']};"
            f" border-radius: 8px; }} QFrame#divider {{ background: {colours['line.1']}; }}"
        )
        self.clock.setStyleSheet(f"font-size: {px(16)}px; font-weight: 600;")
        self.slider.setFixedWidth(px(120))
        self.speed.setFixedWidth(px(72))
        self.truth.setFixedWidth(px(72))
        self.truth.setStyleSheet(f"font-size: {px(10)}px; color: {colours['ink.2']};")
        self.truth.setVisible(bool(self.truth.text()))
        self.until.setFixedWidth(px(120))
        self._flag.setIcon(ui_icon("ui-flag", look, "ink.2"))
        self.until.setPlaceholderText(_("until …"))
        self.until.setAccessibleName(_("Run until"))
        tip = _("Run until 2 min, 00:02:00, cpu > 90 % or migration.finished; with Shift as fast as possible")
        self.until.setToolTip(tip)
        self.speed.setStyleSheet("font-weight: 600;")
        self.total.setStyleSheet(f"color: {colours['ink.3']};")
        self._speed_label.setText(_("Speed"))
        self.slider.setAccessibleName(_("Speed"))
        self.follow()

    def fit(self, width: int) -> None:
        """In a window of this width: speed and length of the run are shown where there is room."""
        for widget in (self._speed_label, self.slider, self.total):
            widget.setVisible(width >= px(ROOMY))
        for last in (self._until_line, self.until):
            last.setVisible(width >= px(ROOMIER) or self.until.hasFocus())

    def follow(self) -> None:
        """Show time, speed and whether it plays."""
        playing = self._live.playing
        play = self._actions["simulation.play"]
        name = "ui-pause" if playing else "ui-play"
        if play.property("drawn") != (name, self._look.name):
            play.setIcon(ui_icon(name, self._look, "accent.ink"))
            play.setProperty("drawn", (name, self._look.name))
        self.clock.setText(units.clock(self._live.time))
        self.total.setText(f"/ {units.clock(self._live.session.document.properties.duration, tenths=False)}")
        place = _place(self._live.speed)
        if self.slider.value() != place and not self.slider.isSliderDown():
            self.slider.blockSignals(True)
            self.slider.setValue(place)
            self.slider.blockSignals(False)
        self._tell_speed()


def _place(speed: float) -> int:
    return round((math.log10(speed) + 1) * 100)
