"""A finished run: values, events, and the shapes that the command line prints."""

import json

import pytest
from drawings import moving, room

from sdx_studio.document import Document, EditError, Element
from sdx_studio.session import Session
from sdx_studio.units import NBSP
from sdx_studio.words import dictionary

TOTALS = {"energy_kwh", "cost_jpy", "co2_kg", "migrations", "downtime_s", "outage_s"}


def test_values_are_asked_by_address_or_id(migration: Session) -> None:
    run = migration.run(until=60)
    host = migration.document.find("host:b")
    assert run.value("host:b", "guests") == run.value(host, "guests") == 1
    assert run.value(min(migration.document.links), "net.rate") == 0
    with pytest.raises(KeyError, match=r"host:b has no measure 'warp'; it has cpu\.demand, "):
        run.value("host:b", "warp")


def test_something_without_measures_says_so() -> None:
    unknown = Session(Document([Element("e1", "warp_drive", "w")]))
    with pytest.raises(KeyError, match="it has none"):
        unknown.run(until=1).value("e1", "net.rate")


def test_events_carry_their_figures(migration: Session) -> None:
    run = migration.run(until=60)
    kinds = [event.kind for event in run.events()]
    assert kinds[0] == "migration.started"
    assert kinds[-1] == "migration.finished"
    assert [event.time for event in run.events()] == sorted(event.time for event in run.events())
    (done,) = run.events("migration.finished")
    assert {"vm", "from", "to", "rounds", "total", "downtime", "sent", "time", "kind", "element", "text"} <= vars(
        done
    ).keys()
    assert run.events("nothing") == []


def test_the_json_has_the_documented_shape() -> None:
    run = room().run(until="20 s")
    told = json.loads(json.dumps(run.as_json(), allow_nan=False))
    assert list(told) == ["time", "measures", "events", "totals", "state_hash"]
    assert told["time"] == 20
    assert set(told["totals"]) == TOTALS
    assert told["measures"]["host:h0"]["cpu.utilisation"].keys() == {"last", "mean", "max"}
    assert list(told["measures"]) == sorted(told["measures"])
    for measures in told["measures"].values():
        for one in measures.values():
            assert one["max"] >= one["mean"] - 1e-9
    for event in told["events"]:
        assert {"time", "kind", "element", "text"} <= event.keys()
        assert 0 <= event["time"] <= 20
        assert "{" not in event["text"]
    assert told["state_hash"] == run.state_hash
    assert any(key.startswith("link:h0-sw") for key in told["measures"])


def test_the_summary_is_for_people(migration: Session) -> None:
    lines = [line.replace(NBSP, " ") for line in migration.run(until=60).summary()]
    assert lines[0].startswith("Project: 60 s simulated, ")
    assert "migrations 1" in lines[1]
    assert any(line.startswith("vm:web01") and "cpu.utilisation" in line for line in lines)
    assert len({len(line) for line in lines[3:]}) == 1


def test_the_summary_in_japanese(migration: Session) -> None:
    dictionary.use("ja")
    run = migration.run(until=60)
    assert run.summary()[0].startswith("プロジェクト：シミュレーション時間 60")
    assert run.events("migration.started")[0].text == "web01：a から b へ移行を開始"


def test_the_end_is_the_projects_unless_said(migration: Session) -> None:
    assert migration.run().time == migration.document.properties.duration == 120
    assert migration.run(until="2 min").state_hash == migration.run().state_hash
    assert migration.run(until="1500 ms").time == 1.5


def test_another_seed_is_another_run() -> None:
    s = room()
    assert s.run(until=20, seed=1).state_hash == s.run(until=20).state_hash
    assert s.run(until=20, seed=2).state_hash != s.run(until=20).state_hash


def test_progress_rises_and_changes_nothing(migration: Session) -> None:
    heard: list[float] = []
    watched = migration.run(until=60, progress=heard.append)
    assert heard == sorted(heard)
    assert 0 < heard[0] < heard[-1] < 1
    assert watched.state_hash == migration.run(until=60).state_hash


def test_a_run_changes_neither_project_nor_history() -> None:
    s = moving()
    before, steps = dict(s.document.elements), s.history.labels
    s.run(until=60)
    assert dict(s.document.elements) == before
    assert s.history.labels == steps


def test_an_empty_project_runs() -> None:
    run = Session().run(until=10)
    assert run.as_json()["measures"] == {}
    assert run.events() == []
    assert set(run.as_json()["totals"].values()) == {0}


def test_response_times_that_are_no_numbers_are_null() -> None:
    s = Session()
    host = s.place("host", name="a")
    array = s.place("storage_array", name="san", raid="RAID 0")
    s.connect(host, array)
    s.place("disk", on=array)
    vm = s.place("vm", on=host, disk=s.place("volume", on=array), io_rate=1e6, load=1)
    told = json.loads(json.dumps(s.run(until=5).as_json(), allow_nan=False))
    assert told["measures"]["storage_array:san"]["storage.response"] == {"last": None, "mean": None, "max": None}
    s.set(vm, io_rate=10)
    s.do("fail", array, at=2)
    known = s.run(until=5).as_json()["measures"]["storage_array:san"]["storage.response"]
    assert known["last"] is None
    assert known["mean"] > 0


def test_every_element_and_cable_has_its_place_and_can_be_found() -> None:
    s = Session()
    switch = s.place("switch", name="s\n1")
    for name in ("x", "x", 'a "b"', "日本"):
        s.connect(s.place("host", name=name), switch)
    run = s.run(until=1)
    measures = run.as_json()["measures"]
    assert len(measures) == 9
    assert {s.document.find(address) for address in measures} == {*s.document.elements, *s.document.links}
    assert run.value("link:日本-s\n1", "net.rate") == 0
    assert all("\n" not in line for line in run.summary())


@pytest.mark.parametrize("wrong", [-1, float("nan"), float("inf"), "-2 s", 1e12])
def test_moments_that_are_none_are_refused(wrong: float | str, migration: Session) -> None:
    with pytest.raises(EditError, match="outside"):
        migration.run(until=wrong)
    with pytest.raises(EditError, match="outside"):
        migration.do("fail", "host:a", at=wrong)
    assert migration.run(until=0).as_json()["time"] == 0
