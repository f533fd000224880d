"""A day of the published consolidation scenario: CPU time of a fresh process that opens the project and runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from sdx_studio.exchange import load, store

DAY = Path(__file__).resolve().parents[3] / "shared" / "data" / "planetlab" / "20110303.tar.gz"
RUN = """
import sys, time
from sdx_studio import Session
run = Session.open(sys.argv[1]).run(until="24 h")
print(time.process_time())
"""


def test_planetlab_day(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    if not DAY.is_file():
        pytest.skip("no PlanetLab traces beside the project")
    project = tmp_path / "day.sdx"
    store(load(DAY, "planetlab", {"policy": "thr-mmt:0.8", "compat": "cloudsim"}).document, project)
    seconds: list[float] = []
    around = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

    def once() -> None:
        command = [sys.executable, "-c", RUN, project]
        told = subprocess.run(command, check=True, capture_output=True, text=True, env=around)
        seconds.append(float(told.stdout))

    benchmark.pedantic(once, rounds=5, warmup_rounds=1)
    benchmark.extra_info.update(
        name="planetlab_day_cpu_s", unit="s", value=min(seconds[1:]), goal=3.0, peer="CloudSim 3.0.3: 47"
    )
