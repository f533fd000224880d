"""After an error or a crash: a local report without anything of the person's, and unsaved work that comes back."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sdx_studio.exchange.native import dump
from sdx_studio.session import Session
from sdx_studio.session.gallery import SAMPLES
from sdx_studio.ui.aftercare import Aftercare
from sdx_studio.ui.reports import COMMANDS, MOST, Reports, without

START = """
import os, sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer, qFatal
from sdx_studio.ui import app
application = app.application()
def window():
    return next(one for one in application.topLevelWidgets() if hasattr(one, "reception"))
def edit():
    window().session.place("host", name="Geheimnis")
    window().actions_by_id["edit.select_all"].trigger()
def wrong():
    raise LookupError("no element 'Geheimnis' in /srv/private/plans/lab.sdx")
def thread():
    threading.Thread(target=wrong).start()
def told():
    print("SAID", window().statusBar().currentMessage(), flush=True)
def end():
    window().files.ask_unsaved = lambda: "discard"
    window().close()
def hang():
    print("READY", flush=True)
acts = {"edit": edit, "wrong": wrong, "told": told, "end": end, "abort": os.abort, "thread": thread,
        "fatal": lambda: qFatal("in the middle"), "ready": hang}
def go(first, *others):
    if first == "told" and not window().statusBar().currentMessage():
        QTimer.singleShot(10, lambda: go(first, *others))
        return
    if others:
        QTimer.singleShot(150, lambda: go(*others))
    acts[first]()
QTimer.singleShot(150, lambda: go(*sys.argv[1:]))
sys.exit(app.open_window(None, another=True))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def start(home: Path, *acts: str) -> subprocess.Popen[str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    folders = {key: str(home / key) for key in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    return subprocess.Popen(
        [sys.executable, "-c", START, *acts], env={**kept, **folders, "QT_QPA_PLATFORM": "offscreen"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finished(home: Path, *acts: str) -> tuple[int, str]:
    child = start(home, *acts)
    out, _errors = child.communicate(timeout=60)
    return child.returncode, out


def reports(home: Path) -> list[Path]:
    return sorted(home.glob("XDG_DATA_HOME/**/reports/error-*.txt"))


def assert_discreet(text: str) -> None:
    for word in ("Geheimnis", "/srv", "private", str(Path.home()), str(Path(__file__).resolve().parents[2])):
        assert word not in text, word


@pytest.mark.parametrize("where", ["wrong", "thread"])
def test_an_error_is_noted_and_the_window_goes_on(home: Path, where: str) -> None:
    code, out = finished(home, "edit", where, "told", "end")
    assert code == 0
    (report,) = reports(home)
    assert f"SAID An error was noted in {report}; your work is safe" in out
    text = report.read_text(encoding="utf-8")
    assert "LookupError: no element '…' in lab.sdx" in text
    assert "in wrong" in text
    assert "Last commands (1):\nedit.select_all" in text
    assert "SDx Studio" in text
    assert "Qt 6." in text
    assert_discreet(text)
    assert list(home.glob("XDG_DATA_HOME/**/running-*.txt")) == []


@pytest.mark.parametrize("how", ["abort", "fatal"])
def test_after_a_crash_the_next_start_says_where_the_report_is(home: Path, how: str) -> None:
    code, _out = finished(home, "edit", how)
    assert code == -signal.SIGABRT
    assert reports(home) == []
    code, out = finished(home, "told", "end")
    assert code == 0
    (report,) = reports(home)
    assert str(report) in out
    text = report.read_text(encoding="utf-8")
    assert "Fatal Python error: Aborted" in text
    assert "Last commands (1):\nedit.select_all" in text
    assert ("\nQt: " in text) == (how == "fatal")
    assert_discreet(text)
    _code, out = finished(home, "told", "end")
    assert str(report) not in out
    assert list(home.glob("XDG_DATA_HOME/**/running-*.txt")) == []


def test_a_killed_window_offers_its_work_and_is_no_crash(home: Path) -> None:
    child = start(home, "edit", "ready")
    assert child.stdout is not None
    assert "READY" in child.stdout.readline()
    child.kill()
    child.communicate()
    (journal,) = home.glob("XDG_DATA_HOME/**/*.journal")
    assert b"Geheimnis" in journal.read_bytes()
    code, out = finished(home, "told", "end")
    assert code == 0
    assert "There is unsaved work" in out
    assert reports(home) == []
    assert journal.exists(), "nobody has given it up"


def test_a_window_that_is_closed_leaves_nothing(home: Path) -> None:
    code, _out = finished(home, "edit", "end")
    assert code == 0
    left = [path for path in home.glob("XDG_DATA_HOME/**/*") if path.is_file()]
    assert left == []


def made(folder: Path, *private: str) -> Reports:
    return Reports(folder, lambda: private, lambda: datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


def fail(words: str) -> BaseException:
    try:
        float(words)
    except ValueError as error:
        return error
    raise AssertionError(words)


def test_only_the_newest_reports_and_commands_are_kept(tmp_path: Path) -> None:
    for number in range(MOST + 5):
        one = made(tmp_path)
        for command in range(COMMANDS + 10):
            one.note(f"edit.{command}")
        assert one.met(fail(f"no {number}")) is not None
    kept = list(tmp_path.glob("error-*.txt"))
    assert len(kept) == MOST
    text = kept[0].read_text(encoding="utf-8")
    assert "edit.10\n" in text
    assert "edit.9\n" not in text


def test_the_same_error_again_and_again_is_noted_once(tmp_path: Path) -> None:
    one = made(tmp_path)
    assert [one.met(fail("a")) is not None for _ in range(3)] == [True, False, False]


def test_a_folder_that_cannot_be_written_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert made(tmp_path / "file").met(fail("a")) is None


@pytest.mark.parametrize(
    ("text", "private", "expected"),
    [
        ("no 'web01' there", ("web01",), "no '…' there"),
        ("webbing web", ("web",), "webbing …"),
        ("a (b) c", ("a (b)", ""), "… c"),
        ("cannot open /srv/plans/secret.sdx: no", (), "cannot open secret.sdx: no"),
        (r"C:\Users\me\lab.sdx is gone", (), "lab.sdx is gone"),
    ],
)
def test_words_of_the_person_are_taken_out(text: str, private: tuple[str, ...], expected: str) -> None:
    assert without(text, private) == expected


def test_unsaved_work_is_offered_recovered_and_given_up(bench, tmp_path: Path) -> None:
    file = tmp_path / "lab.sdx"
    file.write_bytes(SAMPLES[0].path.read_bytes())
    kept = []
    for name in ("first", "second"):
        before = Aftercare(bench.window, tmp_path)
        session = Session.open(file)
        before.keep(session)
        session.place("host", name=name)
        os.close(before._keeper._handle)
        before._keeper._path = None
        before.reports.end()
        kept.append(dump(session.document))
    window = bench.window
    after = Aftercare(window, tmp_path)
    bench.trigger("file.welcome")
    page = window.reception.page
    assert [one.title for one in page.tiles[:2]] == ["lab.sdx", "lab.sdx"]
    assert all("Recover" in one.accessibleName() for one in page.tiles[:2])
    original = file.read_bytes()
    page.tiles[0].click()
    assert dump(window.session.document) in kept
    assert window.session.path == file
    assert window.session.history.modified
    assert file.read_bytes() == original
    assert len(after.work) == 1
    bench.trigger("file.welcome")
    page.findChild(object, "discard_0").click()
    assert after.work == ()
    assert page.tiles[0].title == "Empty project"
    assert len(list((tmp_path / "journals").iterdir())) == 1, "the recovered work is kept itself"
    after.end()
