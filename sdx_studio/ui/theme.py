"""Colours, fonts and sizes: the one place they come from. Everything takes its colour when it paints."""

import functools
import json
import re
from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from sdx_studio import assets

THEMES = ("light", "dark", "contrast")
TYPE = {
    "micro": (11, 400),
    "label": (11, 500),
    "body": (12, 400),
    "guest": (12, 600),
    "name": (13, 600),
    "value": (14, 600),
    "clock": (16, 600),
    "title": (18, 600),
    "section": (20, 600),
    "question": (72, 600),
}
MOTION = {"fast": 0.09, "base": 0.16, "layout": 0.25, "camera": 0.3}
"""Seconds of hover and press, panels and chips, packing and layout, fit and stops."""
FAMILIES = ["Inter", "Noto Sans CJK JP", "sans-serif"]


@dataclass(frozen=True, slots=True)
class Theme:
    """One palette; `shadow` scales elevations (0 draws none)."""

    name: str
    dark: bool
    shadow: float
    colours: dict[str, str]

    def colour(self, key: str, alpha: float = 1.0) -> QColor:
        """Colour of a token; raises KeyError for an unknown one."""
        return _colour(self.colours[key], alpha)

    def mixed(self, key: str, ground: str, share: float) -> QColor:
        """`share` of one token over another, opaque."""
        front, back = self.colour(key), self.colour(ground)
        pairs = ((front.red(), back.red()), (front.green(), back.green()), (front.blue(), back.blue()))
        return QColor(*(round(over * share + under * (1 - share)) for over, under in pairs))


@functools.lru_cache(maxsize=1024)
def _colour(text: str, alpha: float) -> QColor:
    colour = QColor(text)
    colour.setAlphaF(alpha)
    return colour


@functools.lru_cache(maxsize=len(THEMES))
def theme(name: str) -> Theme:
    """The theme `light`, `dark` or `contrast`."""
    read = json.loads(assets.path("themes", f"{name}.json").read_text(encoding="utf-8"))
    return Theme(read["name"], read["dark"], read["shadow"], read["colours"])


@functools.lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts once an application exists; returns their families."""
    families: list[str] = []
    for file in assets.listing("fonts", ".otf"):
        number = QFontDatabase.addApplicationFont(str(file))
        families.extend(QFontDatabase.applicationFontFamilies(number))
    return tuple(dict.fromkeys(families))


@functools.lru_cache(maxsize=512)
def font(token: str, scale: float = 1.0) -> QFont:
    """Font of a type token with tabular figures, its size times `scale` (to whole px)."""
    size, weight = TYPE[token]
    made = QFont(FAMILIES)
    made.setPixelSize(max(1, round(size * scale)))
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return made


class Manner:
    """How the interface is shown in every palette: `scale` of its words and measures, and whether it keeps `still`."""

    scale = 1.0
    still = False


def motion(token: str) -> float:
    """Seconds that a movement of the interface takes; the one place to ask. Nothing moves where motion is reduced."""
    return 0.0 if Manner.still else MOTION[token]


def px(size: float) -> int:
    """A measure of the interface (px at font scale 100 %) at the scale in use."""
    return max(1, round(size * Manner.scale))


def ui_font(token: str) -> QFont:
    """Font of a type token for a widget, at the scale in use; the canvas takes `font`, which goes with its zoom."""
    return font(token, Manner.scale)


def palette(look: Theme) -> QPalette:
    """Qt's own palette from the tokens, for plain widgets."""
    made = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: "surface.chrome", role.WindowText: "ink.1", role.Base: "surface.field", role.Text: "ink.1",
        role.AlternateBase: "surface.panel", role.Button: "surface.raised", role.ButtonText: "ink.1",
        role.BrightText: "ink.1", role.ToolTipBase: "tip.paper", role.ToolTipText: "tip.ink",
        role.Highlight: "accent.soft", role.HighlightedText: "ink.1", role.Link: "accent.text",
        role.PlaceholderText: "ink.3", role.Light: "surface.raised", role.Midlight: "line.1", role.Mid: "line.2",
        role.Dark: "line.3", role.Shadow: "line.3", role.Accent: "accent",
    }  # fmt: skip
    for which, key in pairs.items():
        made.setColor(which, look.colour(key))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, look.mixed("ink.3", "surface.chrome", 0.6))
    return made


def style_sheet(look: Theme) -> str:
    """Radius, padding and edges of plain widgets; colours from the tokens, measures above 1 px by the scale in use."""
    text = assets.path("themes", "widgets.css").read_text(encoding="utf-8")
    text = re.sub(r"(\d+)px", lambda found: f"{px(int(found[1])) if int(found[1]) > 1 else found[1]}px", text)
    for key in sorted(look.colours, key=len, reverse=True):
        text = text.replace(f"@{key};", look.colours[key] + ";").replace(f"@{key} ", look.colours[key] + " ")
    return text
