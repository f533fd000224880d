"""What a person has chosen for every project: palette, language, size of the words, motion, recent files."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from sdx_studio.ui.theme import THEMES

SYSTEM = "system"
"""Follow what the desktop says."""
LOOKS = (SYSTEM, *THEMES)
LANGUAGES = (SYSTEM, "en", "ja")
SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""Sizes of the words, 1 being 12 px."""
MOST_RECENT = 10


class Preferences:
    """Kept in the person's settings file, or in memory alone when no `store` is given.

    Values that make no sense (a file edited by hand, another version's) count as not chosen.
    """

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store
        self._values: dict[str, object] = {}

    @classmethod
    def of_person(cls) -> "Preferences":
        """Those in the person's own settings file (INI, in the place where this system keeps such files)."""
        return cls(QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "sdx-studio", "studio"))

    def _get(self, key: str, default: object) -> object:
        if self._store is None:
            return self._values.get(key, default)
        return self._store.value(key, default)

    def _put(self, key: str, value: object) -> None:
        if self._store is None:
            self._values[key] = value
        else:
            self._store.setValue(key, value)

    @property
    def look(self) -> str:
        """One of LOOKS."""
        return _one_of(self._get("look", SYSTEM), LOOKS)

    @look.setter
    def look(self, look: str) -> None:
        self._put("look", look)

    @property
    def language(self) -> str:
        """One of LANGUAGES."""
        return _one_of(self._get("language", SYSTEM), LANGUAGES)

    @language.setter
    def language(self, language: str) -> None:
        self._put("language", language)

    @property
    def scale(self) -> float:
        """Size of the words, one of SCALES."""
        try:
            wanted = float(str(self._get("scale", 1.0)))
        except ValueError:
            return 1.0
        return wanted if wanted in SCALES else 1.0

    @scale.setter
    def scale(self, scale: float) -> None:
        self._put("scale", scale)

    @property
    def still(self) -> bool:
        """Whether nothing in the window moves by itself (reduced motion)."""
        return str(self._get("still", False)).lower() == "true"

    @still.setter
    def still(self, still: bool) -> None:
        self._put("still", still)

    @property
    def details(self) -> str:
        """Whether plots and events are shown below the timeline: "true", "false", or "" as long as nobody chose."""
        return _one_of(str(self._get("details", "")).lower(), ("", "true", "false"))

    @details.setter
    def details(self, shown: str) -> None:
        self._put("details", shown)

    @property
    def export(self) -> str:
        """What was exported last and how, in JSON; empty before the first time."""
        return str(self._get("export", ""))

    @export.setter
    def export(self, choice: str) -> None:
        self._put("export", choice)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files opened or saved, the last one first; those that are gone are left out."""
        return tuple(path for path in self.known if path.is_file())

    @property
    def known(self) -> tuple[Path, ...]:
        """The same with those that are gone."""
        return tuple(Path(one) for one in str(self._get("recent", "")).split("\n") if one)

    def remember(self, path: Path) -> None:
        """A file that was opened or saved just now."""
        first = path.resolve()
        others = [one for one in self.known if one != first]
        self._put("recent", "\n".join(str(one) for one in [first, *others][:MOST_RECENT]))

    def forget(self, path: Path) -> None:
        """Take one file out of the list; the file itself stays."""
        self._put("recent", "\n".join(str(one) for one in self.known if one != path))

    def forget_recent(self) -> None:
        """An empty list of files."""
        self._put("recent", "")

    def keep_window(self, geometry: QByteArray, state: QByteArray) -> None:
        """Where the window stands and how its docks are."""
        self._put("window/geometry", geometry)
        self._put("window/state", state)

    def window(self) -> tuple[QByteArray, QByteArray] | None:
        """The same, if it was ever kept."""
        geometry, state = self._get("window/geometry", None), self._get("window/state", None)
        return (geometry, state) if isinstance(geometry, QByteArray) and isinstance(state, QByteArray) else None

    def step(self, up: int) -> float:
        """The next larger (1) or smaller (-1) size of the words, or the outermost."""
        at = SCALES.index(self.scale) + up
        return SCALES[min(max(0, at), len(SCALES) - 1)]


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    return str(value) if str(value) in allowed else allowed[0]
