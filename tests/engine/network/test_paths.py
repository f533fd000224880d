from typing import Any

from sdx_studio.engine.network.paths import Paths
from sdx_studio.engine.parts import Cable, Node


def network(*cables: Any, routing: Any = ()) -> Any:
    names = sorted({end for cable in cables for end in (cable.a, cable.b)})
    nodes = {id: Node(id, "routing" if id in routing else "bridging" if id.startswith("s") else "end") for id in names}
    return Paths(nodes, cables, {cable.id: place for place, cable in enumerate(cables)})


def line(vlans_a: Any = None, vlans_b: Any = None, trunk: Any = None) -> Any:
    return network(
        Cable("1", "a", "s1", 1e9, vlans=vlans_a),
        Cable("2", "s1", "s2", 1e9, vlans=trunk),
        Cable("3", "s2", "b", 1e9, vlans=vlans_b),
    )


def test_a_way_names_directed_legs_in_order() -> None:
    assert line().route("a", "b").legs == (0, 2, 4)
    assert line().route("b", "a").legs == (5, 3, 1)


def test_access_ports_of_different_vlans_do_not_meet() -> None:
    assert line((10,), (20,)).route("a", "b") is None
    assert line((10,), (10,)).route("a", "b").vlans == (10,)


def test_a_trunk_carries_only_its_own() -> None:
    assert line((10,), (10,), (10, 20)).route("a", "b") is not None
    assert line((10,), (10,), (20, 30)).route("a", "b") is None


def test_a_given_vlan_must_be_carried_all_the_way() -> None:
    assert line(trunk=(10,)).route("a", "b", 20) is None
    assert line(trunk=(10,)).route("a", "b", 10) is not None


def test_between_vlans_only_a_routing_node_leads() -> None:
    cables = [Cable("1", "a", "s1", 1e9, vlans=(10,)), Cable("2", "s1", "b", 1e9, vlans=(20,))]
    assert network(*cables).route("a", "b") is None
    found = network(*cables, Cable("3", "s1", "r", 1e9), routing=("r",)).route("a", "b")
    assert found.cables == ("1", "3", "3", "2")
    assert found.vlans == (10, 20)


def test_ends_never_forward() -> None:
    assert network(Cable("1", "a", "m", 1e9), Cable("2", "m", "b", 1e9)).route("a", "b") is None
    assert network(Cable("1", "a", "b", 1e9)).route("a", "b").cables == ("1",)


def test_the_shortest_way_wins_and_ties_go_to_the_lower_id() -> None:
    paths = network(
        Cable("1", "a", "r1", 1e9), Cable("2", "r1", "r2", 1e9), Cable("3", "r1", "r3", 1e9),
        Cable("4", "r2", "r4", 1e9), Cable("5", "r3", "r4", 1e9), Cable("6", "r4", "b", 1e9),
        routing=("r1", "r2", "r3", "r4"),
    )  # fmt: skip
    assert paths.route("a", "b").cables == ("1", "2", "4", "6")


def test_forwarding_nodes_may_be_ends_of_traffic() -> None:
    assert line().route("s1", "b").cables == ("2", "3")
    assert line().route("a", "s2").cables == ("1", "2")
