"""What is committed works elsewhere: no paths of one machine, no addresses of package indexes, nothing generated."""

import shutil
import subprocess
from pathlib import Path

import pytest
from premises import ROOT

# Put together, so that this file does not find itself.
FORBIDDEN = ["/work" + "/", "pypi" + ".org", "files.python" + "hosted", "/root" + "/", "index" + "-url", "/home" + "/"]
GENERATED = ("uv.lock", "pylock.toml")
BINARY = {".png", ".woff2", ".woff", ".otf", ".ttf", ".gif", ".webp", ".pdf", ".ico", ".mo"}


def tracked() -> list[Path]:
    """Files that are committed or would be."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_of_one_machine_is_in_a_file() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {word}"
        for path in tracked()
        if path.suffix not in BINARY
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        for word in FORBIDDEN
        if word in line
    ]
    assert found == []


def test_nothing_generated_is_committed() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert [name for name in names if name.endswith(GENERATED) or "__pycache__" in name] == []


def test_files_are_small() -> None:
    assert [str(path) for path in tracked() if path.stat().st_size > 6 * 2**20] == []
