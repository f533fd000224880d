"""Migrate to: every machine that the selected guests could move to, with its load, or with why it cannot be."""

from typing import TYPE_CHECKING

from sdx_studio.document.placing import seat
from sdx_studio.session.describing import figures
from sdx_studio.ui import icons
from sdx_studio.ui.panels.picker import Entry, Picker
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class Destinations(Picker):
    """Type a part of a name, walk with the arrows, Enter moves the guests there."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window, "destinations", window.look, self.entries, self._move, 440)
        self._window = window

    @property
    def _guests(self) -> list[str]:
        document = self._window.session.document
        chosen = self._window.canvas.selection
        return [id for id in chosen if id in document.elements and "mobile" in document.traits(id)]

    def entries(self, text: str) -> tuple[Entry, ...]:
        """Machines whose names hold `text`; those that can be reached first."""
        document, wanted = self._window.session.document, text.strip().casefold()
        found = [self._entry(id) for id in document.having("machine") if wanted in document.element(id).name.casefold()]
        running = self._window.live.started
        self.tell(_("They move at once, while they run") if running else _("planned for second 1 of the next run"))
        return tuple(sorted(found, key=lambda one: (not one.enabled, one.title)))

    def _entry(self, machine: str) -> Entry:
        document, what = self._window.session.document, self._window.session.document.kind_of(machine)
        reason, drawing = self._reason(machine), icons.drawing(what.key, 16)
        name = document.element(machine).name
        if reason is not None:
            return Entry(machine, name, reason, "", drawing, what.family, enabled=False)
        columns = self._window.canvas.scene.columns
        lead = columns.lead[columns.row[machine]] if machine in columns.row else float("nan")
        load = f"{lead * 100:.0f}\u00a0%" if lead == lead else ""
        return Entry(machine, name, figures(document, machine), load, drawing, what.family)

    def _reason(self, machine: str) -> str | None:
        """Why a guest cannot sit there by the drawing; the running model is asked when it begins."""
        document = self._window.session.document
        guests = self._guests
        if all(document.ancestor(id, "machine") == machine for id in guests) and not self._window.live.started:
            return _("It is already there.")
        answers = (seat(document, document.element(id), machine).reason for id in guests)
        return next((one for one in answers if one is not None), None)

    def _move(self, entry: Entry) -> None:
        guests = self._guests
        self.close_up()
        self._window.desk.migrate(guests, entry.key)
