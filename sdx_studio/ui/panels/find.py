"""Find: by name and by value; Enter or the arrows select what is found and bring it to the middle."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from sdx_studio.session.conditions import Readings
from sdx_studio.session.search import Answer, Hit, search
from sdx_studio.ui import icons
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.picker import WALK, Entry, Picker
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


class FindPanel(Picker):
    """Stays open while one walks through the results; the search itself is the session's."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window, "find", window.look, self.entries, self._go, 380, 40)
        self._window = window

    def entries(self, text: str) -> tuple[Entry, ...]:
        """What answers, as rows."""
        answer = search(self._window.session.document, text, self._readings())
        self.tell(self._words(text, answer))
        return tuple(self._entry(hit) for hit in answer.hits)

    def _words(self, text: str, answer: Answer) -> str:
        if answer.problem:
            return answer.problem
        if not text.strip():
            return _("A name, or a value: cpu > 80 %, state = failed, vcpus = 4")
        found = _("{count} found", count=f"{answer.total:,}")
        if answer.total > len(answer.hits):
            found = _("{count} found, the first {shown} shown", count=f"{answer.total:,}", shown=len(answer.hits))
        return f"{answer.meaning}: {found}" if answer.meaning else found

    def _entry(self, hit: Hit) -> Entry:
        document = self._window.session.document
        note = " · ".join(one for one in (hit.kind, hit.place) if one)
        if hit.id in document.links:
            return Entry(hit.id, hit.name, note, hit.shown, "ui-connect")
        what = document.kind_of(hit.id)
        return Entry(hit.id, hit.name, note, hit.shown, icons.drawing(what.key, 16), what.family)

    def _readings(self) -> Readings | None:
        """What the canvas shows of the running model; None at rest."""
        player, columns = self._window.live.player, self._window.canvas.scene.columns
        latest = player.latest() if player is not None and self._window.canvas.scene.running else None
        if latest is None:
            return None

        def state(id: str) -> str:
            row = columns.row.get(id)
            return "" if row is None else State(int(columns.state[row])).name.lower()

        return Readings.of(*latest, state)

    def _go(self, entry: Entry) -> None:
        document = self._window.session.document
        if entry.key in document.elements or entry.key in document.links:
            self._window.ways.go_to(entry.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walking goes there at once; Enter goes there, and to the next one when it is there already."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            entering = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() in WALK or (entering and self._is_there()):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.walk(WALK.get(Qt.Key(event.key()), -1 if back else 1))
                self.take(self.current)
                return True
        return super().eventFilter(watched, event)

    def _is_there(self) -> bool:
        row = self.current
        return row >= 0 and self._window.canvas.selection == (self.model.rows[row].key,)
