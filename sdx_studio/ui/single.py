"""One window a person: whoever starts the studio again hands the file over to the window that is there."""

import json
import os
import stat
import sys
import tempfile
from getpass import getuser
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LONGEST = 64 * 1024
"""Bytes of a message; no path is longer."""
PATIENCE = 2000
"""Milliseconds after which the other window counts as gone."""
HEARD = b"heard\n"


def name_of_person() -> str:
    """Where this person's window listens: a socket in a folder that nobody else can enter, or a pipe with their name.

    Empty when there is no such folder; then every start opens a window of its own.
    """
    if sys.platform == "win32":
        return f"sdx-studio-{getuser()}"
    given = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(given) if given else Path(tempfile.gettempdir()) / f"sdx-studio-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.stat(follow_symlinks=False)
    except OSError:
        return ""
    own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return str(folder / "sdx-studio.window") if own else ""


def hand_over(name: str, file: Path | None, play: bool) -> bool:
    """Ask the window that listens at `name` to open a file (or only to show itself); False when there is none."""
    socket = QLocalSocket()
    if not name:
        return False
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE):
        return False
    wish = {"open": None if file is None else os.path.abspath(file), "play": play}  # noqa: PTH100 - keeps links
    socket.write(json.dumps(wish).encode() + b"\n")
    heard = bytearray()
    while len(heard) < len(HEARD) and socket.waitForReadyRead(PATIENCE):
        heard += bytes(socket.readAll().data())
    socket.disconnectFromServer()
    return bytes(heard) == HEARD


class Doorbell(QObject):
    """Listens at `name` for others of the same person. `rung` carries a file ("" for none) and whether to play it."""

    rung = Signal(str, bool)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def listen(self) -> bool:
        """Begin; False when another window has been quicker. What a dead one has left behind is cleared away."""
        if not self._name or _answers(self._name):
            return False
        if self._server.listen(self._name):
            return True
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setReadBufferSize(LONGEST)
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() >= LONGEST:
                socket.abort()
            return
        wish = understood(bytes(socket.readLine().data()))
        if wish is None:
            socket.abort()
            return
        socket.write(HEARD)
        socket.flush()
        self.rung.emit(*wish)


def _answers(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    found = socket.waitForConnected(PATIENCE)
    socket.abort()
    return found


def understood(line: bytes) -> tuple[str, bool] | None:
    """File ("" for none) and whether to play it; None for what is no wish, or names no file that exists."""
    try:
        wish = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(wish, dict) or wish.keys() != {"open", "play"} or not isinstance(wish["play"], bool):
        return None
    file = wish["open"]
    if file is None:
        return "", wish["play"]
    if not isinstance(file, str) or "\0" in file:
        return None
    return (file, wish["play"]) if Path(file).is_absolute() and Path(file).is_file() else None
