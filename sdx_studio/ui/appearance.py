"""Palette, language, size of the words and motion: what a person has chosen, or else what the desktop says."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from sdx_studio.ui import theme
from sdx_studio.ui.preferences import SYSTEM, Preferences
from sdx_studio.words import LANGUAGES, dictionary

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

ROOMY = 850
"""Height of a window (px) from which on plots and events leave the canvas enough room."""


class Appearance(QObject):
    """How one window is shown. A choice is kept at once; `changed` says that everything is to be shown anew."""

    changed = Signal()

    def __init__(self, window: "Window", preferences: Preferences, look: str | None = None) -> None:
        super().__init__(window)
        self._window = window
        self.preferences = preferences
        self._given = look
        """A palette that was asked for when the program started, until another is chosen."""
        theme.Manner.scale, theme.Manner.still = preferences.scale, preferences.still
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._desktop_changed)

    @property
    def look(self) -> theme.Theme:
        """The palette in use."""
        wanted = self._given or self.preferences.look
        if wanted != SYSTEM:
            return theme.theme(wanted)
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return theme.theme("dark" if dark else "light")

    def chosen(self, what: str) -> str:
        """What is chosen of `look`, `language` ("system" among them), `scale` ("1.25"), `still`, `details` ("true")."""
        if what == "look":
            return self._given or self.preferences.look
        if what == "details":
            return "true" if self.details(self._window.height()) else "false"
        return str(getattr(self.preferences, what)).lower()

    def choose(self, what: str, value: str) -> None:
        """Choose a `look`, a `language`, a `scale` ("+", "-" or a number), `still` or `details` ("true", "false")."""
        if what == "look":
            self._given, self.preferences.look = None, value
        elif what == "language":
            self.preferences.language = value
            dictionary.use(spoken(self.preferences))
        elif what == "scale":
            steps = {"+": 1, "-": -1}
            self.preferences.scale = self.preferences.step(steps[value]) if value in steps else float(value)
        elif what == "details":
            self.preferences.details = value
        else:
            self.preferences.still = value == "true"
        theme.Manner.scale, theme.Manner.still = self.preferences.scale, self.preferences.still
        self.changed.emit()

    def details(self, height: int) -> bool:
        """Whether plots and events are shown in a window of this height: as chosen, or where there is room."""
        return self.preferences.details == "true" or (not self.preferences.details and height >= ROOMY)

    def next_look(self) -> None:
        """The palette after the one in use."""
        names = theme.THEMES
        self.choose("look", names[(names.index(self.look.name) + 1) % len(names)])

    def next_language(self) -> None:
        """The language after the one in use."""
        known = list(LANGUAGES)
        self.choose("language", known[(known.index(dictionary.language) + 1) % len(known)])

    def dress(self) -> None:
        """Give Qt's own widgets the palette and the measures in use; does nothing when they have them."""
        application, look = QApplication.instance(), self.look
        wanted = f"{look.name} {theme.Manner.scale}"
        if isinstance(application, QApplication) and application.property("look") != wanted:
            application.setProperty("look", wanted)
            application.setFont(theme.ui_font("body"))
            application.setPalette(theme.palette(look))
            application.setStyleSheet(theme.style_sheet(look))

    def _desktop_changed(self) -> None:
        if (self._given or self.preferences.look) == SYSTEM:
            self.changed.emit()


def spoken(preferences: Preferences) -> str:
    """The language to speak: the chosen one, or the desktop's if we know it, or English."""
    if preferences.language != SYSTEM:
        return preferences.language
    known = (QLocale(name).bcp47Name().partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((name for name in known if name in LANGUAGES), "en")
