"""One run in which one goes back and forth: the journal gives the same run again, whatever was done when."""

import random
from dataclasses import replace
from typing import Any

import pytest
from drawings import room
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sdx_studio.engine.journal import Do, Entry, Plan, Revise, folded
from sdx_studio.engine.parts import Command, Guest, Load, Machine, Part
from sdx_studio.engine.world import World
from sdx_studio.session.build import parts_of, scenario_of
from sdx_studio.session.players.recorder import Recorder
from sdx_studio.session.players.reel import BUDGET, Reel

S = 1_000_000
END = 25 * S
DRAWING = room().document
PARTS = tuple(parts_of(DRAWING))
SCENARIO = tuple(scenario_of(DRAWING))
GUESTS = [part for part in PARTS if isinstance(part, Guest)]
MACHINES = [part.id for part in PARTS if isinstance(part, Machine)]


class Worked:
    """Processor time that passes by so much with each instant, and not while checkpoints are taken."""

    def __init__(self, pace: float) -> None:
        self.pace, self.of = pace, None

    def __call__(self) -> float:
        return 0.0 if self.of is None else self.pace * self.of.world.instants


def recorder(pace: float = 1.0, budget: int = BUDGET) -> Recorder:
    work: Any = Worked(pace)
    one = work.of = Recorder(Reel(budget, work))
    one.begin(PARTS, SCENARIO, 3)
    return one


def straight(at: int) -> World:
    world = World(PARTS, seed=3, scenario=SCENARIO)
    world.advance(at)
    return world


ACTS: Any = st.one_of(
    st.builds(
        lambda verb, target, to: Do(Command(0, verb, target, (("to", to),))),
        st.sampled_from(["fail", "repair", "migrate", "power_off", "power_on"]),
        st.sampled_from([*MACHINES, *(guest.id for guest in GUESTS)]),
        st.sampled_from(MACHINES),
    ),
    st.builds(lambda guest, level: Revise((replace(guest, load=Load(level)),), ()), st.sampled_from(GUESTS),
              st.floats(0, 1)),
    st.builds(lambda guest: Revise((), ((Guest, guest.id),)), st.sampled_from(GUESTS)),
    st.builds(lambda guest: Revise((guest,), ()), st.sampled_from(GUESTS)),
    st.builds(lambda at: Plan((Command(at, "fail", MACHINES[0]),)), st.integers(0, END)),
)  # fmt: skip
STEPS: Any = st.lists(
    st.one_of(
        st.tuples(st.just("advance"), st.integers(0, 8 * S)),
        st.tuples(st.just("seek"), st.integers(0, END)),
        st.tuples(st.just("step"), st.integers(1, 9)),
        st.tuples(st.just("back"), st.integers(1, 3)),
        st.tuples(st.just("act"), ACTS),
    ),
    max_size=14,
)


def play(one: Recorder, steps: Any) -> None:
    for what, figure in steps:
        if what == "advance":
            one.advance(one.world.now + figure)
        elif what == "seek":
            one.seek(figure)
            assert one.world.now == figure
        elif what == "step":
            for _ in range(figure):
                one.step()
        elif what == "back":
            for _ in range(figure):
                before = one.world.now
                assert one.back() == (before > 0)
                assert one.world.now < before or before == 0
        else:
            one.act(figure)


@settings(max_examples=40)
@given(steps=STEPS, pace=st.sampled_from([0.0, 0.001, 1.0]))
@example(steps=[("advance", S), ("act", Do(Command(0, "fail", MACHINES[0]))), ("seek", 0), ("advance", 2 * S)], pace=1)
def test_the_journal_gives_the_same_run_again(steps: Any, pace: float) -> None:
    one = recorder(pace)
    play(one, steps)
    again = one.journal.replay(one.world.now)
    one.seek(one.world.now)
    assert again.state_hash() == _settled(one).state_hash()


def _settled(one: Recorder) -> World:
    """Steps may end in the midst of a moment of which more is due."""
    one.advance(one.world.now)
    return one.world


@settings(max_examples=15)
@given(times=st.lists(st.integers(0, END), min_size=1, max_size=6))
def test_every_moment_is_found_again(times: list[int]) -> None:
    one = recorder()
    one.advance(END)
    for time in times:
        one.seek(time)
        assert one.world.state_hash() == straight(time).state_hash()
    one.seek(END)
    assert one.world.state_hash() == straight(END).state_hash()


def test_after_a_rewind_the_same_run_goes_on() -> None:
    one = recorder()
    one.advance(6 * S)
    one.act(Do(Command(0, "fail", MACHINES[1])))
    one.advance(12 * S)
    one.act(Revise((), ((Guest, GUESTS[0].id),)))
    one.advance(END)
    wanted, events = one.world.state_hash(), list(one.world.events)
    one.seek(3 * S)
    assert one.world.plant.failed == set()
    assert all(event.time <= 3 * S for event in one.world.events)
    one.advance(END)
    assert one.world.state_hash() == wanted
    assert one.world.events == events
    assert len(one.journal.entries) == 2


def test_what_is_done_after_a_rewind_takes_the_place_of_what_was_done_later() -> None:
    one = recorder()
    one.advance(6 * S)
    one.act(Do(Command(0, "fail", MACHINES[1])))
    one.advance(END)
    one.seek(4 * S)
    reason, place, entries = one.act(Do(Command(0, "power_off", MACHINES[0])))
    assert (reason, place, [entry.at for entry in entries]) == (None, 0, [4 * S])
    one.advance(END)
    assert all(event.element != MACHINES[1] for event in one.world.events if event.kind == "element.failed")
    assert one.journal.replay(END).state_hash() == one.world.state_hash()


def test_what_was_known_of_a_quiet_time_is_forgotten_too() -> None:
    """Nothing happens between the two acts: only the time tells that the checkpoint at the first one is later."""
    one = Recorder()
    one.begin([Machine("m", 4, 2**33)], (), 0)
    one.advance(10 * S)
    one.act(Do(Command(0, "repair", "m")))
    one.seek(4 * S)
    one.act(Do(Command(0, "power_off", "m")))
    one.advance(END)
    one.seek(END - 1)
    assert [event.time for event in one.world.events if event.kind == "element.off"] == [4 * S]
    assert one.world.state_hash() == one.journal.replay(END - 1).state_hash()


def test_edits_of_the_drawing_stay_although_their_moment_is_ahead() -> None:
    """The document still has them: the world must not lose what is drawn."""
    one = recorder()
    one.advance(6 * S)
    one.act(Revise((Machine("later", 4, 2**33),), ()))
    one.act(Plan(()))
    one.seek(4 * S)
    assert "later" not in one.world.plant.parts.machines
    one.act(Do(Command(0, "fail", MACHINES[0])))
    assert "later" in one.world.plant.parts.machines
    assert [type(entry.act) for entry in one.journal.entries] == [Revise, Plan, Do]
    assert {entry.at for entry in one.journal.entries} == {4 * S}


def test_several_edits_are_folded_into_one() -> None:
    one, other = Machine("m", 4, 1e9), Machine("m", 8, 1e9)
    acts = [Revise((one,), ()), Do(Command(0, "fail", "m")), Revise((other,), ((Guest, "g"),)), Plan(()),
            Revise((Machine("n", 1, 1),), ())]  # fmt: skip
    found = folded(Entry(at, at, act) for at, act in enumerate(acts))
    assert found == [Revise((other, Machine("n", 1, 1)), ((Guest, "g"),)), Plan(())]
    assert folded([]) == []


def test_layouts_of_different_moments_never_share_a_number() -> None:
    one = recorder()
    one.advance(2 * S)
    seen = {one.world.layout().version}
    one.act(Revise((Machine("x", 4, 2**33),), ()))
    seen.add(one.world.layout().version)
    one.seek(S)
    seen.add(one.world.layout().version)
    one.act(Revise((Machine("y", 4, 2**33),), ()))
    seen.add(one.world.layout().version)
    assert len(seen) == 4


def test_stepping_back_undoes_a_step() -> None:
    one = recorder()
    times = [0]
    while one.world.now < 6 * S:
        one.step()
        if one.world.now != times[-1]:
            times.append(one.world.now)
    for time in times[-2::-1]:
        assert one.back()
        assert one.world.now == time
    assert not one.back()


# the reel ------------------------------------------------------------------------------------------------------------


def test_memory_is_bounded_and_the_past_is_thinned() -> None:
    one = recorder(budget=1_500_000)
    one.advance(120 * S)
    reel = one.reel
    times = [frame.time for frame in reel._frames]
    assert reel.size <= 1_500_000
    assert len(reel) > 8
    assert times[0] <= S
    assert times == sorted(times)
    half = len(times) // 2
    assert times[half] > 0.6 * 120 * S, "the younger half of the run has more than half of the checkpoints"
    for time in random.Random(1).sample(range(120 * S), 4):
        one.seek(time)
        assert one.world.state_hash() == straight(time).state_hash()


def test_checkpoints_lie_as_far_apart_as_they_are_dear() -> None:
    one = recorder(0.0)
    one.advance(END)
    assert len(one.reel) == 1, "without work there is nothing to save"


@pytest.mark.parametrize("time", [0, 1, 7 * S])
def test_before_the_first_checkpoint_the_run_begins_anew(time: int) -> None:
    one = recorder(0.0)
    one.world.advance(9 * S)
    one.advance(20 * S)
    one.seek(time)
    assert one.world.state_hash() == straight(time).state_hash()


def test_all_parts_are_shared_by_the_checkpoints() -> None:
    one = recorder()
    one.advance(4 * S)
    first, last = one.reel._frames[0], one.reel._frames[-1]
    assert len(one.reel) > 4
    assert all(any(part is other for other in last.shared) for part in first.shared if isinstance(part, Part))
