"""Networks and virtual machines that others have described: converted, checked, run and drawn by the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from sdx_studio import Session
from sdx_studio.cli import Picture
from sdx_studio.document.checks import problems
from sdx_studio.exchange import load
from sdx_studio.ui.pictures import render

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ZOO = sorted((DATA / "topology-zoo").glob("*.graphml"))


def test_the_collections_are_here() -> None:
    if not ZOO:
        pytest.skip("no collection of real networks beside the project")
    assert len(ZOO) == 20


@pytest.mark.parametrize("path", ZOO, ids=lambda path: path.stem)
def test_network_is_read_checked_run_and_drawn(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    session = Session(load(path, options={"demands": "gravity:40"}).document)
    assert not [one for one in problems(session.document) if one.severity == "error"]
    run = session.run("5 s")
    rates = [run.value(session.document.address(id), "net.rate") for id in session.document.having("traffic")]
    assert rates
    assert all(rate > 0 for rate in rates)
    target = tmp_path / "map.png"
    render(Picture(session, target, at=5.0, size=(1200, 800)))
    drawn = QImage(str(target))
    assert (drawn.width(), drawn.height()) == (1200, 800)
    ground = drawn.pixelColor(0, 0)
    coloured = sum(drawn.pixelColor(x, y) != ground for x in range(0, 1200, 3) for y in range(0, 800, 3))
    assert coloured > 300
    assert path.read_bytes() == before


def test_largest_network_by_the_command_line(tmp_path: Path) -> None:
    source = next((path for path in ZOO if path.stem == "Kdl"), None)
    if source is None:
        pytest.skip("no collection of real networks beside the project")
    target = tmp_path / "kdl.sdx"
    tool = [sys.executable, "-m", "sdx_studio"]
    subprocess.run([*tool, "convert", source, target, "--option", "demands=gravity"], check=True, capture_output=True)
    subprocess.run([*tool, "check", target], check=True, capture_output=True)
    told = subprocess.run([*tool, "run", target, "--until", "5", "--json"], check=True, capture_output=True, text=True)
    answer = json.loads(told.stdout)
    assert answer["time"] == 5
    assert len([key for key in answer["measures"] if key.startswith("router:")]) == 754
    assert max(row["net.utilisation"]["max"] for row in answer["measures"].values() if "net.utilisation" in row) > 0.8
