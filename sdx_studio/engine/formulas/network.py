"""Network: rates on shared links, guarantees, what TCP leaves, forwarding times and costs (bit/s, bytes, seconds)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import expm1, inf, isfinite, log1p, sqrt

from sdx_studio.engine.formulas.bounds import (
    above,
    above_zero,
    countable,
    not_negative,
    require,
    share_of_one,
    whole,
    whole_times,
)
from sdx_studio.engine.sharing.maxmin import Demands, fill
from sdx_studio.words import mark

HEADERS = 52.0
"""Bytes of IP, TCP and its time stamps in each packet."""
FRAMING = 38.0
"""Bytes of Ethernet around each packet: preamble, addresses, check sum, gap."""
_SMALLEST = 1e-320


@dataclass(frozen=True, slots=True)
class Stream:
    """A flow: links that it crosses, weight, cap (bit/s, None: none), guarantee (bit/s), priority (higher first)."""

    path: Sequence[str]
    weight: float = 1.0
    cap: float | None = None
    guarantee: float = 0.0
    priority: float = 0.0


def rates(links: Mapping[str, float], flows: Sequence[Stream]) -> list[float]:
    """Weighted max-min rate (bit/s) of each flow: a common level rises, clamp(weight·level, guarantee, cap).

    Higher priorities come first, guarantees of lower ones are held back. Refused: guarantees that do not fit on a link,
    links that are not there, flows that nothing limits.
    """
    index = {name: place for place, name in enumerate(links)}
    for place, flow in enumerate(flows):
        for step, name in enumerate(flow.path):
            require(name in index, mark("flows[{place}].path[{step}]: there is no link “{name}”"), place=place,
                    step=step, name=name)  # fmt: skip
        require(bool(flow.path) or flow.cap is not None,
                mark("flows[{place}] crosses no link and has no cap: nothing limits it"), place=place)  # fmt: skip
    floors = [flow.guarantee if flow.cap is None else min(flow.guarantee, flow.cap) for flow in flows]
    _admit(links, flows, floors)
    ranks = sorted({flow.priority for flow in flows})
    paths = [[index[name] for name in flow.path] for flow in flows]
    caps = [inf if flow.cap is None else flow.cap for flow in flows]
    classes = [ranks.index(flow.priority) for flow in flows]
    return fill(Demands(paths, [flow.weight for flow in flows], caps, floors, None, classes), list(links.values()))


def _admit(links: Mapping[str, float], flows: Sequence[Stream], floors: Sequence[float]) -> None:
    promised = dict.fromkeys(links, 0.0)
    for flow, floor in zip(flows, floors, strict=True):
        for name in flow.path:
            promised[name] += floor
    for name, total in promised.items():
        require(not above(total, links[name]),
                mark("the guarantees on link “{name}” ({total} bit/s) exceed it ({link} bit/s)"), name=name,
                total=total, link=links[name])  # fmt: skip


def guarantees_fit(link: float, guarantees: Sequence[float]) -> bool:
    """Whether guarantees (bit/s) are admitted on a link: their sum does not exceed it."""
    return not above(sum(guarantees), link)


def tcp_goodput(link: float, mtu: float) -> float:
    """Payload (bit/s) that TCP brings over Ethernet: link·(mtu − 52)/(mtu + 38); mtu (bytes) above 52."""
    not_negative(link=link)
    require(isfinite(mtu) and mtu > HEADERS, mark("the MTU must be above {headers} bytes, not {mtu}"), headers=HEADERS,
            mtu=mtu)  # fmt: skip
    return link * (mtu - HEADERS) / (mtu + FRAMING)


def mathis(mss: float, rtt: float, loss: float) -> float:
    """Throughput (bit/s) of TCP under loss: sqrt(3/2)·8·mss/(rtt·sqrt(loss)) (Mathis et al. 1997); loss above 0."""
    not_negative(mss=mss)
    above_zero(rtt=rtt, loss=loss)
    share_of_one(loss=loss)
    return sqrt(1.5) * 8.0 * mss / (rtt * sqrt(loss))


@dataclass(frozen=True, slots=True)
class Spread:
    """Probability that no two flows meet, and the mean number of paths in use."""

    p_no_collision: float
    expected_paths_used: float


def ecmp(flows: float, paths: float) -> Spread:
    """Flows on equal paths by a uniform hash."""
    whole(flows=flows)
    countable(10**12, paths=paths)
    above_zero(paths=paths)
    apart = 0.0 if flows > paths else 1.0
    for taken in range(1, int(min(flows, paths))):
        if apart <= _SMALLEST:
            break
        apart *= (paths - taken) / paths
    used = -paths * expm1(flows * log1p(-1.0 / paths)) if paths > 1 else min(1.0, flows)
    return Spread(apart if apart > _SMALLEST else 0.0, used)


def transfer_time(
    latency: float, bandwidth: float, size: float, latency_factor: float, bandwidth_factor: float, ack_share: float
) -> float:
    """Seconds for `size` bytes at `bandwidth` bytes/s, with TCP's effects as factors (SimGrid's LV08)."""
    not_negative(latency=latency, size=size, latency_factor=latency_factor, ack_share=ack_share)
    above_zero(bandwidth=bandwidth, bandwidth_factor=bandwidth_factor)
    return latency * latency_factor + size / (bandwidth * bandwidth_factor / (1.0 + ack_share))


def ospf_costs(reference: float, links: Sequence[float]) -> list[int]:
    """OSPF cost of each link (bit/s, above 0): max(1, floor(reference/link))."""
    above_zero(**{f"links[{place}]": link for place, link in enumerate(links)})
    return [max(1, whole_times(reference, link)) for link in links]


@dataclass(frozen=True, slots=True)
class FirstPacket:
    """Seconds of a flow's first packet, rules set in parallel or one after another, and of those after it."""

    first_parallel: float
    first_serial: float
    later: float


def openflow_first_packet(
    switch_packet_in: float, rtt_controller: float, controller: float, flow_mod: float, hops: float, per_hop: float
) -> FirstPacket:
    """The first packet of a flow asks the controller, which sets rules on all `hops` switches; later ones only pass."""
    whole(hops=hops)
    later = hops * per_hop
    asked = switch_packet_in + rtt_controller + controller
    return FirstPacket(asked + flow_mod + later, asked + flow_mod * hops + later, later)


@dataclass(frozen=True, slots=True)
class Admitted:
    """New flows/s that the controller is told of, and those that are lost or queued."""

    admitted: float
    lost_or_queued: float


def packet_in(new_flow_rate: float, packet_in_max: float) -> Admitted:
    """A switch tells the controller of at most `packet_in_max` new flows/s."""
    not_negative(new_flow_rate=new_flow_rate, packet_in_max=packet_in_max)
    return Admitted(min(new_flow_rate, packet_in_max), max(0.0, new_flow_rate - packet_in_max))


@dataclass(frozen=True, slots=True)
class Outage:
    """Seconds without forwarding when the failed link is the bridge's own, and when it is further away."""

    direct_failure: float
    indirect_failure: float


def stp_outage(forward_delay: float, max_age: float) -> Outage:
    """Spanning tree (802.1D): listening and learning take a forward delay each; old news must age first."""
    not_negative(forward_delay=forward_delay, max_age=max_age)
    return Outage(2.0 * forward_delay, max_age + 2.0 * forward_delay)
