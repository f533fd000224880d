"""A window with its engine: it changes nothing about a run, and does not lose the drawing when the engine is lost."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from sdx_studio.exchange.native import dump
from sdx_studio.session import Session
from sdx_studio.session.build import parts_of, scenario_of
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.session.players.spawned import SpawnedPlayer
from sdx_studio.ui import app
from sdx_studio.ui.window import Window

S = 1_000_000
PATIENCE = 60.0


def lab() -> Session:
    """Two hosts on a switch; a VM with a changing load moves from one to the other at once."""
    s = Session()
    hosts = [s.place("host", name=name) for name in "ab"]
    switch = s.place("switch", name="sw")
    for host in hosts:
        s.connect(host, switch)
    vm = s.place("vm", on=hosts[0], name="web01", pattern="bursty", period=3, load=0.5, dirty_rate="10 MiB/s")
    s.do("migrate", vm, to=hosts[1], at=2)
    return s


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    """A window as people have it: the world runs in a process of its own."""
    app.application()
    made = Window(lab(), lambda: SpawnedPlayer(time.monotonic))
    made.follower.stop()
    made.files.ask_unsaved = lambda: "discard"
    qtbot.addWidget(made)
    made.show()
    yield made
    made.live.close()


def player(window: Window) -> SpawnedPlayer:
    assert isinstance(window.live.player, SpawnedPlayer)
    return window.live.player


def follow(window: Window, condition: Callable[[], object], seconds: float = PATIENCE) -> float:
    """Let the window follow until something is so; how long that took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds
        window.follower.follow()
    return time.monotonic() - began


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_lost_engine_is_named_on_screen_and_nothing_is_lost(window: Window, how: signal.Signals) -> None:
    drawing = dump(window.session.document)
    window.live.speed = 10
    window.live.play()
    follow(window, lambda: window.live.time > 3)
    pid, moment = player(window).pid, window.live.time
    assert pid is not None
    os.kill(pid, how)
    assert follow(window, lambda: "engine was lost" in window.statusBar().currentMessage()) < 2.5
    words = window.statusBar().currentMessage()
    assert ("does not answer" if how is signal.SIGSTOP else "has ended") in words
    assert "00:0" in words
    assert dump(window.session.document) == drawing
    assert window.live.playing
    follow(window, lambda: window.live.time > moment + 2)
    assert player(window).pid != pid
    window.session.rename("host:a", "alpha")
    window.session.undo()
    assert dump(window.session.document) == drawing


def test_a_window_changes_nothing_about_the_run(window: Window) -> None:
    window.live.speed = 20
    window.live.play()
    follow(window, lambda: window.live.time > 4)
    window.canvas.fit()
    window.canvas.select(tuple(sorted(window.session.document.elements))[:1])
    window.live.seek(9.5)
    follow(window, lambda: window.live.time == 9.5)
    document = window.session.document
    alone = InlinePlayer(time.monotonic)
    alone.load(parts_of(document), scenario_of(document), document.properties.seed)
    alone.run_until(9_500_000)
    assert player(window).state_hash() == alone.state_hash()


LAST = "migration.finished"


def test_stepping_back_shows_the_moment_before(window: Window) -> None:
    window.live.step()
    follow(window, lambda: window.live.time > 0)
    window.live.seek(90)
    # The newest picture may be there before the events that led to it.
    follow(window, lambda: window.live.time == 90 and [one.kind for one in window.live.events][-1:] == [LAST])
    listed = window.panels.events.model.rowCount()
    assert listed == len(window.live.events) > 3
    window.actions_by_id["simulation.step_back"].trigger()
    follow(window, lambda: window.live.time < 90)
    assert window.live.time >= 89
    window.live.seek(0.5)
    follow(window, lambda: window.live.time == 0.5 and len(window.live.events) < listed)
    assert window.panels.events.model.rowCount() == len(window.live.events)
    assert all(at <= 0.5 for at in window.live.curves.times)
    assert Session(window.session.document).run(until=0.5).state_hash == player(window).state_hash()


def test_stepping_back_needs_a_running_model(window: Window) -> None:
    assert not window.actions_by_id["simulation.step_back"].isEnabled()
