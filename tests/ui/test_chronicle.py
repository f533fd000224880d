"""Ten thousand events on the time line: crowded ones become one mark, and painting stays quick."""

import time
from itertools import pairwise

from PySide6.QtGui import QImage, QPainter

from sdx_studio.engine.events import Event
from sdx_studio.session import Session
from sdx_studio.ui.panels.timeline.axis import Axis
from sdx_studio.ui.panels.timeline.chronicle import Chronicle, room
from sdx_studio.ui.panels.timeline.painting import Portrait, Sight
from sdx_studio.ui.theme import theme


def crowd(count: int) -> list[Event]:
    kinds = ("migration.started", "migration.finished", "element.failed", "ha.placed", "traffic.blocked")
    return [Event(number * 12_000, kinds[number % 5], f"e{number % 50}", "x") for number in range(count)]


def test_crowded_marks_become_one_with_a_count() -> None:
    chronicle, axis = Chronicle(), Axis(1000.0, 120.0)
    events = crowd(10_000)
    chronicle.follow(events[:4000], events[4000:])
    crowds = chronicle.crowds(axis)
    assert sum(one.count for one in crowds) == 10_000
    assert all(after.x - one.x >= room(one.count) for one, after in pairwise(crowds))
    chronicle.follow(events[:10], [])
    assert len(chronicle.known) == 10


def test_many_events_are_painted_quickly() -> None:
    chronicle = Chronicle()
    chronicle.follow(crowd(10_000), [])
    image, portrait = QImage(1200, 72, QImage.Format.Format_ARGB32_Premultiplied), Portrait()
    sight = Sight(Axis(1200.0, 120.0), 60.0, chronicle, Session().document, theme("light"))
    spent = []
    for _ in range(30):
        painter = QPainter(image)
        began = time.perf_counter()
        portrait.paint(painter, sight)
        spent.append(time.perf_counter() - began)
        painter.end()
    assert sorted(spent)[5] < 0.01
