"""A wheel built from this checkout, unpacked into an environment that holds nothing else of the project."""

import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it; the dependencies are borrowed from the one that runs the tests."""

    folder: Path
    packages: Path
    wheel: Path

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Start its Python away from the checkout."""
        command = [self.folder / "bin" / "python", "-I", "-W", "error", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=self.folder, check=False)


def build(folder: Path) -> Path:
    """The wheel, made by hatchling without the network."""
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def unpack(folder: Path, wheel: Path) -> Installed:
    """A new environment without pip; a pure wheel is installed by unpacking it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
    packages = next(folder.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    borrowed = sysconfig.get_paths()["purelib"]  # added as a plain path: its own .pth files are not read
    (packages / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return Installed(folder, packages, wheel)
