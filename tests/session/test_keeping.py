"""The journal: nothing that was finished is lost, whatever ends the program; originals are never touched."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sdx_studio.document import EditError
from sdx_studio.exchange.native import dump
from sdx_studio.session import Session
from sdx_studio.session.gallery import SAMPLES
from sdx_studio.session.keeping import Keeper, leftovers, lines

SAMPLE = SAMPLES[0].path
VICTIM = """
import sys, time
from pathlib import Path
from sdx_studio import Session
from sdx_studio.session.keeping import Keeper
folder, file = map(Path, sys.argv[1:])
session = Session.open(file)
keeper = Keeper(folder, time.monotonic)
keeper.watch(session)
number = 0
while True:
    number += 1
    session.place("host", name=f"new-{number}", x=10.0 * number)
    keeper.tick()
    print(number, flush=True)
"""


class Clock:
    """Seconds that only a test moves on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def left() -> Callable[[Keeper], None]:
    """Makes a keeper end as if its program had been killed: the lock goes, the journal stays."""

    def kill(keeper: Keeper) -> None:
        os.close(keeper._handle)
        keeper._path = None

    return kill


def copy_of_sample(folder: Path) -> Path:
    path = folder / "lab.sdx"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def test_a_killed_program_loses_nothing_that_was_finished(tmp_path: Path) -> None:
    file, journals = copy_of_sample(tmp_path), tmp_path / "journals"
    before = file.read_bytes()
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, str(journals), str(file)], stdout=subprocess.PIPE, text=True
    ) as victim:
        assert victim.stdout is not None
        for line in victim.stdout:
            if int(line) == 25:
                assert leftovers(journals) == (), "it is still being written"
                victim.send_signal(signal.SIGKILL)
                break
        victim.wait()
    (found,) = leftovers(journals)
    assert (found.title, found.original) == ("lab.sdx", file.resolve())
    session = found.recovered()
    assert session.document.find("host:new-25")
    assert session.path == file.resolve()
    assert session.history.modified
    assert file.read_bytes() == before
    session.undo()
    assert dump(session.document) == before
    found.discard()
    assert leftovers(journals) == ()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_edited_comes_back_the_same(tmp_path: Path, seed: int, left: Callable[[Keeper], None]) -> None:
    session, chance = Session.open(copy_of_sample(tmp_path)), random.Random(seed)
    keeper = Keeper(tmp_path / "journals", Clock())
    keeper.watch(session)
    for _ in range(40):
        edit_somehow(session, chance)
    session.place("switch", name="the last one")
    left(keeper)
    assert dump(leftovers(tmp_path / "journals")[0].recovered().document) == dump(session.document)


def edit_somehow(session: Session, chance: random.Random) -> None:
    ids = sorted(session.document.elements)
    target, other = chance.choice(ids), chance.choice(ids)
    edits: list[Callable[[], object]] = [
        lambda: session.place(chance.choice(("host", "switch", "router")), x=chance.uniform(0, 999)),
        lambda: session.place("vm", on=target, load=round(chance.random(), 3)),
        lambda: session.remove(target),
        lambda: session.rename(target, chance.choice(("東京", 'a "b"\n', "x" * 300))),
        lambda: session.connect(target, other, label="…"),
        lambda: session.do("fail", target, at=3.5),
        lambda: session.move(target, to=other),
        session.undo,
        session.redo,
    ]
    try:
        chance.choice(edits)()
    except EditError:
        return


def test_saving_and_undoing_everything_leave_no_journal(tmp_path: Path) -> None:
    session, keeper = Session(), Keeper(tmp_path / "journals", Clock())
    keeper.watch(session)
    assert keeper.path is None
    session.place("host")
    assert keeper.path is not None
    session.undo()
    assert list((tmp_path / "journals").iterdir()) == []
    session.redo()
    session.save(tmp_path / "a.sdx")
    assert list((tmp_path / "journals").iterdir()) == []
    session.place("host")
    keeper.end()
    assert list((tmp_path / "journals").iterdir()) == []


def test_it_is_forced_onto_the_disk_once_a_second_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forced: list[int] = []
    monkeypatch.setattr(os, "fsync", forced.append)
    clock, session = Clock(), Session()
    keeper = Keeper(tmp_path / "journals", clock)
    keeper.watch(session)
    for step in range(30):
        session.place("host")
        clock.now = step / 10
        keeper.tick()
    assert len(forced) == 3
    clock.now = 10.0
    keeper.tick()
    keeper.tick()
    assert len(forced) == 4


def test_a_torn_line_at_the_end_is_left_out(tmp_path: Path, left: Callable[[Keeper], None]) -> None:
    session, keeper = Session(), Keeper(tmp_path / "journals", Clock())
    keeper.watch(session)
    for name in ("a", "b", "c"):
        session.place("host", name=name)
    journal = keeper.path
    assert journal is not None
    left(keeper)
    whole = journal.read_bytes()
    for length in range(len(whole)):
        journal.write_bytes(whole[:length])
        for one in leftovers(tmp_path / "journals"):
            names = [host.name for host in one.recovered().document.elements.values()]
            assert names in (["a"], ["a", "b"], ["a", "b", "c"])
    journal.write_bytes(whole.replace(b'"journal":1', b'"journal":2'))
    assert leftovers(tmp_path / "journals") == ()
    assert journal.exists(), "another version's journal is not ours to delete"


def test_work_on_a_file_that_has_gone_comes_back_untitled(tmp_path: Path, left: Callable[[Keeper], None]) -> None:
    file = copy_of_sample(tmp_path)
    session, keeper = Session.open(file), Keeper(tmp_path / "journals", Clock())
    keeper.watch(session)
    session.place("host", name="late")
    left(keeper)
    file.unlink()
    again = leftovers(tmp_path / "journals")[0].recovered()
    assert again.path is None
    assert dump(again.document) == dump(session.document)


def test_what_was_recovered_is_kept_at_once(tmp_path: Path, left: Callable[[Keeper], None]) -> None:
    session, keeper = Session(), Keeper(tmp_path / "journals", Clock())
    keeper.watch(session)
    session.place("host")
    left(keeper)
    keeper.watch(leftovers(tmp_path / "journals")[0].recovered())
    assert keeper.path is not None
    assert len(list((tmp_path / "journals").glob(f"*{lines.ENDING}"))) == 2


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "journals").write_text("a file is in the way", encoding="utf-8")
    session, keeper = Session(), Keeper(tmp_path / "journals", Clock())
    keeper.watch(session)
    session.place("host")
    session.place("host")
    assert len(session.document.elements) == 2
    assert keeper.trouble
