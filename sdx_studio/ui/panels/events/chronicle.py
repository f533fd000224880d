"""Events with time, mark, element and words, decisions with their reasons; follows the newest unless scrolled back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QMenu, QStyledItemDelegate, QStyleOptionViewItem, QToolButton

from sdx_studio import units
from sdx_studio.engine.events import Event
from sdx_studio.session import Session, deciding
from sdx_studio.session.wording import name_of
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.icons import ui_icon
from sdx_studio.ui.panels.events.rows import Index, Page, Rows, Sheet
from sdx_studio.ui.panels.heading import STATE_WORDS
from sdx_studio.ui.panels.timeline.chronicle import state_of
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

TIME, MARK, ELEMENT, WORDS = range(4)
WIDTHS = (74, 28, 92, 200)
NARROW = 330
"""Px of the list below which elements have no column."""


class Happenings(Rows):
    """Events that pass a filter; their words are made when they are seen."""

    titles = (mark("Time"), "", mark("Element"), mark("What happened"))

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.brief = False
        """Whether elements stand before the words."""
        self.events: list[Event] = []
        self.shown: list[int] = []
        """Numbers of the events that pass."""
        self._searched: list[str] = []
        """Words of the first events, as far as they were searched."""
        self._text = ""
        self._kinds: tuple[str, ...] = ()

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Element, time, name and words of everything that is shown."""
        return [self.told(self.events[number]) for number in self.shown]

    def told(self, event: Event) -> tuple[str, str, str, str]:
        """Element, time, name and words of one."""
        document = self.session.document
        return (event.element, units.clock(event.seconds), self._name(event), deciding.explained(event, document))

    def _name(self, event: Event) -> str:
        return name_of(event.element, self.session.document) if event.element else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many."""
        return 0 if parent.isValid() else len(self.shown)

    def event_at(self, row: int) -> Event:
        """The event of a row."""
        return self.events[self.shown[row]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; the element's id as user data, the mark is drawn by its delegate."""
        event = self.event_at(index.row())
        if role == Qt.ItemDataRole.UserRole:
            return event.element
        if index.column() == MARK:
            return _(STATE_WORDS[state_of(event)]) if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return deciding.explained(event, self.session.document)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        told = self.told(event)
        if index.column() == WORDS and self.brief and told[2]:
            return f"{told[2]}: {told[3]}"
        return told[{TIME: 1, ELEMENT: 2, WORDS: 3}[index.column()]]

    def filter(self, text: str, kinds: tuple[str, ...]) -> None:
        """Show events with these words, of kinds that begin so (none: all)."""
        self.beginResetModel()
        self._text, self._kinds = text.casefold(), kinds
        self.shown = [number for number in range(len(self.events)) if self._passes(number)]
        self.endResetModel()

    def _passes(self, number: int) -> bool:
        if self._kinds and not self.events[number].kind.startswith(self._kinds):
            return False
        if not self._text:
            return True
        for one in self.events[len(self._searched) : number + 1]:
            self._searched.append("\n".join(self.told(one)[1:]).casefold())
        return self._text in self._searched[number]

    def retell(self) -> None:
        """In another language, or names have changed."""
        self._searched = []
        super().retell()

    def append(self, events: list[Event]) -> None:
        """More events, oldest first."""
        first = len(self.events)
        self.events.extend(events)
        fresh = [number for number in range(first, len(self.events)) if self._passes(number)]
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self.shown), len(self.shown) + len(fresh) - 1)
            self.shown.extend(fresh)
            self.endInsertRows()

    def cut(self, count: int) -> None:
        """The first `count` events stay."""
        del self.events[count:], self._searched[count:]
        kept = sum(number < count for number in self.shown)
        if kept < len(self.shown):
            self.beginRemoveRows(QModelIndex(), kept, len(self.shown) - 1)
            del self.shown[kept:]
            self.endRemoveRows()

    def headings(self) -> Sequence[str]:
        """What stands over a copy."""
        return (f"{_('Time')} [s]", _("Kind"), _("Element"), _("What happened"))

    def line(self, row: int) -> Sequence[str]:
        """A row of a copy."""
        event = self.event_at(row)
        return (f"{event.time / 1e6:.6f}", event.kind, self._name(event), self.told(event)[3])


class Marks(QStyledItemDelegate):
    """Draws the state's shape that stands for an event."""

    look: Theme

    def __init__(self, model: Happenings, look: Theme) -> None:
        super().__init__()
        self._model, self.look = model, look
        self._stamps: dict[tuple[State, str, int, float], QPixmap] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Small."""
        return QSize(px(24), px(24))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground and mark."""
        super().paint(painter, option, index)
        state, side = state_of(self._model.event_at(index.row())), px(12)
        ratio = painter.device().devicePixelRatioF()
        key = (state, self.look.name, side, ratio)
        if key not in self._stamps:
            self._stamps[key] = _stamp(state, self.look, side, ratio)
        box: Any = option.rect
        painter.drawPixmap(box.center().x() - side // 2, box.center().y() - side // 2, self._stamps[key])


def time_width(seconds: float) -> int:
    """Px that the time of an event needs: minutes, hours, or days."""
    return WIDTHS[TIME] if seconds < 3600 else 88 if seconds < units.LONG * 3600 else 112


def _stamp(state: State, look: Theme, side: int, ratio: float) -> QPixmap:
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    brush.mark(painter, state, QRectF(0, 0, side, side).center(), side - 1, look)
    painter.end()
    return made


class EventList(Page):
    """The list with its filters; a click goes to the element, a double click to the moment."""

    def __init__(
        self, session: Session, look: Theme, go_to: Callable[[str], None], seek: Callable[[float], None]
    ) -> None:
        self.model = Happenings(session)
        super().__init__("events", mark("Events"), Sheet(self.model, self.model))
        self._go_to, self._seek, self._last = go_to, seek, 0.0
        self.view.horizontalHeader().hide()
        self._marks = Marks(self.model, look)
        self.view.setItemDelegateForColumn(MARK, self._marks)
        self.view.clicked.connect(lambda index: self._select(index.row()))
        self.view.taken.connect(self._take)
        self.filter.textChanged.connect(self._refilter)
        self.kinds = QToolButton()
        self.kinds.setObjectName("event_kinds")
        self.kinds.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.kinds.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.menu = QMenu(self.kinds)
        self.menu.setObjectName("event_kinds_menu")
        self.toggles: dict[str, QAction] = {}
        for name, _label, _kinds in deciding.GROUPS:
            self.toggles[name] = toggle = self.menu.addAction("")
            toggle.setCheckable(True)
            toggle.toggled.connect(self._refilter)
        self.menu.addSeparator()
        self.all_kinds = self.menu.addAction("")
        self.all_kinds.triggered.connect(self.show_all_kinds)
        self.kinds.setMenu(self.menu)
        self.row.addWidget(self.kinds)

    # following ---------------------------------------------------------------------------------------------------

    def add(self, events: list[Event], _session: Session) -> None:
        """New events, oldest first."""
        bar = self.view.verticalScrollBar()
        newest = bar.value() >= bar.maximum() - 2
        self.model.append(events)
        if events and time_width(events[-1].seconds) != time_width(self._last):
            self._last = events[-1].seconds
            self._narrow()
        if newest and events:
            self.view.scrollToBottom()

    def cut(self, count: int) -> None:
        """The first `count` of them stay."""
        self.model.cut(count)

    def clear(self) -> None:
        """No events yet."""
        self.model.cut(0)

    def retell(self, session: Session, look: Theme) -> None:
        """In another language, palette or size; for the session that is open."""
        self.model.session, self._marks.look = session, look
        self.tell()
        self.model.retell()
        for name, label, _kinds in deciding.GROUPS:
            self.toggles[name].setText(_(label))
        self.all_kinds.setText(_("All kinds"))
        self.kinds.setIcon(ui_icon("ui-filter", look, "ink.2"))
        self.kinds.setIconSize(QSize(px(16), px(16)))
        self._tell_kinds()
        self._narrow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns as there is room."""
        super().resizeEvent(event)
        self._narrow()

    def _narrow(self) -> None:
        """Where there is no room for elements of their own, they stand before the words."""
        self.model.brief = self.width() < px(NARROW)
        self.view.fit((time_width(self._last), *WIDTHS[1:]), WORDS)
        self.view.setColumnHidden(ELEMENT, self.model.brief)

    # filters -----------------------------------------------------------------------------------------------------

    def show_only(self, *names: str) -> None:
        """Show these groups of events only."""
        for name, toggle in self.toggles.items():
            toggle.setChecked(name in names)

    def show_all_kinds(self) -> None:
        """Show everything again."""
        self.show_only()

    def _chosen(self) -> list[str]:
        return [name for name, toggle in self.toggles.items() if toggle.isChecked()]

    def _refilter(self) -> None:
        kinds = tuple(kind for name in self._chosen() for kind in deciding.group_of(name))
        self.model.filter(self.filter.text(), kinds)
        self._tell_kinds()
        self.view.scrollToBottom()

    def _tell_kinds(self) -> None:
        chosen = self._chosen()
        words = self.toggles[chosen[0]].text() if len(chosen) == 1 else _("All kinds")
        if len(chosen) > 1:
            words = _("{count} kinds", count=len(chosen))
        self.kinds.setText(f" {words}")
        self.kinds.setToolTip(_("Which kinds of events are listed"))
        self.kinds.setAccessibleName(f"{_('Which kinds of events are listed')}: {words}")

    # doing -------------------------------------------------------------------------------------------------------

    def _select(self, row: int) -> None:
        event = self.model.event_at(row)
        if event.element:
            self._go_to(event.element)

    def _take(self, row: int) -> None:
        """Be at the moment of an event."""
        self._seek(self.model.event_at(row).seconds)
