"""Layout by tier of a thousand boxes, and dragging one of ten thousand with guides: CPU time."""

import os
import random
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot
from test_canvas import best_ms, model, note

from sdx_studio.document import Document, Element, Link
from sdx_studio.document.arrange import laid_out
from sdx_studio.session import Session
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.ui import app
from sdx_studio.ui.canvas.tools.drag import Drag
from sdx_studio.ui.window import Window


def campus(count: int) -> Document:
    """Half of it clients at switches, the rest hosts at switches of their own and arrays, four routers between."""
    dice = random.Random(1)
    elements: list[Element] = []
    links: list[Link] = []

    def put(kind: str, number: int) -> list[str]:
        first = len(elements)
        elements.extend(
            Element(f"e{first + at:05d}", kind, f"{kind}-{at}", None, dice.random() * 2000, dice.random() * 2000)
            for at in range(number)
        )
        return [one.id for one in elements[first:]]

    def tie(some: list[str], others: list[str]) -> None:
        for one in some:
            links.append(Link(f"l{len(links):05d}", one, dice.choice(others)))

    routers, edge, top = put("router", 4), put("switch", count // 20), put("switch", count // 40)
    clients, arrays = put("thin_client", count // 2), put("storage_array", count // 100)
    hosts = put("host", count - len(elements))
    for some, others in ((edge, routers), (edge, routers), (top, routers), (clients, edge), (hosts, top),
                         (hosts, arrays)):  # fmt: skip
        tie(some, others)
    return Document([*elements, *links])


def mesh(count: int) -> Document:
    """Routers, each cabled to three others."""
    dice = random.Random(2)
    routers = [Element(f"e{at:05d}", "router", f"r{at}", None, dice.random() * 2000) for at in range(count)]
    ends = [dice.sample(routers, 2) for _link in range(3 * count // 2)]
    return Document([*routers, *(Link(f"l{at:05d}", a.id, b.id) for at, (a, b) in enumerate(ends))])


@pytest.mark.parametrize(("name", "made"), [("layout_1000_s", campus), ("layout_mesh_1000_s", mesh)])
def test_layout(benchmark, name: str, made) -> None:
    document = made(1000)
    assert len(laid_out(document)) == len(document.elements) == 1000
    note(benchmark, name, best_ms(benchmark, lambda: laid_out(document), 5) / 1000, "s", 0.5)


def test_drag_10000(benchmark, qtbot: QtBot) -> None:
    """A host is moved by 3 px and the canvas painted, with everything in view."""
    app.application()
    window = Window(Session(model(10_000)), lambda: InlinePlayer(time.monotonic))
    window.follower.stop()
    window.files.ask_unsaved = lambda: "discard"
    qtbot.addWidget(window)
    window.show()
    canvas = window.canvas
    canvas.fit()
    host = canvas.session.document.having("machine")[500]
    canvas.select((host,))
    start = canvas.screen_box(host).center()
    canvas.tool.gesture = drag = Drag(canvas, start)
    image = canvas.grab()

    def step() -> None:
        drag.move(start + QPointF(3 + step.count % 40, 2), Qt.KeyboardModifier.NoModifier)
        step.count += 1
        canvas.render(image)

    step.count = 0
    note(benchmark, "drag_ms_10000", best_ms(benchmark, step), "ms", 12)
    window.live.close()
