"""A run of a small lab in a window, and what one does to its time line by mouse and by keys."""

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from sdx_studio.ui.theme import Manner

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@dataclass
class Run:
    bench: Any
    vm: str
    act: str

    @property
    def window(self) -> Any:
        return self.bench.window

    @property
    def line(self) -> Any:
        return self.window.panels.timeline

    @property
    def live(self) -> Any:
        return self.window.live

    def point(self, time: float, y: float) -> QPoint:
        return QPoint(round(self.line.axis.x(time) * Manner.scale), round(y * Manner.scale))

    def drag(self, start: QPoint, end: QPoint, held: Any = NONE, release: bool = True) -> None:
        QTest.mousePress(self.line, LEFT, held, start)
        for step in range(1, 6):
            move = start + (end - start) * step / 5
            QTest.mouseMove(self.line, move)
            self.bench.window.follower.follow()
        if release:
            QTest.mouseRelease(self.line, LEFT, held, end)
        self.bench.window.follower.follow()

    def press(self, *keys: Any, held: Any = NONE) -> None:
        for key in keys:
            QTest.keyClick(self.line, key, held)
            self.bench.window.follower.follow()


@pytest.fixture
def run(bench: Any) -> Run:
    s = bench.window.session
    a, b = (s.place("host", name=name, cores=16, memory="64 GiB") for name in "ab")
    switch = s.place("switch", name="sw")
    for host in (a, b):
        s.connect(host, switch, bandwidth="1 Gbit/s")
    vm = s.place("vm", on=a, name="web01", memory="4 GiB", load=1, dirty_rate="20 MiB/s", working_set="4 GiB")
    act = s.do("migrate", vm, to=b, at=2)
    bench.window.live.speed = 10
    bench.trigger("simulation.play")
    bench.let_pass(6)
    bench.trigger("simulation.play")
    bench.let_pass(0.1)
    return Run(bench, vm, act)
