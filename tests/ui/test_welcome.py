"""The welcome page: samples with pictures, templates, recent files, unsaved work; by mouse, keys and screen reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sdx_studio.session.gallery import SAMPLES
from sdx_studio.ui import theme
from sdx_studio.ui.panels.tiles import CARD, PICTURE, Row
from sdx_studio.ui.panels.welcome import Welcome
from sdx_studio.ui.theme import Manner
from sdx_studio.ui.thumbnails import Thumbnails
from sdx_studio.words import dictionary


@pytest.fixture(autouse=True)
def as_usual() -> Iterator[None]:
    yield
    dictionary.use("en")
    Manner.scale = 1.0
    QApplication.instance().setProperty("look", None)


@pytest.fixture
def page(bench) -> Welcome:
    bench.trigger("file.welcome")
    QApplication.processEvents()
    return bench.window.reception.page


def draw_all(window) -> None:
    while window.reception.thumbnails.step():
        pass


def titled(page, title: str) -> Row:
    return next(one for one in page.tiles if one.title == title and isinstance(one, Row))


def test_it_takes_the_place_of_canvas_and_panels_and_gives_it_back(bench, page) -> None:
    window = bench.window
    assert page.objectName() == "welcome"
    assert window.stage.currentWidget() is page
    assert not any(dock.isVisible() for dock in window.docks)
    QTest.keyClick(page.tiles[3], Qt.Key.Key_Escape)
    assert window.board.view == "topology"
    assert all(dock.isVisible() for dock in window.docks)


def test_docks_that_were_hidden_stay_hidden(bench) -> None:
    window = bench.window
    window.docks[1].hide()
    bench.trigger("file.welcome")
    window.reception.leave()
    assert [dock.isHidden() for dock in window.docks] == [False, True, False]


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("id", ["edit.select_all", "tool.connect", "simulation.reset", "file.new"])
def test_commands_about_the_canvas_leave_it(bench, id: str) -> None:
    bench.trigger(id)
    assert bench.window.board.view == "topology"


@pytest.mark.parametrize("id", ["view.look.dark", "view.language.ja", "view.look.contrast"])
def test_commands_about_the_looks_do_not(bench, page, id: str) -> None:
    bench.trigger(id)
    assert bench.window.stage.currentWidget() is page
    assert len(page.cards) == len(SAMPLES)


@pytest.mark.usefixtures("page")
def test_an_edit_from_elsewhere_leaves_it(bench) -> None:
    bench.window.session.place("host")
    assert bench.window.board.view == "topology"


def test_a_card_opens_its_sample(bench, page) -> None:
    card = page.cards[str(SAMPLES[7].path)]
    assert card.title == "One host"
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    window = bench.window
    assert window.session.document.properties.title == "One host"
    assert window.session.path is None
    assert window.board.view == "topology"
    assert all(dock.isVisible() for dock in window.docks)


def test_a_template_begins_a_new_project_and_asks_before(bench, page) -> None:
    window = bench.window
    window.session.place("host")
    bench.trigger("file.welcome")
    window.files.ask_unsaved = lambda: "cancel"
    titled(page, "Campus").click()
    assert len(window.session.document.elements) == 1
    window.files.ask_unsaved = lambda: "discard"
    titled(page, "Campus").click()
    assert window.session.document.find("vlan:staff")
    assert not window.session.document.scenario
    assert not window.session.history.modified


def test_thumbnails_come_one_by_one_and_are_kept(bench, tmp_path: Path) -> None:
    window = bench.window
    window.reception.pictures = tmp_path / "thumbnails"
    bench.trigger("file.welcome")
    page = window.reception.page
    assert not any(card.drawn for card in page.cards.values())
    draw_all(window)
    assert all(card.drawn for card in page.cards.values())
    kept = sorted((tmp_path / "thumbnails").glob("*.png"))
    assert len(kept) == len(SAMPLES)
    assert len({path.read_bytes() for path in kept}) == len(SAMPLES)
    window.reception.retell()
    for _ in SAMPLES:
        window.reception.thumbnails.step()
    assert all(card.drawn for card in page.cards.values()), "a step each when they are kept"
    bench.trigger("view.look.dark")
    draw_all(window)
    assert len(list((tmp_path / "thumbnails").glob("*.png"))) == 2 * len(SAMPLES)


def test_a_changed_or_broken_file_is_drawn_anew_or_left_out(tmp_path: Path) -> None:
    path, came = tmp_path / "a.sdx", list[QImage]()
    thumbnails = Thumbnails(tmp_path / "kept")
    thumbnails.made.connect(lambda _path, image: came.append(image.copy()))
    for sample in SAMPLES[:2]:
        path.write_bytes(sample.path.read_bytes())
        thumbnails.ask((path, tmp_path / "gone.sdx"), theme.theme("light"), PICTURE, 2.0)
        while thumbnails.step():
            pass
    assert len(came) == 2
    assert came[0] != came[1]
    assert (came[0].width(), came[0].devicePixelRatio()) == (2 * PICTURE[0], 2.0)
    path.write_text('{"format": "sdx-project"', encoding="utf-8")
    thumbnails.ask((path, SAMPLES[0].path), theme.theme("light"), PICTURE, 2.0)
    while thumbnails.step():
        pass
    assert len(came) == 3


def test_arrows_go_from_tile_to_tile(bench, page) -> None:
    bench.window.resize(1366, 768)
    QApplication.processEvents()
    cards = list(page.cards.values())
    cards[0].setFocus()
    wanted = [
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Down, 6),
        (Qt.Key.Key_Left, 5),
        (Qt.Key.Key_Up, 1),
    ]
    for key, index in wanted:
        QTest.keyClick(QApplication.focusWidget(), key)
        assert QApplication.focusWidget() is cards[index]
    QTest.keyClick(cards[1], Qt.Key.Key_Left)
    QTest.keyClick(cards[0], Qt.Key.Key_Left)
    assert isinstance(QApplication.focusWidget(), Row)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() in page.tiles


def test_every_tile_says_what_it_is(page) -> None:
    for tile in page.tiles:
        heard = QAccessible.queryAccessibleInterface(tile)
        assert heard.text(QAccessible.Text.Name)
        assert heard.text(QAccessible.Text.Description) == tile.line
        assert heard.role() == QAccessible.Role.Button
    names = [tile.accessibleName() for tile in page.tiles]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_nothing_is_cut_on_a_small_screen(bench, language: str, scale: float) -> None:
    window = bench.window
    window.appearance.choose("language", language)
    window.appearance.choose("scale", str(scale))
    bench.trigger("file.welcome")
    window.resize(1366, 768)
    for _ in range(3):  # a scroll bar comes, and everything makes room for it
        QApplication.processEvents()
    page = window.reception.page
    body = page.widget()
    assert body.width() <= page.viewport().width(), "it scrolls up and down only"
    boxes = [one.rect().translated(one.mapTo(body, QPoint(0, 0))) for one in page.tiles]
    assert all(body.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for index, a in enumerate(boxes) for b in boxes[:index])
    assert all(card.width() == round(CARD[0] * scale) for card in page.cards.values())


@pytest.mark.parametrize("look", theme.THEMES)
def test_palettes_differ(bench, page, look: str) -> None:
    bench.trigger(f"view.look.{look}")
    draw_all(bench.window)
    colour = page.widget().grab().toImage().pixelColor(3, 3)
    assert colour == bench.window.look.colour("surface.canvas")
