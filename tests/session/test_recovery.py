"""A site is lost: the sample with the figures of the course, from the command line; acts and menus."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sdx_studio import assets
from sdx_studio.cli.check import COMMAND as CHECK
from sdx_studio.cli.run import COMMAND as RUN
from sdx_studio.engine.formulas.replication import (
    achieved_rpo,
    bandwidth,
    initial_sync,
    recovery_time,
    sync_write,
    transfer,
)
from sdx_studio.session import Session, deciding
from sdx_studio.session.actions import commands
from sdx_studio.session.acts import ACTS

CHANGE, LINE, EFFICIENCY = 50e9 / 86_400, 100e6, 0.74
FAILED = 130_000


def path() -> Path:
    return assets.path("samples", "19-recovery.sdx")


@pytest.fixture(scope="module")
def lost() -> Any:
    done = CliRunner().invoke(RUN, [str(path()), "--json"], standalone_mode=False)
    assert done.exception is None
    return json.loads(done.stdout)


def of(run: Any, *kinds: str) -> list[Any]:
    return [one for one in run["events"] if one["kind"] in kinds]


def test_the_first_copy_takes_size_over_what_the_line_leaves(lost: Any) -> None:
    told = initial_sync(1e12, LINE / 8 * EFFICIENCY, CHANGE)
    assert told.time is not None
    (current,) = of(lost, "replica.current")
    assert current["seconds"] == pytest.approx(told.time, rel=1e-3)


def test_what_is_lost_is_at_most_the_interval_and_the_transfer(lost: Any) -> None:
    told = achieved_rpo(900, CHANGE * 900, LINE, EFFICIENCY, 900)
    assert bandwidth(CHANGE * 900, 900, EFFICIENCY) < LINE
    assert told.transfer == pytest.approx(transfer(520_833_333, LINE, EFFICIENCY)) == pytest.approx(56.3, abs=0.1)
    assert not told.meets_target
    replica = lost["measures"]["replication:every 15 min"]
    assert replica["replica.rpo_worst"]["last"] == pytest.approx(told.worst_rpo, rel=1e-6)
    declared = {one["element"]: one["seconds"] for one in of(lost, "recovery.declared")}
    sets = [one["time"] - one["seconds"] for one in of(lost, "replica.done")
            if one["element"] == "replication:every 15 min" and one["time"] <= FAILED]  # fmt: skip
    assert declared["replication:every 15 min"] == pytest.approx(FAILED - sets[-1])
    assert 0 < declared["replication:every 15 min"] <= told.worst_rpo
    assert declared["replication:every write"] == 0


def test_all_run_again_after_the_time_that_the_formula_tells(lost: Any) -> None:
    finished = {one["element"]: one for one in of(lost, "recovery.finished")}
    told = recovery_time(600, 12 * 5, 12, 6, 90, 60)
    assert finished["replication:every 15 min"]["seconds"] == pytest.approx(told) == 900
    assert finished["replication:every 15 min"]["vms"] == 12
    assert finished["replication:every write"]["seconds"] == pytest.approx(recovery_time(600, 5, 1, 10, 90, 60))
    hosts = {one["to"] for one in of(lost, "recovery.registered")}
    assert hosts == {"host:O-host-1", "host:O-host-2"}
    first = of(lost, "recovery.started")[1]["element"]
    assert first == "vm:office-01", "high priority first"


def test_while_the_source_runs_it_is_refused(lost: Any) -> None:
    (refused,) = of(lost, "command.refused")
    assert refused["time"] == 120_000
    assert "twice" in refused["text"]


def test_each_write_waits_for_the_other_site() -> None:
    run = Session.open(path()).run(until=1000)
    response = run.value("vm:ledger", "io.response")
    local = response - 0.020
    assert 0 < local < 0.001
    told = sync_write(0.0001, 0.020, 16)
    assert response == pytest.approx(told.latency, rel=1e-3)
    assert run.value("vm:ledger", "io.rate") == pytest.approx(told.max_iops, rel=1e-3)
    assert run.value("vm:office-01", "io.rate") == pytest.approx(40)
    assert run.value("replication:every write", "replica.lag") == 0
    line = run.document.links_of(run.document.find("storage_array:ledger-osaka"))[-1].id
    assert run.world.measures()[line]["net.rate"].last >= 8e6 * 8


def test_fail_back_loses_nothing() -> None:
    s = Session.open(path())
    s.do("repair", "site:Tokyo", at=131_500)
    s.do("fail_back", "site:Tokyo", at=131_600)
    run = s.run(until=160_000)
    back = [one for one in run.events("recovery.finished") if one.time > 131_600]
    assert {(one.element, one.vms, one.left) for one in back} == {
        ("replication:every 15 min", 12, 0), ("replication:every write", 1, 0),
    }  # fmt: skip
    returning = [one for one in run.events("recovery.returning") if one.element == "replication:every 15 min"]
    assert returning[0].bytes < 2e9, "changed blocks only"
    for vm in ("ledger", "office-01", "office-12"):
        assert run.document.elements[run.world.plant.guests[s.document.find(f"vm:{vm}")].place].name.startswith("T-")
    assert run.value("replication:every write", "replica.lag") == 0
    assert run.value("replication:every 15 min", "replica.lag") <= 957


def test_acts_and_menus_know_sites() -> None:
    for verb in ("fail_over", "fail_back"):
        assert set(ACTS[verb].targets) == {"replication", "area"}
        assert f"simulation.{verb}" in commands()
    s = Session.open(path())
    s.do("fail_over", "site:Tokyo", at=5, planned="yes")
    with pytest.raises(ValueError, match="maybe"):
        s.do("fail_over", "site:Tokyo", at=5, planned="maybe")
    event = next(one for one in s.run(until=FAILED + 1).world.events if one.kind == "recovery.declared")
    assert deciding.decides(event)
    assert "12 VMs start from it" in deciding.reason_of(event, s.document).replace("\u00a0", " ")
    done = CliRunner().invoke(CHECK, [str(path())], standalone_mode=False)
    assert done.exception is None
