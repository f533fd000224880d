"""The running model of one session: a player fed by the document; edits go to it at once, acts too."""

from collections.abc import Callable, Mapping
from copy import deepcopy

from sdx_studio.document import Act, Change
from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.journal import Journal, drawn
from sdx_studio.engine.parts import Command, Part
from sdx_studio.session import watching
from sdx_studio.session.build import command_of, parts_of, revision, scenario_of
from sdx_studio.session.control import Control, News
from sdx_studio.session.curves import MOST_SAMPLES, MOST_VALUES, Curves
from sdx_studio.session.players import Player
from sdx_studio.session.session import Session
from sdx_studio.session.story import Story

__all__ = ["MOST_SAMPLES", "MOST_VALUES", "Curves", "Live", "News"]


class Live(Control):
    """Play, pause and ask the model of a session; edits go to it at once, acts too."""

    def __init__(self, session: Session, make_player: Callable[[], Player]) -> None:
        super().__init__(session)
        self._make_player = make_player
        self._spare: Player | None = None
        self._parts: list[Part] = []
        self._scenario: list[Command] = []
        self._stop_listening = session.document.on_change(self._edited)

    def _ready(self) -> Player:
        if self.player is None:
            self.prepare()
            self.player, self._spare = self._spare or self._make_player(), None
            self._load(self.player)
        return self.player

    def prepare(self) -> None:
        """Have a player standing by, so that the first play does not wait for its process."""
        if self.player is None and self._spare is None:
            self._spare = self._make_player()
            self._spare.start()

    def _load(self, player: Player) -> None:
        document = self.session.document
        self._parts = parts_of(document)
        self._scenario = scenario_of(document)
        player.load(self._parts, self._scenario, document.properties.seed)
        player.speed = self._speed
        self._forget()
        self._watch(player)

    def reset(self) -> None:
        """Back to the drawing: no run, no time, no events."""
        for one in self._both():
            one.begin_anew()

    def begin_anew(self) -> None:
        """The same for this run alone."""
        self.close_player()
        self._forget()
        self.prepare()

    def branch_off(self, other: "Live") -> None:
        """Be where the run of `other` is, with its past; what is drawn otherwise here holds from now on."""
        if other.player is None:
            return
        now = round(other.time * SECOND)
        past = other.player.journal()
        journal = Journal(past.parts, past.scenario, past.seed, [one for one in past.entries if one.at <= now])
        self.prepare()
        self.player, self._spare = self._spare or self._make_player(), None
        self.story = deepcopy(other.story)
        self.story.branch()
        self.player.take_up(journal, tuple(self.story.events), now)
        self.speed = other.speed
        parts, scenario = drawn(journal)
        self._parts, self._scenario = list(parts.values()), list(scenario)
        self._take_over()
        self._watch(self.player)

    def adopt(self, other: "Live") -> None:
        """Have the run of `other`, which has none any more; both are of the same drawing."""
        self.close_player()
        self.player, self.story, self.totals, self._parts, self._scenario = other.hand_over()

    def hand_over(self) -> tuple[Player | None, Story, Mapping[str, float], list[Part], list[Command]]:
        """The run, which somebody else has from now on."""
        player, self.player = self.player, None
        return player, self.story, self.totals, self._parts, self._scenario

    def act(self, verb: str, target: str, **figures: str | float) -> None:
        """Do something to the running model now (the scenario is for the future)."""
        if self.player is not None:
            act = Act("", self.time, verb, target, fields=dict(figures))
            self.story.branch()
            self.player.do(command_of(act, self.session.document))

    def _edited(self, changes: tuple[Change, ...]) -> None:
        if self.player is None:
            return
        if self.time == 0.0 and not self.player.running:
            self._load(self.player)
            return
        if all(change.table == "project" for change in changes):
            if watching.asked(self.session.document) != self._asked:
                self._watch(self.player)
            return
        self._take_over()

    def _take_over(self) -> None:
        """The model becomes what is drawn."""
        player = self._ready()
        parts = parts_of(self.session.document)
        changed, removed = revision(self._parts, parts)
        self._parts = parts
        if changed or removed:
            self.story.branch()
            player.revise(changed, removed)
        scenario = scenario_of(self.session.document)
        if scenario != self._scenario:
            self._scenario = scenario
            self.story.branch()
            player.plan(scenario)

    def close(self) -> None:
        """End everything; the session goes away."""
        self._stop_listening()
        self.close_player()
        if self._spare is not None:
            self._spare.close()
            self._spare = None
