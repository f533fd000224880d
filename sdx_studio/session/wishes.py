"""Wishes of somebody who drags along the time line: one is sent at a time, of the others only the newest counts."""


class Wishes:
    """The moment (µs) that was asked for, and the one that is wished for meanwhile."""

    def __init__(self) -> None:
        self._sent: int | None = None
        self._next: int | None = None

    @property
    def under_way(self) -> bool:
        """Whether one has been sent that is not met yet."""
        return self._sent is not None

    def drop(self) -> None:
        """Nothing is wished for any more."""
        self._sent = self._next = None

    def wished(self, time: int) -> int | None:
        """Somebody wishes to be at `time`; the moment that is to be sent now, None when it has to wait."""
        if self._sent is None:
            return time
        self._next = time
        return None

    def sent(self, time: int) -> None:
        """`time` has been asked for."""
        self._sent, self._next = time, None

    def met(self, time: int) -> int | None:
        """The run stands at `time`; the moment that is to be sent next, None when there is none."""
        if time != self._sent:
            return None
        wish, self._next = self._next, None
        self._sent = None
        return None if wish == time else wish
