"""The recorder: one run with its journal and its reel, in which one can go back and forth."""

from collections.abc import Iterable, Sequence

from sdx_studio.engine.checkpoint import Checkpoint, resume
from sdx_studio.engine.events import Event
from sdx_studio.engine.journal import Act, Entry, Journal, folded, perform
from sdx_studio.engine.parts import Command, Part
from sdx_studio.engine.world import World
from sdx_studio.session.players.reel import Reel


class Recorder:
    """Lets a world go on, writes down what is done to it, and finds every earlier moment again."""

    def __init__(self, reel: Reel | None = None) -> None:
        self.reel = Reel() if reel is None else reel
        self._version = self._done = 0
        self.world = World(())
        self.begin((), (), 0)

    def begin(self, parts: Iterable[Part], scenario: Iterable[Command], seed: int) -> None:
        """Another run, at its beginning."""
        self.take_up(Journal(tuple(parts), tuple(scenario), seed), None, ())

    def take_up(self, journal: Journal, checkpoint: Checkpoint | None, events: Sequence[Event]) -> None:
        """Go on with the run of `journal` from `checkpoint` (None: from its beginning); `events` are those so far."""
        self._version = max(self._version, self.world.layout().version)
        self.journal = journal
        self.reel.clear()
        self._events: Sequence[Event] = events
        if checkpoint is not None:
            self.reel.put(checkpoint)
        self._install(checkpoint)

    @property
    def known(self) -> int:
        """Up to when (µs) every moment can be had at once."""
        return max(self.world.now, self.reel.newest.time if self.reel.newest is not None else 0)

    def next_time(self) -> int | None:
        """When something will happen next (µs), in the world or by the journal; None when nothing will."""
        entry = self._entry()
        return self.world.next_time() if entry is None else entry.at

    def step(self) -> bool:
        """Go to the next event; False when there is none."""
        if not len(self.reel):
            self.reel.keep(self.world, self._done)
        entry = self._entry()
        if entry is not None:
            self._done += 1
            self.world.rest(entry.at)
            perform(self.world, entry.act)
            return True
        found = self.world.step()
        self.reel.note(self.world, self._done)
        return found

    def advance(self, until: int) -> None:
        """Let everything happen that is due up to `until` (µs), then be there; earlier times are ignored."""
        while (time := self.next_time()) is not None and time <= until:
            self.step()
        self.world.rest(until)

    def act(self, act: Act) -> tuple[str | None, int, tuple[Entry, ...]]:
        """Do something to the world now and write it down; why it is refused, and the new entries from which place on.

        What the journal says of later times is not done any more, except that edits of the drawing are done at once.
        """
        if not len(self.reel):
            self.reel.keep(self.world, self._done)
        world, entries, place = self.world, self.journal.entries, self._done
        acts = [*folded(entries[place:]), act]
        del entries[place:]
        self.reel.cut(world.now, world.instants, place)
        self._events = world.events
        reason = None
        for one in acts:
            entries.append(Entry(world.now, world.instants, one))
            reason = perform(world, one)
        self._done = len(entries)
        self._version = max(self._version, world.layout().version)
        return reason, place, tuple(entries[place:])

    def seek(self, time: int) -> None:
        """Be at `time` (µs), earlier or later, with all that had happened and been done up to then."""
        frame = self.reel.before(time)
        if time < self.world.now or (frame is not None and frame.instants > self.world.instants):
            self._go_to(frame)
        self.advance(time)

    def back(self) -> bool:
        """Be at the last event before now, or at the beginning; False when one is there already."""
        now = self.world.now
        if now <= 0:
            return False
        self._go_to(self.reel.before(now, strictly=True))
        while (time := self.next_time()) is not None and time < now:
            self.step()
        return True

    def _go_to(self, frame: Checkpoint | None) -> None:
        """Another moment of the same run; what is known of later events stays known."""
        if len(self.world.events) > len(self._events):
            self._events = self.world.events
        self._version = max(self._version, self.world.layout().version)
        self._install(frame)

    def _install(self, frame: Checkpoint | None) -> None:
        """Have the world of `frame`, or one at the very beginning; its layout has a number of its own."""
        self.world = self.journal.world() if frame is None else resume(frame, self._events)
        self._done = 0 if frame is None else frame.entries
        self.reel.resumed(frame)
        self._version += 1
        self.world.renumber(self._version)

    def _entry(self) -> Entry | None:
        """The entry of the journal that comes before the world's next instant, None when there is none."""
        entries = self.journal.entries
        if self._done >= len(entries):
            return None
        entry, time = entries[self._done], self.world.next_time()
        return entry if entry.after <= self.world.instants or time is None or time > entry.at else None
