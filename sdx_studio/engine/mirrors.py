"""Mirrors: what it costs the users of a volume that each of its writes has to be at another store too."""

from collections.abc import Mapping
from dataclasses import dataclass

from sdx_studio.engine.formulas.replication import sync_write
from sdx_studio.engine.parts import Guest


@dataclass(frozen=True, slots=True)
class Mirror:
    """Seconds to the other store and back, requests that may wait at once, share of the writes that the line takes."""

    rtt: float
    outstanding: float
    pace: float = 1.0

    def delay(self, read_share: float) -> float:
        """Seconds that the mean request waits longer: reads do not wait."""
        return (1.0 - read_share) * self.rtt

    def most(self, guest: Guest, local: float) -> float:
        """Requests/s of a guest whose requests take `local` s without the mirror."""
        delay = self.delay(guest.read_share)
        return sync_write(local, delay, self.outstanding).max_iops if local + delay > 0 else guest.io_rate


def delay_of(mirrors: Mapping[str, Mirror], guest: Guest) -> float:
    """Seconds that the mean request of `guest` waits longer, with `mirrors` by volume."""
    mirror = mirrors.get(guest.disk or "")
    return 0.0 if mirror is None else mirror.delay(guest.read_share)
