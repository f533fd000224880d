"""Draws every sample in both themes and languages, alone and in the window: `python packaging/shots.py FOLDER`."""

import os
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from sdx_studio import assets
from sdx_studio.__main__ import main as studio
from sdx_studio.session import Session
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.words import dictionary

THEMES, LANGUAGES, MOMENT = ("light", "dark"), ("en", "ja"), 49
SIZES = ((1920, 1080), (1366, 768))
STEP = 0.05


class Clock:
    """Wall-clock seconds that go on when told to."""

    now = 0.0

    def __call__(self) -> float:
        """Now."""
        return self.now


def pictures(folder: Path) -> Iterator[Path]:
    """SAMPLE-THEME-LANGUAGE.png: the drawing alone, at a moment of its run."""
    for sample, theme, lang in product(assets.listing("samples", ".sdx"), THEMES, LANGUAGES):
        target = folder / f"{sample.stem}-{theme}-{lang}.png"
        words = ["render", str(sample), "-o", str(target), "--at", f"{MOMENT} s", "--scale", "2"]
        code = studio([*words, "--theme", theme, "--lang", lang])
        if code:
            sys.exit(code)
        yield target


def windows(folder: Path) -> Iterator[Path]:
    """window-SAMPLE-THEME-LANGUAGE-SIZE.png: the whole window at the same moment, a machine selected."""
    from sdx_studio.ui import app
    from sdx_studio.ui.window import Window

    application = app.application()
    for sample, theme, lang, (wide, high) in product(assets.listing("samples", ".sdx"), THEMES, LANGUAGES, SIZES):
        dictionary.use(lang)
        clock = Clock()
        window = Window(Session.open(sample), lambda clock=clock: InlinePlayer(clock), theme)
        window.follower.stop()
        window.resize(wide, high)
        window.show()
        application.processEvents()
        window.canvas.fit()
        machines = window.session.document.having("machine")
        window.canvas.select(machines[:1])
        window.actions_by_id["simulation.play"].trigger()
        while clock.now < MOMENT:
            clock.now += STEP
            window.live.player.tick()
            window.follower.follow()
        for _ in range(3):
            application.processEvents()
        target = folder / f"window-{sample.stem}-{theme}-{lang}-{wide}.png"
        window.grab().save(str(target))
        window.session.history.mark_saved()
        window.close()
        yield target


def main(folder: Path) -> int:
    """Write all of them and print their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for draw in (pictures, windows):
        for target in draw(folder):
            print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
