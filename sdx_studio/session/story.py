"""The story of a run: what happened up to now, what is known to happen after it, and curves of all measures."""

from dataclasses import dataclass, field

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.events import Event
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.curves import Curves
from sdx_studio.session.players.messages import Happened, Rewound


@dataclass
class Story:
    """Moments are simulated seconds."""

    events: list[Event] = field(default_factory=list)
    ahead: list[Event] = field(default_factory=list)
    """What will happen after now, as far as that is known because the run was further once."""
    curves: Curves = field(default_factory=Curves)
    time: float = 0.0
    reached: float = 0.0
    """The latest moment to which the run has come so far."""

    def happened(self, message: Happened) -> None:
        """More of the run is over; what had been known of it was either just this, or it was of another future."""
        count = len(message.events)
        if self.ahead[:count] == list(message.events[: len(self.ahead)]):
            del self.ahead[:count]
        else:
            self.branch()
        self.events.extend(message.events)
        self.reached = max(self.reached, message.events[-1].time / SECOND)

    def rewound(self, message: Rewound) -> None:
        """The run is at an earlier moment; the later ones stay known."""
        self.reached = max(self.reached, self.time)
        self.ahead = self.events[message.events :] + self.ahead
        del self.events[message.events :]
        self.time = message.time / SECOND
        self.curves.back(self.time)

    def shown(self, layout: Layout, snapshot: Snapshot) -> None:
        """Take in a picture of this moment."""
        self.curves.add(layout, snapshot)
        self.time = snapshot.time / 1e6
        self.reached = max(self.reached, self.time)

    def branch(self) -> None:
        """What comes after now will be otherwise than it was known."""
        self.ahead = []
        self.curves.branch()
        self.reached = self.time
