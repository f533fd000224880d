"""How many flows wait at a full cable, and which way a controller says that it has chosen."""

import pytest

from sdx_studio import Session
from sdx_studio.session.filming import Film


def waiting(rates: list[str | None], weights: list[float] | None = None) -> float:
    """Flows over a cable of 10 Mbit/s that wait there."""
    s = Session()
    a, b = s.place("client_pc", x=0, y=0), s.place("client_pc", x=900, y=0)
    cable = s.connect(a, b, bandwidth="10 Mbit/s")
    for rate, weight in zip(rates, weights or [1.0] * len(rates), strict=True):
        s.place("flow", x=0, y=300, source=a, target=b, rate=rate, weight=weight)
    layout, snapshot = Film(s.document).at(1_000_000)
    return float(snapshot.values[layout.index[cable, "net.waiting"]])


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ([], 0), (["4 Mbit/s", "5 Mbit/s"], 0), (["4 Mbit/s", "8 Mbit/s"], 1), (["8 Mbit/s", "9 Mbit/s"], 2),
        (["20 Mbit/s"], 1), ([None], 0), ([None, None], 2), (["1 Mbit/s", None, "9 Mbit/s"], 2),
    ],
)  # fmt: skip
def test_those_wait_who_get_less_than_they_ask_for(rates: list[str | None], expected: int) -> None:
    assert waiting(rates) == expected


def test_weights_do_not_hide_anybody() -> None:
    assert waiting([None, "9 Mbit/s"], [3.0, 1.0]) == 2


def test_a_choice_is_told_once_with_both_ways() -> None:
    s = Session()
    a, b = s.place("client_pc", x=0, y=0), s.place("client_pc", x=900, y=0)
    first, last, aside = (s.place("openflow_switch", x=200 * at, y=200) for at in range(3))
    brain = s.place("sdn_controller", x=300, y=400)
    into, out = s.connect(a, first), s.connect(last, b)
    short = s.connect(first, last, bandwidth="100 Mbit/s")
    around = [s.connect(first, aside, bandwidth="1 Gbit/s"), s.connect(aside, last, bandwidth="1 Gbit/s")]
    for switch in (first, last, aside):
        s.connect(brain, switch, medium="control")
    flow = s.place("flow", x=0, y=600, source=a, target=b, rate="50 Mbit/s")
    film = Film(s.document)
    film.at(5_000_000)
    (event,) = [one for one in film.world.events if one.kind == "flow.chosen"]
    assert event.element == flow
    assert str(event.figures["way"]).split() == [into, *around, out]
    assert str(event.figures["plain"]).split() == [into, short, out]
    assert event.figures["by"] == brain
    assert event.figures["gets"] == 1e9
    assert event.figures["otherwise"] == 100e6
