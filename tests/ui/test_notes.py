"""Title and notes of a project, in the inspector while nothing is selected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from sdx_studio import Session, assets


def words(bench, name: str) -> str | None:
    label = bench.window.findChild(QLabel, f"inspector.{name}")
    return label.text() if label is not None and label.isVisible() else None


def test_a_sample_says_what_to_look_at_in_the_language_in_use(bench) -> None:
    bench.window.take(Session.open(assets.path("samples", "08-one-host.sdx")))
    assert words(bench, "title") == "One host"
    assert str(words(bench, "notes")).startswith("Four cores, three VMs.")
    bench.trigger("view.language")
    assert words(bench, "title") == "ホスト1台"
    assert str(words(bench, "notes")).startswith("4コアにVMが3台")
    host = next(iter(bench.window.session.document.having("machine")))
    bench.window.canvas.select((host,))
    assert words(bench, "notes") is None


def test_notes_of_anybody_are_plain_text(bench) -> None:
    session = Session()
    with session.history.edit("Notes") as edit:
        edit.update(session.document.properties.but(title="<b>x</b>", notes="<img src='file:///etc/passwd'> {count}"))
    bench.window.take(session)
    label = bench.window.findChild(QLabel, "inspector.notes")
    assert label is not None
    assert label.text() == "<img src='file:///etc/passwd'> {count}"
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_new_project_has_neither(bench) -> None:
    assert bench.window.findChild(QLabel, "inspector.title") is None
    assert bench.window.findChild(QLabel, "inspector.notes") is None
