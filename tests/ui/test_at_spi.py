"""The real window on a virtual screen, read over the accessibility bus by another program."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

READER = Path(__file__).with_name("at_spi_reader.py")
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher",
             "/usr/lib/at-spi-bus-launcher")  # fmt: skip


@pytest.fixture
def screen() -> Iterator[str]:
    """A virtual screen of its own."""
    for program in ("Xvfb", "dbus-run-session"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    if not any(Path(one).exists() for one in LAUNCHERS):
        pytest.skip("at-spi2-core is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(write,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        display = told.readline().strip()
    assert display, "the virtual screen did not start"
    yield f":{display}"
    server.terminate()
    server.wait()


@pytest.mark.xvfb
def test_a_screen_reader_finds_every_element_and_cable(screen: str, tmp_path: Path) -> None:
    from sdx_studio.session import Session

    session = Session()
    a, b = session.place("host", name="esx-a"), session.place("host", name="esx-b", x=500)
    switch = session.place("switch", name="sw", x=300, y=300)
    session.place("vm", on=a, name="web01")
    session.connect(a, switch)
    session.connect(b, switch)
    file = session.save(tmp_path / "lab.sdx")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "DBUS_", "AT_SPI"))}
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(READER), sys.executable, "-m", "sdx_studio", "--lang", "en",
         "--new-window", str(file)],
        env={**kept, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
             "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path),
             "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("[")]
    assert lines, done.stderr[-2000:]
    found = {one["name"]: one for one in json.loads(lines[-1])}
    assert list(found) == ["esx-a", "hypervisor-01", "web01", "esx-b", "sw", "cable esx-a – sw", "cable esx-b – sw"]
    assert found["web01"]["description"] == "VM in hypervisor-01"
    assert found["sw"]["description"] == "Switch, connected to esx-a, esx-b"
    assert {one["role"] for one in found.values()} == {"list item"}
    assert [one["actions"] for one in found.values()] == [4, 4, 4, 4, 4, 3, 3]
    assert all(one["selected"] for one in found.values())
