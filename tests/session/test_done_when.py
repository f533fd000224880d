"""Figures that are known beforehand, out of saved projects through the command line: `sdx-studio run FILE --json`."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drawings import line, moving

from sdx_studio.session import Session

Save = Callable[[Session], Path]


def told(path: Path, until: str) -> Any:
    command = [sys.executable, "-W", "error", "-m", "sdx_studio", "run", str(path), "--until", until, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def rates(told: Any, *names: str) -> list[float]:
    return [told["measures"][f"flow:{name}"]["net.rate"]["last"] / 1e9 for name in names]


def test_the_parking_lot(saved: Save) -> None:
    """Three greedy flows over two cables of 1 Gbit/s, one of them over both: half a gigabit each."""
    s, (x, y, z) = line("1 Gbit/s", "1 Gbit/s")
    for name, source, target in (("both", x, z), ("first", x, y), ("second", y, z)):
        s.place("flow", name=name, source=source, target=target)
    assert rates(told(saved(s), "10 s"), "both", "first", "second") == pytest.approx([0.5, 0.5, 0.5], rel=1e-6)


def test_the_bottleneck_leaves_the_rest_to_the_others(saved: Save) -> None:
    """10 and 1 Gbit/s in a row: who goes over both gets 1, two others share what is left of the wide one."""
    s, (x, y, z) = line("10 Gbit/s", "1 Gbit/s")
    for name, target in (("both", z), ("one", y), ("two", y)):
        s.place("flow", name=name, source=x, target=target)
    assert rates(told(saved(s), "10 s"), "both", "one", "two") == pytest.approx([1.0, 4.5, 4.5], rel=1e-6)


def test_four_gib_move_over_one_gigabit(saved: Save) -> None:
    """4 GiB of memory, 20 MiB/s of it written, 1 Gbit/s: 44.5 s in all, 0.21 s of pause."""
    run = told(saved(moving()), "2 min")
    (done,) = [event for event in run["events"] if event["kind"] == "migration.finished"]
    assert done["total"] == pytest.approx(44.5, rel=0.01)
    assert done["downtime"] == pytest.approx(0.21, rel=0.05)
    assert (done["vm"], done["from"], done["to"], done["rounds"]) == ("vm:web01", "host:a", "host:b", 3)
    assert done["sent"] > 4 * 2**30
    assert run["totals"]["migrations"] == 1
    assert run["totals"]["downtime_s"] == pytest.approx(done["downtime"])
