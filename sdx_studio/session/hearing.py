"""Hearing a running model: what its player tells becomes the story of the run."""

from collections.abc import Mapping

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.events import Event
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session import watching
from sdx_studio.session.curves import Curves
from sdx_studio.session.players import Player
from sdx_studio.session.players.messages import (
    Busy,
    Caught,
    Crashed,
    Happened,
    Message,
    Paused,
    Refused,
    Restarted,
    Rewound,
    Slowed,
    Told,
    Watch,
)
from sdx_studio.session.session import Session
from sdx_studio.session.story import Story
from sdx_studio.session.wishes import Wishes
from sdx_studio.words import _

News = Event | Refused | Crashed | Paused | Rewound | Busy | Restarted | Caught | Slowed
"""What a running model has to say."""


class Hearing:
    """One player and what has been heard of it; who asks it for something is `Control`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.player: Player | None = None
        self._asked: tuple[tuple[Watch, ...], tuple[str, ...]] = ((), ())
        self._wishes = Wishes()
        self._forget()

    def _ready(self) -> Player:
        """The player, with a world."""
        raise NotImplementedError

    def close_player(self) -> None:
        """End the world and its process."""
        player, self.player = self.player, None
        if player is not None:
            player.close()

    def _forget(self) -> None:
        self.story = Story()
        self.totals: Mapping[str, float] = {}
        """Sums over the whole run, as far as they were asked for."""
        self.told: dict[str, Told] = {}
        """The newest answer about every topic that was asked for: see `playback.TOPICS`."""
        self.slowed = False
        """Whether time goes slowly for a while because of what happened."""
        self.until: Watch | float | None = None
        """What the run goes on to: a moment (s), or something that is to come true."""
        self._wishes.drop()

    @property
    def events(self) -> list[Event]:
        """What happened up to now."""
        return self.story.events

    @property
    def measured(self) -> Told | None:
        """Value, mean and peak of every measure, as far as they were asked for."""
        return self.told.get("measures")

    @property
    def curves(self) -> Curves:
        """Samples of all measures up to now."""
        return self.story.curves

    @property
    def time(self) -> float:
        """Simulated seconds of this moment."""
        return self.story.time

    @property
    def started(self) -> bool:
        """Whether there is a world (running or held)."""
        return self.player is not None

    @property
    def playing(self) -> bool:
        """Whether time goes on."""
        return self.player is not None and self.player.running

    def _watch(self, player: Player) -> None:
        """Tell the player what to hold for and to slow down at."""
        self._asked = (watches, slow) = watching.asked(self.session.document)
        player.watch((*watches, self.until) if isinstance(self.until, Watch) else watches, slow)

    def _await(self, until: Watch | float | None) -> None:
        """Go on to this from now on; what was wished before is forgotten."""
        self._wishes.drop()
        before, self.until = self.until, until
        if self.player is not None and (isinstance(before, Watch) or isinstance(until, Watch)):
            self._watch(self.player)

    def _seek(self, time: int) -> None:
        player = self._ready()
        self._wishes.sent(time)
        player.seek(time)

    def poll(self) -> list[News]:
        """Take in what the player has to say; returns the news in order."""
        news: list[News] = []
        if self.player is None:
            return news
        for message in self.player.poll():
            news.extend(self._heard(message))
        if any(isinstance(one, Crashed) for one in news):
            self.close_player()
        return news

    def _heard(self, message: Message) -> list[News]:
        """Take in one message; what of it is news."""
        if isinstance(message, Happened):
            self.story.happened(message)
            return list(message.events)
        if isinstance(message, Told):
            self._told(message)
        if isinstance(message, Refused):
            return [Refused(message.command, _(message.reason))]
        if isinstance(message, Rewound):
            self.story.rewound(message)
        elif isinstance(message, Slowed):
            self.slowed = message.on
        elif isinstance(message, Paused | Caught):
            self._held(message)
        if isinstance(message, Crashed | Paused | Rewound | Busy | Restarted | Caught | Slowed):
            return [message]
        return []

    def _told(self, message: Told) -> None:
        self.told[message.topic] = message
        if message.topic == "totals":
            self.totals = message.figures

    def _held(self, message: Paused | Caught) -> None:
        """Time stands; whoever drags may wish for another moment by now."""
        if isinstance(message, Caught):
            if self.until is not None:
                self._await(None)
        elif not isinstance(self.until, Watch) and self.until is not None and message.time / SECOND >= self.until:
            self.until = None
        elif isinstance(self.until, Watch) and not self.playing:
            self._await(None)
        if isinstance(message, Paused):
            wish = self._wishes.met(message.time)
            if wish is not None:
                self._seek(wish)

    def latest(self) -> tuple[Layout, Snapshot] | None:
        """The newest picture of the model; it is kept for the curves as well."""
        found = self.player.latest() if self.player is not None else None
        if found is not None:
            self.story.shown(*found)
        return found
