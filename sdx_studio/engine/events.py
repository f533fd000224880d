"""What happened in a run, in words with figures: the journal of a world."""

from dataclasses import dataclass, field

from sdx_studio.engine.clock import SECOND


class Ref(str):
    """The id of an element among an event's figures; the session shows its name instead."""

    __slots__ = ()


Figure = float | int | str | bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to `element` at `time` (µs); `template` has {name} places for the figures."""

    time: int
    kind: str
    element: str
    template: str
    figures: dict[str, Figure] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """When it happened, in simulated seconds."""
        return self.time / SECOND
