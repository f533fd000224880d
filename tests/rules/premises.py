"""Where everything is, for the tests that look at the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "sdx_studio"
TESTS = ROOT / "tests"


def modules(*folders: Path) -> list[Path]:
    """Python files of the folders, sorted."""
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def called(path: Path) -> str:
    """A path as it is called from the project's root."""
    return path.relative_to(ROOT).as_posix()


def trees(*folders: Path) -> Iterator[tuple[str, ast.Module]]:
    """Name and syntax tree of each module."""
    for path in modules(*folders):
        yield called(path), ast.parse(path.read_text(encoding="utf-8"))


def dotted(path: Path) -> str:
    """The module name of a source file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
