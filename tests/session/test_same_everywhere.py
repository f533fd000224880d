"""Same file, same seed, same run: in every process, in-line and spawned, however the lines of the file are sorted."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from pathlib import Path

import pytest
from drawings import room

from sdx_studio.exchange.native import dump, parse
from sdx_studio.session import Session
from sdx_studio.session.build import parts_of, scenario_of
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.session.players.spawned import SpawnedPlayer

S = 1_000_000
UNTIL = 30
PATIENCE = 60.0


@pytest.fixture(scope="module")
def expected() -> str:
    return room().run(until=UNTIL).state_hash


def test_again_in_this_process(expected: str) -> None:
    assert room().run(until=UNTIL).state_hash == expected


def test_in_two_other_processes(expected: str, saved: Callable[[Session], Path]) -> None:
    """With other hash seeds, so that no order of a set or dict gets into the results."""
    command = [sys.executable, "-m", "sdx_studio", "run", str(saved(room())), "--until", f"{UNTIL} s", "--json"]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"})
        for seed in ("1", "2")
    ]
    outputs = [one.communicate(timeout=60)[0] for one in started]
    assert [json.loads(out)["state_hash"] for out in outputs] == [expected, expected]
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize("seed", range(3))
def test_with_the_lines_of_the_file_shuffled(expected: str, seed: int) -> None:
    tree = json.loads(dump(room().document))
    dice = random.Random(seed)
    for table in ("elements", "links", "scenario"):
        dice.shuffle(tree[table])
    opened = parse(json.dumps(tree).encode(), "lab.sdx").document
    assert Session(opened).run(until=UNTIL).state_hash == expected
    assert dump(opened) == dump(room().document)


def test_in_line_and_in_steps(expected: str) -> None:
    player = InlinePlayer(time.monotonic)
    document = room().document
    player.load(parts_of(document), scenario_of(document), document.properties.seed)
    for second in (1, 7, 12, UNTIL):
        player.run_until(second * S)
    assert player.state_hash() == expected
    player.close()


def test_in_a_spawned_process(expected: str) -> None:
    player = SpawnedPlayer(time.monotonic)
    document = room().document
    try:
        player.load(parts_of(document), scenario_of(document), document.properties.seed)
        player.run_until(UNTIL * S)
        deadline = time.monotonic() + PATIENCE
        while player.running:
            assert time.monotonic() < deadline
            wait([player], 0.05)
            player.poll()
        assert player.state_hash() == expected
    finally:
        player.close()


def test_a_new_element_shifts_nobody_elses_luck() -> None:
    """Random streams belong to elements: what stands apart changes nothing for the others."""
    plain, more = room(), room()
    more.place("host", name="apart")
    first, second = plain.run(until=UNTIL), more.run(until=UNTIL)
    for name in ("vm:vm0", "vm:vm3", "flow:backup"):
        measure = "net.rate" if name.startswith("flow") else "cpu.demand"
        assert first.value(name, measure) == second.value(name, measure)
