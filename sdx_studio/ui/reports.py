"""Reports of errors: local text files with what happened inside, and nothing of the person's work or folders."""

import contextlib
import faulthandler
import os
import platform
import re
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion

import sdx_studio
from sdx_studio.session.file_lock import lock

MOST = 20
"""Reports that are kept, the newest ones."""
COMMANDS = 50
"""Commands that a report names."""
FATAL = re.compile(r"^(Fatal Python error|Windows fatal exception)", re.MULTILINE)
_FILE = re.compile(r'File "([^"]+)"')
_PATH = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][^\\/\s:'\"<>|]+)+")
_PACKAGE = Path(sdx_studio.__file__).resolve().parent.parent

Error = tuple[type[BaseException], BaseException | None, TracebackType | None]


class Reports(QObject):
    """Writes reports into `folder`. `private` tells words that may not stand in one; `now` the time of day."""

    noted = Signal(str)
    """A report was written: its path. Comes from whichever thread met the error."""

    def __init__(self, folder: Path, private: Callable[[], Iterable[str]], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._folder = folder
        self._private = private
        self._now = now
        self._commands: deque[str] = deque(maxlen=COMMANDS)
        self._met: set[str] = set()
        self._running: Path | None = None
        self._handle = -1

    # the program is going on ---------------------------------------------------------------------------------------

    def note(self, command: str) -> None:
        """A command is about to be carried out."""
        self._commands.append(command)
        if self._running is not None:
            with contextlib.suppress(OSError):
                os.write(self._handle, f"command {command}\n".encode())

    def met(self, error: BaseException) -> Path | None:
        """Write a report about an error; None when it was written about before, or cannot be."""
        where = "".join(_short(line) for line in traceback.format_tb(error.__traceback__))
        key = f"{type(error).__name__}\n{where}"
        if key in self._met or len(self._met) >= MOST:
            return None
        self._met.add(key)
        text = "\n".join((self._head(), *_told(error, self._private()), *self._last(), ""))
        path = self._write(text)
        if path is not None:
            self.noted.emit(str(path))
        return path

    def _head(self) -> str:
        return "\n".join((
            f"SDx Studio {sdx_studio.__version__}", f"at {self._now():%Y-%m-%d %H:%M:%S}", platform.platform(),
            f"Python {platform.python_version()}, Qt {qVersion()}", "",
        ))  # fmt: skip

    def _last(self) -> tuple[str, ...]:
        return ("", f"Last commands ({len(self._commands)}):", *self._commands)

    def _write(self, text: str) -> Path | None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"error-{self._now():%Y%m%d-%H%M%S}-{uuid4().hex[:6]}.txt"
            path.write_text(text, encoding="utf-8", errors="replace")
            for old in sorted(self._folder.glob("error-*.txt"))[:-MOST]:
                old.unlink()
        except OSError:
            return None
        return path

    # the program may end at any moment -----------------------------------------------------------------------------

    def install(self) -> None:
        """From now on errors that nobody met come here, and so does what ends the program."""
        sys.excepthook = self._hooked
        threading.excepthook = lambda met: self._hooked(met.exc_type, met.exc_value, met.exc_traceback)
        qInstallMessageHandler(self._qt)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"running-{uuid4().hex}.txt"
            self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
            lock(self._handle)
            os.write(self._handle, f"{self._head()}\n".encode())
            self._running = path
            faulthandler.enable(self._handle)

    def end(self) -> None:
        """The program ends in good order."""
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        qInstallMessageHandler(None)
        path, self._running = self._running, None
        if path is not None:
            faulthandler.disable()
            os.close(self._handle)
            path.unlink(missing_ok=True)

    def _hooked(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error or kind(), trace)
        if error is not None and not isinstance(error, KeyboardInterrupt | SystemExit):
            self.met(error.with_traceback(trace))

    def _qt(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        sys.stderr.write(f"{message}\n")
        if kind == QtMsgType.QtFatalMsg and self._running is not None:
            os.write(self._handle, f"Qt: {without(message, self._private())}\n".encode())

    def left(self) -> Path | None:
        """Reports of programs that ended at once, made presentable; the newest, or None without any."""
        found = None
        for path in sorted(self._folder.glob("running-*.txt")):
            text = _abandoned(path)
            if text is not None:
                path.unlink(missing_ok=True)
                if FATAL.search(text):
                    found = self._write(_tidied(text)) or found
        return found


def _abandoned(path: Path) -> str | None:
    """What stands in the file of a program that is no longer there."""
    try:
        with path.open("r+b") as file:
            return file.read().decode("utf-8", "replace") if lock(file.fileno()) else None
    except OSError:
        return None


def _tidied(text: str) -> str:
    """The file of a program that ended at once as a report: short paths, the last commands last."""
    lines = text.splitlines()
    commands = [line.removeprefix("command ") for line in lines if line.startswith("command ")][-COMMANDS:]
    others = [_short(line) for line in lines if not line.startswith("command ")]
    return "\n".join((*others, "", f"Last commands ({len(commands)}):", *commands, ""))


def _short(line: str) -> str:
    """A line of a traceback without folders of this machine."""
    return _FILE.sub(lambda found: f'File "{_shorter(Path(found[1]))}"', line)


def _shorter(path: Path) -> str:
    return path.relative_to(_PACKAGE).as_posix() if path.is_relative_to(_PACKAGE / "sdx_studio") else path.name


def _told(error: BaseException, private: Iterable[str]) -> list[str]:
    """An error and those that led to it, the first one first."""
    words, parts = tuple(private), list[str]()
    one: BaseException | None = error
    while one is not None and len(parts) < MOST:
        where = _short("".join(traceback.format_tb(one.__traceback__)))
        parts.insert(0, f"{where}{type(one).__name__}: {without(str(one), words)}\n")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return parts


def without(text: str, private: Iterable[str]) -> str:
    """`text` with an ellipsis in the place of private words, and paths cut down to the name at their end."""
    known = sorted({word for word in private if word}, key=lambda word: (-len(word), word))
    if known:
        text = re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)", "…", text)
    return _PATH.sub(lambda found: re.split(r"[\\/]", found[0])[-1], text)
