"""One consolidation asked for in three ways, traffic in its plan, its command; migration networks in a drawing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sdx_studio import Session, assets
from sdx_studio.document import EditError
from sdx_studio.document.checks import problems
from sdx_studio.session import proposing
from sdx_studio.session.actions import commands
from sdx_studio.session.actions.action import targets
from sdx_studio.session.deciding import decides, explained
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer

RACKS = "21-ten-racks-to-two"


def racks() -> Session:
    """A hundred servers in ten racks without what is planned in the sample."""
    session = Session.open(assets.path("samples", f"{RACKS}.sdx"))
    with session.history.edit("Nothing planned") as edit:
        edit.remove(*session.document.scenario)
    return session


def moves(run: Any) -> tuple[dict[str, str], set[str]]:
    """Where VMs went, and which hosts are off, by address."""
    off = {event.element for event in run.events("element.off")}
    return {event.vm: event.to for event in run.events("migration.finished")}, off


def test_view_script_and_scenario_empty_the_same_hosts_by_the_same_moves(tmp_path: Path) -> None:
    by_view = racks()
    proposing.plan(by_view, proposing.suggest(by_view.document, limit=0.5).proposal.steps, 10.0)
    seen = moves(by_view.run(until="300 s"))
    assert (len(seen[0]), len(seen[1])) == (80, 80)
    script = racks()
    script.do("consolidate", "Hall", at="10 s", head_room="50 %")
    assert moves(script.run(until="300 s")) == seen
    kept = Session.open(script.save(tmp_path / "planned.sdx"))
    (act,) = kept.document.scenario.values()
    assert (act.verb, act.fields) == ("consolidate", {"head_room": 0.5})
    assert moves(kept.run(until="300 s")) == seen


def test_its_figures_are_read_and_refused_like_others() -> None:
    session = racks()
    session.do("consolidate", "Rack 01", policy="best fit", power_off="no", head_room=0.3)
    with pytest.raises(EditError, match="policy is one of first fit, best fit, power-aware"):
        session.do("consolidate", "Rack 01", policy="worst fit")
    with pytest.raises(EditError, match="power_off is one of yes, no"):
        session.do("consolidate", "Rack 01", power_off="perhaps")
    run = session.run(until="120 s")
    (planned,) = run.events("consolidation.planned")
    assert planned.text == "8 machines can be emptied by 8 migrations; the others are filled to 70\u00a0%."
    assert not run.events("element.off")


def test_what_it_decides_is_told_as_a_decision() -> None:
    session = racks()
    session.do("consolidate", "Hall", head_room=0.5)
    run = session.run(until="1 s")
    told = [event for event in run.world.events if event.kind.startswith("consolidation.")]
    assert all(decides(event) for event in told)
    words = [explained(event, session.document) for event in told]
    assert words[1].startswith("20 stay: the processors of the others")
    assert "s10-10 is being emptied: 1 VMs move to 1 hosts." in words


def test_traffic_keeps_a_machine_on_and_the_plan_says_so() -> None:
    session = Session()
    switch, client = session.place("switch", name="sw"), session.place("client_pc", name="pc")
    session.connect(client, switch, bandwidth="10 Gbit/s")
    for name in "ab":
        host = session.place("host", name=name, cores=10, memory="64 GiB")
        session.connect(host, switch, bandwidth="1 Gbit/s")
        vm = session.place("vm", on=host, name=f"vm-{name}", vcpus=2, load=0.2, memory="2 GiB")
        session.place("flow", name=f"films {name}", source=vm, target=client, rate="500 Mbit/s")
    assert set(proposing.suggest(session.document).proposal.stays.values()) == {
        "the ports of the others have no room for what all its guests send, below the limit"
    }
    for flow in session.document.having("traffic"):
        session.set(flow, rate="300 Mbit/s")
    assert len(proposing.suggest(session.document).proposal.steps) == 1
    for flow in session.document.having("traffic"):
        session.set(flow, rate=None)
    assert len(proposing.suggest(session.document).proposal.steps) == 1, "it takes what it can get"


class Desk:
    """As much of a desk as a command needs."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.live = Live(session, lambda: InlinePlayer(lambda: 0.0))
        self.selection: tuple[str, ...] = ()


@pytest.fixture
def desk() -> Iterator[Any]:
    made = Desk(racks())
    yield made
    made.live.close()


def test_the_command_works_on_what_is_selected_or_on_all(desk: Any) -> None:
    command = commands()["simulation.consolidate"]
    assert "press play" in str(command.why_not(desk))
    desk.live.play()
    assert command.why_not(desk) is None
    rack = desk.session.document.find("Rack 03")
    desk.selection = (rack,)
    assert targets(desk, "consolidate") == (rack,)
    command.run(desk)
    assert told(desk) == [rack]
    desk.selection = (desk.session.document.find("s01-01"),)
    command.run(desk)
    assert len(told(desk)) == 2
    assert "machine" in desk.session.document.traits(told(desk)[1]), "one machine stands for all"


def told(desk: Any) -> list[str]:
    """Of what consolidations were planned."""
    return [event.element for event in desk.live.player.world.events if event.kind == "consolidation.planned"]


# migration networks in a drawing -------------------------------------------------------------------------------------


def pair() -> tuple[Session, list[str], str]:
    """Two hosts with a second cable each, and a cluster that names VLAN 30."""
    s = Session()
    switch, vlan = s.place("switch", name="sw"), s.place("vlan", name="moving", number=30)
    hosts = [s.place("host", name=name) for name in "ab"]
    for host in hosts:
        s.connect(host, switch)
        s.connect(host, switch, vlans=["30"])
        s.place("vm", on=host, name=f"vm-{len(s.document.having('mobile'))}", memory="1 GiB")
    return s, hosts, s.place("cluster", name="cl", members=hosts, network=vlan)


def warnings(s: Session) -> list[tuple[str | None, str]]:
    return [(one.element, one.text) for one in problems(s.document) if one.severity == "warning"]


def test_a_host_that_is_not_on_the_network_is_told() -> None:
    s, hosts, cluster = pair()
    assert warnings(s) == []
    third = s.place("host", name="c")
    s.connect(third, "sw")
    s.set(cluster, members=[*hosts, third])
    assert warnings(s) == [(cluster, "c is not on the migration network 30")]
    s.set(cluster, network=None)
    assert warnings(s) == []


def test_a_host_all_of_whose_cables_are_kept_for_migrations_is_told() -> None:
    s, hosts, _cluster = pair()
    s.remove(next(link.id for link in s.document.links.values() if hosts[1] in (link.a, link.b) and not link.fields))
    assert warnings(s) == [(hosts[1], "all its cables are kept for migrations; nothing else gets through")]


def test_a_hypervisor_may_name_another_network_than_its_cluster() -> None:
    s, hosts, cluster = pair()
    other = s.place("vlan", name="other", number=40)
    layer = s.document.children(hosts[1])[0]
    s.set(layer, network=other)
    s.do("migrate", "vm-0", to=hosts[1])
    (refused,) = s.run(until=2).events("command.refused")
    assert "not on the same migration network" in refused.reason
    s.set(layer, network=s.document.values(cluster)["network"])
    assert s.run(until=60).events("migration.finished")


def test_only_a_vlan_can_be_named() -> None:
    s, hosts, cluster = pair()
    s.set(cluster, network=hosts[0])
    assert any(element == cluster and text.startswith("network cannot point to") for element, text in warnings(s))
    assert s.run(until=2).world.plant.parts.groups[cluster].network is None
