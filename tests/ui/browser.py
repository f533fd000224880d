"""A real browser without a window, steered through the pipe that Chromium keeps for such things."""

import json
import os
import select
import shlex
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Self

PATIENCE = 60.0
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


def chromium() -> str | None:
    """Where Chromium is, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Browser:
    """One page; `with Browser(...) as page` ends the process in any case."""

    def __init__(self, program: str, profile: Path, size: tuple[int, int] = (1280, 800)) -> None:
        ours_out, theirs_in = self._write_end()
        theirs_out, ours_in = self._read_end()
        words = [program, *QUIET, f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}", "about:blank"]
        command = f"exec {shlex.join(words)} 3<&{theirs_in} 4>&{theirs_out}"
        self._process = subprocess.Popen(
            ["bash", "-c", command], pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(theirs_in)
        os.close(theirs_out)
        self._out, self._in, self._held, self._number = ours_out, ours_in, b"", 0
        self._session: str | None = None
        self.problems: list[str] = []
        self.asked: list[str] = []

    def _write_end(self) -> tuple[int, int]:
        theirs, ours = os.pipe()
        return ours, theirs

    def _read_end(self) -> tuple[int, int]:
        ours, theirs = os.pipe()
        return theirs, ours

    def __enter__(self) -> Self:
        found = next(one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=found["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_problem: object) -> None:
        os.close(self._out)
        os.close(self._in)
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def call(self, method: str, **figures: Any) -> dict[str, Any]:
        """Ask the browser and wait for its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": figures}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self._message(deadline)
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _message(self, deadline: float) -> dict[str, Any]:
        while b"\0" not in self._held:
            ready, _w, _x = select.select([self._in], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, "the browser does not answer"
            piece = os.read(self._in, 1 << 16)
            assert piece, "the browser has gone"
            self._held += piece
        line, self._held = self._held.split(b"\0", 1)
        message = json.loads(line)
        self._note(message.get("method"), message.get("params", {}))
        return message

    def _note(self, method: str | None, told: dict[str, Any]) -> None:
        """Errors of the page, and whatever it asks the network for."""
        if method == "Runtime.exceptionThrown":
            self.problems.append(told["exceptionDetails"].get("exception", {}).get("description", "an error"))
        elif method == "Network.requestWillBeSent":
            self.asked.append(told["request"]["url"])

    def open(self, path: Path) -> None:
        """Show a file from disk, and wait until it stands."""
        self.call("Page.navigate", url=path.as_uri())
        while self.value("document.readyState") != "complete" or self.value("location.protocol") != "file:":
            pass

    def value(self, expression: str) -> Any:
        """What an expression gives in the page."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def box(self, what: str) -> tuple[float, float, float, float]:
        """Left, top, width and height of the element that an expression gives, in px."""
        found = self.value(f"(()=>{{const b=({what}).getBoundingClientRect();return [b.x,b.y,b.width,b.height]}})()")
        return found[0], found[1], found[2], found[3]

    def middle(self, what: str) -> tuple[float, float]:
        """Its middle."""
        left, top, wide, high = self.box(what)
        return left + wide / 2, top + high / 2

    def mouse(self, kind: str, x: float, y: float, held: bool = False) -> None:
        """Move, press or release the mouse."""
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left" if held else "none",
                  buttons=int(held and kind != "mouseReleased"), clickCount=int(kind != "mouseMoved"))  # fmt: skip

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 5) -> None:
        """Press at one point, go to another and let go."""
        self.mouse("mouseMoved", *start)
        self.mouse("mousePressed", *start, held=True)
        for step in range(1, steps + 1):
            share = step / steps
            here = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            self.mouse("mouseMoved", *here, held=True)
        self.mouse("mouseReleased", *end, held=True)

    def click(self, what: str) -> None:
        """Click into the middle of an element."""
        at = self.middle(what)
        self.mouse("mouseMoved", *at)
        self.mouse("mousePressed", *at, held=True)
        self.mouse("mouseReleased", *at, held=True)

    def key(self, key: str) -> None:
        """Press a key and let it go."""
        text = {"text": key} if len(key) == 1 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, code="Space" if key == " " else key, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, code="Space" if key == " " else key)
