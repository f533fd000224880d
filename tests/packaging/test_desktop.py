"""Desktop entry, file type and application icon fit each other."""

import configparser

from defusedxml.ElementTree import parse
from environments import ROOT

PACKAGING = ROOT / "packaging"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def test_the_entry_opens_the_file_type() -> None:
    entry = configparser.RawConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(PACKAGING / "sdx-studio.desktop", encoding="utf-8")
    section = entry["Desktop Entry"]
    assert section["Exec"] == "sdx-studio %f"
    kind = parse(PACKAGING / "sdx-studio.xml").getroot().find(f"{MIME}mime-type")
    assert section["MimeType"] == f"{kind.get('type')};" == "application/x-sdx-project;"
    assert [glob.get("pattern") for glob in kind.findall(f"{MIME}glob")] == ["*.sdx"]


def test_samples_carry_the_magic_words() -> None:
    kind = parse(PACKAGING / "sdx-studio.xml").getroot().find(f"{MIME}mime-type")
    words = kind.find(f"{MIME}magic/{MIME}match").get("value").encode()
    for sample in (ROOT / "resources" / "samples").glob("*.sdx"):
        assert words in sample.read_bytes()[: 64 + len(words)]


def test_the_icon_is_a_square_drawing() -> None:
    icon = parse(ROOT / "resources" / "icons" / "app-icon.svg").getroot()
    assert icon.get("width") == icon.get("height")
    assert "#5447d6" in (ROOT / "resources" / "icons" / "app-icon.svg").read_text(encoding="utf-8")
