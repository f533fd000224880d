"""Menus, tool bar and docks of a window, made from the commands and the list of panels."""

import functools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QSizePolicy, QTabWidget, QToolBar, QToolButton, QWidget

from sdx_studio.session import Session
from sdx_studio.session.actions import Action, commands
from sdx_studio.session.gallery import SAMPLES
from sdx_studio.session.live import Live
from sdx_studio.ui.canvas.canvas import Canvas
from sdx_studio.ui.icons import ui_icon
from sdx_studio.ui.theme import Theme, px
from sdx_studio.words import _, mark

MENUS = (
    ("File", mark("File")), ("Edit", mark("Edit")), ("View", mark("View")), ("Arrange", mark("Arrange")),
    ("Simulation", mark("Simulation")), ("Help", mark("Help")),
)  # fmt: skip
BAR = ("tool.select", "tool.hand", "tool.connect", "", "edit.undo", "edit.redo", "", "arrange.layout")
WIDE = 1500
"""Width of a window (px) that has room for wide docks."""
ALIGN = "Align"
"""The submenu that is a button of the tool bar as well."""
BAR_END = ("simulation.compare", "view.fit", "view.theme")


def make_actions(parent: QMainWindow, perform: Callable[[Action], None]) -> dict[str, QAction]:
    """One QAction a command; its object name is the command's id."""
    made = {}
    for command in commands().values():
        action = QAction(parent)
        action.setObjectName(command.id)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        action.setCheckable(command.checked is not None)
        action.triggered.connect(_performer(perform, command))
        parent.addAction(action)
        made[command.id] = action
    return made


def _performer(perform: Callable[[Action], None], command: Action) -> Callable[[], None]:
    return lambda: perform(command)


def retell(actions: dict[str, QAction], look: Theme) -> None:
    """Words and icons of all actions in the language and palette in use."""
    for id, action in actions.items():
        command = commands()[id]
        action.setText(_(command.label))
        keys = keys_of(action)
        action.setToolTip(f"{_(command.label)} ({keys})" if keys else _(command.label))
        action.setProperty("drawn", None)
        if command.icon:
            action.setIcon(ui_icon(f"ui-{command.icon}", look))
        action.setIconVisibleInMenu(False)


def keys_of(action: QAction) -> str:
    """The keys of an action as they are written here: "Ctrl+K"; empty without any."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def make_menus(
    window: QMainWindow,
    actions: dict[str, QAction],
    open_sample: Callable[[Path], None],
    list_recent: Callable[[QMenu], None],
) -> None:
    """The menu bar, anew; `list_recent` fills the submenu of recent files whenever it opens."""
    window.menuBar().clear()
    for menu_id, title in MENUS:
        menu = window.menuBar().addMenu(_(title))
        menu.setObjectName(f"menu.{menu_id}")
        for id, command in commands().items():
            if command.menu == menu_id:
                (_submenu(menu, command.under) if command.under else menu).addAction(actions[id])
            if id == "file.open" and command.menu == menu_id:
                _add_recent(menu, list_recent)
                _add_samples(menu, open_sample)


def _submenu(menu: QMenu, title: str) -> QMenu:
    """The submenu of this title, made when it is first asked for."""
    found = menu.findChild(QMenu, f"menu.{title.lower()}")
    if found is None:
        found = menu.addMenu(_(title))
        found.setObjectName(f"menu.{title.lower()}")
    return found


def _add_samples(menu: QMenu, open_sample: Callable[[Path], None]) -> None:
    """The gallery's samples by their titles."""
    samples = menu.addMenu(_("Samples"))
    samples.setObjectName("menu.samples")
    for sample in SAMPLES:
        samples.addAction(_(sample.title)).triggered.connect(functools.partial(_open, open_sample, sample.path))


def _add_recent(menu: QMenu, list_recent: Callable[[QMenu], None]) -> None:
    """Files of late, looked up when the submenu opens."""
    recent = menu.addMenu(_("Recent files"))
    recent.setObjectName("menu.recent")
    recent.aboutToShow.connect(functools.partial(list_recent, recent))


def _open(open_sample: Callable[[Path], None], path: Path, _checked: bool = False) -> None:
    open_sample(path)


def make_bar(window: QMainWindow, actions: dict[str, QAction], middle: QWidget) -> QToolBar:
    """The tool bar: tools and undo at the left, `middle` in the middle, view at the right."""
    bar = QToolBar(window)
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setIconSize(QSize(16, 16))
    _add(bar, actions, BAR)
    bar.insertWidget(actions["arrange.layout"], _align_button(bar, actions))
    bar.addWidget(_spring())
    bar.addWidget(middle)
    bar.addWidget(_spring())
    _add(bar, actions, BAR_END)
    window.addToolBar(bar)
    return bar


def _align_button(bar: QToolBar, actions: dict[str, QAction]) -> QToolButton:
    """The six alignments behind one button."""
    button = QToolButton(bar)
    button.setObjectName("align_button")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    menu.setObjectName("align_menu")
    for id, command in commands().items():
        if command.under == ALIGN:
            menu.addAction(actions[id])
    button.setMenu(menu)
    return button


def retell_bar(bar: QToolBar, look: Theme) -> None:
    """The words and icons of the tool bar in the language, palette and size in use."""
    bar.setIconSize(QSize(px(16), px(16)))
    button = bar.findChild(QToolButton, "align_button")
    if button is not None:
        button.setIcon(ui_icon("ui-align", look))
        button.setToolTip(_(ALIGN))
        button.setAccessibleName(_(ALIGN))


def _add(bar: QToolBar, actions: dict[str, QAction], ids: tuple[str, ...]) -> None:
    for id in ids:
        if id:
            bar.addAction(actions[id])
        else:
            bar.addSeparator()


def _spring() -> QWidget:
    spring = QWidget()
    spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spring


def make_dock(window: QMainWindow, name: str, content: QWidget, area: Qt.DockWidgetArea, least: int) -> QDockWidget:
    """A dock without a title bar, at least `least` px wide or high at the usual size of words."""
    dock = QDockWidget(window)
    dock.setObjectName(f"dock.{name}")
    dock.setTitleBarWidget(QWidget(dock))
    dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
    dock.setWidget(content)
    wide = area in (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)
    dock.setProperty("least", (least, 0) if wide else (0, least))
    window.addDockWidget(area, dock)
    return dock


def scale_docks(docks: list[QDockWidget]) -> None:
    """Docks as wide and high as words of the size in use need them, with room for the titles of their tabs."""
    for dock in docks:
        wide, high = dock.property("least")
        content = dock.widget()
        titles = content.tabBar().sizeHint().width() if isinstance(content, QTabWidget) else 0
        content.setMinimumSize(max(px(wide), titles) if wide else 0, px(high) if high else 0)


def place_docks(window: QMainWindow, docks: list[QDockWidget]) -> None:
    """First sizes of the docks at the left, the right and below: small ones in a small window."""
    small = window.width() < WIDE
    sizes = (166, 258, 200) if small else (228, 330, 236)
    ways = (Qt.Orientation.Horizontal, Qt.Orientation.Horizontal, Qt.Orientation.Vertical)
    for dock, size, way in zip(docks, sizes, ways, strict=True):
        window.resizeDocks([dock], [px(size)], way)


def make_tabs(name: str, pages: list[tuple[str, QWidget]]) -> QTabWidget:
    """Tabs that are words with a foot."""
    tabs = QTabWidget()
    tabs.setObjectName(name)
    tabs.setDocumentMode(True)
    tabs.tabBar().setExpanding(False)
    tabs.tabBar().setDrawBase(False)
    for title, page in pages:
        tabs.addTab(page, title)
    return tabs


def status(session: Session, live: Live, canvas: Canvas) -> str:
    """Counts, seed, speed and frame time for the status bar."""
    document = session.document
    words = [
        _(
            "{elements} elements · {selected} selected",
            elements=len(document.elements),
            selected=len(canvas.selection),
        ),
        _("Seed {seed}", seed=document.properties.seed),
    ]
    if live.started:
        words += [f"{live.speed:.4g}×", f"{canvas.frames.median_ms():.1f} ms"]
    return "    ".join(words)
