"""Decisions of policies carry the figures they rest on."""

import pytest
from test_engine_steering import guest, machines, world


def test_a_consolidating_move_says_which_loads_it_rests_on() -> None:
    made = world([*machines(2), guest("a", "m0", 0.2), guest("b", "m1", 0.3)], 2)
    made.advance(99_000_000)
    loads = {one: made.measures()[one]["cpu.utilisation"].last for one in ("m0", "m1")}
    made.advance(300_000_000)
    told = [one for one in made.events if one.kind == "consolidation.move"]
    assert [(one.figures["before"], one.figures["after"]) for one in told] == [
        (pytest.approx(loads["m0"]), pytest.approx(loads["m0"] + loads["m1"]))
    ]
    assert made.measures()["m1"]["cpu.utilisation"].last == pytest.approx(told[0].figures["after"])
