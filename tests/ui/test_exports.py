"""File, Export: what the dialog offers and remembers, and that the pictures are those of the window."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from test_room_for_words import cut, language

from sdx_studio import Session, assets
from sdx_studio.ui import pictures, theme
from sdx_studio.ui.exports import ALL, FORMATS, SEEN, SELECTION, Choice, Exports, remembered, speed_for
from sdx_studio.ui.panels.exporting import ExportDialog
from sdx_studio.ui.preferences import Preferences
from sdx_studio.ui.window import Window

__all__ = ["language"]
FIRST = assets.listing("samples", ".sdx")[0]


@pytest.fixture
def window(bench) -> Window:
    bench.window.take(Session.open(FIRST))
    bench.window.files.complain = lambda title, words: pytest.fail(f"{title}: {words}")
    return bench.window


@pytest.fixture
def lived(bench, window) -> Window:
    """A run of 20 s."""
    bench.trigger("simulation.play")
    window.live.player.run_until(20_000_000)
    bench.let_pass(0.1)
    return window


def colours(picture: QImage) -> set[str]:
    return {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(picture.height())}


def exported(window, tmp_path: Path, **figures: object) -> Path:
    choice = replace(Exports(window).first(), **figures)
    target = tmp_path / f"a{choice.format}"
    assert window.files.export_to(choice, target)
    return target


def test_everything_or_what_is_seen_or_the_selection(lived, tmp_path: Path) -> None:
    canvas, document = lived.canvas, lived.session.document
    canvas.select((document.find("esx-01"),))
    every = QImage(str(exported(lived, tmp_path, part=ALL)))
    seen = QImage(str(exported(lived, tmp_path, part=SEEN)))
    chosen = QImage(str(exported(lived, tmp_path, part=SELECTION)))
    assert (seen.width(), seen.height()) == (canvas.width(), canvas.height())
    box = canvas.scene.columns.box(canvas.scene.columns.row[document.find("esx-01")])
    assert chosen.width() == round(box.width() + 2 * pictures.MARGIN)
    assert chosen.height() == round(box.height() + 2 * pictures.MARGIN)
    assert every.width() > chosen.width() * 2


def test_the_selection_comes_without_its_neighbours_but_with_what_is_in_it(lived) -> None:
    document = lived.session.document
    host = document.find("esx-01")
    lived.canvas.select((host,))
    scene = Exports(lived).scene("light", SELECTION)
    assert set(scene.columns.ids) == {host, *document.below(host)} & set(lived.canvas.scene.columns.ids)
    assert len(scene.columns.ids) > 3
    state = dict(zip(lived.canvas.scene.columns.ids, lived.canvas.scene.columns.state, strict=True))
    assert [state[id] for id in scene.columns.ids] == list(scene.columns.state), "as it is just now in the run"


def test_a_selected_link_brings_its_ends(lived) -> None:
    document = lived.session.document
    link = next(one for one in document.links.values() if not document.children(one.a))
    lived.canvas.select((link.id,))
    scene = Exports(lived).scene("light", SELECTION)
    assert {link.a, link.b} <= set(scene.columns.ids)
    assert link.id in scene.routes.ids


@pytest.mark.parametrize("look", theme.THEMES)
def test_the_theme_is_chosen_apart_from_the_windows(lived, tmp_path: Path, look: str) -> None:
    picture = QImage(str(exported(lived, tmp_path, theme=look)))
    assert picture.pixelColor(1, 1).name() == theme.theme(look).colours["surface.canvas"]
    assert lived.look.name == "light"


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 4.0])
def test_scale(window, tmp_path: Path, scale: float) -> None:
    size = pictures.frame_of(Exports(window).scene("light"), None)[1]
    picture = QImage(str(exported(window, tmp_path, scale=scale)))
    assert (picture.width(), picture.height()) == (round(size.width() * scale), round(size.height() * scale))
    assert picture.dotsPerMeterX() == pytest.approx(96 * scale / 0.0254, rel=0.01)


def test_a_still_picture_shows_the_moment_of_the_window(lived, tmp_path: Path) -> None:
    running = exported(lived, tmp_path).read_bytes()
    lived.live.reset()
    lived.follower.follow()
    assert exported(lived, tmp_path).read_bytes() != running


def test_hidden_layers_stay_hidden(window) -> None:
    window.canvas.scene.columns.hidden = frozenset({"storage"})
    scene = Exports(window).scene("light")
    assert "array-01" not in {window.session.document.elements[id].name for id in scene.columns.ids}


@pytest.mark.parametrize("format", [".gif", ".webp"])
def test_a_span_of_the_run_moves(lived, tmp_path: Path, format: str) -> None:
    target = exported(lived, tmp_path, format=format, start=4.0, end=8.0, fps=5.0, speed=2.0)
    with Image.open(target) as film:
        assert film.n_frames == 10
        film.load()
        assert film.info["duration"] == 200


def test_what_is_offered_comes_from_the_run(lived) -> None:
    first = Exports(lived).first()
    assert (first.start, first.end) == (0.0, 20.0)
    assert first.theme == "light"


def test_before_a_run_the_projects_duration_is_offered(window) -> None:
    first = Exports(window).first()
    assert first.end == window.session.document.properties.duration


def test_the_last_choice_is_remembered_but_not_its_span(lived, tmp_path: Path) -> None:
    exported(lived, tmp_path, format=".gif", theme="dark", language="ja", fps=8.0, start=3.0, end=4.0, scale=2.0)
    again = Exports(lived).first()
    assert (again.format, again.theme, again.language, again.fps, again.scale) == (".gif", "dark", "ja", 8.0, 2.0)
    assert (again.start, again.end) == (0.0, 20.0)


WHOLE = '{"format": ".png", "part": "all", "scale": %s, "theme": "light", "language": "en", "fps": 12}'


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"format": ".exe"}', WHOLE % '"x"', WHOLE % "9"])
def test_nonsense_in_the_settings_counts_as_nothing(kept: str) -> None:
    assert remembered(kept, Choice()) == Choice()


def test_speed_keeps_a_whole_run_bearable() -> None:
    assert [speed_for(span) for span in (1.0, 20.0, 21.0, 3600.0, 1e9)] == [1.0, 1.0, 2.0, 200.0, 1000.0]


# the dialog -------------------------------------------------------------------------------------------------------


@pytest.fixture
def dialog(lived) -> ExportDialog:
    made = ExportDialog(lived, Exports(lived))
    made.show()
    return made


def pick(dialog: ExportDialog, **rows: object) -> None:
    for name, value in rows.items():
        box = getattr(dialog, name)
        assert box.findData(value) >= 0, f"{name} has no {value}"
        box.setCurrentIndex(box.findData(value))


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_tells_what_it_will_come_to(dialog, format: str) -> None:
    pick(dialog, format=format)
    assert dialog.trouble == ""
    assert dialog.told.text()
    assert dialog.go.isEnabled()
    assert dialog.choice().format == format
    assert not dialog.picture.pixmap().isNull()
    moving = format in pictures.MOVING
    assert [dialog.form.isRowVisible(one) for one in (dialog.start, dialog.end, dialog.speed)] == [moving] * 3


def test_the_figures_are_those_of_the_file(dialog, lived, tmp_path: Path) -> None:
    pick(dialog, scale=2.0)
    target = exported(lived, tmp_path, **{name: getattr(dialog.choice(), name) for name in ("format", "scale")})
    picture = QImage(str(target))
    assert dialog.told.text() == f"{picture.width():,} × {picture.height():,} pixels"
    pick(dialog, format=".gif", speed=5.0, scale=1.0)
    choice = dialog.choice()
    film = tmp_path / "a.gif"
    assert lived.files.export_to(choice, film)
    with Image.open(film) as moving:
        figures = f"{moving.width:,} × {moving.height:,} pixels · {moving.n_frames} frames · plays 4\u00a0s"
    assert dialog.told.text() == figures


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [("0 s", "5 s 3", "allowed"), ("9 s", "3 s", "end after it begins"), ("0 s", "10 h", "at most 600"),
     ("-1 s", "3 s", "")],
)  # fmt: skip
def test_what_cannot_be_made_is_said_before(dialog, start: str, end: str, said: str) -> None:
    pick(dialog, format=".gif", speed=1.0)
    dialog.start.setText(start)
    dialog.end.setText(end)
    assert said in dialog.trouble
    assert dialog.trouble
    assert dialog.told.text() == dialog.trouble
    assert not dialog.go.isEnabled()


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("format", [".png", ".gif", ".html"])
def test_no_words_are_cut(lived, format: str) -> None:
    made = ExportDialog(lived, Exports(lived))
    made.show()
    pick(made, format=format)
    QApplication.processEvents()
    assert cut(made) == []


def test_without_a_selection_it_is_not_offered(lived) -> None:
    lived.canvas.select(())
    assert ExportDialog(lived, Exports(lived)).part.findData(SELECTION) == -1


def test_the_command_asks_then_writes(bench, lived, tmp_path: Path) -> None:
    asked = []
    lived.files.choose_export = lambda: Choice(format=".svg")
    lived.files.choose_save = lambda _title, filters: asked.append(filters) or str(tmp_path / "plan")
    bench.trigger("file.export")
    assert asked == ["SVG (*.svg)"]
    assert (tmp_path / "plan.svg").read_bytes().startswith(b"<?xml")
    lived.files.choose_export = lambda: None
    bench.trigger("file.export")
    assert len(asked) == 1


# bounds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [0.5, 4.5, float("nan")])
def test_scales_outside_one_to_four_are_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="from 1 to 4"):
        pictures.check_pixels(QSizeF(100, 100), scale)


def test_a_picture_too_large_names_the_scale_that_fits() -> None:
    with pytest.raises(ValueError, match="up to scale 2\\.5"):
        pictures.check_pixels(QSizeF(4000, 4000), 4.0)
    pictures.check_pixels(QSizeF(4000, 4000), 2.5)


def test_choices_are_kept_in_the_persons_settings() -> None:
    kept = Preferences()
    assert kept.export == ""
    kept.export = "{}"
    assert kept.export == "{}"
