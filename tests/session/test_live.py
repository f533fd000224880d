"""The running model of a session: play, edits that reach it, acts and refusals, reset, curves."""

from collections.abc import Iterator

import numpy as np
import pytest
from drawings import Table, moving

from sdx_studio.document import Act
from sdx_studio.engine.events import Event
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session.live import MOST_SAMPLES, MOST_VALUES, Curves
from sdx_studio.session.players.messages import Crashed, Paused, Refused
from sdx_studio.words import dictionary

S = 1_000_000


@pytest.fixture
def table() -> Iterator[Table]:
    made = Table(moving())
    yield made
    made.live.close()


def test_nothing_is_there_before_play(table: Table) -> None:
    live = table.live
    assert (live.started, live.playing, live.time) == (False, False, 0.0)
    assert live.latest() is None
    assert live.poll() == []
    live.pause()
    live.act("fail", "e1")
    assert not live.started


def test_time_goes_on_at_its_speed(table: Table) -> None:
    table.live.speed = 10
    table.live.play()
    assert table.live.playing
    table.let_pass(2)
    assert table.live.time == pytest.approx(20)
    table.live.pause()
    table.let_pass(2)
    assert not table.live.playing
    assert table.live.time == pytest.approx(20)


def test_speed_has_bounds(table: Table) -> None:
    table.live.speed = 1e9
    assert table.live.speed == 1000
    table.live.speed = 0
    assert table.live.speed == 0.1


def test_events_are_told_once_and_kept(table: Table) -> None:
    table.live.speed = 100
    table.live.play()
    told = [one for one in table.let_pass(1) if isinstance(one, Event)]
    assert [one.kind for one in told][-1] == "migration.finished"
    assert table.live.events == told
    assert [one for one in table.let_pass(1) if isinstance(one, Event)] == []


def test_a_step_goes_to_the_next_event(table: Table) -> None:
    table.live.step()
    assert any(isinstance(one, Paused) for one in table.live.poll())
    table.live.latest()
    assert not table.live.playing


def test_edits_reach_the_running_model(table: Table) -> None:
    table.live.play()
    table.let_pass(1)
    before = table.value("host:b", "cpu.utilisation")
    app = table.session.place("app", on="host:b", name="job", threads=8, load=1)
    table.let_pass(1)
    assert table.value("host:b", "cpu.utilisation") == pytest.approx(before + 0.5)
    table.session.set(app, load=0.5)
    assert table.value("host:b", "cpu.utilisation") == pytest.approx(before + 0.25)
    table.session.undo()
    assert table.value("host:b", "cpu.utilisation") == pytest.approx(before + 0.5)
    table.session.remove("app:job")
    assert table.value("host:b", "cpu.utilisation") == pytest.approx(before)
    assert table.live.time == pytest.approx(2)


def test_edits_that_the_engine_does_not_see_send_nothing(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    table.live.play()
    table.let_pass(1)
    monkeypatch.setattr(table.player, "revise", lambda *_: pytest.fail("nothing has changed for the engine"))
    table.session.move("host:a", x=500)
    table.session.rename("host:a", "alpha")
    with table.session.history.edit("Title") as edit:
        edit.update(table.session.document.properties.but(title="Lab"))


def test_an_edit_before_the_first_moment_begins_anew(table: Table) -> None:
    """Also the scenario and the seed count then, which a running model does not take over."""
    table.live.play()
    table.live.pause()
    table.session.do("power_off", "host:b", at=1)
    with table.session.history.edit("Seed") as edit:
        edit.update(table.session.document.properties.but(seed=9))
    assert table.player.world.plant.seed == 9
    table.live.play()
    told = [one.kind for one in table.let_pass(2) if isinstance(one, Event)]
    assert "element.off" in told


def test_acts_are_done_and_refusals_come_back_in_words(table: Table) -> None:
    table.live.play()
    table.let_pass(0.5)
    host, vm = table.session.document.find("host:a"), table.session.document.find("vm:web01")
    table.live.act("fail", vm)
    refused = [one for one in table.live.poll() if isinstance(one, Refused)]
    words = "Only hardware and places can fail: machines, network nodes, stores, racks and sites."
    assert [one.reason for one in refused] == [words]
    dictionary.use("ja")
    table.live.act("fail", vm)
    refused = [one for one in table.live.poll() if isinstance(one, Refused)]
    words = "故障するのはハードウェアと場所だけです（マシン、ネットワーク機器、ストレージ、ラック、拠点）"
    assert [one.reason for one in refused] == [words]
    table.live.act("fail", host)
    told = [one.kind for one in table.live.poll() if isinstance(one, Event)]
    assert "element.failed" in told


def test_an_act_may_name_a_layer_as_its_target(table: Table) -> None:
    """Dropped on the hypervisor, the VM moves to the machine under it."""
    table.session.undo()
    layer = table.session.document.element(table.session.place("vm", on="host:b", name="other")).parent
    table.live.play()
    table.live.act("migrate", table.session.document.find("vm:web01"), to=str(layer))
    (started,) = [one for one in table.live.poll() if isinstance(one, Event)]
    assert (started.kind, started.figures["to"]) == ("migration.started", table.session.document.find("host:b"))


def test_reset_forgets_the_run_and_play_begins_anew(table: Table) -> None:
    table.live.speed = 50
    table.live.play()
    table.let_pass(1)
    first = list(table.live.events)
    table.live.reset()
    assert (table.live.started, table.live.time, table.live.events) == (False, 0.0, [])
    assert table.live.curves.times == []
    table.live.play()
    assert table.live.speed == 50
    table.let_pass(1)
    assert table.live.events == first


def test_after_a_crash_the_player_is_gone(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    table.live.play()
    monkeypatch.setattr(table.player, "poll", lambda: [Crashed("Traceback")])
    assert table.live.poll() == [Crashed("Traceback")]
    assert not table.live.started


def test_a_closed_one_hears_no_edits(table: Table) -> None:
    table.live.play()
    table.live.close()
    table.session.place("host")
    assert not table.live.started


# curves --------------------------------------------------------------------------------------------------------------


def layout(*ids: str, version: int = 1) -> Layout:
    return Layout(version, ids, tuple((row, "cpu") for row in range(len(ids))), ())


def shot(time: float, *values: float) -> Snapshot:
    none = np.zeros(0)
    return Snapshot(round(time * S), 1, np.array(values), none.astype(np.int8), none.astype(np.int32), none,
                    none.astype(np.int8), none)  # fmt: skip


def test_curves_keep_what_they_are_shown() -> None:
    curves, one = Curves(), layout("a", "b")
    for second in range(3):
        curves.add(one, shot(second, second / 10, 0.5))
    curves.add(one, shot(2, 9, 9))
    times, values = curves.of("a", "cpu")
    assert list(times) == [0, 1, 2]
    assert list(values) == pytest.approx([0, 0.1, 0.2])
    assert len(curves.of("z", "cpu")[0]) == len(Curves().of("a", "cpu")[0]) == 0


def test_long_runs_are_thinned_and_still_reach_from_start_to_end() -> None:
    curves, one = Curves(), layout("a")
    for step in range(5000):
        curves.add(one, shot(step / 30, step))
    times, values = curves.of("a", "cpu")
    assert MOST_SAMPLES / 4 < len(times) <= MOST_SAMPLES
    assert times[0] == 0
    assert times[-1] > 0.98 * 5000 / 30
    assert all(np.diff(times) > 0)
    assert list(values) == pytest.approx([round(time * 30) for time in times])


def test_an_edit_keeps_the_past_of_what_stays() -> None:
    curves = Curves()
    curves.add(layout("a", "b"), shot(0, 1, 2))
    curves.add(layout("b", "c", version=2), shot(1, 3, 4))
    assert [list(part) for part in curves.of("b", "cpu")] == [[0, 1], [2, 3]]
    assert [list(part) for part in curves.of("c", "cpu")] == [[1], [4]]
    assert [list(part) for part in curves.of("a", "cpu")] == [[], []]


def test_very_large_models_have_no_curves() -> None:
    curves = Curves()
    curves.add(layout("a"), shot(0, *[0.0] * (MOST_VALUES + 1)))
    assert curves.times == []


def test_an_act_of_the_scenario_is_a_command() -> None:
    from sdx_studio.session.build import command_of

    s = moving()
    act = Act("s1", 1.5, "migrate", "e1", fields={"to": s.document.find("host:b"), "rate": 2.0, "strange": ("x",)})
    command = command_of(act, s.document)
    assert command.at == 1_500_000
    assert dict(command.figures) == {"to": s.document.find("host:b"), "rate": 2.0}


def test_acts_planned_while_it_runs_are_done_and_those_taken_back_are_not(table: Table) -> None:
    live, session = table.live, table.session
    live.play()
    table.let_pass(2)
    session.do("power_off", "host:b", at=1)
    session.do("fail", "host:b", at=4)
    session.do("fail", "switch:sw", at=5)
    session.undo()
    table.let_pass(8)
    assert [event.kind for event in live.events if event.kind.startswith("element.")] == ["element.failed"]
    assert not [event for event in live.events if event.element == session.document.find("switch:sw")]
