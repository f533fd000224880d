"""What belongs to the time of a run, for one window: until when, breakpoints, bookmarks, and acts of the scenario."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from sdx_studio import units
from sdx_studio.document import Act, EditError
from sdx_studio.kinds import Value
from sdx_studio.session import Session, moments, planning, watching
from sdx_studio.session.acts import ACTS
from sdx_studio.session.live import Live
from sdx_studio.session.moments import Moment
from sdx_studio.session.players.messages import Caught, Watch
from sdx_studio.session.watching import WatchError
from sdx_studio.session.wording import name_of
from sdx_studio.ui.panels.act_editor import ActEditor
from sdx_studio.ui.panels.breakpoints import BreakpointWindow
from sdx_studio.ui.panels.line_editor import LineEditor
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

AMOUNTS = (-0.25, 0.25, 0.5, 1.0)
FACTORS = (0.5, 2.0, 4.0, 10.0)
"""What the menu offers for load; everything else can be written where the act is changed."""
NEAR = 1e-6


class Timing:
    """Asks the person what is needed and has the session or the running model do it."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self.breakpoint_window: BreakpointWindow | None = None
        self.editor: ActEditor | LineEditor | None = None
        """The small window that is open."""

    @property
    def session(self) -> Session:
        """The open project."""
        return self._window.session

    @property
    def live(self) -> Live:
        """Its running model."""
        return self._window.live

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of what is selected."""
        return self._window.canvas.selection

    def say(self, words: str) -> None:
        """Words in the status bar."""
        self._window.desk.say(words)

    # commands ----------------------------------------------------------------------------------------------------

    def run_until(self) -> None:
        """Let the person write up to when."""
        self._window.panels.transport.ask()

    def ask_until(self, text: str, hurried: bool) -> None:
        """Run up to a moment or a condition in words, at the speed in use or as fast as possible."""
        if not self.session.document.elements:
            self.say(_("draw something first"))
            return
        try:
            until = watching.read_until(self.session.document, text)
        except WatchError as reason:
            self._window.panels.transport.refuse(str(reason))
            self.say(str(reason))
            return
        if not isinstance(until, Watch) and until <= self.live.time:
            words = _("{time} is over already; drag the playhead to go back", time=units.clock(until))
            self._window.panels.transport.refuse(words)
            self.say(words)
            return
        self.live.run_until(until, paced=not hurried)
        self._window.canvas.setFocus()

    def breakpoints(self) -> None:
        """Show the list of breakpoints in a window of its own."""
        if self.breakpoint_window is None:
            self.breakpoint_window = BreakpointWindow(self._window)
        self.breakpoint_window.open_for()

    def retell(self) -> None:
        """Another session, palette or language."""
        if self.breakpoint_window is not None:
            self.breakpoint_window.retell()

    def bookmark(self) -> None:
        """Bookmark this moment under the next free name."""
        made = moments.add(self.session, self.live.time)
        self.say(_("{time} is bookmarked as “{name}”", time=units.clock(made.time), name=made.name))

    def next_bookmark(self) -> None:
        """Go to the bookmark after this moment."""
        later = [one for one in moments.moments(self.session.document) if one.time > self.live.time + NEAR]
        self._go_to(later[0] if later else None)

    def previous_bookmark(self) -> None:
        """Go to the bookmark before this moment."""
        earlier = [one for one in moments.moments(self.session.document) if one.time < self.live.time - NEAR]
        self._go_to(earlier[-1] if earlier else None)

    def _go_to(self, moment: Moment | None) -> None:
        if moment is None:
            self.say(_("there is no bookmark on this side"))
        elif self.live.started:
            self.live.seek(moment.time)
            self.say(f"{units.clock(moment.time)}  {moment.name}")

    def caught(self, news: Caught) -> None:
        """Time is held because something came true: say it, and select whose it is."""
        document = self.session.document
        name = name_of(news.element, document)
        what = watching.told(news.watch, document)
        value = watching.value_of(news.watch, news.value)
        figures = {"time": units.clock(news.time / 1e6), "what": what, "name": name, "value": value}
        if value:
            self.say(_("Paused at {time}: {what} – {name} has {value}", **figures))
        else:
            self.say(_("Paused at {time}: {what} – {name}", **figures))
        if news.element in document.elements or news.element in document.links:
            self._window.choose(news.element)

    # the time line -----------------------------------------------------------------------------------------------

    def edit_act(self, id: str) -> None:
        """Let the person change an act of the scenario."""
        if id in self.session.document.scenario:
            self.editor = ActEditor(self._window, id)
            self.editor.open()

    def rename_moment(self, moment: Moment) -> None:
        """Let the person call a bookmark otherwise."""
        self.editor = LineEditor(self._window, _("Name of the bookmark"), moment.name,
                                 lambda text: moments.rename(self.session, moment, text))  # fmt: skip
        self.editor.open()

    def offer(self, menu: QMenu, act: Act | None, moment: Moment | None, time: float, planning: bool) -> None:
        """Fill a context menu for an act, a bookmark or an empty place; `planning` is the lane of the scenario."""
        if act is not None:
            self._offer_act(menu, act)
        elif moment is not None:
            self._entry(menu, _("Go to"), lambda: self._go_to(moment))
            self._entry(menu, _("Rename…"), lambda: self.rename_moment(moment))
            self._entry(menu, _("Delete"), lambda: moments.remove(self.session, moment))
        elif planning:
            self._offer_verbs(menu, time)
        else:
            self._entry(menu, _("Bookmark {time}", time=units.clock(time)), lambda: self._bookmark_at(time))
            if time > self.live.time:
                self._entry(menu, _("Run until {time}", time=units.clock(time)), lambda: self.live.run_until(time))

    def _bookmark_at(self, time: float) -> None:
        moments.add(self.session, time)

    def _offer_act(self, menu: QMenu, act: Act) -> None:
        self._entry(menu, _("Edit…"), lambda: self.edit_act(act.id))
        self._entry(menu, _("Delete"), lambda: planning.cancel(self.session, act.id))

    def _offer_verbs(self, menu: QMenu, time: float) -> None:
        """Acts for what is selected, each as far as it fits."""
        document = self.session.document
        chosen = [id for id in self.selection if planning.fitting(document, id)]
        if not chosen:
            menu.addAction(_("Select an element to plan something for it")).setEnabled(False)
            return
        verbs = dict.fromkeys(verb for id in chosen for verb in planning.fitting(document, id))
        title = ", ".join(name_of(id, document) for id in chosen[:3]) + (" …" if len(chosen) > 3 else "")
        menu.addSection(_("At {time}: {names}", time=units.clock(time), names=title))
        for verb in verbs:
            ids = [id for id in chosen if verb in planning.fitting(document, id)]
            if verb == "migrate":
                self._offer_machines(menu, ids, time)
            elif verb == "read_files":
                others = [self._planner(verb, ids[:1], time, {"of": other}) for other in ids[1:]]
                for other, plan in zip(ids[1:], others, strict=True):
                    self._entry(menu, f"{_(ACTS[verb].label)}: {name_of(other, document)}", plan)
            elif planning.figure_of(document, verb, ids[0]) is not None:
                self._offer_amounts(menu, verb, ids, time)
            else:
                self._entry(menu, _(ACTS[verb].label), self._planner(verb, ids, time, {}))

    def _offer_machines(self, menu: QMenu, ids: list[str], time: float) -> None:
        document = self.session.document
        sub = menu.addMenu(_("Migrate to"))
        for machine in document.having("machine"):
            self._entry(sub, document.element(machine).name, self._planner("migrate", ids, time, {"to": machine}))

    def _offer_amounts(self, menu: QMenu, verb: str, ids: list[str], time: float) -> None:
        sub = menu.addMenu(_(ACTS[verb].label))
        document = self.session.document
        for figure in dict.fromkeys(planning.figure_of(document, verb, id) for id in ids):
            if figure is None:
                continue
            here = [id for id in ids if planning.figure_of(document, verb, id) == figure]
            for amount in AMOUNTS if figure[1] == "1" else FACTORS:
                words = f"{amount * 100:+.0f} %" if figure[1] == "1" else f"× {amount:g}"
                self._entry(sub, words, self._planner(verb, here, time, {figure[0]: amount}))

    def _planner(self, verb: str, ids: list[str], time: float, figures: dict[str, Value]) -> Callable[[], None]:
        def plan() -> None:
            try:
                for id in ids:
                    self.session.do(verb, id, at=time, **figures)
            except EditError as reason:
                self.say(str(reason))

        return plan

    def _entry(self, menu: QMenu, words: str, do: Callable[[], object]) -> None:
        action = menu.addAction(words)
        action.triggered.connect(lambda _checked=False: do())
