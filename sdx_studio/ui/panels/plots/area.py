"""The area of plots: side by side in rows, one time axis for all; numbers are dropped into it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QVBoxLayout, QWidget

from sdx_studio.document import EditError
from sdx_studio.session import Session, plotting
from sdx_studio.session.plotting import Plot, Series
from sdx_studio.ui.carrying import carried
from sdx_studio.ui.panels.line_editor import LineEditor
from sdx_studio.ui.panels.plots.papers import Papers
from sdx_studio.ui.panels.plots.scale import Span
from sdx_studio.ui.panels.plots.strands import Sight, nearest, strands
from sdx_studio.ui.panels.plots.view import PlotView
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

WIDE, HIGH = 236, 112
"""Px that a plot needs at least."""
EMPTY = mark("Select an element to see its curves; drag numbers here to keep them in view")
HINT = mark("Wheel: zoom time   Drag: pan   Double click: limit   Right click: more")


class Plots(QWidget):
    """The plot that follows the selection, and the kept ones; all about the session that one works on."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self.setObjectName("plots")
        self.setAcceptDrops(True)
        self._window = window
        self.look: Theme = window.look
        self.span = Span()
        self.reading: float | None = None
        """The moment that is read off in all plots (s)."""
        self.open_menu: QMenu | None = None
        self.editor: LineEditor | None = None
        self.papers = Papers(self, window)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea()
        self.body = QWidget()
        self.body.setObjectName("panel")
        self._scroll.setWidget(self.body)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().installEventFilter(self)
        column.addWidget(self._scroll)
        self.views: list[PlotView] = []

    @property
    def session(self) -> Session:
        """The open project."""
        return self._window.session

    # what is shown -----------------------------------------------------------------------------------------------

    def plot(self, place: int | None) -> Plot | None:
        """What a plot shows; None when nothing is selected that has measures."""
        document = self.session.document
        kept = plotting.plots(document)
        if place is not None:
            return kept[place] if place < len(kept) else None
        chosen = [id for id in self._window.canvas.selection if id in document.elements or id in document.links]
        if len(chosen) == 1:
            series = tuple(Series(chosen[0], measure) for _words, measure in plotting.measured(document, chosen[0]))
        else:
            series = plotting.leading(document, chosen)
        return Plot(series[: plotting.MOST_CURVES]) if series else None

    def sight(self, place: int | None) -> Sight:
        """What is seen of a plot just now."""
        window, plot = self._window, self.plot(place)
        live = window.live
        if plot is None:
            words = _("This has no measures") if window.canvas.selection and place is None else _(EMPTY)
            return Sight("", "1", [], self.span, live.time, live.started, hint=words)
        document = self.session.document
        shown = strands(window.sides, plot, window.canvas.selection, following=place is None)
        return Sight(
            plotting.title(plot, document), plot.unit, shown, self.span, live.time, live.started,
            plotting.thresholds(plot, document), plot.limit, plot.from_zero, self.reading,
        )  # fmt: skip

    def follow(self) -> None:
        """Show this moment of the run."""
        if not self.isVisible():
            return
        reached = max(side.live.story.reached for side in self._window.sides)
        self.span.follow(self._window.live.time, reached)
        for view in self.views:
            view.show_sight(self.sight(view.place))

    def edited(self) -> None:
        """The document or the selection has changed."""
        wanted = [None, *range(len(plotting.plots(self.session.document)))]
        if [view.place for view in self.views] != wanted:
            self._renew(wanted)
        self.follow()
        for view in self.views:
            view.retell(self.look)

    def retell(self, look: Theme) -> None:
        """Everything anew in the palette, language and size in use, for the session that is open."""
        self.look = look
        self._scroll.setAccessibleName(_("Plots"))
        self.edited()
        self._arrange()

    def clear_run(self) -> None:
        """Nothing runs any more: the whole axis again."""
        self.span, self.reading = Span(), None
        self.follow()

    def _renew(self, wanted: list[int | None]) -> None:
        for view in self.views[len(wanted) :]:
            view.hide()
            view.deleteLater()
        kept = self.views[: len(wanted)]
        for place in wanted[len(kept) :]:
            view = PlotView(self, place)
            view.show()
            kept.append(view)
        self.views = kept
        self._arrange()

    def _arrange(self) -> None:
        """Rows of equal plots; more of them than fit are scrolled to."""
        room, count = self._scroll.viewport().size(), max(1, len(self.views))
        columns = max(1, min(count, room.width() // px(WIDE)))
        rows = -(-count // columns)
        high = max(px(HIGH), room.height() // rows)
        self.body.resize(room.width(), max(room.height(), rows * high))
        wide = room.width() // columns
        for number, view in enumerate(self.views):
            row, column = divmod(number, columns)
            view.setGeometry(column * wide, row * high, wide, high)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Rows by the room there is."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False

    # time --------------------------------------------------------------------------------------------------------

    def read_at(self, time: float | None) -> None:
        """Read all curves off at the sample nearest to a moment, or none."""
        at = None if time is None else nearest([one for view in self.views for one in view.sight.strands], time)
        if at != self.reading:
            self.reading = at
            for view in self.views:
                view.sight.cursor = at
                view.update()

    def step(self, count: int) -> None:
        """Read off so many samples later or earlier."""
        times = next((one.times for view in self.views for one in view.sight.strands if len(one.times)), None)
        if times is None:
            return
        here = self.reading if self.reading is not None else float(times[-1]) + (1.0 if count < 0 else 0.0)
        place = int(times.searchsorted(here)) + count
        self.read_at(float(times[min(len(times) - 1, max(0, place))]))

    def show_all(self) -> None:
        """The whole run again."""
        self.span.free = False
        self.follow()

    # doing -------------------------------------------------------------------------------------------------------

    def say(self, words: str) -> None:
        """Words in the status bar."""
        self._window.desk.say(words)

    def hint(self, _place: int | None) -> None:
        """What the pointer can do here, in the status bar."""
        self._window.statusBar().showMessage(_(HINT))

    def refusal(self, series: tuple[Series, ...], place: int | None) -> str | None:
        """Why numbers cannot be plotted there, in words."""
        plot = self.plot(place) if place is not None else None
        if plot is not None and any(Plot((one,)).unit != plot.unit for one in series):
            return _("a plot shows one unit; drop it beside this one for another plot")
        return None

    def take(self, series: tuple[Series, ...], place: int | None) -> None:
        """Plot numbers in the plot at `place`, or in one of their own; a refusal is said."""
        document = self.session.document
        known = tuple(one for one in series if one.element in document.elements or one.element in document.links)
        try:
            plotting.add(self.session, known, place)
        except EditError as reason:
            self.say(str(reason))

    def close_plot(self, place: int | None) -> None:
        """Take a plot away."""
        if place is not None:
            plotting.remove(self.session, place)

    def set_limit(self, place: int, limit: float | None) -> None:
        """Draw a line at `limit` (base unit), three digits are enough; None takes it away."""
        plotting.set_limit(self.session, place, None if limit is None else float(f"{limit:.3g}"))

    # numbers that are dragged ------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Numbers are welcome where no plot is, too."""
        if carried(event.mimeData()):
            self._ring("drop.allow")
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The number has left."""
        self._ring(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Plot it in a plot of its own."""
        self._ring(None)
        self.take(carried(event.mimeData()), None)
        event.acceptProposedAction()

    def _ring(self, key: str | None) -> None:
        edge = f"border: 2px solid {self.look.colours[key]};" if key is not None else ""
        self.body.setStyleSheet(f"QWidget#panel {{ {edge} }}" if edge else "")
