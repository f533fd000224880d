"""The published consolidation scenario on a real day: CloudSim's figures with its quirks, honest ones without."""

import json
import random
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

DAY = Path(__file__).resolve().parents[3] / "shared" / "data" / "planetlab" / "20110303.tar.gz"
CLOUDSIM = {
    "thr-mmt:0.8": (192.62, 26_711, 0.0491, 0.01, 0.02),
    "iqr-mmt:1.5": (189.98, 26_282, 0.0482, 0.03, 0.03),
    "mad-mmt:2.5": (185.79, 26_556, 0.0505, 0.03, 0.03),
    "lr-mmt:1.2": (163.48, 27_859, 0.0586, 0.03, 0.03),
    "dvfs": (802.75, 0, 0.0, 0.01, 0.02),
}
"""CloudSim 3.0.3: kWh, migrations, SLATAH, and how near the first two have to be."""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not DAY.is_file():
        pytest.skip("no PlanetLab traces beside the project")
    folder = tmp_path_factory.mktemp("planetlab")
    with tarfile.open(DAY) as archive:
        archive.extractall(folder, filter="data")
    return folder / "20110303"


def figures(source: Path, target: Path, *options: str) -> dict[str, Any]:
    """Totals of one day by the command line."""
    tool = [sys.executable, "-m", "sdx_studio"]
    chosen = [word for option in options for word in ("--option", option)]
    subprocess.run([*tool, "convert", source, target, "--from", "planetlab", *chosen], check=True, capture_output=True)
    run = [*tool, "run", str(target), "--until", "24h", "--json"]
    told = subprocess.run(run, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(told.stdout)["totals"]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("policy", CLOUDSIM)
def test_as_cloudsim(day: Path, tmp_path: Path, policy: str) -> None:
    energy, migrations, slatah, energy_near, moves_near = CLOUDSIM[policy]
    found = figures(day, tmp_path / "day.sdx", f"policy={policy}", "compat=cloudsim")
    assert found["energy_kwh"] == pytest.approx(energy, rel=energy_near)
    assert found["migrations"] == pytest.approx(migrations, rel=moves_near)
    assert found["slatah"] == pytest.approx(slatah, rel=0.03)


@pytest.mark.slow
def test_honest_day_depends_on_no_name(day: Path, tmp_path: Path) -> None:
    shuffled = tmp_path / "shuffled"
    shuffled.mkdir()
    names = sorted(path.name for path in day.iterdir())
    for name, other in zip(names, random.Random(3).sample(names, len(names)), strict=True):
        (shuffled / other).write_bytes((day / name).read_bytes())
    named = figures(day, tmp_path / "named.sdx", "policy=thr-mmt:0.8")
    assert named == figures(shuffled, tmp_path / "shuffled.sdx", "policy=thr-mmt:0.8")
    assert named["energy_kwh"] > 4 * 192.62


def test_full_power_all_day(day: Path, tmp_path: Path) -> None:
    """800 hosts at 117 and 135 W for 24 hours: the paper's figure for no power management at all."""
    found = figures(day, tmp_path / "day.sdx", "policy=none")
    assert found["energy_kwh"] == pytest.approx(2419.2)
    assert found["migrations"] == 0
