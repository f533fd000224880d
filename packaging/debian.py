"""System packages: which of Debian's a command needs, which are missing, and how they come here."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

LIBRARIES = {  # what Qt loads, and the package that has it
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
}
FOR_A_WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FOR_A_VIRTUAL_SCREEN = {"Xvfb": "xvfb", "xauth": "xauth"}
WITHOUT_QT = ("check", "lock")


class Trouble(Exception):  # noqa: N818 - the message says what a person has to mend
    """Something that only the person at the keyboard can mend."""


def display() -> bool:
    """Whether a window can be shown to somebody."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def install(command: str, more: list[str]) -> None:
    """Install what `command` needs and `more`; where we may not, say what to type (and stop when it cannot wait)."""
    if not sys.platform.startswith("linux"):
        return
    needed = [*_needed(command), *more]
    useful = [package for package in _useful(command) if package not in needed]
    if not needed and not useful:
        return
    line = " ".join(("apt-get install --no-install-recommends", *needed, *useful))
    before = _administrator()
    if not shutil.which("apt-get") or before is None:
        _tell(line, stop=bool(more) or (bool(needed) and command != "setup"))
        return
    print(f"Installing system packages: {' '.join((*needed, *useful))}", flush=True)
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *needed, *useful]):
        if subprocess.run([*apt, *words], stdout=subprocess.DEVNULL, check=False).returncode:
            raise Trouble(f"apt-get {words[0]} failed; its message stands above. Wanted was: {line}")


def _tell(line: str, stop: bool) -> None:
    if not shutil.which("apt-get"):
        print(f"System packages are missing. On Debian they would come by: {line}", flush=True)
        return
    words = f"System packages are missing. Please type this and start again:\n  sudo apt-get update && sudo {line}"
    if stop:
        raise Trouble(words)
    print(words, flush=True)


def _needed(command: str) -> list[str]:
    if command in WITHOUT_QT:
        return []
    wanted = LIBRARIES | FOR_A_WINDOW if display() else LIBRARIES
    return [package for library, package in wanted.items() if not _loads(library)]


def _useful(command: str) -> list[str]:
    """What tests on a virtual screen need; without it they are skipped."""
    if command != "test":
        return []
    libraries = [package for library, package in FOR_A_WINDOW.items() if not _loads(library)]
    return libraries + [package for program, package in FOR_A_VIRTUAL_SCREEN.items() if not shutil.which(program)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _administrator() -> list[str] | None:
    """What stands before a command that root must run; None when we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None
