"""Migrations on a network of their own: what they take, what else may not take it, and what is refused."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.engine.network.apart import given_over, networks
from sdx_studio.engine.parts import (
    Cable,
    Command,
    Group,
    Guest,
    Layer,
    Load,
    Machine,
    MigrationStyle,
    Node,
    Part,
    Traffic,
)
from sdx_studio.engine.world import World

S = 1_000_000
GIB, MIB = 2.0**30, 2.0**20
GO = Command(0, "migrate", "g", (("to", "b"),))
NET = 30


def lab(*more: Part, network: int | None = NET, method: Any = "precopy") -> list[Part]:
    """Hosts a, b, c with an ordinary cable and one in VLAN 30 each, a guest on a, and greedy traffic from a to b."""
    parts: list[Part] = [Node("sw", "bridging"), Node("msw", "bridging"), Traffic("t", "a", "b")]
    for id in "abc":
        parts += [Machine(id, 16, 64 * GIB), Node(id), Cable(f"c-{id}", id, "sw", 1e9)]
        parts += [Cable(f"m-{id}", id, "msw", 1e9, vlans=(NET,))]
        parts.append(Layer(f"hv-{id}", id, migration=MigrationStyle(method=method)))
    parts.append(Group("cl", ("a", "b", "c"), network=network))
    parts.append(Guest("g", "a", 4, Load(1.0), 4 * GIB, dirty_rate=20 * MIB, working_set=4 * GIB, migrates=True))
    return [one for one in parts if not any(one.id == other.id for other in more)] + list(more)


def events(world: World, kind: str) -> list[Any]:
    return [one for one in world.events if one.kind == kind]


@pytest.mark.parametrize(("method", "seconds"), [("precopy", 44.5), ("postcopy", 37.6)])
def test_production_traffic_and_the_migration_do_not_meet(method: str, seconds: float) -> None:
    world = World(lab(method=method), scenario=[GO])
    world.advance(120 * S)
    (done,) = events(world, "migration.finished")
    assert done.figures["total"] == pytest.approx(seconds, rel=0.01)
    rates = world.measures()["t"]["net.rate"]
    assert (rates.last, rates.mean) == pytest.approx((1e9, 1e9))


@pytest.mark.parametrize(("method", "seconds"), [("precopy", 107), ("postcopy", 74)])
def test_without_it_both_suffer(method: str, seconds: float) -> None:
    world = World(lab(network=None, method=method), scenario=[GO])
    world.advance(30 * S)
    assert world.measures()["t"]["net.rate"].last == pytest.approx(5e8)
    world.advance(300 * S)
    (done,) = events(world, "migration.finished")
    assert done.figures["total"] == pytest.approx(seconds, rel=0.02)


def test_its_cables_carry_nothing_else() -> None:
    world = World(lab())
    world.do(Command(0, "cut", "c-b"))
    world.advance(S)
    assert events(world, "traffic.blocked")
    assert world.measures()["m-b"]["net.rate"].last == 0
    world.revise([Group("cl", ("a", "b", "c"), network=None)], [])
    assert events(world, "traffic.restored"), "a VLAN that is no migration network is one like any other"
    assert world.measures()["m-b"]["net.rate"].last == pytest.approx(1e9)
    world.revise([Group("cl", ("a", "b", "c"), network=NET)], [])
    assert world.measures()["m-b"]["net.rate"].last == 0


def test_traffic_that_names_the_vlan_is_in_it() -> None:
    world = World(lab(Traffic("t", "a", "b", vlan=NET)))
    world.advance(S)
    assert world.fabric.flows["traffic", "t"].cables == ("m-a", "m-b")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ([("cut", "m-b")], "no path on the migration network"),
        ([("fail", "msw")], "no path on the migration network"),
        ([("cut", "c-b")], None),
    ],
)
def test_a_move_that_has_no_path_on_it_is_refused(change: Any, reason: str | None) -> None:
    world = World(lab())
    for verb, target in change:
        assert world.do(Command(0, verb, target)) is None
    said = world.do(GO)
    assert said is None if reason is None else reason in (said or "")


def test_hosts_on_different_networks_are_no_targets_of_each_other() -> None:
    layer = Layer("hv-b", "b", migration=MigrationStyle(), network=40)
    world = World(lab(layer))
    assert "not on the same migration network" in (world.do(GO) or "")
    assert world.do(Command(0, "migrate", "g", (("to", "c"),))) is None


def test_a_host_without_a_cable_that_names_it_is_not_on_it() -> None:
    parts = [one for one in lab() if one.id != "m-b"]
    assert "no path on the migration network" in (World(parts).do(GO) or "")
    plain = [one for one in parts if one.id not in ("m-a", "m-c")]
    world = World(plain, scenario=[GO])
    world.advance(10 * S)
    assert world.fabric.flows["move", "g"].cables == ("c-a", "c-b"), "no end has a cable for it: any will do"


def test_between_switches_it_goes_over_what_carries_it() -> None:
    more: list[Part] = [Node("far", "bridging"), Cable("m-b", "b", "far", 1e9, vlans=(NET,))]
    for vlans, goes in ((None, True), ((10, NET), True), ((10,), False)):
        world = World(lab(*more, Cable("trunk", "msw", "far", 1e10, vlans=vlans)))
        assert (world.do(GO) is None) is goes


def test_a_loop_of_its_own_cables_is_broken_by_a_tree_of_its_own() -> None:
    ring = [Cable(f"r{at}", f"n{at}", f"n{(at + 1) % 3}", 1e9, vlans=(NET,)) for at in range(3)]
    nodes = [Node(f"n{at}", "bridging") for at in range(3)]
    world = World(lab(*nodes, *ring, Cable("m-a", "a", "n0", 1e9, vlans=(NET,)),
                      Cable("m-b", "b", "n2", 1e9, vlans=(NET,))), scenario=[GO])  # fmt: skip
    world.advance(5 * S)
    assert world.fabric.flows["move", "g"].cables == ("m-a", "r2", "m-b")
    assert set(world.fabric.topology.blocked()) == {"r1"}


def test_evacuation_and_balancing_take_it_too() -> None:
    world = World(lab())
    assert world.do(Command(0, "enter_maintenance", "a")) is None
    world.advance(10 * S)
    assert world.fabric.flows["move", "g"].cables[0] == "m-a"
    group = Group("cl", ("a", "b", "c"), network=NET, balancing="automatic", every=5.0, threshold=5)
    busy = [Guest(f"g{at}", "a", 6, Load(1.0), GIB, migrates=True) for at in range(3)]
    world = World(lab(group, *busy))
    world.advance(8 * S)
    moves = [flow.cables for key, flow in world.fabric.flows.items() if key[0] == "move"]
    assert moves
    assert all(cables[0] == "m-a" for cables in moves)


def test_a_guest_moves_only_where_its_traffic_goes_on() -> None:
    parts: list[Part] = [Node("sw", "bridging"), Node("pc"), Cable("c-pc", "pc", "sw", 1e9, vlans=(10,))]
    for id, vlan in (("a", (10,)), ("b", (20,)), ("c", (10, 20))):
        parts += [Machine(id, 16, 64 * GIB), Node(id), Cable(f"c-{id}", id, "sw", 1e9, vlans=vlan)]
    parts += [Cable("m-a", "a", "sw", 1e9, vlans=(30,)), Cable("m-b", "b", "sw", 1e9, vlans=(30,))]
    parts += [Guest("g", "a", 1, Load(0.1), GIB, migrates=True), Traffic("t", "g", "pc", rate=1e6)]
    assert "VLANs that its traffic uses" in (World(parts).do(GO) or "")
    assert World(parts).do(Command(0, "migrate", "g", (("to", "c"),))) is None
    assert World([one for one in parts if one.id != "t"]).do(GO) is None
    cut_off = [replace(one, vlans=(40,)) if isinstance(one, Cable) and one.id == "c-pc" else one for one in parts]
    assert World(cut_off).do(GO) is None, "what it cannot reach now it does not lose"


CARRIED = st.sampled_from([None, (10,), (NET,), (10, NET), (20, NET)])


@given(st.lists(CARRIED, min_size=8, max_size=8), st.sampled_from([None, NET]))
def test_no_way_leads_over_what_it_may_not_use(carried: list[Any], network: int | None) -> None:
    pairs = [("a", "n0"), ("a", "n1"), ("b", "n1"), ("b", "n2"), ("n0", "n1"), ("n1", "n2"), ("n2", "n0"), ("c", "n0")]
    cables = [Cable(f"k{at}", *ends, 1e9, vlans=one) for at, (ends, one) in enumerate(zip(pairs, carried, strict=True))]
    parts: list[Part] = [*(Node(f"n{at}", "bridging") for at in range(3)), *cables, Group("cl", ("a", "b", "c"))]
    parts += [part for id in "abc" for part in (Machine(id, 8, 8 * GIB), Node(id))]
    world = World([*parts, Group("cl", ("a", "b", "c"), network=network)])
    topology, known = world.fabric.topology, {one.id: one for one in cables}
    for source, target in (("a", "b"), ("b", "c"), ("a", "c")):
        plain = topology.path(source, target, None, False)
        moves = world.migrations.admission.route(source, target)
        for id in () if plain is None else plain.cables:
            assert not given_over(known[id], networks(world.plant.parts))
        for id in () if moves is None or network is None else moves.cables:
            assert known[id].vlans is None or NET in (known[id].vlans or ())
        assert network is not None or plain == moves
