"""Random use of the window: every command, edits while the model runs, everything undone again."""

import contextlib
import random

import pytest

from sdx_studio.exchange.native import dump
from sdx_studio.kinds import catalogue
from sdx_studio.session.actions import commands

DIALOGS = {"file.new", "file.open", "file.save", "file.save_as", "file.export", "file.print", "file.quit", "help.about"}


def small_lab(session) -> None:
    """Two hosts with guests on a switch and an array."""
    a, b = session.place("host", x=0, y=120), session.place("host", x=460, y=120)
    switch, array = session.place("switch", x=360, y=0), session.place("storage_array", x=200, y=420)
    session.place("disk", on=array)
    volume = session.place("volume", on=array)
    for host in (a, b):
        session.connect(host, switch)
        session.connect(host, array)
        session.place("vm", on=host, disk=volume, io_rate=50)


def undo_all(session) -> None:
    while session.undo():
        pass


@pytest.mark.parametrize("id", [id for id in commands() if id not in DIALOGS])
def test_every_command_can_be_undone(bench, id: str) -> None:
    window = bench.window
    small_lab(window.session)
    before = dump(window.session.document)
    steps = len(window.session.history.labels)
    window.canvas.select((window.session.document.find("vm-01"),))
    if id == "edit.redo":
        window.session.undo()
    bench.trigger(id)
    bench.let_pass(0.2)
    while len(window.session.history.labels) > steps:
        window.session.undo()
    if id == "edit.undo":
        window.session.redo()
    assert dump(window.session.document) == before
    if id == "view.language":
        bench.trigger(id)


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_while_the_model_runs(bench, seed: int) -> None:
    window, session = bench.window, bench.window.session
    chance = random.Random(seed)
    small_lab(session)
    start = dump(session.document)
    steps = len(session.history.labels)
    bench.trigger("simulation.play")
    bench.let_pass(0.3)
    for _ in range(40):
        random_act(bench, chance)
        bench.let_pass(0.1)
        window.canvas.grab()
        columns = window.canvas.scene.columns
        assert set(columns.ids) == set(session.document.elements)
    while len(session.history.labels) > steps:
        session.undo()
    assert dump(session.document) == start
    bench.let_pass(0.2)
    assert window.live.started, "the model has stopped"


def random_act(bench, chance: random.Random) -> None:
    """One thing that a person might do, legal or not."""
    session = bench.window.session
    ids = sorted(session.document.elements)
    if ids:
        with contextlib.suppress(ValueError, KeyError):
            chance.choice(ACTS)(bench.window, chance, ids, chance.choice(ids))


def place(window, chance, _ids, target) -> None:
    on = chance.choice([None, target])
    window.session.place(chance.choice(sorted(catalogue())), on=on, x=chance.random() * 900)


def move(window, chance, ids, target) -> None:
    window.session.move(target, to=chance.choice([None, *ids]), x=chance.random() * 900)


def change(window, chance, _ids, target) -> None:
    keys = sorted(window.session.document.kind_of(target).by_key)
    window.session.set(target, **{chance.choice(keys): "3"})


def fault(window, chance, _ids, target) -> None:
    window.live.act(chance.choice(["fail", "repair", "power_off", "power_on"]), target)


def back_and_forth(window, chance, _ids, _target) -> None:
    if len(window.session.history.labels) > 12:
        chance.choice([window.session.undo, window.session.redo])()


ACTS = (
    place, place, move, change, fault, back_and_forth,
    lambda window, _chance, _ids, target: window.session.remove(target),
    lambda window, chance, ids, target: window.session.connect(target, chance.choice(ids)),
    lambda window, chance, ids, _target: window.canvas.select(tuple(chance.sample(ids, min(3, len(ids))))),
)  # fmt: skip
