"""Consolidation as a view: which machines can be emptied, step by step, what that saves, and carrying it out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from sdx_studio.document import EditError
from sdx_studio.engine.policies.emptying import Proposal, Step
from sdx_studio.session import proposing
from sdx_studio.session.floor import Reading
from sdx_studio.session.wording import name_of
from sdx_studio.ui.theme import px
from sdx_studio.ui.views.page import Page
from sdx_studio.ui.views.plan_controls import PlanControls
from sdx_studio.ui.views.plan_floor import PlanFloor, Room
from sdx_studio.ui.views.plan_sums import PlanSums
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class PlanPage(Page):
    """Rule and limit above, figures before and after, the steps at the left, the machine room at the right."""

    name = "plan"

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._suggestion: proposing.Suggestion | None = None
        self.controls = PlanControls(window)
        self.controls.changed.connect(self.propose)
        self.rule, self.limit, self.buttons = self.controls.rule, self.controls.limit, self.controls.buttons
        self.buttons["now"].clicked.connect(self._now)
        self.buttons["later"].clicked.connect(self._later)
        self.buttons["draw"].clicked.connect(self._draw)
        self.sums, self.floor = PlanSums(window), PlanFloor(window)
        self.steps, self.summary = QListWidget(), QLabel()
        self.steps.setObjectName("plan_steps")
        self.steps.setWordWrap(True)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.steps.currentRowChanged.connect(lambda _row: self._show_step())
        self.steps.itemChanged.connect(self._refused)
        self.summary.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.controls)
        column.addWidget(self.sums)
        column.addWidget(self._middle(), 1)
        self.setFocusProxy(self.steps)

    def _middle(self) -> QSplitter:
        left = QWidget()
        inner = QVBoxLayout(left)
        inner.setContentsMargins(0, 0, 12, 0)
        inner.addWidget(self.steps, 1)
        inner.addWidget(self.summary)
        room = QScrollArea()
        room.setObjectName("plan_room")
        room.setWidgetResizable(True)
        room.setFrameShape(QScrollArea.Shape.NoFrame)
        room.setWidget(self.floor)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(room)
        split.setSizes([px(300), px(700)])
        return split

    # what is proposed ----------------------------------------------------------------------------------------------

    def propose(self) -> None:
        """Plan anew, with all steps accepted."""
        self._plan(frozenset())

    def _plan(self, kept: frozenset[str]) -> None:
        session, player = self.owner.session, self.owner.live.player
        latest = player.latest() if player is not None else None
        now = Reading.of(*latest) if latest is not None else None
        self._suggestion = proposing.suggest(
            session.document, self.rule.currentData(), self.limit.value() / 100, kept, now=now
        )
        with QSignalBlocker(self.steps):
            self.steps.clear()
            for step in self.proposal.steps:
                self._add(proposing.words(step, session.document), step.machine, chosen=True)
            for machine in sorted(kept):
                self._add(_("{host} stays", host=name_of(machine, session.document)), machine, chosen=False)
            self.steps.setCurrentRow(len(self.proposal.steps) - 1)
        self._summarise()
        self._show_step()

    def _add(self, words: str, machine: str, *, chosen: bool) -> None:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, machine)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        item.setToolTip(words)
        self.steps.addItem(item)

    @property
    def proposal(self) -> Proposal:
        """What is proposed just now."""
        return self._suggestion.proposal if self._suggestion is not None else Proposal()

    def _refused(self, _item: QListWidgetItem) -> None:
        """A machine was asked to stay, or let go again: plan around it."""
        self._plan(self._unticked())

    def _unticked(self) -> frozenset[str]:
        """Machines that were asked to stay."""
        items = [self.steps.item(row) for row in range(self.steps.count())]
        unticked = [item for item in items if item.checkState() == Qt.CheckState.Unchecked]
        return frozenset(item.data(Qt.ItemDataRole.UserRole) for item in unticked)

    def _done(self) -> tuple[Step, ...]:
        """The steps up to the chosen one."""
        return self.proposal.steps[: self.steps.currentRow() + 1]

    def _show_step(self) -> None:
        if self._suggestion is None:
            return
        floor, done = self._suggestion.floor, self._done()
        seats, off = proposing.changed(done)
        used, racks = floor.used(seats), dict[str, list[str]]()
        for machine in floor.machines.values():
            racks.setdefault(floor.racks[machine.id], []).append(machine.id)
        last = done[-1] if done else None
        asleep = frozenset(one.id for one in floor.machines.values() if not one.powered)
        targets = frozenset(machine for _guest, machine in last.moves) if last else frozenset[str]()
        rows = {id: tuple(ids) for id, ids in sorted(racks.items(), key=lambda one: (not one[0], one[0]))}
        use = {id: used[id] / one.cores for id, one in floor.machines.items()}
        self.floor.show_room(Room(rows, use, off | asleep, last.machine if last else "", targets))
        self.sums.show_figures(self._suggestion.figures(), self._suggestion.figures(done))

    def _summarise(self) -> None:
        proposal = self.proposal
        moves = sum(len(step.moves) for step in proposal.steps)
        said = [
            _("{machines} machines can be emptied by {moves} migrations.", machines=len(proposal.steps), moves=moves)
        ]
        if proposal.least:
            said.append(_("No plan can do with fewer than {least} machines.", least=proposal.least))
        counts: dict[str, int] = {}
        for reason in proposal.stays.values():
            counts[reason] = counts.get(reason, 0) + 1
        said += [_("{count} stay: {reason}.", count=count, reason=_(reason)) for reason, count in counts.items()]
        self.summary.setText(" ".join(said))
        live = self.owner.live.started
        self.buttons["now"].setEnabled(live and bool(proposal.steps))
        for name in ("later", "draw"):
            self.buttons[name].setEnabled(bool(proposal.steps))

    # carrying out --------------------------------------------------------------------------------------------------

    def _now(self) -> None:
        steps, limit = self._done(), self.limit.value() / 100
        if self._suggestion is not None and not self._unticked():
            proposing.request(self.owner.live, self._suggestion, self.rule.currentData(), limit, len(steps))
        else:
            proposing.start(self.owner.live, steps)
        self.owner.desk.say(_("{count} machines are being emptied", count=len(steps)))

    def _later(self) -> None:
        steps = self._done()
        proposing.plan(self.owner.session, steps, self.owner.live.time)
        self.owner.desk.say(_("{count} machines will be emptied: see the scenario", count=len(steps)))

    def _draw(self) -> None:
        try:
            proposing.redraw(self.owner.session, self._done())
        except EditError as reason:
            self.owner.desk.say(str(reason))

    # page ----------------------------------------------------------------------------------------------------------

    def retell(self) -> None:
        """Everything anew."""
        self.controls.retell()
        self.steps.setAccessibleName(_("Steps"))
        self.summary.setStyleSheet(f"color: {self.owner.look.colours['ink.2']}; font-size: {px(12)}px;")
        self.sums.retell()
        self.floor.retell()
        self.propose()

    def edited(self) -> None:
        """The drawing has changed."""
        self.propose()

    def at_rest(self) -> None:
        """Nothing runs any more: loads are those of the drawing."""
        self.propose()
