"""Network: rates, forwarding, spanning tree, VLANs, central control."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sdx_studio.engine.formulas import network, queues, routes
from sdx_studio.engine.formulas.bounds import require
from sdx_studio.engine.formulas.model import Model
from sdx_studio.words import mark

VLANS = range(1, 4095)
Rows = Sequence[Mapping[str, Any]]


def _rates(links: Mapping[str, float], flows: Rows) -> list[float]:
    return network.rates(links, [network.Stream(**flow) for flow in flows])


def _ends(links: Rows) -> list[routes.Pair]:
    return [(link["a"], link["b"]) for link in links]


def _shortest(links: Rows, source: str, target: str, k: float) -> dict[str, Any]:
    paths = routes.k_shortest(_ends(links), source, target, k)
    return {"paths": [list(path) for path in paths], "hops": [len(path) - 1 for path in paths]}


def _choice(links: Rows, source: str, target: str, flows: float) -> routes.Choice:
    return routes.path_choice(_ends(links), [link["capacity"] for link in links], source, target, flows)


def _tree(bridge_ids: Mapping[str, float], links: Rows) -> dict[str, Any]:
    tree = routes.spanning_tree(bridge_ids, _ends(links))
    return {
        "root": tree.root,
        "blocked_links": tree.blocked_links,
        "forwarding_links": tree.forwarding_links,
        "blocked_ports": [asdict(port) for port in tree.blocked_ports],
    }


def _vlan(number: float) -> int:
    require(number in VLANS, mark("a VLAN has a number from 1 to 4094, not {number}"), number=number)
    return int(number)


def _isolated(hosts: Rows, trunks: Rows, pairs: Sequence[Sequence[str]], broadcast_from: str) -> routes.Isolation:
    ports = [routes.Port(**{**host, "vlan": _vlan(host["vlan"])}) for host in hosts]
    ways = [routes.Trunk(one["a"], one["b"], frozenset(map(_vlan, one["allowed"]))) for one in trunks]
    return routes.vlan_isolation(ports, ways, pairs, broadcast_from)


MODELS: tuple[Model, ...] = (
    Model(
        "net.maxmin", mark("Fair rates on shared links"),
        "rate = min(weight · level, cap); a full link stops its flows",
        "links.<link> Gbit/s; flows[].path[] text; flows[].weight number; flows[].cap Gbit/s null", "rates[] Gbit/s",
        _rates,
    ),
    Model(
        "net.qos", mark("Rates with guarantees and priorities"),
        "high priority first; rate = clamp(weight · level, guarantee, cap)",
        "links.<link> Gbit/s; flows[].path[] text; flows[].weight number; flows[].cap Gbit/s null; "
        "flows[].guarantee Gbit/s; flows[].priority number any", "rates[] Gbit/s", _rates,
    ),
    Model(
        "net.qos_admission", mark("Whether guarantees fit on a link"), "Σ guarantee ≤ link",
        "link Gbit/s; guarantees[] Gbit/s", "admitted flag",
        network.guarantees_fit,
    ),
    Model(
        "net.tcp_goodput", mark("Payload that TCP brings"), "link · (MTU − 52) / (MTU + 38)",
        "link bit/s; mtu B", "goodput bit/s", network.tcp_goodput,
    ),
    Model(
        "net.mathis", mark("TCP under loss"), "√(3/2) · 8 · MSS / (RTT · √loss)",
        "mss B; rtt s; loss 1 <=1", "throughput bit/s", network.mathis,
    ),
    Model(
        "net.ecmp", mark("Flows spread over equal paths"),
        "no collision = p! / ((p − f)! · p^f), used = p · (1 − (1 − 1/p)^f)",
        "flows count; paths count", "p_no_collision 1; expected_paths_used count", network.ecmp,
    ),
    Model(
        "net.transfer_time", mark("Time of a transfer"), "latency · a + size / (bandwidth · b / (1 + ack))",
        "latency s; bandwidth B/s; size B; latency_factor 1; bandwidth_factor 1; ack_share 1", "time s",
        network.transfer_time,
    ),
    Model(
        "net.k_shortest", mark("The k shortest paths"), "Yen: by hops, then by names",
        "links[].a text; links[].b text; source text; target text; k count", "paths[][] text; hops[] count", _shortest,
    ),
    Model(
        "net.path_choice", mark("Hop by hop against central choice"),
        "hop by hop: all on the shortest path; SDN: each where it gets most",
        "links[].a text; links[].b text; links[].capacity Gbit/s; source text; target text; flows count",
        "shortest_path[] text; hop_by_hop_total Gbit/s; sdn_total Gbit/s; max_flow Gbit/s; hop_by_hop_each Gbit/s ?; "
        "sdn_each Gbit/s ?", _choice,
    ),
    Model(
        "net.stp", mark("Spanning tree"), "root = lowest bridge id; the other way to the root is blocked",
        "bridge_ids.<switch> number any; links[].a text; links[].b text",
        "root text ?; blocked_links count; forwarding_links count; blocked_ports[].switch text; "
        "blocked_ports[].peer text", _tree,
    ),
    Model(
        "net.stp_timers", mark("Outage until the spanning tree is built anew"),
        "direct = 2 · delay, indirect = max age + 2 · delay",
        "forward_delay s; max_age s", "direct_failure s; indirect_failure s", network.stp_outage,
    ),
    Model(
        "net.ospf_cost", mark("Cost of links for OSPF"), "max(1, ⌊reference / link⌋)",
        "reference bit/s; links[] bit/s", "costs[] number", network.ospf_costs,
    ),
    Model(
        "net.openflow_first_packet", mark("First packet of a flow"),
        "first = packet-in + RTT + controller + flow-mod + hops · hop, later = hops · hop",
        "switch_packet_in ms; rtt_controller ms; controller ms; flow_mod ms; hops count; per_hop ms",
        "first_parallel ms; first_serial ms; later ms", network.openflow_first_packet,
    ),
    Model(
        "net.packet_in_saturation", mark("New flows that the controller is told of"), "min(rate, limit)",
        "new_flow_rate 1/s; packet_in_max 1/s", "admitted 1/s; lost_or_queued 1/s", network.packet_in,
    ),
    Model(
        "net.controller_queue", mark("Queue in the controller"), "R = S / (1 − λ · S)",
        "flow_rate 1/s; service s", "saturated flag; response s ?", queues.controller,
    ),
    Model(
        "net.vlan_isolation", mark("What passes between VLANs"),
        "a frame stays in its VLAN and crosses the trunks that allow it",
        "hosts[].name text; hosts[].switch text; hosts[].vlan number; trunks[].a text; trunks[].b text; "
        "trunks[].allowed[] number; pairs[][] text; broadcast_from text",
        "delivered[] flag; broadcast_reaches[] text", _isolated,
    ),
)  # fmt: skip
