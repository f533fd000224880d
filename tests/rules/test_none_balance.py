"""PySide6 6.12 loses a reference to None with every void call on Python 3.11 and in the end aborts the interpreter."""

import sys
import tomllib

from premises import ROOT
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsRectItem

CALLS = 20_000
BAND = 500


def test_void_calls_keep_the_count_of_none() -> None:
    item, point = QGraphicsRectItem(0, 0, 10, 10), QPointF()
    before = sys.getrefcount(None)
    for step in range(CALLS):
        item.setPos(step, step)
        point.setX(step)
    assert abs(sys.getrefcount(None) - before) < BAND


def test_the_pin_stands() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [one for one in project["dependencies"] if one.startswith("PySide6")]
    assert pins == ["PySide6-Essentials>=6.8,<6.12"]
