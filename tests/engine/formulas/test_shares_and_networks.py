"""CPU, queues, network and graphs: worked examples, bounds, conservation."""

from itertools import permutations
from math import factorial
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.engine.formulas import cpu, network, queues, routes
from sdx_studio.engine.formulas.bounds import ImpossibleError, pieces, saturated, whole_times

NODES = "abcdef"
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=12).map(
    lambda ends: [end for end in ends if end[0] != end[1]]
)
RATE = st.floats(1e-3, 1e12)


def test_rounding_is_forgiven_and_nothing_else() -> None:
    assert whole_times(0.3, 0.1) == 3
    assert pieces(0.1 + 0.2, 0.1) == 3
    assert pieces(2**53 - 1, 4096) == 2**41
    assert pieces(10.0**15 + 1, 4096) == 244_140_625_001
    assert saturated(1 - 1e-16)
    assert not saturated(1 - 1e-9)


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_pieces_hold_everything(amount: int, size: int) -> None:
    assert (pieces(amount, size) - 1) * size < amount <= pieces(amount, size) * size or amount == 0
    assert whole_times(amount, size) * size <= amount < (whole_times(amount, size) + 1) * size


def test_emulation_and_overheads() -> None:
    assert cpu.emulated_amdahl(10, 0.2, 12.5, 1.3) == pytest.approx(35.4)
    assert cpu.run_time(100, cpu.OVERHEAD["hosted"], 0.95) == pytest.approx(116.959064)
    assert cpu.run_time(100, cpu.OVERHEAD["bare metal"], 0.5) == pytest.approx(2 * 102.0408163)
    with pytest.raises(ImpossibleError, match="below 1"):
        cpu.run_time(100, 1.0)
    with pytest.raises(ImpossibleError, match="1 together"):
        cpu.emulated_mix(1, {"a": 0.5}, {"a": 2})


@given(st.floats(0, 1e4), st.floats(1e-6, 1e3), st.integers(1, 64))
def test_several_servers_are_never_slower_than_one_request_alone(arrival: float, service: float, servers: int) -> None:
    found = queues.mmc(arrival, service, servers)
    assert found.saturated == saturated(arrival * service / servers)
    if not found.saturated:
        assert found.response is not None
        assert found.response >= service
        assert found.response <= (queues.mm1(service, arrival / servers).response or 0) * (1 + 1e-9)


@given(st.integers(1, 200), st.floats(0, 100), st.floats(1e-3, 10))
def test_closed_users_stay_within_the_asymptotic_bounds(users: int, think: float, demand: float) -> None:
    found = queues.closed_mva(users, think, demand)
    bound = queues.interactive_bound([users], think, demand, 1).response_lower_bound[0]
    assert found.response is not None
    assert bound * (1 - 1e-9) - 1e-9 <= found.response <= users * demand * (1 + 1e-9)
    assert found.throughput * (think + found.response) == pytest.approx(users)


def test_queues_at_the_edge() -> None:
    assert queues.mm1(0.1, 10).saturated
    assert queues.mm1(0.005, 220).queue_growth == pytest.approx(20)
    assert queues.erlang_c(0, 0).saturated
    assert queues.erlang_c(4, 3.2).p_wait == pytest.approx(0.596432471787)
    assert queues.mg1_fcfs(0.005, 160, 4).response == pytest.approx(0.055)
    assert queues.closed_mva(0, 1, 1).response is None


@given(st.dictionaries(st.sampled_from("xyz"), RATE, min_size=1), st.data())
def test_rates_never_exceed_a_link_and_nobody_could_rise(links: dict[str, float], data: Any) -> None:
    names = sorted(links)
    flow = st.builds(
        network.Stream,
        st.lists(st.sampled_from(names), min_size=1, unique=True),
        st.floats(0.1, 10), st.none() | RATE, st.just(0.0), st.integers(0, 2).map(float),
    )  # fmt: skip
    flows = data.draw(st.lists(flow, max_size=8))
    rates = network.rates(links, flows)
    used = {name: sum(r for r, one in zip(rates, flows, strict=True) if name in one.path) for name in names}
    assert all(used[name] <= links[name] * (1 + 1e-9) for name in names)
    for rate, one in zip(rates, flows, strict=True):
        capped = one.cap is not None and rate >= one.cap * (1 - 1e-9)
        assert capped or any(used[name] >= links[name] * (1 - 1e-9) for name in one.path)


def test_guarantees_that_do_not_fit_and_flows_without_limit_are_refused() -> None:
    with pytest.raises(ImpossibleError, match="exceed it"):
        network.rates({"a": 1.0}, [network.Stream(["a"], guarantee=0.6), network.Stream(["a"], guarantee=0.5)])
    with pytest.raises(ImpossibleError, match="no link “b”"):
        network.rates({"a": 1.0}, [network.Stream(["b"])])
    with pytest.raises(ImpossibleError, match="nothing limits it"):
        network.rates({"a": 1.0}, [network.Stream([])])
    assert network.rates({"a": 1.0}, [network.Stream([], cap=3.0)]) == [3.0]
    ranked = [network.Stream(["a"], priority=1), network.Stream(["a"], guarantee=0.25)]
    assert network.rates({"a": 1.0}, ranked) == pytest.approx([0.75, 0.25])


@given(st.integers(0, 6), st.integers(1, 6))
def test_ecmp_by_counting(flows: int, paths: int) -> None:
    found = network.ecmp(flows, paths)
    ways = factorial(paths) / factorial(paths - flows) / paths**flows if flows <= paths else 0.0
    assert found.p_no_collision == pytest.approx(ways)
    assert found.expected_paths_used == pytest.approx(paths * (1 - (1 - 1 / paths) ** flows))


@given(EDGES, st.integers(0, 9))
def test_k_shortest_are_the_first_of_all_simple_paths(edges: list[tuple[str, str]], k: int) -> None:
    graph = nx.Graph(edges)
    graph.add_nodes_from("af")
    every = sorted(nx.all_simple_paths(graph, "a", "f"), key=lambda path: (len(path), path))
    assert [list(path) for path in routes.k_shortest(edges, "a", "f", k)] == every[:k]


@given(EDGES, st.data())
def test_central_choice_lies_between_one_path_and_the_maximal_flow(edges: list[tuple[str, str]], data: Any) -> None:
    sizes = data.draw(st.lists(st.integers(1, 10), min_size=len(edges), max_size=len(edges)))
    flows = data.draw(st.integers(0, 6))
    found = routes.path_choice(edges, sizes, "a", "f", flows)
    graph = nx.DiGraph()
    for (a, b), size in zip(edges, sizes, strict=True):
        for ends in ((a, b), (b, a)):
            before = graph.get_edge_data(*ends, {"capacity": 0})["capacity"]
            graph.add_edge(*ends, capacity=before + size)
    graph.add_nodes_from("af")
    if found.shortest_path:
        assert found.max_flow == pytest.approx(nx.maximum_flow_value(graph, "a", "f"))
    assert found.sdn_total <= found.max_flow * (1 + 1e-9)
    assert found.hop_by_hop_total <= found.max_flow * (1 + 1e-9)
    if flows == 1 and found.shortest_path:
        assert found.sdn_total >= found.hop_by_hop_total


@given(EDGES.map(lambda edges: sorted({tuple(sorted(edge)) for edge in edges})), st.permutations(range(len(NODES))))
def test_the_tree_keeps_everything_connected_without_a_ring(edges: Any, numbers: list[int]) -> None:
    ids = dict(zip(NODES, numbers, strict=True))
    tree = routes.spanning_tree(ids, edges)
    whole = nx.Graph(edges)
    whole.add_nodes_from(NODES)
    assert tree.forwarding_links == len(NODES) - nx.number_connected_components(whole)
    assert tree.blocked_links == len(tree.blocked_ports) == len(edges) - tree.forwarding_links
    assert tree.root == NODES[numbers.index(0)]
    assert tree.blocked_ports == sorted(tree.blocked_ports)


def test_vlans_without_a_router() -> None:
    hosts = [routes.Port(name, switch, vlan) for name, switch, vlan in
             (("h1", "s1", 10), ("h2", "s3", 10), ("h3", "s1", 20), ("h4", "s9", 10))]  # fmt: skip
    trunks = [routes.Trunk("s1", "s2", frozenset((10, 20))), routes.Trunk("s2", "s3", frozenset((20,)))]
    pairs = list(permutations(("h1", "h2", "h3"), 2))
    assert not any(routes.vlan_isolation(hosts, trunks, pairs, "h1").delivered)
    open_ = [trunks[0], routes.Trunk("s2", "s3", frozenset((10,)))]
    found = routes.vlan_isolation(hosts, open_, [["h1", "h2"], ["h1", "h3"], ["h1", "h4"]], "h2")
    assert found.delivered == [True, False, False]
    assert found.broadcast_reaches == ["h1"]
