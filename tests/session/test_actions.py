"""User commands: found by walking, each with its words, allowed or refused with a reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drawings import moving

from sdx_studio.engine.events import Event
from sdx_studio.session import Session, actions
from sdx_studio.session.actions import Action, commands
from sdx_studio.session.acts import ACTS
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.words import dictionary

COMMANDS = tuple(commands().values())
every_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.id)
MENUS = ("File", "Edit", "View", "Arrange", "Simulation", "Lesson", "Help")


class FakeDesk:
    """A desk that only remembers what it was asked for; whatever else a window offers is remembered too."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.live = Live(session, lambda: InlinePlayer(lambda: 0.0))
        self.selection: tuple[str, ...] = ()
        self.asked: list[tuple[object, ...]] = []

    def select(self, ids: tuple[str, ...]) -> None:
        self.selection = tuple(ids)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *figures: self.asked.append((name, *figures))

    def give(self, id: str) -> None:
        """Use a command as a menu does: not when there is a reason against it."""
        command = commands()[id]
        reason = command.why_not(self)
        assert reason is None, reason
        command.run(self)

    def refused(self, id: str) -> str | None:
        return commands()[id].why_not(self)


@pytest.fixture
def desk() -> Iterator[FakeDesk]:
    made = FakeDesk(moving())
    yield made
    made.live.close()


@pytest.fixture
def empty() -> Iterator[FakeDesk]:
    made = FakeDesk(Session())
    yield made
    made.live.close()


def test_ids_and_labels_and_shortcuts_are_unique() -> None:
    assert len({one.id for one in COMMANDS}) == len(COMMANDS)
    assert len({(one.menu, one.label) for one in COMMANDS}) == len(COMMANDS)
    shortcuts = [one.shortcut for one in COMMANDS if one.shortcut]
    assert len(set(shortcuts)) == len(shortcuts)


@every_command
def test_it_says_what_it_is(command: Action) -> None:
    assert command.label[0].isupper()
    assert command.menu in MENUS
    module = "_".join(command.id.split(".")[:2])
    assert (Path(actions.__file__).parent / f"{module}.py").is_file()


@every_command
@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_is_allowed_or_says_why_not(command: Action, language: str, desk: FakeDesk, empty: FakeDesk) -> None:
    dictionary.use(language)
    desk.selection = tuple(desk.session.document.elements)
    for one in (empty, desk):
        reason = command.why_not(one)
        assert reason is None or (reason.strip() and "{" not in reason)
        assert language == "en" or reason is None or any(ord(sign) > 0x3000 for sign in reason)


@every_command
def test_it_can_be_used_when_it_is_allowed(command: Action, desk: FakeDesk, empty: FakeDesk) -> None:
    desk.selection = (desk.session.document.find("host:a"),)
    desk.live.play()
    for one in (empty, desk):
        if command.why_not(one) is None:
            command.run(one)


def test_undo_and_redo(desk: FakeDesk, empty: FakeDesk) -> None:
    assert empty.refused("edit.undo") == "nothing to undo"
    assert empty.refused("edit.redo") == "nothing to redo"
    before = desk.session.history.labels
    desk.give("edit.undo")
    assert desk.session.history.labels == before[:-1]
    desk.give("edit.redo")
    assert desk.session.history.labels == before


def test_delete(desk: FakeDesk) -> None:
    assert desk.refused("edit.delete") == "nothing is selected"
    desk.give("edit.select_all")
    assert set(desk.selection) == set(desk.session.document.elements)
    desk.give("edit.delete")
    assert dict(desk.session.document.elements) == dict(desk.session.document.links) == {}
    desk.session.undo()
    assert len(desk.session.document.links) == 2


def test_rename_needs_one_element(desk: FakeDesk) -> None:
    document = desk.session.document
    for chosen in ((), tuple(document.elements), (min(document.links),)):
        desk.selection = chosen
        assert desk.refused("edit.rename") == "select one element"
    desk.selection = (document.find("host:a"),)
    desk.give("edit.rename")
    assert desk.asked == [("rename", document.find("host:a"))]


def test_playing(desk: FakeDesk, empty: FakeDesk) -> None:
    assert empty.refused("simulation.play") == "draw something first"
    desk.give("simulation.play")
    assert desk.live.playing
    desk.give("simulation.play")
    assert not desk.live.playing
    desk.give("simulation.faster")
    desk.give("simulation.faster")
    desk.give("simulation.slower")
    assert desk.live.speed == 2
    desk.give("simulation.reset")
    assert not desk.live.started


@pytest.mark.parametrize("verb", sorted(set(ACTS) - {"migrate", "consolidate"}))
def test_acts_need_a_running_model_and_something_fitting(verb: str, desk: FakeDesk) -> None:
    id = f"simulation.{verb}"
    assert desk.refused(id) == "press play first: this happens in the running model"
    desk.live.play()
    assert desk.refused(id) == "nothing selected to which this could happen"
    document = desk.session.document
    deciding = tuple(desk.session.place(one) for one in ("sdn_controller", "cluster", "replication"))
    desk.selection = (document.find("host:a"), document.find("vm:web01"), min(document.links), *deciding)
    desk.give(id)


@pytest.mark.parametrize(
    ("verb", "what", "event"),
    [("fail", "host:b", "element.failed"), ("power_off", "vm:web01", "guest.stopped"), ("cut", "link", "cable.cut")],
)
def test_acts_happen_to_what_is_selected(verb: str, what: str, event: str, desk: FakeDesk) -> None:
    document = desk.session.document
    desk.selection = (min(document.links) if what == "link" else document.find(what),)
    desk.live.play()
    desk.give(f"simulation.{verb}")
    assert event in [one.kind for one in desk.live.poll() if isinstance(one, Event)]


def test_acts_name_traits_that_something_has() -> None:
    from sdx_studio.kinds import having

    for act in ACTS.values():
        assert all(trait == "link" or having(trait) for trait in act.targets)
