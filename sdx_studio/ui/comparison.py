"""A beside B: a fork of the running model with one thing changed, both with the same clock and the same view."""

import functools
from copy import copy, deepcopy
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox, QToolButton

from sdx_studio.session import forking
from sdx_studio.session.comparing import Row, compare, figures
from sdx_studio.session.live import Live
from sdx_studio.session.players.messages import Caught, Paused
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.veil import veil
from sdx_studio.ui.sides import Side
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.session.control import News
    from sdx_studio.ui.window import Window

ENDS = (
    ("keep_a", mark("Keep A, give B up")), ("keep_b", mark("Keep B in place of A")),
    ("keep_both", mark("Save B as a project of its own")),
)  # fmt: skip
ASIDE = 1e-6
"""Seconds by which the clocks of two runs that are held may differ."""
ASK_EVERY = 15
"""Rounds of the follower after which both runs are asked for their sums again."""


class Comparison(QObject):
    """Makes the second side, keeps both in step, and ends it in one of three ways."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._count = 0
        self._moving = False
        self._seen = Camera()
        """What part of the canvas was seen before."""
        self.may_drop = self._ask
        """Whether B, which has been edited, may be given up; tests answer it themselves."""
        window.side.meant.connect(functools.partial(self.turn_to, window.side))

    @property
    def on(self) -> bool:
        """Whether two sides are compared."""
        return len(self._window.sides) == 2

    # begin and end -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Fork the model at this moment; the fork is the side that is meant."""
        window = self._window
        if self.on:
            return
        first = window.side
        if first.live.playing:
            first.live.seek(first.live.time)
        self._seen = copy(first.canvas.camera)
        fork = forking.fork(first.live, window.make_player)
        second = Side(window, fork.session, fork)
        window.sides = [first, second]
        for mine, other in ((first, second), (second, first)):
            mine.live.partner = other.live
            mine.canvas.camera_changed.connect(functools.partial(self._look, mine, other))
        second.canvas.scene.grid, second.canvas.scene.types = first.canvas.scene.grid, first.canvas.scene.types
        second.canvas.scene.doings = deepcopy(first.canvas.scene.doings)
        veil(second.canvas, window.panels.layers.hidden, window.panels.layers.fixed)
        second.meant.connect(functools.partial(self.turn_to, second))
        self._add_ends(second)
        window.listen_to(second)
        window.board.put(window.sides)
        self.turn_to(second)
        window.board.show_view("topology")
        window.canvas.fit()
        window.panels.show_comparison(True)
        window.desk.say(_("B is a fork of A: change something in it and press play"))

    def _add_ends(self, side: Side) -> None:
        """The ways out, behind one button at B's heading."""
        button = QToolButton()
        button.setObjectName("compare_ends")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for name, words in ENDS:
            action = QAction(_(words), menu)
            action.setObjectName(f"compare.{name}")
            action.triggered.connect(getattr(self, name))
            menu.addAction(action)
        button.setMenu(menu)
        side.row.addWidget(button)

    def keep_a(self) -> bool:
        """Give B up; False when the person would rather keep its changes."""
        if not self.on:
            return True
        if self._window.sides[1].session.history.modified and not self.may_drop():
            return False
        self.end()
        return True

    def keep_b(self) -> None:
        """Have B in place of A: its drawing as one step that can be undone, its run goes on."""
        first, second = self._window.sides
        live, session = second.live, first.session
        first.live.partner = live.partner = None
        first.live.reset()
        forking.take_over(session, live.session)
        first.live.adopt(live)
        first.canvas.scene.doings = second.canvas.scene.doings
        self.end()

    def keep_both(self) -> None:
        """Save B as a file of its own, and go on with A."""
        if self._window.files.save_copy(self._window.sides[1].session):
            self.end()

    def end(self) -> None:
        """One side again."""
        if not self.on:
            return
        window = self._window
        first, second = window.sides
        self.turn_to(first)
        first.live.partner = second.live.partner = None
        window.sides = [first]
        second.close_up()
        window.board.put(window.sides)
        second.deleteLater()
        first.heading.hide()
        window.panels.show_comparison(False)
        first.canvas.camera.see(self._seen)
        first.canvas.camera_changed.emit()
        first.canvas.redraw()
        window.desk.say(_("The comparison has ended"))
        window.ways.take()
        window.ways.turned()
        window.refresh_actions()

    def _ask(self) -> bool:
        words = _("B has been changed. Give its changes up?")
        answer = QMessageBox.question(self._window, "SDx Studio", words)
        return answer == QMessageBox.StandardButton.Yes

    # one of two ----------------------------------------------------------------------------------------------------

    def turn_to(self, side: Side) -> None:
        """Panels and commands are about this side from now on."""
        window = self._window
        if side is not window.side and side in window.sides:
            window.side = side
            window.panels.retell()
            window.ways.take()
            window.ways.turned()
            window.board.selected()
            window.panels.selected()
            window.retitle()
            window.refresh_actions()
            window.tell_status()
        self.retell()

    def retell(self) -> None:
        """The headings in the language, palette and size in use."""
        if not self.on:
            return
        look, said = self._window.look, (_("as it is"), _("what if"))
        for side, letter, words in zip(self._window.sides, "AB", said, strict=True):
            side.head(letter, words, look, side is self._window.side)
        button = self._window.sides[1].findChild(QToolButton, "compare_ends")
        if button is not None:
            button.setText(_("End comparison"))
            for action, (_name, words) in zip(button.menu().actions(), ENDS, strict=True):
                action.setText(_(words))

    def _look(self, mine: Side, other: Side) -> None:
        """Both look at the same."""
        if not self._moving and mine in self._window.sides and other in self._window.sides:
            self._moving = True
            other.canvas.camera.see(mine.canvas.camera)
            other.canvas.camera_changed.emit()
            other.canvas.redraw()
            self._moving = False

    # both together -------------------------------------------------------------------------------------------------

    def heard(self, side: Side, news: "list[News]") -> None:
        """Held at one side, held at both, and at the same moment."""
        if not self.on or side.live.playing:
            return
        first, second = self._window.sides
        other = second if side is first else first
        caught = any(isinstance(one, Caught) for one in news)
        held = any(isinstance(one, Paused) for one in news) and side is self._window.side
        if caught or held:
            self._align(side.live, other.live)

    def _align(self, live: Live, other: Live) -> None:
        if other.playing or abs(other.time - live.time) > ASIDE:
            other.go_along(live.time)

    def tick(self) -> None:
        """Keep the clocks together while they run, and the table up to date."""
        if not self.on:
            return
        one, two = (side.live for side in self._window.sides)
        if one.playing and two.playing:
            ahead = one.time - two.time
            slack = 0.1 * one.speed
            one.hold_back(ahead > slack)
            two.hold_back(ahead < -slack)
        self._count += 1
        if self._count % ASK_EVERY == 0:
            for live in (one, two):
                live.ask_totals()
            self._window.panels.differences.show_rows(self.rows())

    def rows(self) -> list[Row]:
        """The table of differences at this moment; empty before both have told their sums."""
        told = []
        for side in self._window.sides:
            latest = None if side.live.player is None else side.live.player.latest()
            if latest is None or not side.live.totals:
                return []
            told.append(figures(side.session.document, *latest, side.live.totals))
        return compare(*told)
