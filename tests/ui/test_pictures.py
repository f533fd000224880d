"""Pictures, animations and the replay of every sample."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from sdx_studio import Session, assets
from sdx_studio.cli import Picture
from sdx_studio.ui.pictures import render

SAMPLES = assets.listing("samples", ".sdx")
FIRST = SAMPLES[0]


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_png_of_every_sample(sample: Path, theme: str, tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    render(Picture(Session.open(sample), target, at=10.0, theme=theme))
    drawn = QImage(str(target))
    assert drawn.width() >= 640
    colours = {drawn.pixelColor(x, y).name() for x in range(0, drawn.width(), 7) for y in range(0, drawn.height(), 7)}
    assert len(colours) > 8


def test_scale_and_size(tmp_path: Path) -> None:
    render(Picture(Session.open(FIRST), tmp_path / "a.png", scale=2.0, size=(800, 500)))
    drawn = QImage(str(tmp_path / "a.png"))
    assert (drawn.width(), drawn.height()) == (1600, 1000)


def test_svg_stands_alone_and_looks_like_the_png(tmp_path: Path) -> None:
    render(Picture(Session.open(FIRST), tmp_path / "a.svg", at=30.0))
    text = (tmp_path / "a.svg").read_text()
    assert "<text" not in text
    assert not re.search(r"(href|src|url)\s*[=(]\s*[\"']?(https?:|file:)", text)
    assert QSvgRenderer(str(tmp_path / "a.svg")).isValid()


def test_pdf(tmp_path: Path) -> None:
    render(Picture(Session.open(FIRST), tmp_path / "a.pdf", at=30.0))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("ending", ["gif", "webp"])
def test_animation_moves(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"a.{ending}"
    render(Picture(Session.open(FIRST), target, at=30.0, until=31.0, fps=8.0, size=(640, 400)))
    with Image.open(target) as film:
        assert film.n_frames == 8
        first = film.convert("RGB").tobytes()
        film.seek(5)
        assert film.convert("RGB").tobytes() != first


def test_unknown_ending_is_refused_with_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="\\.png, \\.svg"):
        render(Picture(Session.open(FIRST), tmp_path / "a.bmp"))


def test_too_long_an_animation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at most 600"):
        render(Picture(Session.open(FIRST), tmp_path / "a.gif", at=0.0, until=100.0))


def replay(tmp_path: Path) -> tuple[Path, dict]:
    """A replay of the first sample and what it holds."""
    target = tmp_path / "a.html"
    render(Picture(Session.open(FIRST), target, until=60.0))
    text = target.read_text(encoding="utf-8")
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', text, re.DOTALL)
    return target, json.loads(found.group(1).replace("<\\/", "</"))


def test_replay_holds_the_numbers_of_the_run(tmp_path: Path) -> None:
    target, data = replay(tmp_path)
    text = target.read_text(encoding="utf-8")
    assert not re.search(r"(href|src)\s*=\s*[\"'](?!#)", re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL))
    assert len(data["layers"]) == 2, "one picture before the move and one after it"
    session = Session.open(FIRST)
    run = session.run("60 s")
    last = data["frames"][-1]
    names = [item["name"] for item in data["layers"][last["l"]]["items"]]
    shown = last["v"][names.index("db01")]
    assert shown == pytest.approx(run.value("vm:db01", "cpu.utilisation"), abs=0.001)


def test_replay_opens_in_a_browser(tmp_path: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("Chromium is not installed")
    target, data = replay(tmp_path)
    drag = "const slider=document.getElementById('time');slider.value=60;slider.oninput()"
    script = f"<script>{drag}</script></body>"
    target.write_text(target.read_text(encoding="utf-8").replace("</body>", script), encoding="utf-8")
    done = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path}/profile", "--dump-dom",
            f"file://{target}",
        ],
        capture_output=True, text=True, timeout=90, check=True,
    )  # fmt: skip
    time = data["frames"][60]["t"]
    assert f">{time:.1f} s</output>" in done.stdout
    value = data["frames"][60]["v"][[item["name"] for item in data["layers"][0]["items"]].index("esx-01")]
    assert f">{value * 100:.0f} %</text>" in done.stdout
