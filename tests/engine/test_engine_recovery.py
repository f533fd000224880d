"""Replication to another site and recovery there: figures, refusals that change nothing."""

from math import exp

import pytest
from two_sites import EFFICIENCY, LINE, at, done, last, told, two

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.formulas.replication import achieved_rpo, recovery_time, sync_write
from sdx_studio.engine.parts import Cable, Command, Group, Replica
from sdx_studio.engine.world import World

S = 1_000_000
PACE = LINE / 8 * EFFICIENCY
FIRST = 1e9 / PACE


def test_rounds_lag_queue_and_worst_loss() -> None:
    """The first copy takes 200 s, the changes of it 40 s; then 60 MB each minute take 12 s."""
    world = done(two(), until=1000)
    assert told(world, "replica.synced")[0].seconds == pytest.approx(FIRST)
    assert told(world, "replica.current")[0].seconds == pytest.approx(FIRST + FIRST * 1e6 / PACE)
    formula = achieved_rpo(60, 60e6, LINE, EFFICIENCY, 60)
    assert last(world, "r", "replica.rpo_worst") == pytest.approx(formula.worst_rpo) == pytest.approx(72)
    one = told(world, "replica.done")[-1]
    assert last(world, "r", "replica.lag") == pytest.approx(1000 - (one.seconds - one.figures["seconds"]))
    assert last(world, "r", "replica.queued") <= 60e6 + 12e6
    assert world.measures()["r"]["replica.queued"].max == pytest.approx(1e9)


def test_what_is_written_twice_goes_once() -> None:
    world = done(two(working_set=20e6), until=1000)
    unique = 20e6 * (1 - exp(-3))
    assert told(world, "replica.done")[-1].figures["bytes"] == pytest.approx(unique, rel=1e-6)


def test_a_cut_line_lets_the_queue_grow_and_it_is_caught_up_with() -> None:
    world = done(two(), at(500, "cut", "wan"), at(800, "mend", "wan"), until=799)
    before = last(world, "r", "replica.queued")
    assert before >= 299e6
    assert last(world, "r", "replica.lag") > 299
    world.advance(2000 * S)
    assert told(world, "replica.behind")
    assert last(world, "r", "replica.lag") <= 72
    assert last(world, "r", "replica.rpo_worst") > 300


def test_each_write_waits_for_both_stores() -> None:
    world = done(two(latency=0.01, mode="sync", rates=5000.0, outstanding=16.0, vms=1), until=1000)
    formula = sync_write(1e-4, 0.02, 16)
    assert last(world, "g0", "io.response") == pytest.approx(formula.latency, rel=1e-3)
    assert last(world, "g0", "io.rate") == pytest.approx(formula.max_iops)
    assert last(world, "g0", "io.rate") <= 16 / 0.02
    assert last(world, "v", "storage.response") == pytest.approx(formula.latency, rel=1e-3)
    assert last(world, "r", "replica.lag") == last(world, "r", "replica.rpo_worst") == formula.rpo == 0


def test_a_line_too_slow_for_the_writes_slows_them() -> None:
    """1 MB/s at efficiency 0.5 needs 16 Mbit/s; when the line has fewer the guest writes less."""
    parts = two(mode="sync", rates=100.0, vms=1)
    world = done(parts, until=1000)
    assert last(world, "g0", "io.rate") == pytest.approx(100)
    wan = next(one for one in parts if isinstance(one, Cable) and one.id == "wan")
    world.revise([Cable("wan", wan.a, wan.b, 8e6, medium="wan")], [])
    world.advance(1100 * S)
    assert last(world, "g0", "io.rate") == pytest.approx(50, rel=0.01)


def test_without_the_line_writing_goes_on_and_then_the_copy_catches_up() -> None:
    world = done(two(mode="sync"), at(600, "cut", "wan"), at(700, "mend", "wan"), until=650)
    assert told(world, "replica.broken")
    assert last(world, "r", "replica.lag") == pytest.approx(50)
    world.advance(1200 * S)
    assert len(told(world, "replica.mirrored")) == 2
    assert last(world, "r", "replica.lag") == 0


def test_a_lost_site_starts_again_at_the_other() -> None:
    world = done(two(vms=8), at(700, "fail", "a"), at(700, "fail_over", "a"), until=1500)
    (declared,) = told(world, "recovery.declared")
    sets = [one for one in (*told(world, "replica.synced"), *told(world, "replica.done")) if one.seconds <= 700]
    newest = max(sets, key=lambda one: one.seconds)
    assert declared.figures["seconds"] == pytest.approx(700 - (newest.seconds - newest.figures["seconds"]))
    assert declared.figures["seconds"] <= last(world, "r", "replica.rpo_worst")
    (finished,) = told(world, "recovery.finished")
    assert finished.figures["seconds"] == pytest.approx(recovery_time(10, 8 * 2, 8, 4, 30, 5))
    assert (finished.figures["vms"], finished.figures["left"]) == (8, 0)
    assert {one.place for one in world.plant.guests.values()} == {"b0", "b1"}
    assert all(one.condition is Condition.UP for one in world.plant.guests.values())
    assert world.plant.parts.volumes["v"].store == "b-st"
    assert last(world, "b-st", "storage.used") == pytest.approx(1e9)
    assert last(world, "a-st", "storage.used") == 0
    started = [one.figures["seconds"] for one in told(world, "recovery.started")]
    assert started == pytest.approx([10 + 16 + 30] * 4 + [10 + 16 + 60] * 4)
    assert last(world, "g0", "outage") == pytest.approx(10 + 16 + 30)


def test_a_place_fails_and_is_repaired_as_a_whole() -> None:
    world = done(two(), at(5, "fail", "a-rack"), until=6)
    assert {"a-rack", "a0", "a1"} <= world.plant.failed
    assert not {"a-sw", "a-st"} & world.plant.failed
    world.do(at(0, "fail", "a"))
    assert {"a", "a-sw", "a-st"} <= world.plant.failed
    assert world.do(at(0, "fail", "a")) == "It has failed already."
    world.do(at(0, "repair", "a"))
    assert not world.plant.failed - {"a-rack"}
    world.advance(120 * S)
    assert all(one.condition is Condition.UP and str(one.place)[0] == "a" for one in world.plant.guests.values())


def test_what_does_not_fit_stays_down_with_the_reason() -> None:
    world = done(two(vms=8, memory=12.0), at(700, "fail", "a"), at(700, "fail_over", "r"), until=1500)
    (finished,) = told(world, "recovery.finished")
    assert (finished.figures["vms"], finished.figures["left"]) == (6, 2)
    assert [one.figures["reason"] for one in told(world, "recovery.unplaced")] == ["not enough free memory"] * 2


def test_named_hosts_and_priorities_are_kept() -> None:
    parts = two(vms=4, hosts=("b1",))
    world = done(parts, at(700, "fail", "a"), at(700, "fail_over", "r"), until=1500)
    assert {one.place for one in world.plant.guests.values()} == {"b1"}


def test_planned_nothing_is_lost_and_back_nothing_either() -> None:
    world = done(two(), at(700, "fail_over", "r", planned="yes"), at(1500, "fail_back", "r"), until=1499)
    assert not told(world, "recovery.declared")
    (finished,) = told(world, "recovery.finished")
    (switched,) = told(world, "recovery.switched")
    newest = told(world, "replica.done")[-1]
    assert switched.time == newest.time
    assert newest.seconds - newest.figures["seconds"] >= 700, "the last set was taken when nobody wrote any more"
    assert {one.place for one in world.plant.guests.values()} == {"b0", "b1"}
    world.advance(3000 * S)
    (returning,) = told(world, "recovery.returning")
    assert returning.figures["bytes"] == pytest.approx(1e6 * (1500 - finished.seconds + 5), rel=0.1)
    homes = {id: one.place for id, one in world.plant.guests.items()}
    assert homes == {"g0": "a0", "g1": "a1", "g2": "a0", "g3": "a1"}
    assert world.plant.parts.volumes["v"].store == "a-st"
    assert world.plant.parts.replicas["r"].store == "b-st"
    assert last(world, "r", "replica.lag") <= 72


def test_when_the_source_comes_back_first_the_fail_over_is_given_up() -> None:
    world = done(two(decide=100), at(700, "fail", "a"), at(700, "fail_over", "r"), at(750, "repair", "a"), until=1500)
    assert told(world, "recovery.abandoned")
    assert not told(world, "recovery.switched")
    assert {one.place for one in world.plant.guests.values()} == {"a0", "a1"}
    assert last(world, "r", "replica.lag") <= 72


def test_a_cluster_does_not_start_what_was_recovered_elsewhere() -> None:
    parts = [*two(), Group("cl", ("a0", "a1"))]
    world = done(parts, at(700, "fail", "a"), at(700, "fail_over", "r"), at(900, "repair", "a"), until=1500)
    assert {one.place for one in world.plant.guests.values()} == {"b0", "b1"}
    assert len(told(world, "recovery.started")) == len(told(world, "guest.started")) == 4


def test_an_edit_does_not_undo_a_fail_over() -> None:
    parts = two()
    world = done(parts, at(700, "fail", "a"), at(700, "fail_over", "r"), until=1000)
    replica = next(one for one in parts if isinstance(one, Replica))
    world.revise([replica], [])
    world.advance(1001 * S)
    assert world.plant.parts.replicas["r"].store == "a-st"
    assert not world.plant.impossible
    assert world.replicas.copies.all["r"].turned


@pytest.mark.parametrize(("commands", "until", "reason"), [
    ((), 100, "There is no complete copy yet."),
    ((), 700, "Its source still runs: the VMs would run twice."),
    ((at(650, "fail", "a"), at(660, "fail", "b-st")), 700, "The array with the copy is down."),
    ((at(650, "fail", "a"), at(660, "fail", "b-rack")), 700, "No host there is up and reaches the copy."),
    ((at(650, "fail", "a"), at(660, "fail_over", "r")), 662, "A fail-over is under way already."),
    ((at(650, "fail", "a"), at(660, "fail_over", "r")), 900, "It has been failed over already; fail back first."),
])  # fmt: skip
def test_refused_nothing_changes(commands: tuple[Command, ...], until: float, reason: str) -> None:
    world = done(two(), *commands, until=until)
    assert_refused(world, at(0, "fail_over", "r"), reason)


def assert_refused(world: World, command: Command, reason: str) -> None:
    """The command is refused, and but for the telling of it the world is as before."""
    world.do(at(0, "repair", "nothing"))
    twin = World.restore(world.checkpoint())
    assert world.do(command) == reason
    assert twin.do(at(0, "repair", "nothing")) is not None
    world.plant.events.pop()
    twin.plant.events.pop()
    assert world.state_hash() == twin.state_hash()


def test_what_is_about_to_start_elsewhere_is_not_switched_on() -> None:
    world = done(two(), at(700, "fail_over", "r", planned="yes"), until=700.001)
    assert_refused(world, at(0, "power_on", "g0"), "It is about to start at another site.")


def test_other_refusals() -> None:
    world = done(two(), until=700)
    assert_refused(world, at(0, "fail_back", "r"), "It has not been failed over.")
    assert_refused(world, at(0, "fail_over", "g0"), "It copies nothing.")
    assert_refused(world, at(0, "fail_over", "b"), "No replication leads out of it.")
    world.do(at(0, "fail", "a"))
    assert_refused(world, at(0, "fail_over", "r", planned="yes"), "Its source is down: there is nothing to shut down.")
