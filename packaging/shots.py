"""Draws every sample in both themes and languages: `python packaging/shots.py FOLDER`."""

import sys
from itertools import product
from pathlib import Path

from sdx_studio import assets
from sdx_studio.__main__ import main as studio

THEMES, LANGUAGES, MOMENT = ("light", "dark"), ("en", "ja"), "49 s"


def main(folder: Path) -> int:
    """Write SAMPLE-THEME-LANGUAGE.png for all of them; the exit code of the first that fails, or 0."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample, theme, lang in product(assets.listing("samples", ".sdx"), THEMES, LANGUAGES):
        target = folder / f"{sample.stem}-{theme}-{lang}.png"
        words = ["render", sample, "-o", target, "--at", MOMENT, "--theme", theme, "--lang", lang, "--scale", "2"]
        code = studio([str(word) for word in words])
        if code:
            return code
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
