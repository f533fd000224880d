"""The configuration panel in a real window: typing, mistakes, applying, taking back, comparing two."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sdx_studio.session import copying
from sdx_studio.ui.panels.configuration import ConfigurationPanel
from sdx_studio.words import _


@pytest.fixture(name="lab")
def _lab(bench) -> Any:
    """One VM, selected, and the command used."""
    s = bench.window.session
    host = s.place("host", name="h", x=200, y=100)
    vm = s.place("vm", on=host, name="web", mac="52:54:00:00:00:01")
    bench.window.canvas.select((vm,))
    bench.trigger("edit.configuration")
    return bench


@pytest.fixture(name="panel")
def _panel(lab) -> ConfigurationPanel:
    return lab.window.panels.configuration


def web(lab) -> str:
    return lab.window.session.document.find("vm:web")


def values(lab) -> Any:
    return lab.window.session.document.values(web(lab))


def type_over(panel, old: str, new: str) -> None:
    """Exchange some words of the text as if they were typed."""
    panel.editor.setPlainText(panel.editor.toPlainText().replace(old, new))


def test_the_command_shows_the_file_of_what_is_selected(lab, panel) -> None:
    assert lab.window.panels.side_tabs.currentWidget() is panel
    assert panel.editor.hasFocus()
    assert panel.editor.toPlainText().startswith("name: web\nid: ")
    assert "vcpus: 2" in panel.editor.toPlainText().splitlines()
    assert not panel.apply_button.isEnabled()
    lab.window.canvas.select(())
    assert not panel.editor.isVisible()
    assert "Select a VM" in panel.head.text()
    assert not lab.window.actions_by_id["edit.configuration"].isEnabled()


def test_typed_and_applied_as_one_step(lab, panel) -> None:
    history = lab.window.session.history
    before = len(history.labels)
    type_over(panel, "vcpus: 2", "vcpus: 4")
    assert values(lab)["vcpus"] == 2
    panel.apply_button.click()
    assert values(lab)["vcpus"] == 4
    assert len(history.labels) == before + 1
    assert not panel.apply_button.isEnabled()
    lab.trigger("edit.undo")
    assert values(lab)["vcpus"] == 2
    assert "vcpus: 2" in panel.editor.toPlainText().splitlines()


def test_keys_type_into_it(lab, panel) -> None:
    panel.editor.go_to(panel.editor.toPlainText().splitlines().index("vcpus: 2") + 1)
    QTest.keyClick(panel.editor, Qt.Key.Key_End)
    QTest.keyClick(panel.editor, Qt.Key.Key_Backspace)
    QTest.keyClicks(panel.editor, "8")
    assert panel.apply_button.isEnabled()
    QTest.mouseClick(panel.apply_button, Qt.MouseButton.LeftButton)
    assert values(lab)["vcpus"] == 8


def test_a_mistake_is_marked_and_nothing_changes(lab, panel) -> None:
    type_over(panel, "vcpus: 2", "vcpu: 4")
    line = panel.editor.toPlainText().splitlines().index("vcpu: 4") + 1
    assert panel.editor.marked() == {line: "drop.refuse.soft"}
    assert panel.hint.text() == f"Line {line}: there is no “vcpu”; did you mean “vcpus”?"
    assert not panel.apply_button.isEnabled()
    panel.editor.go_to(1)
    panel.apply()
    assert panel.editor.line() == line
    assert values(lab)["vcpus"] == 2
    panel.revert_button.click()
    assert panel.editor.marked() == {}
    assert "vcpus: 2" in panel.editor.toPlainText().splitlines()


def test_the_line_of_the_cursor_is_explained(panel) -> None:
    panel.editor.go_to(panel.editor.toPlainText().splitlines().index("vcpus: 2") + 1)
    assert panel.hint.text() == "vCPU: It never gets more cores than it has vCPUs (1 … 512)"
    panel.editor.go_to(3)
    assert "key: value" in panel.hint.text()


def test_what_was_begun_is_kept_while_something_else_is_looked_at(lab, panel) -> None:
    type_over(panel, "vcpus: 2", "vcpus: 16")
    lab.window.canvas.select((lab.window.session.document.find("host:h"),))
    lab.window.canvas.select((web(lab),))
    assert "vcpus: 16" in panel.editor.toPlainText().splitlines()
    assert panel.apply_button.isEnabled()


def test_other_edits_are_followed(lab, panel) -> None:
    lab.window.session.set("web", memory="8 GiB")
    assert "memory: 8 GiB" in panel.editor.toPlainText().splitlines()
    lab.window.session.remove("web")
    assert not panel.editor.isVisible()


def test_two_are_compared(lab, panel) -> None:
    session = lab.window.session
    (copy,) = copying.duplicate(session, [web(lab)])
    session.set(copy, vcpus=4)
    lab.window.canvas.select((web(lab), copy))
    assert panel.editor.isReadOnly()
    assert not panel.foot.isVisible()
    assert "4 lines differ (name, id, vcpus, mac)" in panel.head.text()
    rows = panel.editor.toPlainText().splitlines()
    marks = {rows[line - 1]: token for line, token in panel.editor.marked().items()}
    assert marks["vcpus: 2"] == "drop.refuse.soft"
    assert marks["vcpus: 4"] == "drop.allow.soft"
    assert panel.editor.signs[rows.index("vcpus: 4")] == "+"
    lab.window.canvas.select((copy,))
    assert not panel.editor.isReadOnly()
    assert panel.editor.signs == ()
    assert panel.editor.marked() == {}


def test_it_is_told_of_palettes_languages_and_sizes(lab, panel) -> None:
    narrow = panel.editor.strip()
    try:
        for what, value in (("scale", "2"), ("look", "dark"), ("language", "ja")):
            lab.window.appearance.choose(what, value)
        assert panel.editor.strip() > 1.5 * narrow
        assert panel.editor.accessibleName() == _("Configuration")
        assert "vcpus: 2" in panel.editor.toPlainText().splitlines()
        assert not panel.grab().isNull()
    finally:
        for what, value in (("scale", "1"), ("look", "light"), ("language", "en")):
            lab.window.appearance.choose(what, value)
