"""The context menu of a plot."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from sdx_studio import units
from sdx_studio.session import plotting
from sdx_studio.session.measures import words_of
from sdx_studio.session.wording import name_of
from sdx_studio.ui.panels.line_editor import LineEditor
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.panels.plots.area import Plots


def fill(menu: QMenu, area: "Plots", place: int | None) -> None:
    """Everything one can do with a plot; `place` is None for the one that follows the selection."""
    plot = area.plot(place)
    if plot is not None:
        if place is None:
            _entry(menu, "keep", _("Keep this plot"), lambda: area.take(plot.series, None))
        _offer_pauses(menu, area, plot)
        if place is not None:
            _offer_axis(menu, area, place, plot)
    _entry(menu, "whole", _("Show the whole run"), area.show_all)
    if area.earlier is not None:
        _entry(menu, "forget", _("Forget the kept run"), lambda: area.keep_run(False))
    else:
        _entry(menu, "run", _("Keep this run for comparison"), lambda: area.keep_run(True))
    if plot is not None:
        menu.addSeparator()
        _entry(menu, "copy", _("Copy as CSV"), lambda: area.papers.copy_csv(place))
        _entry(menu, "csv", _("Save as CSV…"), lambda: area.papers.save_csv(place))
        _entry(menu, "picture", _("Save picture…"), lambda: area.papers.save_picture(place))
    if place is not None:
        menu.addSeparator()
        _entry(menu, "close", _("Close plot"), lambda: area.close_plot(place))


def _offer_pauses(menu: QMenu, area: "Plots", plot: plotting.Plot) -> None:
    """Breakpoints at the limit that was drawn, otherwise at those of the kind."""
    document = area.session.document
    limits = (plot.limit,) if plot.limit is not None else plotting.thresholds(plot, document)
    for limit in limits:
        words = _("Pause when above {value}", value=units.show(limit, plot.unit))
        action = _entry(menu, "pause", words, _pauser(area, plot, limit))
        action.setEnabled(bool(plotting.pauses(plot, document, limit)))


def _pauser(area: "Plots", plot: plotting.Plot, limit: float) -> Callable[[], None]:
    return lambda: plotting.pause_above(area.session, plot, limit)


def _offer_axis(menu: QMenu, area: "Plots", place: int, plot: plotting.Plot) -> None:
    _entry(menu, "limit", _("Limit…"), lambda: ask_limit(area, place))
    if plot.limit is not None:
        _entry(menu, "no_limit", _("Remove limit"), lambda: area.set_limit(place, None))
    zero = _entry(menu, "zero", _("Axis from zero"),
                  lambda: plotting.begin_at_zero(area.session, place, not plot.from_zero))  # fmt: skip
    zero.setCheckable(True)
    zero.setChecked(plot.from_zero)
    if len(plot.series) > 1:
        sub = menu.addMenu(_("Remove curve"))
        sub.setObjectName("plot_curves")
        for one in plot.series:
            words = f"{name_of(one.element, area.session.document)} · {words_of(one.measure)}"
            _entry(sub, "curve", words, _remover(area, place, one))


def _remover(area: "Plots", place: int, series: plotting.Series) -> Callable[[], None]:
    return lambda: plotting.remove_curve(area.session, place, series)


def ask_limit(area: "Plots", place: int) -> None:
    """Let the person write where the limit is."""
    plot = plotting.plots(area.session.document)[place]
    text = "" if plot.limit is None else units.show(plot.limit, plot.unit)
    area.editor = LineEditor(area, _("Limit"), text,
                             lambda written: plotting.read_limit(area.session, place, written))  # fmt: skip
    area.editor.open()


def _entry(menu: QMenu, name: str, words: str, do: Callable[[], object]) -> QAction:
    action = menu.addAction(words)
    action.setObjectName(f"plot.{name}")
    action.triggered.connect(lambda _checked=False: do())
    return action
