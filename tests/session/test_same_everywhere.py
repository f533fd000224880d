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
from hypothesis import given, settings
from hypothesis import strategies as st

from sdx_studio.engine.checkpoint import resume, take
from sdx_studio.engine.plain import plain
from sdx_studio.engine.world import World
from sdx_studio.exchange.native import dump, parse
from sdx_studio.session import Session
from sdx_studio.session.build import parts_of, scenario_of
from sdx_studio.session.live import Live
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


def test_after_rewinds_and_replays(expected: str) -> None:
    player = InlinePlayer(time.monotonic)
    document = room().document
    player.load(parts_of(document), scenario_of(document), document.properties.seed)
    player.seek(UNTIL * S)
    for second in (12, 3, 25, 0, UNTIL):
        player.seek(second * S)
    assert player.state_hash() == expected
    for _ in range(5):
        player.step_back()
    player.run_until(UNTIL * S)
    assert player.state_hash() == expected
    player.close()


@settings(max_examples=10)
@given(times=st.lists(st.integers(0, UNTIL * S), max_size=5))
def test_after_checkpoints_at_random_instants(expected: str, times: list[int]) -> None:
    document = room().document
    world = World(parts_of(document), seed=document.properties.seed, scenario=scenario_of(document))
    for time_ in sorted(times):
        world.advance(time_)
        world = World.restore(world.checkpoint())
        world = resume(take(world), world.events)
    world.advance(UNTIL * S)
    assert world.state_hash() == expected


def edited(session: Session, live: Live, second: int) -> None:
    """What a person does at that second of the run."""
    if second == 4:
        session.set("vm:vm1", load=0.9)
    elif second == 7:
        live.act("cut", min(session.document.links))
    elif second == 9:
        session.remove("vm:vm5")
        session.place("host", name="late")
    elif second == 11:
        session.do("fail", "host:h1", at=20)
    elif second == 15:
        session.undo()


def test_live_edits_replayed_from_the_journal_in_other_processes(tmp_path: Path) -> None:
    """Edits and acts of a person during the run, then the journal as plain data, elsewhere."""
    session, now = room(), [0.0]
    live = Live(session, lambda: InlinePlayer(lambda: now[0]))
    live.play()
    player = live.player
    assert isinstance(player, InlinePlayer)
    for second in range(1, UNTIL + 1):
        now[0] = float(second)
        while player.world.now < second * S:
            player.tick()
        live.latest()
        edited(session, live, second)
    wanted, book = player.state_hash(), player.journal()
    assert len(book.entries) == 6
    file = tmp_path / "journal.json"
    file.write_text(json.dumps(plain(book)))
    live.close()
    program = (
        "import json, sys; from sdx_studio.engine.plain import rich\n"
        f"print(rich(json.load(open(sys.argv[1]))).replay({UNTIL * S}).state_hash())"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert done.stdout.strip() == wanted


def test_a_new_element_shifts_nobody_elses_luck() -> None:
    """Random streams belong to elements: what stands apart changes nothing for the others."""
    plain, more = room(), room()
    more.place("host", name="apart")
    first, second = plain.run(until=UNTIL), more.run(until=UNTIL)
    for name in ("vm:vm0", "vm:vm3", "flow:backup"):
        measure = "net.rate" if name.startswith("flow") else "cpu.demand"
        assert first.value(name, measure) == second.value(name, measure)
