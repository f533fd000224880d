"""What the effects of kinds are written with, and those of the kinds that work over the network."""

from collections.abc import Callable

import pytest

from sdx_studio.session import Run, Session

GIB = 2.0**30
Effect = Callable[[Session], None]
EFFECTS: dict[str, Effect] = {}


def effect(key: str) -> Callable[[Effect], Effect]:
    def take(check: Effect) -> Effect:
        EFFECTS[key] = check
        return check

    return take


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-6)


def wired(s: Session, *keys: str, speed: str = "1 Gbit/s") -> list[str]:
    """One of each kind, all on one forwarder, and that forwarder last."""
    middle = s.place("switch", name="sw")
    ends = [s.place(key) for key in keys]
    for end in ends:
        s.connect(end, middle, bandwidth=speed)
    return [*ends, middle]


def rate(run: Run, id: str) -> float:
    return run.value(id, "net.rate")


@effect("openflow_switch")
def _(s: Session) -> None:
    """Without a controller nothing new passes; alone it does when it may."""
    a, b, switch = s.place("host"), s.place("host"), s.place("openflow_switch")
    s.connect(a, switch)
    s.connect(b, switch)
    flow = s.place("flow", source=a, target=b, rate="100 Mbit/s")
    assert rate(s.run(until=1), flow) == 0
    s.set(switch, standalone=True)
    assert rate(s.run(until=1), flow) == near(100e6)


@effect("sdn_controller")
def _(s: Session) -> None:
    """It sends the second flow another way, and the first packet waits for it."""
    a, b, controller = s.place("host"), s.place("host"), s.place("sdn_controller")
    inner = [s.place("openflow_switch") for _ in range(4)]
    for one in inner:
        s.connect(controller, one)
    s.connect(a, inner[0], bandwidth="10 Gbit/s")
    s.connect(b, inner[3], bandwidth="10 Gbit/s")
    for middle in inner[1:3]:
        s.connect(inner[0], middle, bandwidth="1 Gbit/s")
        s.connect(middle, inner[3], bandwidth="1 Gbit/s")
    flows = [s.place("flow", source=a, target=b) for _ in range(2)]
    run = s.run(until=1)
    assert [rate(run, flow) for flow in flows] == [near(1e9), near(1e9)]
    assert run.value(flows[0], "net.first_packet") == near(0.001 + 0.002 + 0.001 + 0.005 + 3 * 5e-6)
    assert run.value(flows[0], "net.latency") == near(3 * 5e-6)


@effect("user_group")
def _(s: Session) -> None:
    """Below the knee a request takes as long as its work, far above it N·S/c − Z; their screens fill the cable."""
    host, client, _sw = wired(s, "host", "thin_client")
    vm = s.place("vm", on=host, vcpus=4, load=0)
    users = s.place("user_group", server=vm, client=client, count=50)
    run = s.run(until=1)
    assert run.value(users, "users.response") == near(0.2)
    assert run.value(vm, "cpu.demand") == near(50 * 0.2 / 10.2)
    assert rate(run, users) == near(50 * 150e3)
    s.set(users, count=1000)
    assert s.run(until=1).value(users, "users.response") == near(1000 * 0.2 / 4 - 10)


@effect("streamed_package")
def _(s: Session) -> None:
    """It starts when a tenth is there and needs no network when all is."""
    server, client, _sw = wired(s, "host", "client_pc", speed="100 Mbit/s")
    package = s.place("streamed_package", server=server, client=client, size="1 GB")
    run = s.run(until=200)
    goodput = 100e6 / 8 * 1448 / 1538
    assert run.events("stream.launched")[0].seconds == near(1e8 / goodput)
    assert run.events("stream.cached")[0].seconds == near(1e9 / goodput)
    assert run.value(package, "stream.progress") == 1


@effect("replication")
def _(s: Session) -> None:
    """What is lost at worst is the interval and the time to copy its changes."""
    here, there, _sw = wired(s, "storage_array", "storage_array", speed="50 Mbit/s")
    for array in (here, there):
        s.place("disk", on=array)
        s.place("disk", on=array)
    volume = s.place("volume", on=here, size="100 GB")
    replica = s.place("replication", volume=volume, target=there, interval="15 min", change=3e9 / 900, efficiency=0.7)
    run = s.run(until="2 d")
    lag = run.world.measures()[replica]["replica.lag"]
    assert run.events("replica.synced")[0].seconds == near(100e9 * 8 / (50e6 * 0.7))
    assert lag.last < 900 + 3e9 * 8 / (50e6 * 0.7) + 1
    assert run.events("replica.done")[-1].seconds == near(3e9 * 8 / (50e6 * 0.7))


@effect("sprawl")
def _(s: Session) -> None:
    """Seven a week at even distances: one a day, until the host is full."""
    host = s.place("host", memory="32 GiB")
    requests = s.place("sprawl", hosts=(host,), rate=7, arrivals="evenly", memory="8 GiB")
    run = s.run(until=2.5 * 86400)
    assert run.value(requests, "sprawl.population") == run.value(host, "guests") == 2
    run = s.run(until=10.5 * 86400)
    assert run.value(requests, "sprawl.population") == 3
    assert run.value(requests, "sprawl.refused") == 7


@effect("lease_rule")
def _(s: Session) -> None:
    """What nobody uses is off when its lease ends, what is in use runs on."""
    host = s.place("host")
    idle, busy = s.place("vm", on=host, load=0.01), s.place("vm", on=host, load=0.5)
    s.place("lease_rule", scope=(idle, busy), lease="10 d", stop_after="2 d", delete_after="9 d")
    run = s.run(until="12 d")
    assert run.value(host, "guests") == 1
    assert run.value(busy, "cpu.grant") == near(1.0)
    assert run.events("lease.stopped")[0].vm == s.document.address(idle)


@effect("policy_group")
def _(s: Session) -> None:
    """One edit of the standard changes all members, and what they do in a run."""
    host = s.place("host")
    vms = [s.place("vm", on=host, load=0.5) for _ in range(3)]
    group = s.place("policy_group", members=vms, standard=("vcpus = 2",))
    assert s.run(until=1).value(host, "cpu.demand") == near(3.0)
    s.set(group, standard="vcpus = 4")
    assert s.run(until=1).value(host, "cpu.demand") == near(6.0)


@effect("mainframe")
def _(s: Session) -> None:
    """In batch the pauses are lost, in turns another works meanwhile."""
    mainframe = s.place("mainframe", policy="batch", quantum=1)
    for _place in range(2):
        s.place("batch_job", on=mainframe, service=1, pause=1, repeat=3)
    assert [event.time for event in s.run(until=20).events("job.finished")] == [6, 12]
    s.set(mainframe, policy="time sharing")
    assert [event.time for event in s.run(until=20).events("job.finished")] == [6, 7]


@effect("batch_job")
def _(s: Session) -> None:
    """It takes its time of the processor, as often as it says, from its arrival on."""
    job = s.place("batch_job", on=s.place("mainframe"), arrival=5, service=2, pause=1, repeat=4)
    (done,) = s.run(until=30).events("job.finished")
    assert (done.time, done.turnaround, done.waited) == (17, 12, 0)
    assert s.run(until=11).value(job, "job.progress") == near(4 / 8)


@effect("terminal")
def _(s: Session) -> None:
    """Its user waits for the others' slices."""
    mainframe = s.place("mainframe", quantum=1)
    users = [s.place("terminal", mainframe=mainframe, service=1, think=100) for _place in range(3)]
    run = s.run(until=10)
    assert [run.value(user, "job.response") for user in users] == [1, 2, 3]
