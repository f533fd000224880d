"""Imports point down only, and only one room knows Qt."""

import subprocess
import sys

import pytest
from premises import ROOT, SOURCE, dotted, modules

WITH_QT = "sdx_studio.ui"
ROOMS = ["cli", "services", "experiments", "lessons", "session", "exchange", "document", "kinds", "engine"]


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
        capture_output=True, text=True, timeout=120, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_has_a_floor() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert rooms <= {"ui", *ROOMS}


@pytest.mark.parametrize("room", [*ROOMS, ""])
def test_rooms_without_qt(room: str) -> None:
    """Every module below the window can be imported where there is no Qt at all."""
    names = [dotted(path) for path in modules(SOURCE) if dotted(path).startswith(f"sdx_studio.{room}".rstrip("."))]
    names = [name for name in names if not name.startswith(WITH_QT) and (room or name.count(".") < 2)]
    if not names:
        pytest.skip(f"the room {room} is still empty")
    code = (
        "import importlib, sys\n"
        "sys.modules['PySide6'] = sys.modules['pyqtgraph'] = None\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [path for path in modules(SOURCE) if path.name == "__init__.py"], ids=dotted)
def test_every_room_says_what_it_is_for(path: object) -> None:
    import ast

    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))  # type: ignore[attr-defined]
