"""A program that is killed while it saves leaves a whole file."""

import random
import subprocess
import sys
import time
from pathlib import Path

import samples

from sdx_studio.exchange import read_project
from sdx_studio.exchange.native import dump, parse

KILLS = 8
SAVING = """
import sys
from pathlib import Path
from sdx_studio.exchange.native import save
data = Path(sys.argv[1]).read_bytes()
print("ready", flush=True)
while True:
    save(Path(sys.argv[1]), data)
"""


def test_a_killed_save_leaves_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "lab.sdx"
    whole = dump(parse(samples.data(notes="x" * 200_000), "a").document)
    target.write_bytes(whole)
    chance = random.Random(4)
    for _kill in range(KILLS):
        words = [sys.executable, "-c", SAVING, str(target)]
        with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.0, 0.03))
            process.kill()
        assert target.read_bytes() == whole
    assert read_project(target).document.elements
