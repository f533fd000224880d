"""Networks and what people do over them: drawn, run, and compared with the formulas."""

import pytest
from agreement import GB, GIB, PAYLOAD, array, lone, near, pair, wire

from sdx_studio.engine.formulas.availability import restart_time
from sdx_studio.engine.formulas.desktops import display_bandwidth, stream_launch
from sdx_studio.engine.formulas.network import (
    Stream,
    guarantees_fit,
    openflow_first_packet,
    ospf_costs,
    rates,
    stp_outage,
    tcp_goodput,
)
from sdx_studio.engine.formulas.queues import closed_mva, interactive_bound
from sdx_studio.engine.formulas.replication import achieved_rpo, initial_sync, unique_changes
from sdx_studio.engine.formulas.routes import path_choice
from sdx_studio.session import Session


def line(*speeds: float) -> tuple[Session, list[str]]:
    """Hosts in a row, each on a switch of its own, and the switches joined by cables of these speeds."""
    s = Session()
    hosts = []
    before = None
    for speed in (None, *speeds):
        switch, host = s.place("switch"), s.place("host")
        s.connect(host, switch, bandwidth=1e12)
        if before is not None:
            s.connect(before, switch, bandwidth=speed)
        before = switch
        hosts.append(host)
    return s, hosts


def flows(s: Session, *ends: tuple[str, str], **fields: object) -> list[float]:
    made = [s.place("flow", source=a, target=b, **fields) for a, b in ends]
    run = s.run(until=1)
    return [run.value(one, "net.rate") for one in made]


def test_a_parking_lot() -> None:
    s, (a, b, c) = line(1e9, 1e9)
    told = rates({"x": 1e9, "y": 1e9}, [Stream("xy"), Stream("x"), Stream("y")])
    assert flows(s, (a, c), (a, b), (b, c)) == [near(one) for one in told]


def test_one_link_is_tighter() -> None:
    s, (a, b, c) = line(10e9, 1e9)
    told = rates({"x": 10e9, "y": 1e9}, [Stream("xy"), Stream("x"), Stream("x")])
    assert flows(s, (a, c), (a, b), (a, b)) == [near(one) for one in told]


@pytest.mark.parametrize(
    "fields",
    [
        [{"guarantee": 0.6e9}, {}, {}],
        [{"priority": 5, "rate": 0.3e9}, {}, {}],
        [{"priority": 5}, {}],
        [{"weight": 3}, {"weight": 1}],
        [{"weight": 2, "guarantee": 0.1e9}, {"rate": 0.2e9}, {"priority": 1, "rate": 0.1e9}],
    ],
)
def test_quality_of_service(fields: list[dict[str, float]]) -> None:
    s, (a, b) = line(1e9)
    made = [s.place("flow", source=a, target=b, **one) for one in fields]
    run = s.run(until=1)
    told = rates({"x": 1e9}, [
        Stream("x", one.get("weight", 1.0), one.get("rate"), one.get("guarantee", 0.0), one.get("priority", 0))
        for one in fields
    ])  # fmt: skip
    assert [run.value(one, "net.rate") for one in made] == [near(one) for one in told]


def test_guarantees_that_do_not_fit_are_refused() -> None:
    s, (a, b) = line(1e9)
    made = [s.place("flow", source=a, target=b, guarantee=one) for one in (0.6e9, 0.4e9, 0.1e9)]
    run = s.run(until=1)
    assert guarantees_fit(1e9, [0.6e9, 0.4e9])
    assert not guarantees_fit(1e9, [0.6e9, 0.4e9, 0.1e9])
    assert [one.element for one in run.events("traffic.refused")] == [s.document.address(made[2])]
    assert [run.value(one, "net.rate") for one in made] == [near(0.6e9), near(0.4e9), pytest.approx(0, abs=1)]


def test_goodput_of_a_transfer() -> None:
    s, hosts = pair(1e9 / 8 * PAYLOAD).session, None
    assert hosts is None
    a, b = (one for one in s.document.elements if s.document.elements[one].kind == "host")
    vm = s.place("vm", on=a, memory=4 * GIB, dirty_rate=0)
    s.do("migrate", vm, to=b)
    first = s.run(until=100).events("migration.round")[0]
    assert first.bytes * 8 / first.seconds == near(tcp_goodput(1e9, 1500))


def diamond(kind: str, **fields: object) -> tuple[Session, str, str, list[str]]:
    """s-t, s-u-t, s-v-w-t between two hosts, all 1 Gbit/s."""
    s = Session()
    nodes = {name: s.place(kind, name=name, **fields) for name in "stuvw"}
    a, b = s.place("host"), s.place("host")
    s.connect(a, nodes["s"], bandwidth=100e9)
    s.connect(b, nodes["t"], bandwidth=100e9)
    for x, y in ("st", "su", "ut", "sv", "vw", "wt"):
        s.connect(nodes[x], nodes[y], bandwidth=1e9)
    return s, a, b, list(nodes.values())


LINKS = [("s", "t"), ("s", "u"), ("u", "t"), ("s", "v"), ("v", "w"), ("w", "t")]


def test_hop_by_hop_all_take_the_shortest_way() -> None:
    s, a, b, _nodes = diamond("router")
    told = path_choice(LINKS, [1e9] * 6, "s", "t", 3)
    assert sum(flows(s, *[(a, b)] * 3)) == near(told.hop_by_hop_total)


def test_a_controller_uses_all_ways() -> None:
    s, a, b, nodes = diamond("openflow_switch")
    controller = s.place("sdn_controller")
    for one in nodes:
        s.connect(controller, one)
    told = path_choice(LINKS, [1e9] * 6, "s", "t", 3)
    assert sum(flows(s, *[(a, b)] * 3)) == near(told.sdn_total)
    assert told.sdn_total == near(told.max_flow)


@pytest.mark.parametrize("rules", ["parallel", "serial"])
def test_the_first_packet(rules: str) -> None:
    s = Session()
    a, b, controller = s.place("host"), s.place("host"), s.place("sdn_controller", rules=rules)
    nodes = [s.place("openflow_switch") for _ in range(3)]
    for one in nodes:
        s.connect(controller, one)
    for x, y in zip([a, *nodes], [*nodes, b], strict=True):
        s.connect(x, y)
    flow = s.place("flow", source=a, target=b, start=1)
    told = openflow_first_packet(0.001, 0.002, 0.001, 0.005, 3, 5e-6)
    run = s.run(until=5)
    first = told.first_parallel if rules == "parallel" else told.first_serial
    assert run.value(flow, "net.first_packet") == near(first)
    assert run.value(flow, "net.latency") == near(told.later)
    assert run.value(flow, "net.delivered") == near((5 - 1 - first) * 1e9 / 8)


def test_costs_by_bandwidth() -> None:
    def hops(reference: float | None) -> float:
        s = Session()
        nodes = {name: s.place("router", name=name, reference=reference) for name in "abc"}
        x, y = s.place("host"), s.place("host")
        s.connect(x, nodes["a"])
        s.connect(y, nodes["c"])
        s.connect(nodes["a"], nodes["c"], bandwidth=1e9)
        s.connect(nodes["a"], nodes["b"], bandwidth=10e9)
        s.connect(nodes["b"], nodes["c"], bandwidth=10e9)
        flow = s.place("flow", source=x, target=y)
        return s.run(until=1).value(flow, "net.hops")

    assert ospf_costs(100e6, [1e9, 10e9]) == [1, 1]
    assert hops(100e6) == hops(None) == 3
    assert ospf_costs(10e9, [1e9, 10e9]) == [10, 1]
    assert hops(10e9) == 4


@pytest.mark.parametrize("direct", [True, False])
def test_spanning_tree_after_a_failure(direct: bool) -> None:
    s = Session()
    ring = [s.place("switch", priority=place, tree="STP") for place in range(4)]
    links = [s.connect(ring[place], ring[(place + 1) % 4]) for place in range(4)]
    a, b = s.place("host"), s.place("host")
    s.connect(a, ring[0])
    s.connect(b, ring[2] if direct else ring[3])
    flow = s.place("flow", source=a, target=b, rate=1e6)
    # The port of the third switch towards the fourth is blocked; its own link fails, or one further away.
    s.do("cut", links[1] if direct else links[3], at=10)
    told = stp_outage(15, 20)
    run = s.run(until=100)
    (lost,), (back,) = run.events("traffic.blocked"), run.events("traffic.restored")
    assert lost.time == near(10)
    assert back.time - lost.time == near(told.direct_failure if direct else told.indirect_failure)
    assert run.value(flow, "net.rate") == near(1e6)


@pytest.mark.parametrize("users", [50, 150, 204, 300, 400])
def test_sessions_slow_down_at_the_knee(users: int) -> None:
    s, _host, layer = lone(4)
    vm = s.place("vm", on=layer, vcpus=4, load=0)
    group = s.place("user_group", server=vm, count=users, think=10, service=0.2)
    response = s.run(until=1).value(group, "users.response")
    bound = interactive_bound([users], 10, 0.2, 4)
    assert bound.knee_users == near(204)
    assert response >= bound.response_lower_bound[0] * (1 - 1e-9)
    assert response == near(max(0.2, closed_mva(users, 10, 0.05).response or 0))


def test_screens_need_this_link() -> None:
    s, (a, b) = line(1e9)
    vms = [s.place("vm", on=a, load=0) for _ in range(2)]
    office = s.place("user_group", server=vms[0], client=b, count=95, display=150e3)
    video = s.place("user_group", server=vms[1], client=b, count=5, display=1.5e6)
    run = s.run(until=1)
    told = display_bandwidth(100, 150e3, 5, 1.5e6, 0.8)
    assert (run.value(office, "net.rate") + run.value(video, "net.rate")) / 0.8 == near(told)


@pytest.mark.parametrize("clients", [1, 5])
def test_streaming(clients: int) -> None:
    s = Session()
    server, switch = s.place("host"), s.place("switch")
    s.connect(server, switch, bandwidth=wire(100e6 / 8))
    for _ in range(clients):
        client = s.place("client_pc")
        s.connect(client, switch, bandwidth=1e12)
        s.place("streamed_package", server=server, client=client, size=1 * GB)
    told = stream_launch(1 * GB, 0.1, 100e6, clients)
    run = s.run(until=told.full + 1)
    assert [one.time for one in run.events("stream.launched")] == [near(told.launch)] * clients
    assert [one.time for one in run.events("stream.cached")] == [near(told.offline_ready)] * clients


def test_restart_after_a_failure() -> None:
    p = pair(hosts=3)
    s = p.session
    store, _ = array(s, medium="NVMe")
    s.connect(store, p.switch, bandwidth=100e9)
    s.place("cluster", members=p.hosts, detect=15, place=2, parallel=4)
    for _ in range(20):
        volume = s.place("volume", on=store, size=1 * GIB)
        s.place("vm", on=p.layers[0], memory="1 GiB", disk=volume, start_time=60, boot_requests=0)
    s.do("fail", p.hosts[0], at=100)
    told = restart_time(15, 2, 60, 0, 20, 2, 4)
    started = [one.time - 100 for one in s.run(until=500).events("guest.started")]
    assert (min(started), max(started)) == (near(told.first), near(told.last))
    assert len(started) == 20


@pytest.mark.parametrize("spread", [None, 2.0])
def test_what_is_lost_at_worst(spread: float | None) -> None:
    s = Session()
    stores = [array(s, medium="NVMe")[0] for _ in range(2)]
    switch = s.place("switch")
    for store in stores:
        s.connect(store, switch, bandwidth=50e6)
    volume = s.place("volume", on=stores[0], size=10 * GB)
    change = 3 * GB / 900
    replica = s.place("replication", volume=volume, target=stores[1], interval=900, change=change, efficiency=0.7,
                      working_set=None if spread is None else spread * GB)  # fmt: skip
    run = s.run(until=40_000)
    changed = 3 * GB if spread is None else unique_changes(change, spread * GB, 900)
    told = achieved_rpo(900, changed, 50e6, 0.7, 900)
    first = run.events("replica.synced")[0]
    assert first.time == near(initial_sync(10 * GB, 50e6 / 8 * 0.7, 0).time or 0)
    assert run.events("replica.done")[-1].seconds == near(told.transfer)
    before = [one.time for one in run.events("replica.done")]
    assert before[-1] - before[-2] + told.transfer == near(told.worst_rpo)
    assert run.value(replica, "replica.lag") <= told.worst_rpo * (1 + 1e-9)
