"""One window a person: files are handed over, what is dead is cleared away, nonsense is not listened to."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from sdx_studio.session.gallery import SAMPLES
from sdx_studio.ui.household import Household
from sdx_studio.ui.single import LONGEST, Doorbell, hand_over, name_of_person, understood

SAMPLE = SAMPLES[0].path
CALLER = """
import sys
from pathlib import Path
from sdx_studio.ui import single
name, file, play = sys.argv[1:]
sys.exit(0 if single.hand_over(name, Path(file) if file else None, play == "play") else 7)
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets are files elsewhere")


@pytest.fixture
def name(tmp_path: Path) -> str:
    return str(tmp_path / "bell")


@pytest.fixture
def bell(name: str) -> Iterator[Doorbell]:
    made = Doorbell(name)
    made.heard = []
    made.rung.connect(lambda file, play: made.heard.append((file, play)))
    yield made
    made.close()


def call(name: str, file: str = "", play: str = "") -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", CALLER, name, file, play])


def test_nobody_listens(name: str) -> None:
    assert not hand_over(name, SAMPLE, False)


@pytest.mark.parametrize(("file", "play"), [(str(SAMPLE), ""), (str(SAMPLE), "play"), ("", "")])
def test_another_process_hands_over(bell: Doorbell, name: str, qtbot, file: str, play: str) -> None:
    assert bell.listen()
    caller = call(name, file, play)
    qtbot.waitUntil(lambda: bool(bell.heard), timeout=10_000)
    qtbot.waitUntil(lambda: caller.poll() is not None, timeout=10_000)
    assert caller.returncode == 0
    assert bell.heard == [(file, play == "play")]


def test_a_relative_path_is_that_of_the_caller(bell: Doorbell, name: str, qtbot) -> None:
    assert bell.listen()
    caller = subprocess.Popen([sys.executable, "-c", CALLER, name, SAMPLE.name, ""], cwd=SAMPLE.parent)
    qtbot.waitUntil(lambda: bool(bell.heard), timeout=10_000)
    assert bell.heard == [(str(SAMPLE), False)]
    caller.wait()


def test_what_a_dead_window_left_behind_is_cleared_away(bell: Doorbell, name: str) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(name)
    assert Path(name).exists()
    assert not hand_over(name, None, False)
    assert bell.listen()


def test_two_do_not_listen_at_once(bell: Doorbell, name: str) -> None:
    assert bell.listen()
    second = Doorbell(name)
    assert not second.listen()
    second.close()
    third = QLocalSocket()
    third.connectToServer(name)
    assert third.waitForConnected(1000), "the first one still listens"


def test_only_this_person_may_ring(bell: Doorbell, name: str) -> None:
    assert bell.listen()
    assert Path(name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "line",
    [b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"open": 1, "play": false}', b'{"open": null, "play": 1}',
     b'{"open": "relative.sdx", "play": false}', b'{"open": "/no/such/file.sdx", "play": false}',
     b'{"open": "/tmp\\u0000x", "play": false}', b'{"open": null, "play": true, "more": 1}', b"[" * 5000,
     json.dumps({"open": str(SAMPLE.parent), "play": False}).encode()],
)  # fmt: skip
def test_nonsense_is_not_listened_to(line: bytes) -> None:
    assert understood(line) is None


@pytest.mark.parametrize("data", [b"nonsense\n", b"x" * (LONGEST + 10)])
def test_who_sends_nonsense_is_hung_up_on(bell: Doorbell, name: str, qtbot, data: bytes) -> None:
    assert bell.listen()
    caller = QLocalSocket()
    caller.connectToServer(name)
    assert caller.waitForConnected(1000)
    caller.write(data)
    caller.flush()
    unconnected = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: caller.state() == unconnected, timeout=5000)
    assert bell.heard == []
    assert not hand_over_beside(bell, name, qtbot).poll()


def hand_over_beside(bell: Doorbell, name: str, qtbot) -> subprocess.Popen[bytes]:
    """Somebody else still gets through."""
    caller = call(name)
    qtbot.waitUntil(lambda: bell.heard == [("", False)], timeout=10_000)
    caller.wait()
    return caller


@pytest.mark.parametrize("given", [True, False])
def test_people_do_not_share_a_folder(given: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    if given:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "own"))
    folder = Path(name_of_person()).parent
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0
    folder.chmod(0o777)
    assert name_of_person() == "", "others could put their own socket there"
    assert not hand_over("", None, False)
    assert not Doorbell("").listen()


def test_the_window_asks_before_it_gives_way(bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdx_studio.ui.household.QStandardPaths.writableLocation", lambda _kind: str(tmp_path))
    monkeypatch.setattr("sdx_studio.ui.reports.Reports.install", lambda _reports: None)
    window = bench.window
    household = Household(window, welcome=True, listen=False)
    try:
        assert window.reception.shown
        household.open("", False)
        assert window.reception.shown, "only shown"
        window.session.place("host")
        window.files.ask_unsaved = lambda: "cancel"
        household.open(str(SAMPLE), False)
        assert len(window.session.document.elements) == 1
        window.files.ask_unsaved = lambda: "discard"
        household.open(str(SAMPLE), False)
        assert window.session.path == SAMPLE
    finally:
        household.end()
