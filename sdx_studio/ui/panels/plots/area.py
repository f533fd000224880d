"""The area of plots: side by side in rows, one time axis for all; numbers are dropped into it."""

from copy import deepcopy
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from sdx_studio.document import EditError
from sdx_studio.session import Session, plotting
from sdx_studio.session.curves import Curves
from sdx_studio.session.plotting import Plot, Series
from sdx_studio.ui.panels.line_editor import LineEditor
from sdx_studio.ui.panels.plots.papers import Papers
from sdx_studio.ui.panels.plots.scale import Span
from sdx_studio.ui.panels.plots.shelf import Shelf
from sdx_studio.ui.panels.plots.strands import Sight, before, nearest, strands
from sdx_studio.ui.panels.plots.view import PlotView
from sdx_studio.ui.theme import Theme
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

EMPTY = mark("Select an element to see its curves; drag numbers here to keep them in view")
HINT = mark("Wheel: zoom time   Drag: pan   Double click: limit   Right click: more")


class Plots(Shelf):
    """The plot that follows the selection, and the kept ones; all about the session that one works on."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window.look)
        self.setObjectName("plots")
        self._window = window
        self.span = Span()
        self.reading: float | None = None
        """The moment that is read off in all plots (s)."""
        self.earlier: Curves | None = None
        """Curves of a run that is kept beside the one that is shown."""
        self._of = window.session
        self.open_menu: QMenu | None = None
        self.editor: LineEditor | None = None
        self.papers = Papers(self, window)
        self._kept: tuple[Plot, ...] = ()
        """The plots of the project as they were at the last edit."""

    @property
    def session(self) -> Session:
        """The open project."""
        return self._window.session

    # what is shown -----------------------------------------------------------------------------------------------

    def plot(self, place: int | None) -> Plot | None:
        """What a plot shows; None when nothing is selected that has measures."""
        if place is not None:
            return self._kept[place] if place < len(self._kept) else None
        return plotting.following(self.session.document, self._window.canvas.selection)

    def sight(self, place: int | None) -> Sight:
        """What is seen of a plot just now."""
        window, plot = self._window, self.plot(place)
        live = window.live
        if plot is None:
            words = _("This has no measures") if window.canvas.selection and place is None else _(EMPTY)
            return Sight("", "1", [], self.span, live.time, live.started, hint=words)
        document = self.session.document
        shown = strands(window.sides, plot, window.canvas.selection, following=place is None)
        if self.earlier is not None:
            shown += before(plot, document, self.earlier)
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
        self._kept = plotting.plots(self.session.document)
        wanted = [None, *range(len(self._kept))]
        if [view.place for view in self.views] != wanted:
            self._renew(wanted)
        self.follow()
        for view in self.views:
            view.retell(self.look)

    def retell(self, look: Theme) -> None:
        """Everything anew in the palette, language and size in use, for the session that is open."""
        self.look = look
        if self._of is not self.session:
            self._of, self.earlier = self.session, None
        self.holder.setAccessibleName(_("Plots"))
        self.edited()
        self.arrange()

    def clear_run(self) -> None:
        """Nothing runs any more: the whole axis again."""
        self.span, self.reading = Span(), None
        self.edited()

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
        self.arrange()

    # time --------------------------------------------------------------------------------------------------------

    def read_at(self, time: float | None) -> None:
        """Read all curves off at the sample nearest to a moment, or none."""
        at = None if time is None else nearest([one for view in self.views for one in view.sight.strands], time)
        if at != self.reading:
            self.reading = at
            for view in self.views:
                view.sight.reading = at
                view.update()

    def keep_run(self, kept: bool) -> None:
        """Keep the curves of this run beside those of the next ones, or forget them."""
        self.earlier = deepcopy(self._window.live.curves) if kept else None
        self.follow()

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
