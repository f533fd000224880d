"""Acts whose figures are nonsense, as anybody may have written them into a file: refused in words, nothing changes.

Also in Python, where a figure that no file can keep does not even enter the scenario.
"""

from typing import Any

import pytest

from sdx_studio import Session
from sdx_studio.document import EditError
from sdx_studio.engine.digest import fingerprint
from sdx_studio.engine.parts import Command
from sdx_studio.engine.world import World
from sdx_studio.session.build import parts_of

NONSENSE = (float("nan"), float("inf"), float("-inf"), -1.0, 1e300, "", "half", "60 s", "nan", "\x00☃")
FIGURES = [
    ("crash", "web", "reboot"), ("patch", "web", "reboot"), ("patch", "web", "anyway"), ("consolidate", "dc", "steps"),
    ("consolidate", "dc", "head_room"), ("consolidate", "dc", "power_off"), ("consolidate", "dc", "policy"),
    ("power_off", "a", "when"), ("fail_over", "copy", "planned"), ("migrate", "web", "method"),
    ("exit_maintenance", "a", "home"),
]  # fmt: skip


def room() -> Session:
    s = Session()
    hall = s.place("site", name="dc")
    for name in "ab":
        host = s.place("host", on=hall, name=name)
        s.place("vm", on=host, name="web" if name == "a" else "db", memory="2 GiB")
    s.place("replication", name="copy")
    return s


def world_of(s: Session) -> World:
    return World(parts_of(s.document), seed=1)


def state(world: World) -> str:
    """The state but for what was said about refusals."""
    said = [event for event in world.events if event.kind != "command.refused"]
    return fingerprint([said if one is world.plant.events else one for one in world._state()])


@pytest.mark.parametrize("value", NONSENSE, ids=repr)
@pytest.mark.parametrize(("verb", "target", "figure"), FIGURES)
def test_nonsense_is_refused_in_words_and_changes_nothing(verb: str, target: str, figure: str, value: Any) -> None:
    if (figure, value) == ("method", ""):
        pytest.skip("no word at all means the custom of the place")
    s = room()
    world = world_of(s)
    before = state(world)
    reason = world.do(Command(0, verb, s.document.find(target), ((figure, value),)))
    assert reason
    assert state(world) == before


@pytest.mark.parametrize("value", [*NONSENSE[:3], 1e300, 10**400, None, [1], {"a": 1}], ids=lambda one: repr(one)[:9])
def test_python_plans_nothing_that_no_file_can_keep(value: Any) -> None:
    s = room()
    with pytest.raises(EditError, match="is a number or a word"):
        s.do("load", "web", by=value)
    assert not s.document.scenario


@pytest.mark.parametrize("at", [None, [5], float("nan"), -1, "11 years"])
def test_python_plans_nothing_at_no_moment(at: Any) -> None:
    s = room()
    with pytest.raises(EditError, match="is outside 0 s"):
        s.do("power_off", "web", at=at)


def test_true_and_false_are_yes_and_no() -> None:
    s = room()
    world = world_of(s)
    host = s.document.find("a")
    assert world.do(Command(0, "patch", host, (("anyway", False),)))
    assert world.do(Command(0, "patch", host, (("anyway", True), ("reboot", 5)))) is None
