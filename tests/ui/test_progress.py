"""Long work: nothing is shown for half a second, then a dialog that can stop it; what was stopped left nothing."""

import errno
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sdx_studio import Session, assets
from sdx_studio.cli import Picture
from sdx_studio.ui import files, pictures, progress
from sdx_studio.ui.exports import FORMATS, Choice, Exports
from sdx_studio.ui.progress import Progress, StoppedError, Waiting, carried_out
from sdx_studio.words import dictionary

FIRST = assets.listing("samples", ".sdx")[0]


class Steady:
    """A clock that goes on by so many seconds with every look."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def test_quick_work_shows_nothing() -> None:
    seen = []

    def work(tell: Callable[[float], None]) -> str:
        for step in range(9):
            tell(step / 9)
            seen.append(tell.dialog)
        return "done"

    assert carried_out(work, None, "Work", Steady(0.05)) == "done"
    assert seen == [None] * 9


def test_long_work_shows_how_far_it_is() -> None:
    tell = Progress(None, "Work", Steady(0.26))
    tell(0.1)
    assert tell.dialog is None, "not before half a second is over"
    tell(0.25)
    assert tell.dialog.isVisible()
    assert tell.dialog.isModal()
    assert tell.dialog.bar.value() == progress.STEPS / 4
    assert tell.dialog.share.text() == "25\u00a0%"
    tell.end()
    assert tell.dialog is None


def test_the_event_loop_lives_while_it_works() -> None:
    beats = []
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: beats.append(1))
    timer.start()
    tell = Progress(None, "Work", Steady(0.3))
    for _ in range(20):
        tell(0.5)
    timer.stop()
    tell.end()
    assert len(beats) >= 10


@pytest.mark.parametrize("way", ["click", "escape", "close"])
def test_cancel_stops_at_the_next_step(way: str) -> None:
    steps = []

    def work(tell: Progress) -> str:
        for step in range(100):
            steps.append(step)
            tell(step / 100)
            if step == 10:
                ways = {"click": tell.dialog.cancel.click, "escape": tell.dialog.reject, "close": tell.dialog.close}
                ways[way]()
        return "done"

    assert carried_out(work, None, "Work", Steady(0.3)) is None
    assert steps[-1] == 11


def test_errors_come_through_and_the_dialog_goes() -> None:
    held = []

    def work(tell: Progress) -> None:
        for _ in range(5):
            tell(0.1)
        held.append(tell)
        raise ValueError("too large")

    with pytest.raises(ValueError, match="too large"):
        carried_out(work, None, "Work", Steady(0.3))
    assert held[0].dialog is None


@pytest.fixture
def lived(bench, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A window with a run, whose exports are so slow that the dialog comes at once and is looked at in every step."""
    bench.window.take(Session.open(FIRST))
    bench.trigger("simulation.play")
    bench.let_pass(0.2)
    real = progress.carried_out
    monkeypatch.setattr(progress, "carried_out", lambda work, parent, title: real(work, parent, title, Steady(0.3)))
    return bench


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def choice_of(window, format: str, **figures: object) -> Choice:
    return replace(Exports(window).first(), format=format, start=0.0, end=6.0, speed=1.0, fps=5.0, **figures)


@pytest.mark.parametrize("there", [True, False], ids=["over an old file", "new"])
@pytest.mark.parametrize("format", FORMATS)
def test_cancelling_an_export_leaves_nothing_behind(
    lived, tmp_path: Path, format: str, there: bool, monkeypatch
) -> None:
    target = tmp_path / f"a{format}"
    if there:
        target.write_bytes(b"the old one")
    before = contents(tmp_path)
    asked = []

    def stop(dialog: Waiting, share: float) -> None:
        asked.append(share)
        if len(asked) == 2:
            QTest.keyClick(dialog, progress.Qt.Key.Key_Escape)

    monkeypatch.setattr(Waiting, "show_share", stop)
    assert not lived.window.files.export_to(choice_of(lived.window, format), target)
    assert len(asked) == 2, "there are steps at which one can stop"
    assert contents(tmp_path) == before


@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_leaves_the_folder_as_it_was_and_is_told(lived, tmp_path: Path, format: str, monkeypatch) -> None:
    target = tmp_path / f"a{format}"
    target.write_bytes(b"the old one")
    told = []
    lived.window.files.complain = lambda title, words: told.append((title, words))
    real = os.write

    def full(handle: int, data: bytes) -> int:
        if "a." in Path(f"/proc/self/fd/{handle}").readlink().name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(handle, data)

    monkeypatch.setattr(os, "write", full)
    assert not lived.window.files.export_to(choice_of(lived.window, format), target)
    monkeypatch.undo()
    assert contents(tmp_path) == {target.name: b"the old one"}
    [(title, words)] = told
    assert title == "Cannot export"
    assert "No space left on device" in words


@pytest.mark.parametrize("format", FORMATS)
def test_the_window_keeps_its_language_while_another_is_drawn(lived, tmp_path: Path, format: str, monkeypatch) -> None:
    heard = []
    real = Waiting.show_share

    def hear(dialog: Waiting, share: float) -> None:
        heard.append(dictionary.language)
        real(dialog, share)

    monkeypatch.setattr(Waiting, "show_share", hear)
    target = tmp_path / f"a{format}"
    assert lived.window.files.export_to(choice_of(lived.window, format, language="ja"), target)
    assert set(heard) == {"en"}
    assert dictionary.language == "en"
    assert target.stat().st_size > 1000


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "gif", "webp", "html"])
def test_interrupting_the_command_line_leaves_nothing_behind(tmp_path: Path, ending: str) -> None:
    told = []

    def interrupted(share: float) -> None:
        told.append(share)
        if len(told) == 3:
            raise KeyboardInterrupt

    wish = Picture(Session.open(FIRST), tmp_path / f"a.{ending}", None, 3.0, progress=interrupted)
    with pytest.raises(KeyboardInterrupt):
        pictures.render(wish)
    assert contents(tmp_path) == {}


def test_stopping_is_no_error_that_people_see() -> None:
    assert issubclass(StoppedError, Exception)
    assert not issubclass(StoppedError, (OSError, ValueError, MemoryError))
    assert files.Files.export_to.__doc__


def test_a_call_that_cannot_tell_how_far_it_is_is_awaited() -> None:
    assert progress.awaited(lambda: 3, None, "Opening") == 3
    with pytest.raises(OSError, match="gone"):
        progress.awaited(_gone, None, "Opening")


def _gone() -> None:
    raise OSError("gone")


def test_who_does_not_wait_for_a_call_gets_nothing(monkeypatch) -> None:
    """The dialog shows that something is going on; Cancel comes back at once, though the call goes on."""
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    may_end = threading.Event()
    seen = []

    def press() -> None:
        waiting = next(one for one in QApplication.topLevelWidgets() if isinstance(one, progress.Waiting))
        seen.append((waiting.bar.maximum(), waiting.share.text()))
        waiting.cancel.click()

    QTimer.singleShot(0, press)
    assert progress.awaited(lambda: may_end.wait(20.0), None, "Opening") is None
    may_end.set()
    assert seen == [(0, "")]
