"""The program as people start it: processes of their own, without Qt where nothing is drawn."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from doubles import LAB

ROOT = Path(__file__).resolve().parents[2]
ZOO = ROOT.parent / "shared" / "data" / "topology-zoo"


def start(*words: object, without_qt: bool = False) -> subprocess.CompletedProcess[str]:
    code = "import sys; from sdx_studio.__main__ import main; sys.exit(main())"
    if without_qt:
        code = "import sys; sys.modules['PySide6'] = sys.modules['pyqtgraph'] = None; " + code.partition("; ")[2]
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *map(str, words)],
        capture_output=True, text=True, timeout=60, cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"}, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [["kinds", "--json"], ["formats"], ["check", LAB], ["run", LAB, "--until", "1 s"], ["convert", LAB, "OUT"]],
    ids=lambda words: words[0],
)
def test_commands_work_without_qt(words: list[object], tmp_path: Path) -> None:
    done = start(*[tmp_path / "a.graphml" if word == "OUT" else word for word in words], without_qt=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert done.stderr == ""


def test_bad_input_ends_with_two_and_one_line() -> None:
    done = start("check", ROOT / "pyproject.toml")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_whoever_stops_reading_is_no_error() -> None:
    words = [sys.executable, "-m", "sdx_studio", "kinds", "--json"]
    started = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert started.stdout is not None
    assert len(started.stdout.read(20)) == 20
    started.stdout.close()
    assert started.wait(60) == 0
    assert started.stderr is not None
    assert started.stderr.read() == b""
    started.stderr.close()


def test_the_largest_network_converts_quickly(tmp_path: Path) -> None:
    import time

    if not ZOO.is_dir():
        pytest.skip("the folder ../shared/data with files from elsewhere is not here")
    began = time.monotonic()
    done = start("convert", ZOO / "Kdl.graphml", tmp_path / "kdl.sdx", "--option", "demands=gravity", without_qt=True)
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began < 2.0
