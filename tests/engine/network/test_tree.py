from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.engine.network.tree import blocked_ports
from sdx_studio.engine.parts import Cable, Node


def ring(count: Any) -> Any:
    nodes = {f"sw{one}": Node(f"sw{one}", "bridging") for one in range(1, count + 1)}
    names = list(nodes)
    return nodes, [Cable(f"l{at}", names[at - 1], names[at], 1e9) for at in range(count)]


def test_a_ring_of_four_blocks_one_port_on_the_third_toward_the_fourth() -> None:
    nodes, cables = ring(4)
    assert blocked_ports(nodes, cables) == {"l3": "sw3"}


def test_a_lower_priority_makes_the_root() -> None:
    nodes, cables = ring(4)
    nodes["sw3"] = Node("sw3", "bridging", 4096)
    assert blocked_ports(nodes, cables) == {"l0": "sw1"}


def test_of_two_parallel_cables_the_first_carries() -> None:
    nodes, _ = ring(2)
    assert list(blocked_ports(nodes, [Cable("x", "sw1", "sw2", 1e9), Cable("y", "sw1", "sw2", 1e9)])) == ["y"]


def test_ends_and_routing_nodes_cut_islands() -> None:
    nodes = {"a": Node("a", "bridging"), "r": Node("r", "routing"), "b": Node("b", "bridging")}
    assert blocked_ports(nodes, [Cable("1", "a", "r", 1), Cable("2", "r", "b", 1), Cable("3", "a", "b", 1)]) == {}


@given(st.integers(2, 9), st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=25))
def test_what_is_left_is_a_tree_for_each_island(count: Any, pairs: Any) -> None:
    nodes = {f"n{one}": Node(f"n{one}", "bridging") for one in range(count)}
    cables = [Cable(f"{a}-{b}", f"n{a}", f"n{b}", 1) for a, b in pairs if a < count and b < count]
    blocked = blocked_ports(nodes, cables)
    island = {id: id for id in nodes}
    whole = dict(island)

    def top(table: Any, id: Any) -> Any:
        while table[id] != id:
            id = table[id]
        return id

    for cable in cables:
        whole[top(whole, cable.a)] = top(whole, cable.b)
        if cable.id not in blocked:
            assert top(island, cable.a) != top(island, cable.b), "a loop is left"
            island[top(island, cable.a)] = top(island, cable.b)
    assert len({top(island, id) for id in nodes}) == len({top(whole, id) for id in nodes})


@pytest.mark.parametrize("count", range(3, 8))
def test_every_ring_loses_exactly_one_cable(count: Any) -> None:
    assert len(blocked_ports(*ring(count))) == 1
