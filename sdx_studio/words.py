"""Words for people: one gettext catalogue for every room, switched while running.

Message ids are the English texts. `_()` looks up at the moment of showing; `mark()` only marks a text that is
stored (a field's label) and looked up later.
"""

import gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sdx_studio import assets

LANGUAGES = {"en": "English", "ja": "日本語"}


class Dictionary:
    """The language in use and who wants to hear when it changes."""

    def __init__(self) -> None:
        self.language = "en"
        self.settled = False
        """Whether a language was asked for."""
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        self._listeners: list[Callable[[], None]] = []

    def use(self, language: str) -> None:
        """Switch to `language` (a key of LANGUAGES); unknown ones raise ValueError."""
        if language not in LANGUAGES:
            raise ValueError(f"no words for language {language!r}; there are {', '.join(LANGUAGES)}")
        self.settled = True
        self._take(language)
        for listener in list(self._listeners):
            listener()

    def _take(self, language: str) -> None:
        locale = assets.root() / "locale"
        self._catalogue = gettext.translation("sdx_studio", str(locale), languages=[language], fallback=True)
        self.language = language

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """Speak `language` (a key of LANGUAGES) inside the block and nowhere else: nobody hears of a switch."""
        if language == self.language:
            yield
            return
        kept = self.language, self._catalogue
        self._take(language)
        try:
            yield
        finally:
            self.language, self._catalogue = kept

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every switch."""
        self._listeners.append(listener)

    def text(self, message: str) -> str:
        """`message` in the language in use."""
        return self._catalogue.gettext(message) if message else ""


dictionary = Dictionary()


def _(message: str, /, **figures: object) -> str:
    """`message` in the language in use, with `{name}` places filled from `figures`."""
    text = dictionary.text(message)
    return text.format(**figures) if figures else text


def mark(message: str) -> str:
    """Mark `message` for translation without translating it now."""
    return message
