"""The whole program as it is used: window, model in its own process, offscreen and on a virtual screen."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sdx_studio import Session, assets

STORY = Path(__file__).with_name("story.py")
SAMPLE = assets.path("samples", "01-live-migration.sdx")


def tell(environment: dict[str, str], picture: Path) -> dict[str, object]:
    """Run the story in a process of its own; returns what it saw."""
    done = subprocess.run(
        [sys.executable, str(STORY), str(SAMPLE), str(picture)],
        capture_output=True, text=True, timeout=150, check=False, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "leaked shared_memory" not in done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def check(seen: dict[str, object], picture: Path) -> None:
    """The VM has moved and was selected where it is now."""
    document = Session.open(SAMPLE).document
    assert seen["selected"] == ["web03"]
    assert seen["machine"] == document.find("esx-03")
    assert seen["events"][0] == "migration.started"
    assert picture.stat().st_size > 20_000


def test_offscreen(tmp_path: Path) -> None:
    picture = tmp_path / "offscreen.png"
    environment = {"QT_QPA_PLATFORM": "offscreen"}
    seen = tell(environment, picture)
    check(seen, picture)


@pytest.fixture
def screen() -> Iterator[str]:
    """A virtual screen of its own."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    display = f":{100 + os.getpid() % 20_000}"
    server = subprocess.Popen(
        ["Xvfb", display, "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(write,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        assert told.readline().strip(), "the virtual screen did not start"
    yield display
    server.terminate()
    server.wait()


@pytest.mark.xvfb
def test_on_a_virtual_screen(screen: str, tmp_path: Path) -> None:
    picture = tmp_path / "screen.png"
    seen = tell({"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}, picture)
    assert seen["platform"] == "xcb"
    check(seen, picture)
