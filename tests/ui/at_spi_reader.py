"""Reads a running window over the accessibility bus, as a screen reader does, and prints what it found as JSON.

To be run as a program in a session bus of its own: `at_spi_reader.py COMMAND…` starts the window by that command.
"""

import json
import re
import subprocess
import sys
import time

from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage, QDBusVariant

ACCESSIBLE = "org.a11y.atspi.Accessible"
REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
LONGEST = 40.0
SELECTED = 23
"""The bit of a state that says selected."""
Place = tuple[str, str]
"""A service on the bus and a path in it."""


REFERENCE = re.compile(r'"(:[0-9.]+)", \[ObjectPath: (/[^\]]+)\]')
"""A child as Qt writes a message out; its binding for Python cannot read structures."""


class Reader:
    """Asks questions on the accessibility bus."""

    def __init__(self) -> None:
        launcher = QDBusInterface("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", QDBusConnection.sessionBus())
        self.bus = QDBusConnection.connectToBus(str(launcher.call("GetAddress").arguments()[0]), "accessibility")

    def ask(self, place: Place, interface: str, method: str, *arguments: object) -> QDBusMessage:
        """The answer."""
        message = QDBusMessage.createMethodCall(*place, interface, method)
        message.setArguments(list(arguments))
        return self.bus.call(message)

    def read(self, place: Place, name: str) -> str:
        """A property that is a text; empty when it is gone."""
        answer = self.ask(place, "org.freedesktop.DBus.Properties", "Get", ACCESSIBLE, name)
        if answer.type() != QDBusMessage.MessageType.ReplyMessage:
            return ""
        found = answer.arguments()[0]
        return str(found.variant() if isinstance(found, QDBusVariant) else found)

    def role(self, place: Place) -> str:
        """What sort of thing it is."""
        return str(self.ask(place, ACCESSIBLE, "GetRoleName").arguments()[0])

    def actions(self, place: Place) -> int:
        """How many things can be done to it."""
        answer = self.ask(place, "org.freedesktop.DBus.Properties", "Get", "org.a11y.atspi.Action", "NActions")
        found = answer.arguments()[0]
        return int(found.variant() if isinstance(found, QDBusVariant) else found)

    def press(self, place: Place) -> bool:
        """Do the first thing that can be done to it; whether it is selected then."""
        self.ask(place, "org.a11y.atspi.Action", "DoAction", 0)
        states = re.search(r"au \{(\d+), (\d+)\}", repr(self.ask(place, ACCESSIBLE, "GetState")))
        return bool(states and int(states[1]) >> SELECTED & 1)

    def children(self, place: Place) -> list[Place]:
        """What it holds."""
        return REFERENCE.findall(repr(self.ask(place, ACCESSIBLE, "GetChildren")))

    def find(self, within: Place, wanted: str, depth: int = 12) -> Place | None:
        """The first of this name, breadth first."""
        level = [within]
        for _ in range(depth):
            for one in level:
                if self.read(one, "Name") == wanted:
                    return one
            level = [child for one in level for child in self.children(one)]
        return None


def main() -> None:
    """Start the window, wait for it to be there, read its canvas."""
    app = QCoreApplication([])
    reader = Reader()
    window = subprocess.Popen(sys.argv[1:])
    try:
        until, canvas = time.monotonic() + LONGEST, None
        while canvas is None and time.monotonic() < until and window.poll() is None:
            time.sleep(0.25)
            canvas = reader.find(REGISTRY, "Canvas")
        items = [] if canvas is None else reader.children(canvas)
        told = [
            {
                "name": reader.read(one, "Name"), "description": reader.read(one, "Description"),
                "role": reader.role(one), "actions": reader.actions(one), "selected": reader.press(one),
            }
            for one in items
        ]  # fmt: skip
        print(json.dumps(told))
    finally:
        window.terminate()
        window.wait(10)
    del app


if __name__ == "__main__":
    main()
