"""A fault in every phase of a migration: the guest is on one side or lost as it would be, and the words say so."""

from typing import Any

import pytest

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.migration import Phase
from sdx_studio.engine.parts import (
    Cable,
    Command,
    Device,
    Group,
    Guest,
    Layer,
    Load,
    Machine,
    MigrationStyle,
    Node,
    Part,
    Store,
    Volume,
)
from sdx_studio.engine.world import World

S = 1_000_000
GIB, MIB = 2.0**30, 2.0**20
PRE = ("queued", "setup", "disk", "copy", "later round", "pause", "switch")
POST = ("state", "state is there", "pull")
FAULTS = {
    "source fails": ("fail", "a"), "target fails": ("fail", "b"), "cable is cut": ("cut", "c-b"),
    "source is switched off": ("power_off", "a"), "target is switched off": ("power_off", "b"),
    "source crashes": ("crash", "hv-a"), "target crashes": ("crash", "hv-b"), "store fails": ("fail", "st1"),
    "guest is switched off": ("power_off", "g"), "guest crashes": ("crash", "g"),
}  # fmt: skip
MENDED_BY = {"fail": "repair", "cut": "mend", "power_off": "power_on"}
SOURCE, TARGET = "the source went down", "the target went down"
OFF, CRASHED, WAY = "it was switched off", "its kernel crashed", "the network path is lost"
UP, DOWN, FAILED, LOST, DONE = Condition.UP, Condition.OFF, "migration.failed", "migration.lost", "migration.finished"

Outcome = tuple[str, Condition, str, str]
"""Machine and condition five minutes later, nothing having been repaired; what is told of the migration, and why."""

STAYS: dict[str, Outcome] = {
    "source fails": ("a", DOWN, FAILED, SOURCE),
    "target fails": ("a", UP, FAILED, TARGET),
    "cable is cut": ("a", UP, FAILED, WAY),
    "source is switched off": ("a", DOWN, FAILED, SOURCE),
    "target is switched off": ("a", UP, FAILED, TARGET),
    "source crashes": ("a", UP, FAILED, SOURCE),
    "target crashes": ("a", UP, FAILED, TARGET),
    "store fails": ("a", UP, FAILED, "the target cannot reach its volume"),
    "guest is switched off": ("a", DOWN, FAILED, OFF),
    "guest crashes": ("a", UP, FAILED, CRASHED),
}
"""As long as the source has all of the memory; a machine or guest whose kernel crashed has booted again."""
OVER: Outcome = ("b", UP, DONE, "")
EXPECTED: dict[str, dict[str, Outcome]] = {
    **dict.fromkeys((*PRE, *POST), STAYS),
    "disk": STAYS | {"store fails": ("a", UP, FAILED, "the storage of its volume went down")},
    "switch": STAYS
    | dict.fromkeys(("source fails", "cable is cut", "source is switched off", "source crashes"), OVER)
    | {"store fails": OVER},
    "state is there": STAYS | {"store fails": OVER},
    "pull": {
        "source fails": ("b", DOWN, LOST, SOURCE),
        "target fails": ("b", DOWN, LOST, TARGET),
        "cable is cut": ("b", DOWN, LOST, WAY),
        "source is switched off": ("b", DOWN, LOST, SOURCE),
        "target is switched off": ("b", DOWN, LOST, TARGET),
        "source crashes": ("b", DOWN, LOST, SOURCE),
        "target crashes": ("b", UP, LOST, TARGET),
        "store fails": OVER,
        "guest is switched off": ("b", DOWN, FAILED, OFF),
        "guest crashes": ("b", UP, FAILED, CRASHED),
    },
}


def two(phase: str, *more: Part) -> list[Part]:
    """Machines a and b on a switch, two arrays that both reach, guests g and k on a; one migration at a time."""
    style = MigrationStyle(limit=1, method="postcopy" if phase in POST else "precopy")
    parts: list[Part] = [Node("sw", "bridging"), *more]
    for id in "ab":
        parts += [Machine(id, 16, 64 * GIB), Node(id), Cable(f"c-{id}", id, "sw", 1e9)]
        parts.append(Layer(f"hv-{id}", id, migration=style))
    for id in ("st1", "st2"):
        parts += [
            Store(id),
            Node(id),
            Cable(f"c-{id}", id, "sw", 1e9),
            Device(f"{id}-d", id, 1e4, 1e4, 1e9, 1e12, 1e-3),
        ]
        parts += [Cable(f"{id}-{machine}", machine, id, 16e9, medium="storage") for machine in "ab"]
    guest = {"vcpus": 4, "load": Load(0.5), "migrates": True, "start_time": 5}
    parts += [Volume("v", "st1", 4 * GIB), Guest("k", "a", memory=2 * GIB, **guest)]
    return [
        *parts,
        Guest("g", "a", memory=4 * GIB, dirty_rate=20 * MIB, working_set=4 * GIB, disk="v", io_rate=50, **guest),
    ]


def within(world: World, phase: str) -> bool:
    """Whether the migration of g is in this phase just now."""
    move = world.migrations.active["g"]
    paused = move.phase is Phase.PAUSE
    return {
        "queued": move.phase is Phase.QUEUED, "setup": move.phase is Phase.SETUP, "disk": move.phase is Phase.DISK,
        "copy": move.phase is Phase.COPY and move.round == 1,
        "later round": move.phase is Phase.COPY and move.round == 2,
        "pause": paused and move.left > 0, "switch": paused and move.left == 0, "state": paused and move.left > 0,
        "state is there": paused and move.left == 0, "pull": move.phase is Phase.PULL,
    }[phase]  # fmt: skip


def moving(phase: str, *more: Part) -> World:
    """A world in the midst of this phase."""
    world = World(two(phase, *more))
    world.advance(S)
    if phase == "queued":
        assert world.do(Command(0, "migrate", "k", (("to", "b"),))) is None
    with_disk = (("store", "st2"),) if phase == "disk" else ()
    assert world.do(Command(0, "migrate", "g", (("to", "b"), *with_disk))) is None
    while not within(world, phase):
        assert world.step()
    world.advance(world.now + (S // 100 if phase in ("pause", "switch", "state", "state is there") else S // 2))
    assert within(world, phase)
    return world


def whole(world: World) -> None:
    """The guest is in one place, and nothing is left of its migration."""
    plant = world.plant
    seats = [id for id, residents in plant.residents.items() for one in residents if one == "g"]
    assert seats == [plant.guests["g"].place]
    assert not any(plant.incoming.values())
    assert not [key for key in world.fabric.flows if key[0] == "move"]
    assert not world.migrations.active
    assert plant.roster.factor[plant.roster.guests["g"]] == 1.0


def told(world: World, since: int) -> list[Any]:
    """How migrations of g have ended since then."""
    return [one for one in world.events[since:] if one.kind in (FAILED, LOST, DONE) and one.element == "g"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("phase", [*PRE, *POST])
def test_every_fault_in_every_phase(phase: str, fault: str) -> None:
    world = moving(phase)
    since, (verb, element) = len(world.events), FAULTS[fault]
    assert world.do(Command(0, verb, element)) is None
    place, condition, kind, reason = EXPECTED[phase][fault]
    sides = {id for id in "ab" if "g" in world.plant.residents.get(id, ())}
    assert len(sides) == 1
    world.advance(world.now + 300 * S)
    whole(world)
    (event,) = told(world, since)
    assert (event.kind, event.figures.get("reason", "")) == (kind, reason)
    assert (world.plant.guests["g"].place, world.plant.guests["g"].condition) == (place, condition)
    stopped = [one for one in world.events[since:] if one.kind == "guest.stopped" and one.element == "g"]
    quiet = condition is UP and "crashes" not in fault
    goes_on = quiet or kind == DONE or (fault == "target crashes" and phase != "pull")
    assert len(stopped) == (0 if goes_on else 1), "who goes on is not stopped, and nobody is stopped twice"
    again(world, verb, element)


def again(world: World, verb: str, element: str) -> None:
    """What was broken is mended; then the guest moves as if nothing had been."""
    if verb in MENDED_BY:
        assert world.do(Command(0, MENDED_BY[verb], element)) is None
    world.advance(world.now + 120 * S)
    if world.plant.guests["g"].condition is DOWN:
        assert world.do(Command(0, "power_on", "g")) is None
        world.advance(world.now + 60 * S)
    goal = "a" if world.plant.guests["g"].place == "b" else "b"
    since = len(world.events)
    assert world.do(Command(0, "migrate", "g", (("to", goal),))) is None
    world.advance(world.now + 600 * S)
    whole(world)
    assert [one.kind for one in told(world, since)] == [DONE]
    assert (world.plant.guests["g"].place, world.plant.running("g")) == (goal, True)


def test_the_array_to_which_the_volume_goes_fails() -> None:
    world = moving("disk")
    since = len(world.events)
    world.do(Command(0, "fail", "st2"))
    whole(world)
    (event,) = told(world, since)
    assert event.figures["reason"] == "the storage of its volume went down"
    assert (world.plant.parts.volumes["v"].store, world.plant.running("g")) == ("st1", True)


@pytest.mark.parametrize("removed", [(Machine, "b"), (Store, "st2"), (Store, "st1")])
def test_what_it_needs_is_taken_out_of_the_drawing(removed: tuple[type, str]) -> None:
    world = moving("disk")
    since = len(world.events)
    world.revise([], [removed, (Node, removed[1])])
    whole(world)
    assert [one.kind for one in told(world, since)] == [FAILED]
    assert world.plant.guests["g"].place == "a"


@pytest.mark.parametrize("phase", ["disk", "copy", "later round", "pause", "state", "pull"])
def test_where_there_is_another_way_it_goes_on_along_that(phase: str) -> None:
    world = moving(phase, Cable("d-b", "b", "sw", 1e9))
    since, (used,) = len(world.events), set(world.fabric.flows["move", "g"].cables) & {"c-b", "d-b"}
    world.do(Command(0, "cut", used))
    (other,) = {"c-b", "d-b"} - {used}
    assert other in world.fabric.flows["move", "g"].cables
    world.advance(world.now + 300 * S)
    whole(world)
    assert [one.kind for one in told(world, since)] == [DONE]
    assert (world.plant.guests["g"].place, world.plant.running("g")) == ("b", True)


@pytest.mark.parametrize(
    ("fault", "place"), [("source fails", "b"), ("cable is cut", "b"), ("target fails", "a"), ("target crashes", "a")]
)
def test_a_cluster_starts_what_was_lost_in_post_copy(fault: str, place: str) -> None:
    world = moving("pull", Group("cl", ("a", "b")))
    since = len(world.events)
    world.do(Command(0, *FAULTS[fault]))
    world.advance(world.now + 40 * S)
    whole(world)
    assert [one.kind for one in told(world, since)] == [LOST]
    assert (world.plant.guests["g"].place, world.plant.running("g")) == (place, True)
