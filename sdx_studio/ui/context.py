"""The part of the context menu that offers other machines to guests."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from sdx_studio.document import EditError
from sdx_studio.session import planning, plotting
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.hosting import CanvasHost


MOST_FILES = 24
"""Others that are offered in a menu; more can be chosen by selecting them."""


def add_migrations(desk: "CanvasHost", menu: QMenu, ids: tuple[str, ...]) -> None:
    """A submenu with every machine that the guests among `ids` could move to."""
    document = desk.session.document
    mobile = [id for id in ids if id in document.elements and "mobile" in document.traits(id)]
    if not mobile:
        return
    sub = menu.addMenu(_("Migrate to"))
    here = {document.ancestor(id, "machine") for id in mobile}
    for machine in document.having("machine"):
        action = QAction(document.element(machine).name, sub)
        action.setEnabled(machine not in here or desk.live.started)
        action.triggered.connect(_mover(desk, mobile, machine))
        sub.addAction(action)


def add_reads(desk: "CanvasHost", menu: QMenu, ids: tuple[str, ...]) -> None:
    """A submenu with everything on the same machine whose files the one selected element could try to read."""
    document = desk.session.document
    if not desk.live.started or len(ids) != 1 or "read_files" not in planning.fitting(document, ids[0]):
        return
    machine = next((one for one in (ids[0], *document.above(ids[0])) if "machine" in document.traits(one)), None)
    around = () if machine is None else (machine, *document.below(machine))
    others = [one for one in around if one != ids[0] and "read_files" in planning.fitting(document, one)]
    if not others:
        return
    sub = menu.addMenu(_("Try to read files of"))
    sub.setObjectName("context.read_files")
    for other in others[:MOST_FILES]:
        action = QAction(document.element(other).name, sub)
        action.triggered.connect(partial(desk.live.act, "read_files", ids[0], of=other))
        sub.addAction(action)


def add_plots(desk: "CanvasHost", menu: QMenu, ids: tuple[str, ...]) -> None:
    """A submenu with the usual measures of what is selected; each goes into a plot of its own."""
    document = desk.session.document
    known = [id for id in ids if id in document.elements or id in document.links]
    offered: dict[tuple[str, str], list[plotting.Series]] = {}
    for id in known:
        for words, measure in plotting.measured(document, id):
            offered.setdefault((words, measure), []).append(plotting.Series(id, measure))
    if not offered:
        return
    sub = menu.addMenu(_("Plot"))
    sub.setObjectName("context.plot")
    for (words, measure), series in offered.items():
        action = sub.addAction(words)
        action.setObjectName(measure)
        action.triggered.connect(_plotter(desk, series))


def _plotter(desk: "CanvasHost", series: "list[plotting.Series]") -> Callable[[], None]:
    def plot() -> None:
        try:
            plotting.add(desk.session, series[: plotting.MOST_CURVES])
        except EditError as reason:
            desk.say(str(reason))

    return plot


def _mover(desk: "CanvasHost", ids: list[str], machine: str) -> Callable[[], None]:
    return lambda: desk.migrate(ids, machine)
