"""What is sent to nobody: nothing in a live migration, all of it while a receiver is down or out of reach."""

import pytest

from sdx_studio import Session


def lab() -> tuple[Session, dict[str, str]]:
    s = Session()
    hosts = [s.place("host", name=name) for name in "abc"]
    switch = s.place("switch", name="sw")
    cables = [s.connect(host, switch, bandwidth="1 Gbit/s") for host in hosts]
    array = s.place("storage_array", name="array")
    s.place("disk", on=array, medium="SSD")
    for host in hosts[:2]:
        s.connect(host, array, medium="storage", bandwidth="10 Gbit/s")
    volume = s.place("volume", on=array, size="10 GiB", used="1 GiB")
    vm = s.place("vm", on=hosts[0], name="web", memory="1 GiB", dirty_rate="10 MiB/s", disk=volume, boot_requests=0)
    s.place("cluster", name="both", members=tuple(hosts[:2]))
    flow = s.place("flow", name="clicks", source=hosts[2], target=vm, rate="80 Mbit/s")
    return s, {
        "a": hosts[0],
        "b": hosts[1],
        "c": hosts[2],
        "vm": vm,
        "flow": flow,
        "cable": cables[0],
        "mine": cables[2],
    }


def lost(s: Session, flow: str, until: str = "120 s") -> float:
    return float(s.run(until=until).value(flow, "net.lost"))


def test_a_live_migration_loses_nothing() -> None:
    s, ids = lab()
    s.do("migrate", ids["vm"], to=ids["b"], at="5 s")
    run = s.run(until="120 s")
    (moved,) = run.events("migration.finished")
    assert moved.downtime > 0.01
    assert run.value(ids["flow"], "net.lost") == 0


def test_a_restart_loses_what_was_sent_meanwhile() -> None:
    s, ids = lab()
    s.do("fail", ids["a"], at="5 s")
    run = s.run(until="120 s")
    (back,) = [event for event in run.events("guest.started") if event.time > 5]
    assert run.value(ids["flow"], "net.lost") == pytest.approx((back.time - 5) * 10e6, rel=0.05)


def test_a_cut_cable_loses_until_it_is_mended_and_a_dead_sender_loses_nothing() -> None:
    s, ids = lab()
    s.do("cut", ids["mine"], at="10 s")
    s.do("mend", ids["mine"], at="30 s")
    assert lost(s, ids["flow"]) == pytest.approx(20 * 10e6, rel=0.1), "and the second until the switch forwards again"
    s, ids = lab()
    s.do("power_off", ids["c"], at="10 s")
    assert lost(s, ids["flow"]) == 0


def test_traffic_without_a_rate_waits_instead() -> None:
    s, ids = lab()
    s.set(ids["flow"], rate=None)
    s.do("cut", ids["mine"], at="10 s")
    assert lost(s, ids["flow"]) == 0
