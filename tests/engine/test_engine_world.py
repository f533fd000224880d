"""Determinism: order of input, size of steps, checkpoints, other processes."""

import os
import pickle
import random
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdx_studio.engine.parts import Command, Guest, Load, Machine, Traffic, Volume
from sdx_studio.engine.snapshot import MOVE_COLUMNS, Condition
from sdx_studio.engine.world import World

S = 1_000_000
SCENARIO = (
    Command(3 * S, "migrate", "g00", (("to", "m2"),)),
    Command(7 * S, "fail", "m3"),
    Command(11 * S, "cut", "up4"),
    Command(40 * S, "mend", "up4"),
    Command(45 * S, "power_off", "g05"),
    Command(50 * S, "repair", "m3"),
)
END = 70 * S


def run(parts: Any, times: Any = (END,), seed: Any = 5) -> Any:
    world = World(parts, seed=seed, scenario=SCENARIO)
    for time in times:
        world.advance(time)
    return world


@pytest.fixture
def reference(computer_room: Any) -> Any:
    return run(computer_room()).state_hash()


def test_the_order_of_parts_does_not_matter(computer_room: Any, reference: Any) -> None:
    for seed in range(3):
        parts = computer_room()
        random.Random(seed).shuffle(parts)
        assert run(parts).state_hash() == reference


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(times=st.lists(st.integers(0, END), max_size=20))
def test_small_steps_equal_one(computer_room: Any, reference: Any, times: Any) -> None:
    stepped = World(computer_room(), seed=5, scenario=SCENARIO)
    for time in [*sorted(times), END]:
        stepped.advance(time)
        stepped.snapshot()
        stepped.measures()
    assert stepped.state_hash() == reference


@pytest.mark.parametrize("at", [0, 4 * S, 20 * S, 33_333_333, 60 * S])
def test_a_checkpoint_goes_on_exactly(computer_room: Any, reference: Any, at: Any) -> None:
    world = run(computer_room(), (at,))
    restored = World.restore(world.checkpoint())
    assert restored.state_hash() == world.state_hash()
    restored.advance(END)
    assert restored.state_hash() == reference


def test_a_foreign_checkpoint_is_refused() -> None:
    with pytest.raises(TypeError):
        World.restore(pickle.dumps({}))


def test_another_process_gets_the_same_hash(computer_room: Any, reference: Any, tmp_path: Any) -> None:
    file = tmp_path / "parts"
    file.write_bytes(pickle.dumps((computer_room(), SCENARIO)))
    program = (
        "import pickle, sys; from sdx_studio.engine.world import World\n"
        f"parts, scenario = pickle.load(open({str(file)!r}, 'rb'))\n"
        f"world = World(parts, seed=5, scenario=scenario); world.advance({END}); print(world.state_hash())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": "77"},
    )  # fmt: skip
    assert done.stdout.strip() == reference


def test_another_seed_is_another_run(computer_room: Any, reference: Any) -> None:
    assert run(computer_room(), seed=6).state_hash() != reference


def test_means_and_peaks_do_not_depend_on_who_looks(computer_room: Any) -> None:
    seldom, often = run(computer_room()), run(computer_room(), range(0, END + 1, S // 3))
    often.advance(END)
    assert str(seldom.measures()) == str(often.measures())
    assert seldom.totals() == often.totals()


def test_stepping_goes_from_event_to_event(two_machines: Any) -> None:
    world = World(two_machines(), scenario=[Command(2 * S, "fail", "a"), Command(5 * S, "repair", "a")])
    assert world.step()
    assert world.now == 2 * S
    assert world.step()
    assert world.now == 5 * S
    while world.step():
        pass
    assert world.next_time() is None


def test_snapshots_fit_their_layout(computer_room: Any) -> None:
    world = World(computer_room(), seed=5, scenario=SCENARIO)
    world.advance(6 * S)
    layout, shot = world.layout(), world.snapshot()
    assert shot.version == layout.version
    assert len(shot.values) == len(layout.slots)
    assert len(shot.condition) == len(shot.place) == len(layout.elements)
    assert shot.cable_rates.shape == (len(layout.cables), 2)
    assert layout.elements == tuple(sorted(layout.elements))
    rows = layout.rows
    assert shot.place[rows["inner"]] == rows["g03"]
    assert shot.condition[rows["g00"]] == Condition.MOVING
    assert (shot.cable_condition == Condition.BLOCKED).sum() == 1
    move = dict(zip(MOVE_COLUMNS, shot.moves[0], strict=True))
    assert move["guest"] == rows["g00"]
    assert move["phase"] == 1
    assert move["left"] + move["sent"] == pytest.approx(move["memory"])
    for slot, (row, name) in enumerate(layout.slots):
        last = world.measures()[layout.elements[row]][name].last
        assert shot.values[slot] == last or np.isnan(last)


def test_nothing_is_negative_or_absent_but_a_saturated_response(computer_room: Any) -> None:
    world = run(computer_room())
    for id, named in world.measures().items():
        for name, statistic in named.items():
            if name.endswith("response"):
                continue
            assert min(statistic) >= -1e-9, (id, name)
            if "utilisation" in name or name.endswith("fill"):
                assert statistic.max <= 1 + 1e-9, (id, name)


def test_energy_never_decreases(computer_room: Any) -> None:
    world = World(computer_room(), seed=5, scenario=SCENARIO)
    before = 0.0
    for time in range(0, END, 3 * S):
        world.advance(time)
        assert world.totals()["energy_kwh"] >= before
        before = world.totals()["energy_kwh"]


def test_edits_keep_what_stays(two_machines: Any) -> None:
    world = World(two_machines(), scenario=[Command(0, "migrate", "g", (("to", "b"),))])
    world.advance(10 * S)
    energy = world.measures()["a"]["energy"].last
    world.revise([Guest("h", "b", 2, Load(0.5), 2**30), Machine("c", 4, 2**33)], [])
    assert world.snapshot().moves.shape[0] == 1
    assert world.measures()["a"]["energy"].last == pytest.approx(energy)
    assert world.measures()["h"]["cpu.grant"].last == pytest.approx(1.0)
    world.advance(60 * S)
    assert world.events[-1].kind == "migration.finished"
    assert world.events[-1].figures["total"] == pytest.approx(44.7, abs=0.1)


def test_removing_a_guest_ends_its_migration(two_machines: Any) -> None:
    world = World(two_machines(), scenario=[Command(0, "migrate", "g", (("to", "b"),))])
    world.advance(10 * S)
    world.revise([], [(Guest, "g")])
    world.advance(100 * S)
    assert [event.kind for event in world.events] == ["migration.started", "migration.failed"]
    assert world.measures()["b"]["memory.used"].last == 0


def test_removing_everything_leaves_an_empty_world(computer_room: Any) -> None:
    world = World(computer_room(), seed=5, scenario=SCENARIO)
    world.advance(8 * S)
    world.revise([], [(type(part), part.id) for part in computer_room()])
    world.advance(END)
    assert world.layout().elements == ()


def test_moving_a_guest_by_an_edit_moves_its_load(two_machines: Any) -> None:
    world = World(two_machines())
    world.revise([Guest("g", "b", 4, Load(1.0), 2**32)], [])
    assert world.measures()["a"]["cpu.grant"].last == 0
    assert world.measures()["b"]["cpu.grant"].last == 4


@pytest.mark.parametrize(
    ("verb", "target", "figures"),
    [
        ("dance", "g", ()),
        ("fail", "nobody", ()),
        ("fail", "g", ()),
        ("repair", "a", ()),
        ("repair", "g", ()),
        ("mend", "c-a", ()),
        ("cut", "a", ()),
        ("power_on", "g", ()),
        ("power_on", "a", ()),
        ("power_on", "sw", ()),
        ("power_off", "sw", ()),
        ("migrate", "g", (("to", "a"),)),
        ("migrate", "g", (("to", "sw"),)),
        ("migrate", "a", (("to", "b"),)),
        ("migrate", "g", ()),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(two_machines: Any, verb: Any, target: Any, figures: Any) -> None:
    world = World(two_machines())
    reason = world.do(Command(0, verb, target, figures))
    assert reason
    assert reason.endswith(".")
    assert world.events[-1].kind == "command.refused"


def test_parts_that_point_nowhere_do_no_harm() -> None:
    parts = [
        Guest("g", "nowhere", 1, Load(1), 1, disk="nodisk", io_rate=5),
        Guest("h", "h", 1, Load(1), 1),
        Volume("v", None, 10),
        Volume("w", "nostore", 10),
        Traffic("t", "x", "y"),
    ]
    world = World(parts, scenario=[Command(S, "power_on", "g")])
    world.advance(10 * S)
    assert {event.kind for event in world.events} == {"traffic.blocked", "command.refused", "element.hindered"}


def test_an_edit_of_the_power_switch_takes_effect(two_machines: Any) -> None:
    (guest,) = (part for part in two_machines() if part.id == "g")
    world = World(two_machines())
    world.revise([replace(guest, powered=False)], [])
    assert world.measures()["a"]["guests"].last == 0
    world.revise([guest], [])
    assert world.snapshot().condition[world.layout().rows["g"]] == Condition.STARTING
    world.advance(61 * S)
    assert world.measures()["a"]["guests"].last == 1


def test_another_scenario_takes_the_place_of_what_is_still_ahead() -> None:
    parts = [Machine("m", 4, 2**33), Guest("g", "m", 1, Load(1.0), 2**30, start_time=1)]
    world = World(parts, scenario=[Command(1 * S, "power_off", "g"), Command(20 * S, "fail", "m")])
    world.advance(5 * S)
    world.plan([Command(1 * S, "power_off", "g"), Command(5 * S, "fail", "m"), Command(8 * S, "power_on", "g")])
    world.advance(30 * S)
    assert [(event.seconds, event.kind) for event in world.events] == [(1, "guest.stopped"), (9, "guest.started")]
