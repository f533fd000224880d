"""Clusters from outside: samples with the figures of the course, acts of scripts and menus, the command line."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sdx_studio import assets
from sdx_studio.cli.check import COMMAND as CHECK
from sdx_studio.cli.run import COMMAND as RUN
from sdx_studio.engine.formulas.balancing import imbalance, priority
from sdx_studio.engine.formulas.migration import Rules
from sdx_studio.engine.formulas.moves import evacuate
from sdx_studio.engine.network.flow import PAYLOAD
from sdx_studio.session import Session, deciding
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer

MIB = 2.0**20


def sample(stem: str) -> Path:
    return assets.path("samples", f"{stem}.sdx")


def ran(path: Path, *options: str) -> Any:
    done = CliRunner().invoke(RUN, [str(path), "--json", *options], standalone_mode=False)
    assert done.exception is None
    return json.loads(done.stdout)


def of(run: Any, *kinds: str) -> list[Any]:
    return [one for one in run["events"] if one["kind"] in kinds]


def test_at_nine_a_host_all_return() -> None:
    run = ran(sample("15-admission"))
    assert len(of(run, "admission.refused")) == len(of(run, "command.refused")) == 4
    assert len(of(run, "guest.started")) == 9
    assert not of(run, "ha.unplaced")
    assert of(run, "ha.placed")[0]["text"].startswith("vm-28"), "the one of high priority comes first"
    assert run["totals"]["outage_s"] == pytest.approx(9 * (15 + 2 + 15))


def test_at_ten_a_host_six_return_and_four_stay_down(tmp_path: Path) -> None:
    s = Session.open(sample("15-admission"))
    s.set(s.document.find("cluster:cluster-01"), admission="none")
    s.save(tmp_path / "ten.sdx")
    run = ran(tmp_path / "ten.sdx")
    assert len(of(run, "ha.placed")) == 6
    assert len(of(run, "ha.unplaced")) == 4
    assert not of(run, "command.refused")


def test_a_host_is_emptied_and_filled_again_without_outage() -> None:
    run = ran(sample("13-maintenance"))
    (entered,) = of(run, "maintenance.entered")
    assert entered["seconds"] == pytest.approx(77.8822 * 1120 * MIB / (10e9 / 8 * PAYLOAD), rel=0.002)
    (home,) = of(run, "maintenance.restored")
    assert home["seconds"] == pytest.approx(entered["seconds"], rel=1e-3)
    assert run["totals"]["outage_s"] == pytest.approx(run["totals"]["downtime_s"])
    assert run["totals"]["migrations"] == 20


def test_on_a_tenth_of_the_network_it_takes_26_times_as_long(tmp_path: Path) -> None:
    """Eight at once get 14 MiB/s each and write 10: they stop at three times their memory and stand still long."""
    s = Session.open(sample("13-maintenance"))
    for link in list(s.document.links):
        s.set(link, bandwidth="1 Gbit/s")
    (leave,) = [act for act in s.document.scenario.values() if act.verb == "exit_maintenance"]
    with s.history.edit("Later") as edit:
        edit.update(replace(leave, at=3600.0))
    s.save(tmp_path / "slow.sdx")
    run = ran(tmp_path / "slow.sdx", "--until", "2100 s")
    told = evacuate(10, 8 * 2.0**30, 1e9 / 8 * PAYLOAD, 10 * MIB, 8, Rules(0.3, 29, 3.0))
    (entered,) = of(run, "maintenance.entered")
    assert entered["seconds"] == pytest.approx(told.total, rel=1e-3)
    assert told.total == pytest.approx(2021, abs=1)
    assert [one["converged"] for one in of(run, "migration.finished")] == [False] * 8 + [True] * 2


def test_loads_are_level_after_at_most_two_moves() -> None:
    run = ran(sample("14-load-balancing"))
    moves = of(run, "balancing.move")
    assert 1 <= len(moves) <= 2
    before = imbalance([0.9, 0.4, 0.2])
    assert moves[0]["before"] == pytest.approx(before)
    assert moves[0]["priority"] == priority(before, 3) == 1
    measures = run["measures"]["cluster:cluster-01"]
    assert measures["balance.sigma"]["last"] == pytest.approx(imbalance([0.6, 0.4, 0.5]))
    assert measures["balance.sigma"]["max"] == pytest.approx(before)


def test_the_reason_is_told_with_its_figures() -> None:
    s = Session.open(sample("14-load-balancing"))
    live = Live(s, lambda: InlinePlayer(lambda: 0.0))
    live.run_until(30, paced=False)
    live.poll()
    (move,) = [one for one in live.events if one.kind == "balancing.move"]
    assert deciding.decides(move)
    assert deciding.reason_of(move, s.document) == "σ 0.29 → 0.082, priority 1"
    live.close()


def test_check_lists_a_cluster_that_promises_too_much(tmp_path: Path) -> None:
    s = Session.open(sample("15-admission"))
    cluster = s.document.find("cluster:cluster-01")
    for policy, words in (({"tolerate": 2}, "survive 1 failures, 2 promised"),
                          ({"admission": "percentage", "reserve": "50 %"}, "keeps too little free: 28")):  # fmt: skip
        s.set(cluster, **policy)
        s.save(tmp_path / "much.sdx")
        done = CliRunner().invoke(CHECK, [str(tmp_path / "much.sdx")], standalone_mode=False)
        assert done.return_value == 1
        assert words in done.output.replace("\u00a0", " ")


def small() -> tuple[Session, list[str]]:
    s = Session()
    switch = s.place("switch")
    hosts = [s.place("host", name=f"h{n}", cores=8, memory="32 GiB") for n in range(2)]
    for host in hosts:
        s.connect(host, switch)
    return s, hosts


def test_scripts_enter_leave_and_apply() -> None:
    s, hosts = small()
    vms = [s.place("vm", on=hosts[0], name=f"v{n}", memory="1 GiB", load=0.9, dirty_rate=0) for n in range(3)]
    cluster = s.place("cluster", members=hosts, balancing="manual", every="10 s", threshold=5)
    s.do("apply_recommendation", cluster, at="11 s")
    s.do("enter_maintenance", hosts[1], at="60 s")
    s.do("exit_maintenance", hosts[1], at="120 s", home=False)
    run = s.run(until="5 s")
    assert run.value(cluster, "balance.sigma") == pytest.approx(3 * 2 * 0.9 / 7.84 / 2)
    kinds = [one.kind for one in s.run(until="180 s").events() if one.kind.startswith(("balancing", "maintenance"))]
    assert kinds[:2] == ["balancing.recommended", "balancing.move"]
    assert {"maintenance.entering", "maintenance.entered", "maintenance.left"} <= set(kinds)
    assert "maintenance.restored" not in kinds
    assert len(vms) == 3


def test_together_and_apart_are_fields_of_vms() -> None:
    s, hosts = small()
    a, b = (s.place("vm", on=hosts[0], name=name, memory="1 GiB", apart="db", load=0.1) for name in "ab")
    s.place("cluster", members=hosts, balancing="automatic", every="10 s")
    run = s.run(until="60 s")
    assert len({run.world.plant.guests[id].place for id in (a, b)}) == 2


def test_priority_and_isolation_are_fields() -> None:
    s, hosts = small()
    vm = s.place("vm", on=hosts[0], priority="high", memory="1 GiB")
    s.place("cluster", members=hosts, response="restart elsewhere", isolation="40 s")
    link = next(one.id for one in s.document.links.values() if one.a == hosts[0])
    s.do("cut", link, at="0 s")
    run = s.run(until="120 s")
    (isolated,) = run.events("ha.isolated")
    assert isolated.time == 40
    assert run.world.plant.guests[vm].place == hosts[1]


def test_a_refused_act_changes_nothing_that_is_measured() -> None:
    s, hosts = small()
    s.place("vm", on=hosts[0], memory="20 GiB")
    s.place("vm", on=hosts[1], memory="20 GiB")
    s.place("cluster", members=hosts)
    plain = s.run(until="30 s")
    s.do("enter_maintenance", hosts[0], at="10 s")
    refused = s.run(until="30 s")
    assert [one.kind for one in refused.events()] == ["maintenance.refused", "command.refused"]
    assert refused.world.measures() == plain.world.measures()
