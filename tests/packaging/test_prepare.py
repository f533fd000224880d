"""The set-up script: its words, when it works again and when not, and what it says where it may not install."""

import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from environments import ROOT

SCRIPT = ROOT / "packaging" / "prepare.py"


def start(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, SCRIPT, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


@pytest.fixture
def prepare(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module."""
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    spec = importlib.util.spec_from_file_location("prepare", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A Debian on which nothing is installed and no program may be started."""
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    found: Any = importlib.import_module("debian")
    monkeypatch.setattr(found, "_loads", lambda _library: False)
    monkeypatch.setattr(found.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(found.os, "geteuid", lambda: 1000)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return found


def test_without_a_command_it_tells_what_there_is(prepare: ModuleType) -> None:
    done = start()
    assert done.returncode == 0
    assert all(name in done.stdout for name in prepare.COMMANDS)


def test_an_unknown_command_is_bad_usage() -> None:
    assert start("dance").returncode == 2


def test_make_has_the_same_commands(prepare: ModuleType) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == {"help", *prepare.COMMANDS}


def test_the_fingerprint_follows_lock_and_project(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("a", encoding="utf-8")
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "LOCK", tmp_path / "requirements.lock")
    states = [prepare.state()]
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("b", encoding="utf-8")
        states.append(prepare.state())
    assert len(set(states)) == 3
    assert all(state.startswith(f"{tmp_path}\n") for state in states)


def test_who_may_not_install_gets_the_line_to_type(debian: Any) -> None:
    with pytest.raises(debian.Trouble, match=r"sudo apt-get install --no-install-recommends libegl1 libgl1 "):
        debian.install("run", [])


def test_what_only_some_tests_need_stops_nobody(debian: Any, capsys: pytest.CaptureFixture[str],
                                                monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(debian, "_loads", lambda library: library in debian.LIBRARIES)
    debian.install("test", [])
    assert "xvfb xauth" in capsys.readouterr().out


def test_static_checks_need_no_system_packages(debian: Any, capsys: pytest.CaptureFixture[str]) -> None:
    debian.install("check", [])
    assert capsys.readouterr().out == ""


def test_a_display_asks_for_what_a_window_needs(debian: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":1")
    with pytest.raises(debian.Trouble, match="libxcb-cursor0"):
        debian.install("run", [])


def test_root_installs_after_an_update(debian: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def run(words: list[str], **_options: object) -> subprocess.CompletedProcess[bytes]:
        started.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(debian.os, "geteuid", lambda: 0)
    monkeypatch.setattr(debian.subprocess, "run", run)
    debian.install("run", ["python3-venv"])
    assert [("update" in words, "install" in words) for words in started] == [(True, False), (False, True)]
    assert {"libegl1", "python3-venv"} <= set(started[1])
    assert "libxcb-cursor0" not in started[1]


def test_trouble_is_one_message_and_two(prepare: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                        capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    def setup(_command: str) -> None:
        raise prepare.Trouble("apt-get update failed")

    monkeypatch.setattr(prepare, "setup", setup)
    assert prepare.main(["run"]) == 2
    assert capsys.readouterr().err == "apt-get update failed\n"


def test_without_a_display_the_sample_is_drawn(prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
                                               capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(prepare, "setup", lambda _command: None)
    monkeypatch.setattr(prepare, "BUILD", tmp_path)
    monkeypatch.setattr(prepare, "inside", lambda name: Path(sys.executable).parent / name)
    assert prepare.main(["run"]) == 0
    drawn = [tmp_path / "run" / f"01-live-migration.{ending}" for ending in ("png", "html")]
    assert all(path.stat().st_size > 10_000 for path in drawn)
    said = capsys.readouterr().out
    assert all(str(path) in said for path in drawn)


def test_a_display_that_nobody_answers_is_like_none(prepare: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                                    tmp_path: Path) -> None:  # fmt: skip
    monkeypatch.setenv("DISPLAY", ":1")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    started: list[tuple[object, ...]] = []

    def start(*words: object) -> int:
        started.append(words)
        return -prepare.signal.SIGABRT if "--play" in words else 0

    monkeypatch.setattr(prepare, "start", start)
    monkeypatch.setattr(prepare, "BUILD", tmp_path)
    assert prepare.run([]) == 0
    assert [words[1] for words in started[1:]] == ["run", "render", "render"]
    assert prepare.os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_continuous_integration_runs_the_same_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "packaging/prepare.py test" in script.read_text(encoding="utf-8")
