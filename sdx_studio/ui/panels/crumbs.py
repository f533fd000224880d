"""Where one is: the way from the project to what is selected; a click selects what holds it."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from sdx_studio.session import Session
from sdx_studio.ui import icons
from sdx_studio.ui.canvas.brush import fitted
from sdx_studio.ui.theme import Manner, Theme, px, ui_font
from sdx_studio.words import _

WIDEST = 150.0
"""A longer name is cut, px."""
LEAST = 40.0
"""A step is never narrower, px."""
PADDING = 30
MOST = 6
"""Steps that are shown; of a longer way the first ones are left out."""


class Crumbs(QFrame):
    """Nothing is shown when nothing is selected."""

    def __init__(self, room: Callable[[], float], choose: Callable[[str | None], None]) -> None:
        super().__init__()
        self.setObjectName("breadcrumb")
        self._room = room
        self._choose = choose
        self._shown: tuple[object, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.steps: list[QToolButton] = []
        self.hide()

    def follow(self, session: Session, selection: tuple[str, ...], look: Theme) -> None:
        """Show the way to the first of the selection."""
        way = path(session, selection)
        room = self._room()
        way = way[-max(1, int(room / (LEAST + px(PADDING)))) :]
        key = (way, look.name, _("Breadcrumb"), room)
        if key == self._shown:
            return
        self._shown = key
        self.setVisible(bool(way) and room > LEAST)
        if way:
            self._fill(way, look, min(WIDEST, max(LEAST, room / len(way) - px(PADDING))))

    def _fill(self, way: tuple[tuple[str | None, str], ...], look: Theme, room: float) -> None:
        while (item := self._row.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.steps.clear()
        colours = look.colours
        self.setAccessibleName(_("Breadcrumb"))
        self.setStyleSheet(
            f"QToolButton {{ padding: 2px 5px; color: {colours['ink.2']}; }}"
            f" QToolButton#breadcrumb_here {{ color: {colours['ink.1']}; font-weight: 600; }}"
        )
        for place, (id, name) in enumerate(way):
            if place:
                self._add(self._chevron(look))
            self._add(self._step(id, name, room, here=place == len(way) - 1))

    def _add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
        widget.show()

    def _step(self, id: str | None, name: str, room: float, here: bool) -> QToolButton:
        step = QToolButton()
        step.setObjectName("breadcrumb_here" if here else "breadcrumb_step")
        step.setText(fitted(name, "guest" if here else "body", Manner.scale, room).replace("&", "&&"))
        step.setToolTip(name)
        step.setAccessibleName(_("Select {name}", name=name))
        step.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        high = QFontMetrics(ui_font("body")).height() + 6
        step.setFixedHeight(high)
        step.clicked.connect(lambda: self._choose(id))
        self.steps.append(step)
        return step

    def _chevron(self, look: Theme) -> QLabel:
        label = QLabel()
        ink = look.colours["ink.3"]
        label.setPixmap(icons.pixmap("ui-chev_r", 10, ink, ink, self.devicePixelRatioF()))
        label.setFixedSize(QSize(12, 18))
        return label


def path(session: Session, selection: tuple[str, ...]) -> tuple[tuple[str | None, str], ...]:
    """Ids and names from the project (None) to the first selected element, layers passed over; empty without one."""
    document = session.document
    first = next((id for id in selection if id in document.elements), None)
    if first is None:
        return ()
    around = [id for id in reversed(document.above(first)) if "layer" not in document.traits(id)]
    inner = [(id, document.elements[id].name) for id in (*around, first)]
    own = document.properties.title
    name = _(own) if own else session.path.stem if session.path else _("Untitled")
    return ((None, name), *inner[-MOST:])
