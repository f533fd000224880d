"""Edits under a guest that is just starting and reads from its volume: it starts all the same."""

from collections.abc import Callable

import pytest

from sdx_studio import Session
from sdx_studio.engine.condition import Condition
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer


def lab() -> Session:
    s = Session()
    switch = s.place("switch", name="sw")
    for name in "ab":
        host = s.place("host", name=name)
        s.connect(host, switch, bandwidth="1 Gbit/s")
    for name in ("array", "other"):
        array = s.place("storage_array", name=name)
        s.place("disk", on=array, medium="HDD 7.2k", name=f"disk of {name}")
        s.connect(array, switch)
        s.place("volume", on=array, name=f"volume of {name}", size="10 GiB", used="1 GiB")
    s.place("vm", on="a", name="web", disk="volume of array", start_time="2 s", boot_requests=50_000)
    return s


def to_nothing(s: Session) -> None:
    s.remove("volume of array")


def to_no_volume(s: Session) -> None:
    s.set("web", disk=None)


def to_another(s: Session) -> None:
    s.set("web", disk="volume of other")


def to_another_array(s: Session) -> None:
    s.move("volume of array", to="other")
    s.remove("array")


def to_another_host(s: Session) -> None:
    s.move("web", to="b")
    s.remove("a")


EDITS = (to_nothing, to_no_volume, to_another, to_another_array, to_another_host)


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("at", [1.0, 6.0])
def test_a_guest_starts_although_things_are_moved_under_it(edit: Callable[[Session], None], at: float) -> None:
    s = lab()
    player = InlinePlayer(lambda: 0.0)
    live = Live(s, lambda: player)
    live.play()
    guest = s.document.find("web")
    live.act("power_off", guest)
    live.act("power_on", guest)
    player.run_until(round(at * 1e6))
    reading = player.world.starting.loading
    assert reading == {guest}, "a thousand requests and more take a disk its time"
    assert live.latest() is not None
    assert live.time == at
    edit(s)
    assert player.world.now == round(at * 1e6), "in the midst of it"
    player.run_until(round(900e6))
    assert player.world.plant.guests[guest].condition is Condition.UP
    assert not player.world.starting.loading
    live.close()
