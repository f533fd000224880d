"""Words twice as long still fit: no label, button, tab or field of the window is cut at 1366 × 768."""

import gettext
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)  # fmt: skip

from sdx_studio.words import LANGUAGES, dictionary


class Doubled(gettext.NullTranslations):
    """Every text said twice; {places} stay what they are."""

    def gettext(self, message: str) -> str:
        """`message message`."""
        return f"{message} {message}"


@pytest.fixture(params=[*LANGUAGES, "doubled"])
def language(request, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "doubled":
        monkeypatch.setattr(dictionary, "_catalogue", Doubled())
    else:
        dictionary.use(request.param)
    yield request.param
    monkeypatch.undo()
    dictionary.use("en")


def wanted(widget: QWidget) -> int | None:
    """Width that the words of a widget need; None for what has none, or elides or wraps them itself."""
    if isinstance(widget, QLabel) and widget.text() and not widget.wordWrap() and not widget.pixmap():
        return widget.fontMetrics().horizontalAdvance(plain(widget.text()))
    if isinstance(widget, QCheckBox):
        return widget.sizeHint().width()
    if isinstance(widget, QLineEdit) and widget.isReadOnly():
        return widget.fontMetrics().horizontalAdvance(widget.text())
    painted = type(widget).paintEvent is not QAbstractButton.paintEvent and widget.objectName().startswith("part.")
    if isinstance(widget, QAbstractButton) and widget.text() and not painted:
        only_icon = getattr(widget, "toolButtonStyle", lambda: None)() == Qt.ToolButtonStyle.ToolButtonIconOnly
        return None if only_icon else widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
    return None


def plain(text: str) -> str:
    """The longest line of a text without marks."""
    return max(text.replace("&", "").split("\n"), key=len)


def cut(window: QWidget) -> list[str]:
    """What is shown with less room than its words need."""
    found = []
    for widget in window.findChildren(QWidget):
        need = wanted(widget) if widget.isVisible() and not widget.visibleRegion().isEmpty() else None
        if need is not None and need > widget.width() + 1:
            found.append(f"{type(widget).__name__} {widget.objectName()} {need} > {widget.width()}")
    bars = [tabs for tabs in window.findChildren(QTabBar) if tabs.isVisible()]
    return found + [f"tabs {one.tabText(0)}" for one in bars if one.tabRect(one.count() - 1).right() > one.width()]


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("look", ["nothing", "host", "vm", "array", "link"])
def test_nothing_is_cut(bench, look: str) -> None:
    window, session = bench.window, bench.window.session
    host, array = session.place("host", x=0, y=0), session.place("storage_array", x=0, y=400)
    vm, link = session.place("vm", on=host), session.connect(host, array)
    chosen = {"nothing": (), "host": (host,), "vm": (vm,), "array": (array,), "link": (link,)}[look]
    window.retell()
    window.canvas.select(chosen)
    QApplication.processEvents()
    QApplication.processEvents()
    assert cut(window) == []
    assert window.width() <= 1366
