"""Impossible drawings: each runs to its end, the element is marked, and an event says why. Nothing raises or hangs."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from nonsense import COMMANDS, PARTS, STEPS

from sdx_studio.engine.parts import (
    Area,
    Cable,
    Command,
    Controller,
    Device,
    Group,
    Guest,
    Layer,
    Load,
    Machine,
    Node,
    Package,
    Part,
    Replica,
    Steering,
    Store,
    Traffic,
    Users,
    Volume,
)
from sdx_studio.engine.snapshot import Condition
from sdx_studio.engine.world import World

S = 1_000_000
GIB = 2.0**30
MOST_EVENTS = 20_000


def run(parts: list[Part], until: int = 120 * S, scenario: Any = ()) -> World:
    world = World(parts, seed=1, scenario=scenario)
    forward(world, until)
    return world


def forward(world: World, until: int) -> None:
    """Advance in bounded work, then ask for everything that can be asked."""
    first = world.instants
    while (time := world.next_time()) is not None and time <= until:
        world.step()
        assert world.instants - first < MOST_EVENTS, world.plant.agenda.state()[:3]
    world.advance(until)
    world.snapshot()
    world.measures()
    world.totals()
    world.state_hash()


def condition(world: World, id: str) -> Condition:
    return Condition(int(world.snapshot().condition[world.layout().rows[id]]))


def reasons(world: World, id: str) -> list[str]:
    return [str(event.figures.get("reason", event.template)) for event in world.events if event.element == id]


def hosts(*more: Part, bandwidth: float = 1e9) -> list[Part]:
    """Machines a and b on a switch, guest g on a, an array with 10 GiB on the same switch."""
    parts: list[Part] = [Node("sw", "bridging"), Store("st"), Node("st"), Cable("c-st", "st", "sw", bandwidth)]
    parts += [Device("d", "st", 100, 100, 1e8, 10 * GIB, 0.005), Guest("g", "a", 1, Load(1.0), GIB)]
    for id in "ab":
        parts += [Machine(id, 4, 8 * GIB), Node(id), Cable(f"c-{id}", id, "sw", bandwidth)]
    return [*parts, *more]


CASES: list[tuple[str, list[Part], str, str]] = [
    ("a guest larger than its machine", hosts(Guest("x", "b", 1, Load(1.0), 9 * GIB)), "x",
     "it needs more memory than its machine has"),
    ("a machine without memory", [Machine("m", 4, 0), Guest("x", "m", 1, Load(1.0), GIB)], "x",
     "it needs more memory than its machine has"),
    ("a container larger than its guest", hosts(Guest("x", "g", 1, Load(1.0), 2 * GIB)), "x",
     "it needs more memory than what it runs in has"),
    ("guests in each other", [Guest("x", "y", 1, Load(1.0), 1), Guest("y", "x", 1, Load(1.0), 1)], "x",
     "it would contain itself"),
    ("areas in each other", [Area("x", "y"), Area("y", "z"), Area("z", "x"), Machine("m", 1, 1, area="x")], "x",
     "it would contain itself"),
    ("a flow without ends", [Traffic("x", "", "")], "x", "one end is switched off or has no port"),
    ("a flow without a path", [Machine("a", 1, 1), Node("a"), Machine("b", 1, 1), Node("b"), Traffic("x", "a", "b")],
     "x", "no path that carries its VLAN"),
    ("a flow between guests of a missing machine",
     [Guest("g", "gone", 1, Load(1.0), 1), Guest("h", "gone", 1, Load(1.0), 1), Traffic("x", "g", "h")], "x",
     "one end is switched off or has no port"),
    ("a flow through switches without a controller",
     [Node("a"), Node("b"), Node("s", "programmed"), Cable("1", "a", "s", 1e9), Cable("2", "b", "s", 1e9),
      Traffic("x", "a", "b")], "x", "its switch has no controller"),
    ("a cable without bandwidth", hosts(Traffic("t", "a", "b", size=1e6), bandwidth=0.0), "c-a", "it has no bandwidth"),
    ("a volume larger than its array", hosts(Volume("x", "st", 11 * GIB)), "x", "its array has not enough room for it"),
    ("volumes larger than their array together", hosts(Volume("w", "st", 6 * GIB), Volume("x", "st", 6 * GIB)), "x",
     "its array has not enough room for it"),
    ("a volume on an array that is not there", hosts(Volume("x", "gone", GIB)), "x", "its array is not there"),
    ("a thin pool that is full from the start", hosts(Volume("x", "st", 90 * GIB, True, 10 * GIB, 1e6)), "st",
     "The pool is full; thin volumes stop."),
    ("an array without disks", hosts(Store("n"), Volume("v", "n", GIB),
                                     Guest("x", "a", 1, Load(1.0), GIB, disk="v", io_rate=9)), "x",
     "its array has no disks"),
    ("a controller without switches", [Controller("x"), Node("x")], "x", "no switch hears it"),
    ("a replication to the same array", hosts(Volume("v", "st", GIB), Replica("x", "v", "st")), "x",
     "the copy would lie where the volume lies"),
    ("a replication of nothing", hosts(Replica("x", "", "st")), "x", "there is no volume to copy"),
    ("a replication to no array", hosts(Volume("v", "st", GIB), Replica("x", "v", "")), "x",
     "one end is switched off or has no port"),
    ("a replication to an array without disks", hosts(Volume("v", "st", GIB), Store("n"), Node("n"),
                                                      Replica("x", "v", "n")), "x", "its target has no disks"),
    ("users of a guest that is off", hosts(Guest("o", "a", 1, Load(1.0), GIB, powered=False), Users("x", "o")), "x",
     "its server does not run"),
    ("users of nothing", [Users("x", "")], "x", "its server is not there"),
    ("users who cannot see their screens", hosts(Node("far"), Users("x", "g", "far")), "x",
     "no path that carries its VLAN"),
    ("a program for a client that is off",
     hosts(Machine("m", 1, 1, powered=False), Node("m"), Package("x", "a", "m", 1e6)), "x",
     "one end is switched off or has no port"),
    ("a program for nobody", [Package("x", "", "", 1e6)], "x", "one end is switched off or has no port"),
    ("a cluster without machines", [Group("x", ("gone", "g")), Guest("g", None, 1, Load(1.0), 1)], "x",
     "it has no machines"),
    ("consolidation of nothing", [Steering("x", ())], "x", "it has no machines"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "id", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_it_runs_is_marked_and_says_why(parts: list[Part], id: str, reason: str) -> None:
    world = run(parts)
    assert reason in reasons(world, id)
    assert world.events[0].time == 0
    if id == "st":
        assert condition(world, "x") is Condition.BLOCKED
    elif reason.startswith("it would contain itself") and id in world.plant.guests:
        assert condition(world, id) is Condition.OFF
    else:
        assert condition(world, id) is Condition.BLOCKED
    if id.startswith("c-"):
        cables = dict(zip(world.layout().cables, world.snapshot().cable_condition, strict=True))
        assert cables[id] == Condition.BLOCKED


@pytest.mark.parametrize(("parts", "id", "reason"), [case[1:] for case in CASES if case[2] != "st"])
def test_an_edit_frees_what_was_impossible(parts: list[Part], id: str, reason: str) -> None:
    """Taking the element away leaves no trace of it; bringing it back says the same again."""
    world = run(parts, S)
    own = [part for part in parts if part.id == id]
    world.revise([], [(type(part), part.id) for part in own])
    assert id not in world.plant.hindered
    forward(world, 2 * S)
    before = len(world.events)
    world.revise(own, [])
    forward(world, 10 * S)
    assert reason in [str(event.figures.get("reason", event.template)) for event in world.events[before:]]


def test_what_becomes_possible_says_so_and_works() -> None:
    big = Guest("x", "b", 1, Load(1.0), 9 * GIB)
    world = run(hosts(big), S)
    assert world.measures()["x"]["cpu.grant"].last == 0
    world.revise([Machine("b", 4, 16 * GIB)], [])
    assert condition(world, "x") is Condition.UP
    assert world.measures()["x"]["cpu.grant"].last == 1
    assert "element.relieved" in [event.kind for event in world.events if event.element == "x"]
    world.revise([Machine("b", 4, 8 * GIB)], [])
    assert condition(world, "x") is Condition.BLOCKED


def test_overcommitted_memory_is_no_impossibility() -> None:
    world = run(hosts(Layer("hv", "b", overcommit=1.5), Guest("x", "b", 1, Load(1.0), 9 * GIB)), S)
    assert condition(world, "x") is Condition.UP
    assert world.measures()["x"]["cpu.grant"].last > 0


def test_users_go_on_when_their_server_is_back() -> None:
    world = run(hosts(Users("x", "g"), Guest("o", "b", 1, Load(1.0), GIB)), 10 * S, [Command(2 * S, "power_off", "g")])
    assert condition(world, "x") is Condition.BLOCKED
    world.do(Command(0, "power_on", "g"))
    forward(world, 60 * S)
    assert condition(world, "x") is Condition.UP
    assert [event.kind for event in world.events if event.element == "x"] == ["element.hindered", "element.relieved"]


def test_a_lost_path_hinders_a_copy_and_a_program_until_it_is_back() -> None:
    far = [Store("far"), Node("far"), Cable("wan", "far", "sw", 1e8), Device("e", "far", 1, 1, 1e8, 1e12, 0)]
    more = [Volume("v", "st", 5 * GIB), Replica("x", "v", "far"), Package("y", "a", "far", 1e10)]
    world = run(hosts(*far, *more), 5 * S, [Command(2 * S, "cut", "wan")])
    assert condition(world, "x") is condition(world, "y") is Condition.BLOCKED
    world.do(Command(0, "mend", "wan"))
    assert condition(world, "x") is condition(world, "y") is Condition.UP
    for id in "xy":
        kinds = [event.kind for event in world.events if event.element == id]
        assert kinds[:2] == ["element.hindered", "element.relieved"]


def play(parts: list[Part], steps: Any, scenario: Any) -> None:
    world = World(parts, seed=1, scenario=scenario)
    for what, figure in steps:
        if what == "wait":
            forward(world, world.now + figure)
        elif what == "do":
            world.do(figure)
        elif what == "change":
            world.revise([figure], [])
        else:
            world.revise([], [(type(part), part.id) for part in world.plant.parts.parts() if part.id == figure])
    forward(world, 120 * S)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(parts=PARTS, steps=STEPS, scenario=st.lists(COMMANDS, max_size=4))
@example(parts=[Steering("x", ()), Guest("g", None, 1, Load(1.0), 1)], steps=[], scenario=[])
@example(parts=[Package("x", "y", "z", 0.0)], steps=[], scenario=[])
@example(parts=[Users("x", "g", None, 3, 0.0, 0.0), Machine("m", 1, 1), Guest("g", "m", 1, Load(1.0), 1)], steps=[],
         scenario=[])  # fmt: skip
@example(parts=[Machine("x", 1, 1), Guest("x", "x", 1, Load(1.0), 1)],
         steps=[("do", Command(0, "fail", "x"))], scenario=[])  # fmt: skip
@example(parts=[Guest("x", "y", 1, Load(1.0), 1), Guest("y", "x", 1, Load(1.0), 1), Traffic("t", "x", "y")],
         steps=[("do", Command(0, "power_off", "x")), ("do", Command(0, "power_on", "x"))], scenario=[])  # fmt: skip
@example(parts=[Guest("g", None, 1, Load(1.0), 1, disk="v"), Volume("v", "s", 1)], steps=[], scenario=[])
@example(parts=hosts(Volume("v", "st", 0.0), Store("t"), Replica("x", "v", "t", 1e-6)), steps=[], scenario=[])
@example(parts=[Machine("m", 0, GIB), Guest("g", "m", 1, Load(1.0), 1), Steering("s", ("m",), every=1.0)], steps=[],
         scenario=[])  # fmt: skip
def test_nonsense_neither_raises_nor_loops(parts: list[Part], steps: Any, scenario: Any) -> None:
    play(parts, steps, scenario)


@pytest.mark.slow
@settings(max_examples=1000, suppress_health_check=list(HealthCheck))
@given(parts=PARTS, steps=STEPS, scenario=st.lists(COMMANDS, max_size=4))
def test_much_nonsense_neither_raises_nor_loops(parts: list[Part], steps: Any, scenario: Any) -> None:
    play(parts, steps, scenario)
