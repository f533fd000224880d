"""`render` from the command line: what it hands on, and that stopping it leaves nothing behind."""

from collections.abc import Callable
from pathlib import Path

import pytest
from doubles import LAB, Drawn, Said

from sdx_studio.cli.frame import INTERRUPTED
from sdx_studio.ui.theme import THEMES

Say = Callable[..., Said]


def test_speed_is_handed_on(say: Say, tmp_path: Path) -> None:
    said = say("render", LAB, "-o", tmp_path / "a.gif", "--speed", "20")
    assert said.studio.pictures[0].speed == 20.0
    assert say("render", LAB, "-o", tmp_path / "a.gif").studio.pictures[0].speed == 1.0


@pytest.mark.parametrize("speed", ["0", "-1", "1001", "fast"])
def test_impossible_speeds_are_refused(say: Say, tmp_path: Path, speed: str) -> None:
    said = say("render", LAB, "-o", tmp_path / "a.gif", "--speed", speed)
    assert said.code == 2
    assert said.studio.pictures == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_of_the_window_can_be_had(say: Say, tmp_path: Path, theme: str) -> None:
    assert say("render", LAB, "-o", tmp_path / "a.png", "--theme", theme).studio.pictures[0].theme == theme


def test_without_a_terminal_no_bar_is_drawn(say: Say, tmp_path: Path) -> None:
    said = say("render", LAB, "-o", tmp_path / "a.png")
    assert said.studio.pictures[0].progress is None
    assert (said.out, said.err) == ("", "")


def test_with_a_terminal_there_is_a_bar(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    def draw(_self: object, picture: object) -> None:
        for share in (0.0, 0.5, 1.0):
            picture.progress(share)
            told.append(share)

    monkeypatch.setattr(Drawn, "render", draw)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert say("render", LAB, "-o", tmp_path / "a.png").code == 0
    assert told == [0.0, 0.5, 1.0]


def test_ctrl_c_ends_it_quietly(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_self: object, _picture: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Drawn, "render", interrupted)
    said = say("render", LAB, "-o", tmp_path / "a.png")
    assert said.code == INTERRUPTED
    assert list(tmp_path.iterdir()) == []


def test_too_large_a_picture_is_told_in_one_line(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: object, _picture: object) -> None:
        raise MemoryError("there is not enough memory for a picture of this size")

    monkeypatch.setattr(Drawn, "render", full)
    said = say("render", LAB, "-o", tmp_path / "a.png")
    assert (said.code, said.err) == (2, "sdx-studio: there is not enough memory for a picture of this size\n")
