"""Files that arrive: recent ones, on the page and in the menu, and those that are dropped on the window."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu

from sdx_studio.exchange.native import dump
from sdx_studio.session.gallery import SAMPLES


def dragged(window, *paths: Path) -> None:
    """Files from a file manager, dropped on what is in the middle of the window."""
    aim = window.stage.currentWidget()
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for sort in (QDragEnterEvent, QDragMoveEvent):
        coming = sort(QPoint(50, 50), action, carried, button, none)
        QApplication.sendEvent(aim, coming)
        assert coming.isAccepted()
    QApplication.sendEvent(aim, QDropEvent(QPointF(50, 50), action, carried, button, none))
    QApplication.processEvents()


def test_recent_files_are_listed_opened_and_taken_out(bench, tmp_path: Path) -> None:
    window = bench.window
    for name in ("a", "b", "c"):
        window.session.place("host", name=name)
        window.session.path = None
        window.files.choose_save = lambda *_args, name=name: str(tmp_path / f"{name}.sdx")
        bench.trigger("file.save")
    (tmp_path / "b.sdx").unlink()
    bench.trigger("file.new")
    bench.trigger("file.welcome")
    page = window.reception.page
    rows = [one for one in page.tiles if one.title.endswith(".sdx")]
    assert [(one.title, one.faint) for one in rows] == [("c.sdx", False), ("b.sdx", True), ("a.sdx", False)]
    assert "missing" in rows[1].line
    said: list[str] = []
    window.files.complain = lambda _title, words: said.append(words)
    rows[1].click()
    assert "cannot be opened" in said[0]
    rows[1].customContextMenuRequested.emit(QPoint(5, 5))
    page.menu.actions()[0].trigger()
    assert [one.title for one in page.tiles if one.title.endswith(".sdx")] == ["c.sdx", "a.sdx"]
    next(one for one in page.tiles if one.title == "a.sdx").click()
    assert window.session.path == tmp_path / "a.sdx"
    assert window.appearance.preferences.recent[0] == tmp_path / "a.sdx"


def test_the_menu_lists_recent_files_too(bench, tmp_path: Path) -> None:
    window = bench.window
    menu = window.menuBar().findChild(QMenu, "menu.recent")
    menu.aboutToShow.emit()
    assert [(one.text(), one.isEnabled()) for one in menu.actions()] == [("No recent files", False)]
    for name in ("a", "b"):
        window.session.save(tmp_path / f"{name}.sdx")
        window.files.open_path(tmp_path / f"{name}.sdx")
    (tmp_path / "a.sdx").unlink()
    menu = window.menuBar().findChild(QMenu, "menu.recent")
    menu.aboutToShow.emit()
    assert [(one.text(), one.isEnabled()) for one in menu.actions()] == [("b.sdx", True), ("a.sdx (missing)", False)]
    bench.trigger("file.new")
    menu = window.menuBar().findChild(QMenu, "menu.recent")
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert window.session.path == tmp_path / "b.sdx"


def test_a_dropped_file_is_opened_after_asking(bench, tmp_path: Path) -> None:
    window = bench.window
    window.session.place("host", name="mine")
    window.session.save(tmp_path / "a.sdx")
    window.session.place("host", name="not saved")
    before = dump(window.session.document)
    answers = ["cancel", "discard"]
    window.files.ask_unsaved = lambda: answers.pop(0)
    dragged(window, tmp_path / "a.sdx")
    assert dump(window.session.document) == before
    dragged(window, tmp_path / "a.sdx", SAMPLES[0].path)
    assert answers == []
    assert [one.name for one in window.session.document.elements.values()] == ["mine"]
    assert "2 files" in window.statusBar().currentMessage()


def test_a_dropped_file_that_cannot_be_read_says_why(bench, tmp_path: Path) -> None:
    window, said = bench.window, list[str]()
    window.files.complain = lambda _title, words: said.append(words)
    (tmp_path / "a.sdx").write_text("{", encoding="utf-8")
    (tmp_path / "b.xyz").write_bytes(b"\0\1\2")
    for name in ("a.sdx", "b.xyz", "gone.sdx"):
        dragged(window, tmp_path / name)
    dragged(window, tmp_path)
    assert len(said) == 4
    assert all(said)


def test_parts_of_the_palette_are_still_dropped_on_the_canvas_alone(bench) -> None:
    carried = QMimeData()
    carried.setText("no file")
    coming = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    coming.ignore()
    QApplication.sendEvent(bench.window, coming)
    assert not coming.isAccepted()
