"""The outlines around what virtualization makes of something, and what the inspector and a screen reader say of it."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from sdx_studio import Session, assets
from sdx_studio.ui.canvas.telling import surroundings


def outlined(bench, id: str, colour: str) -> bool:
    """Whether `colour` is on the left edge of an element's outline."""
    canvas = bench.window.canvas
    box, image, wanted = canvas.screen_box(id), canvas.grab().toImage(), QColor(canvas.scene.look.colours[colour])
    for x in range(int(box.left()) - 5, int(box.left()) + 4):
        for y in range(int(box.center().y()) - 8, int(box.center().y()) + 9):
            seen = image.pixelColor(x, y)
            near = (seen.red() - wanted.red(), seen.green() - wanted.green(), seen.blue() - wanted.blue())
            if max(map(abs, near)) < 12:
                return True
    return False


def test_the_outlines_come_and_go(bench) -> None:
    bench.window.take(Session.open(assets.path("samples", "24-three-kinds.sdx")))
    document, canvas = bench.window.session.document, bench.window.canvas
    canvas.fit()
    array, switch = document.find("three-as-one"), document.find("sw-01")
    assert not outlined(bench, array, "series.5")
    bench.trigger("view.types")
    assert bench.window.actions_by_id["view.types"].isChecked()
    assert outlined(bench, array, "series.5")
    assert not outlined(bench, switch, "series.5")
    bench.trigger("view.types")
    assert not outlined(bench, array, "series.5")


def test_the_inspector_and_a_screen_reader_say_it(bench) -> None:
    bench.window.take(Session.open(assets.path("samples", "24-three-kinds.sdx")))
    window = bench.window
    array, switch = (window.session.document.find(name) for name in ("three-as-one", "sw-01"))
    window.canvas.select((array,))
    line = window.findChild(QLabel, "inspector.virtual")
    assert line is not None
    assert line.text() == "Aggregation: many appear as one\n3 disks → 1"
    assert all(words in surroundings(window.canvas, array) for words in line.text().split("\n"))
    window.canvas.select((switch,))
    line = window.findChild(QLabel, "inspector.virtual")
    assert line is not None
    assert not line.isVisible()
