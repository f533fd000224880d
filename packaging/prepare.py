"""Prepares this checkout and then does one thing with it: `python3 packaging/prepare.py run`.

The Makefile's targets are these commands. Standard library only; any Python may start it, one from 3.11 on carries on.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from debian import Trouble, display, install

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
HOME = ROOT / ".venv"
STAMP = HOME / "prepared.txt"
BUILD = ROOT / "build"
OLDEST, NEWEST = (3, 11), (3, 14)
COMMANDS = {
    "setup": "get everything ready, nothing else",
    "run": "open the studio with the first sample playing; without a display draw it into build/run/",
    "test": "run the tests; what follows goes to pytest",
    "bench": "measure speed, write benchmarks.json",
    "shots": "draw every sample in both themes and languages into build/shots/",
    "check": "static checks: ruff, mypy, import contracts",
    "lock": "write packaging/requirements.lock anew (needs uv); what follows goes to uv, such as --upgrade",
}


def say(words: str) -> None:
    """One line, in order with what the started programs print."""
    print(words, flush=True)


# --- getting ready --------------------------------------------------------------------------------------------------


def suitable_python() -> None:
    """Start again with another Python when this one is too old or too new."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            sys.exit(subprocess.run([found, Path(__file__), *sys.argv[1:]], check=False).returncode)
    here, oldest, newest = (".".join(map(str, one)) for one in (sys.version_info[:2], OLDEST, NEWEST))
    raise Trouble(f"Python {oldest} to {newest} is needed; this is {here}, and there is no other on the PATH.")


def inside(name: str) -> Path:
    """A program of the environment."""
    return HOME / "Scripts" / f"{name}.exe" if os.name == "nt" else HOME / "bin" / name


def works(*words: str) -> bool:
    """Whether the environment's Python can do this."""
    try:
        return subprocess.run([inside("python"), *words], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def known(module: str) -> bool:
    """Whether the Python that runs this has a module."""
    return importlib.util.find_spec(module) is not None


def state() -> str:
    """Where the environment stands and a fingerprint of what it is made from."""
    parts = (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes())
    return f"{ROOT}\n{hashlib.sha256(b'-'.join(parts)).hexdigest()}\n"


def environment() -> None:
    """Make .venv unless a usable one is there."""
    moved = STAMP.exists() and STAMP.read_text(encoding="utf-8").splitlines()[:1] != [str(ROOT)]
    if not moved and works("-c", f"import sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"):
        return
    say(f"Making the environment {HOME.name}")
    if (HOME / "pyvenv.cfg").exists():
        shutil.rmtree(HOME)
    without = [] if known("ensurepip") else ["--without-pip"]
    if subprocess.run([sys.executable, "-m", "venv", *without, HOME], check=False).returncode:
        raise Trouble("The environment could not be made. On Debian or Ubuntu: sudo apt-get install python3-venv")


def pip() -> list[str]:
    """How to start a pip that installs into the environment: its own one, or the system's."""
    if works("-m", "pip", "--version"):
        return [str(inside("python")), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(inside("python"))]


def python_packages() -> None:
    """Install the locked packages and the project itself."""
    program = [*pip(), "--disable-pip-version-check", "--no-input", "install", "--no-deps"]
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    say("Installing the Python packages of packaging/requirements.lock; the first time this takes a minute or two")
    for words in (
        [*quiet, "--require-hashes", "-r", str(LOCK)],
        ["--quiet", "--no-build-isolation", "--editable", str(ROOT)],
    ):
        if subprocess.run([*program, *words], cwd=ROOT, check=False).returncode:
            raise Trouble("pip could not install the packages; its message stands above. Is the network there?")


def setup(command: str) -> None:
    """Everything that a command needs; quick when it is there already."""
    no_pip = not (known("ensurepip") or known("pip") or works("-m", "pip", "--version"))
    install(command, ["python3-venv"] if no_pip else [])
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == state() and works("-c", "import sdx_studio, PySide6"):
        return
    environment()
    STAMP.unlink(missing_ok=True)
    python_packages()
    STAMP.write_text(state(), encoding="utf-8")


# --- the commands ---------------------------------------------------------------------------------------------------


def start(program: str, *words: str | Path) -> int:
    """Run a program of the environment from the project's root; its exit code."""
    return subprocess.run([inside(program), *words], cwd=ROOT, check=False).returncode


def ready(_rest: list[str]) -> int:
    """Nothing is left to do."""
    say("Ready.")
    return 0


def run(rest: list[str]) -> int:
    """The first sample: in the window, or as picture, replay and measures where no window can be shown."""
    sample = min((ROOT / "resources" / "samples").glob("*.sdx"))
    if not display():
        return draw(sample, "There is no display, so the sample was drawn:")
    code = start("sdx-studio", sample, "--play", *rest)
    if code == -signal.SIGABRT:  # how Qt ends when nobody answers at DISPLAY or WAYLAND_DISPLAY
        return draw(sample, "The window could not be opened, so the sample was drawn:")
    return abs(code)


def draw(sample: Path, why: str) -> int:
    """Print the measures and write picture and replay into build/run/."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = BUILD / "run"
    folder.mkdir(parents=True, exist_ok=True)
    picture, replay = folder / f"{sample.stem}.png", folder / f"{sample.stem}.html"
    code = (
        start("sdx-studio", "run", sample)
        or start("sdx-studio", "render", sample, "-o", picture, "--at", "49 s", "--scale", "2")
        or start("sdx-studio", "render", sample, "-o", replay)
    )
    if code == 0:
        say(f"\n{why}\n  picture  {picture}\n  replay   {replay}")
    return abs(code)


def test(rest: list[str]) -> int:
    """All tests but the slow ones, as many at once as there are processors (at most 4); no windows are shown."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return start("python", "-m", "pytest", "--numprocesses=auto", "--maxprocesses=4", *rest)


def bench(rest: list[str]) -> int:
    """The benchmarks alone."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["SDX_BENCHMARKS"] = str(ROOT / "benchmarks.json")
    return start("python", "-m", "pytest", "-o", "addopts=", "--benchmark-only", "-q", *rest)


def shots(_rest: list[str]) -> int:
    """All samples as pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return start("python", ROOT / "packaging" / "shots.py", BUILD / "shots")


def check(_rest: list[str]) -> int:
    """Every static check, also after one that complained; the largest exit code."""
    return max(start("ruff", "check", "."), start("mypy"), start("lint-imports"))


def lock(rest: list[str]) -> int:
    """The lock file anew, without any address in it and whatever indexes this machine is told to use."""
    own = str(inside("uv"))
    uv = shutil.which("uv") or shutil.which(own)
    if uv is None:
        raise Trouble("uv is needed for this: pip install uv")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("UV_")}
    words = ["--universal", "--generate-hashes", "--no-header", "--no-config", "--quiet", "--extra", "test", *rest]
    line = [uv, "pip", "compile", *words, "pyproject.toml", "-o", str(LOCK.relative_to(ROOT))]
    return subprocess.run(line, cwd=ROOT, env=clean, check=False).returncode


def main(words: list[str]) -> int:
    """Carry out one command; the exit code of what it started."""
    if not words or words[0] not in COMMANDS:
        wide = max(map(len, COMMANDS))
        say("python3 packaging/prepare.py COMMAND\n")
        say("\n".join(f"  {name:{wide}}  {purpose}" for name, purpose in COMMANDS.items()))
        return 0 if not words or words[0] in ("-h", "--help", "help") else 2
    command, *rest = words
    doers = {"setup": ready, "run": run, "test": test, "bench": bench, "shots": shots, "check": check, "lock": lock}
    try:
        suitable_python()
        if command != "lock":
            setup(command)
        return abs(doers[command](rest))
    except (Trouble, OSError) as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
