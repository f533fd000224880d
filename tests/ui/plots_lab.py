"""Two hosts that have run for a while, and what one does to plots."""

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QMenu

from sdx_studio.session import plotting
from sdx_studio.session.plotting import Series
from sdx_studio.ui import carrying
from sdx_studio.ui.panels.plots import menus
from sdx_studio.ui.theme import Manner

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def prepared(bench) -> Any:
    """Two hosts with a VM each, details shown, played to about 20 s."""
    s = bench.window.session
    hosts = [s.place("host", name=f"esx-{at}", x=450 * at, y=100) for at in (1, 2)]
    for at, host in enumerate(hosts):
        s.place("vm", on=host, name=f"vm-{at}", load=0.5, pattern="wave")
    window = bench.window
    window.resize(1600, 1000)
    window.desk.prefer("details", "true")
    window.canvas.fit()
    window.live.speed = 10
    bench.hosts, bench.plots = hosts, window.panels.plots
    bench.trigger("simulation.play")
    bench.let_pass(2.0)
    bench.trigger("simulation.play")
    bench.let_pass(0.5)
    return bench


def drop(target, series: tuple[Series, ...], at: QPoint = QPoint(20, 20)) -> None:  # noqa: B008
    """Carry numbers over a widget and let them go, as Qt tells it."""
    held = carrying.packed(series)
    copy = Qt.DropAction.CopyAction
    target.dragEnterEvent(QDragEnterEvent(at, copy, held, LEFT, NONE))
    target.dragMoveEvent(QDragMoveEvent(at, copy, held, LEFT, NONE))
    target.grab()
    target.dropEvent(QDropEvent(QPointF(at), copy, held, LEFT, NONE))


def kept(bench) -> tuple[plotting.Plot, ...]:
    return plotting.plots(bench.window.session.document)


def press(plots, place: int | None, name: str) -> None:
    """Use an entry of a plot's menu."""
    menu = QMenu()
    menus.fill(menu, plots, place)
    entries = [*menu.actions(), *(one for sub in menu.findChildren(QMenu) for one in sub.actions())]
    next(one for one in entries if one.objectName() == f"plot.{name}").trigger()


def spot(view, time: float, value: float) -> QPoint:
    """Where a moment and a value are on a plot's widget."""
    made = view.frame
    return (QPointF(made.x(time), made.y(value)) * Manner.scale).toPoint()
