"""Palette, language, size of words and motion: chosen, kept, followed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QApplication

from sdx_studio.session import Session
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.ui import theme
from sdx_studio.ui.preferences import LOOKS, SCALES, Preferences
from sdx_studio.ui.theme import Manner
from sdx_studio.ui.window import Window
from sdx_studio.words import LANGUAGES, dictionary


@pytest.fixture(autouse=True)
def as_usual() -> Iterator[None]:
    """Whatever a test chooses ends with it; the next window dresses the application anew."""
    yield
    dictionary.use("en")
    Manner.scale, Manner.still = 1.0, False
    QApplication.instance().setProperty("look", None)


def kept_in(path: Path) -> Preferences:
    return Preferences(QSettings(str(path), QSettings.Format.IniFormat))


def test_choices_outlive_the_program(tmp_path: Path) -> None:
    chosen = kept_in(tmp_path / "studio.ini")
    chosen.look, chosen.language, chosen.scale, chosen.still, chosen.details = "dark", "ja", 1.5, True, "false"
    chosen._store.sync()
    again = kept_in(tmp_path / "studio.ini")
    assert (again.look, again.language, again.scale, again.still, again.details) == ("dark", "ja", 1.5, True, "false")


@pytest.mark.parametrize("nonsense", ["", "purple", "-3", "nan", "[]", "99999999999999999999"])
def test_nonsense_in_the_file_counts_as_not_chosen(tmp_path: Path, nonsense: str) -> None:
    path = tmp_path / "studio.ini"
    keys = ("look", "language", "scale", "still", "details")
    path.write_text("[General]\n" + "".join(f"{key}={nonsense}\n" for key in keys), encoding="utf-8")
    read, usual = kept_in(path), Preferences()
    assert all(getattr(read, key) == getattr(usual, key) for key in keys)


def test_recent_files_are_few_and_there(tmp_path: Path) -> None:
    preferences = Preferences()
    files = [tmp_path / f"{number:02d}.sdx" for number in range(12)]
    for file in files:
        file.write_text("x", encoding="utf-8")
        preferences.remember(file)
    preferences.remember(files[5])
    assert preferences.recent[:2] == (files[5], files[11])
    assert len(preferences.recent) == 10
    files[11].unlink()
    assert files[11] not in preferences.recent
    preferences.forget_recent()
    assert preferences.recent == ()


@pytest.mark.parametrize("look", LOOKS)
def test_the_menu_chooses_a_palette_and_ticks_it(bench, look: str) -> None:
    bench.trigger(f"view.look.{look}")
    window = bench.window
    assert window.appearance.preferences.look == look
    assert window.look.name == ("light" if look == "system" else look)
    ticked = [name for name in LOOKS if window.actions_by_id[f"view.look.{name}"].isChecked()]
    assert ticked == [look]
    assert QApplication.palette().window().color() == window.look.colour("surface.chrome")


def test_without_a_choice_the_desktop_decides(bench) -> None:
    window = Window(Session(), lambda: InlinePlayer(bench.clock), None)
    bench.qtbot.addWidget(window)
    window.follower.stop()
    dark = window.palette() and QApplication.styleHints().colorScheme().name == "Dark"
    assert window.look.name == ("dark" if dark else "light")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_chooses_a_language(bench, language: str) -> None:
    bench.trigger(f"view.language.{language}")
    assert dictionary.language == language
    assert bench.window.actions_by_id[f"view.language.{language}"].isChecked()
    assert bench.window.menuBar().actions()[0].text() == {"en": "File", "ja": "ファイル"}[language]


def test_words_grow_from_80_to_200_per_cent_and_say_when_they_cannot(bench) -> None:
    window = bench.window
    larger, smaller = window.actions_by_id["view.words.larger"], window.actions_by_id["view.words.smaller"]
    for scale in SCALES[SCALES.index(1.0) + 1 :]:
        bench.trigger("view.words.larger")
        assert Manner.scale == scale
        assert window.fontMetrics().height() >= 14 * scale
    assert not larger.isEnabled()
    assert "200" in larger.statusTip()
    bench.trigger("view.words.usual")
    assert Manner.scale == 1.0
    while smaller.isEnabled():
        bench.trigger("view.words.smaller")
    assert Manner.scale == SCALES[0]


@pytest.mark.parametrize("scale", SCALES)
def test_whatever_the_size_play_is_in_the_tool_bar_and_no_field_is_cut(bench, scale: float) -> None:
    window = bench.window
    host = window.session.place("host", x=0, y=0)
    window.canvas.select((host,))
    window.appearance.choose("scale", str(scale))
    QApplication.processEvents()
    play = window.findChild(object, "simulation_play")
    assert play.isVisible()
    assert window.rect().contains(play.mapTo(window, play.rect().bottomRight()))
    editor = window.findChild(object, "field.cores")
    assert editor.height() >= editor.fontMetrics().height()
    assert window.panels.palette.isVisible()


def test_reduced_motion_stops_what_moves_by_itself(bench) -> None:
    frames = bench.window.canvas.frames
    bench.trigger("view.still")
    assert theme.motion("layout") == 0.0
    frames.play(True)
    before = frames.phase
    bench.window.canvas.repaint()
    assert frames.phase == before
    assert frames._timer.interval() >= 100
    bench.trigger("view.still")
    assert theme.motion("layout") > 0


def test_half_of_a_small_screen_is_canvas(bench) -> None:
    window = bench.window
    window.resize(1366, 768)
    QApplication.processEvents()
    assert window.canvas.width() * window.canvas.height() >= 0.5 * 1366 * 768
    bench.trigger("view.details")
    assert window.panels.details.isVisible()
    bench.trigger("view.details")
    assert not window.panels.details.isVisible()


def test_the_next_window_stands_where_the_last_one_stood(bench, tmp_path: Path) -> None:
    preferences = kept_in(tmp_path / "studio.ini")

    def window() -> Window:
        made = Window(Session(), lambda: InlinePlayer(bench.clock), None, preferences)
        bench.qtbot.addWidget(made)
        made.follower.stop()
        return made

    first = window()
    assert not first.restore()
    first.setGeometry(0, 20, 780, 600)
    first.show()
    first.resizeDocks([first.docks[1]], [300], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    wide = first.docks[1].width()
    first.close()
    preferences._store.sync()
    second = window()
    assert second.restore()
    second.show()
    QApplication.processEvents()
    assert second.geometry().size() == first.geometry().size()
    assert second.docks[1].width() == wide


def test_a_damaged_place_is_no_place(bench, tmp_path: Path) -> None:
    preferences = kept_in(tmp_path / "studio.ini")
    preferences.keep_window(QByteArray(b"nonsense"), QByteArray(b"nonsense"))
    window = Window(Session(), lambda: InlinePlayer(bench.clock), None, preferences)
    bench.qtbot.addWidget(window)
    window.follower.stop()
    assert not window.restore()
