"""Control of one running model: play, hold, go to any moment."""

from sdx_studio.engine.clock import SECOND
from sdx_studio.session.hearing import Hearing, News
from sdx_studio.session.players.messages import Watch
from sdx_studio.session.session import Session

__all__ = ["Control", "News"]


class Control(Hearing):
    """The clock of a session's model; where players come from and what they are fed says `Live`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._speed = 1.0
        self.partner: Control | None = None
        """The run beside this one: what is done to the clock here is done there as well."""
        self._held_back = False

    @property
    def speed(self) -> float:
        """Simulated seconds per second, 0.1…1000."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        for one in self._both():
            one._speed = min(1000.0, max(0.1, speed))  # noqa: SLF001 - another of the same class
            if one.player is not None:
                one.player.speed = one._speed  # noqa: SLF001

    @property
    def pace(self) -> float | None:
        """Simulated seconds per second as they really go by; None while that is not known."""
        return self.player.pace if self.player is not None and self.player.running else None

    def begin_anew(self) -> None:
        """Back to the drawing, for this run alone."""
        raise NotImplementedError

    def _both(self) -> "tuple[Control, ...]":
        """It, and the run beside it."""
        return (self,) if self.partner is None else (self, self.partner)

    def hold_back(self, ahead: bool) -> None:
        """Go at half the speed while this run is ahead of the one beside it."""
        if self.player is not None and ahead != self._held_back:
            self._held_back = ahead
            self.player.speed = self._speed * 0.5 if ahead else self._speed

    def go_along(self, seconds: float) -> None:
        """Hold at this moment, because the run beside this one does."""
        if self.player is not None:
            self._await(None)
            self.player.seek(round(seconds * SECOND))

    def ask(self, topic: str, about: str = "") -> None:
        """Have `told[topic]` told anew, soon; what the topics are says `playback.TOPICS`."""
        if self.player is not None:
            self.player.ask(topic, about)

    def ask_totals(self) -> None:
        """Have `totals` told anew, soon."""
        self.ask("totals")

    def ask_measures(self) -> None:
        """Have `measured` told anew, soon."""
        self.ask("measures")

    def play(self) -> None:
        """Let time go on."""
        for one in self._both():
            one._await(None)  # noqa: SLF001
            one._ready().play()  # noqa: SLF001

    def run_until(self, until: Watch | float, *, paced: bool = True) -> None:
        """Let time go on up to a moment (s) or until something comes true, at `speed` or as fast as possible.

        A condition that never comes true ends where the project's duration does, or after as long again.
        """
        player = self._ready()
        self._await(until)
        if self.partner is not None:
            self.partner._go_on(until, paced=paced)  # noqa: SLF001
        if not isinstance(until, Watch):
            player.run_until(round(until * SECOND), paced)
        elif paced:
            player.play()
        else:
            duration = self.session.document.properties.duration
            player.run_until(round((duration if duration > self.time else self.time + duration) * SECOND))

    def _go_on(self, until: Watch | float, *, paced: bool) -> None:
        """The run beside this one goes on; it will say when to hold."""
        if paced or isinstance(until, Watch):
            self._ready().play()
        else:
            self._ready().run_until(round(until * SECOND))

    def pause(self) -> None:
        """Hold time."""
        for one in self._both():
            one._await(None)  # noqa: SLF001
            if one.player is not None:
                one.player.pause()

    def step(self) -> None:
        """Go to the next event and hold."""
        self._await(None)
        self._ready().step()

    def step_back(self) -> None:
        """Go to the event before this moment and hold."""
        self._await(None)
        if self.player is not None:
            self.player.step_back()

    def seek(self, seconds: float) -> None:
        """Go to any moment, earlier or later, and hold."""
        for one in self._both():
            one._await(None)  # noqa: SLF001
            one._seek(round(max(0.0, seconds) * SECOND))  # noqa: SLF001

    def scrub(self, seconds: float) -> None:
        """The same while somebody drags: of all wishes only the newest is sent when the one before has been met."""
        for one in self._both():
            wish = one._wishes.wished(round(max(0.0, seconds) * SECOND))  # noqa: SLF001
            if wish is not None:
                if one.until is not None:
                    one._await(None)  # noqa: SLF001
                one._seek(wish)  # noqa: SLF001
