"""A span of a run as a moving picture, 60 frames at 720p with a migration in them; a still one of ten racks."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from sdx_studio import Session, assets
from sdx_studio.cli import Picture
from sdx_studio.ui import app
from sdx_studio.ui.pictures import render

SAMPLES = {path.stem: path for path in assets.listing("samples", ".sdx")}
FRAMES, FPS = 60, 12.0


def measured(benchmark: BenchmarkFixture, wish: Picture, name: str, goal: float | None, rounds: int = 3) -> None:
    """Time `wish` from the project to the finished file (s)."""
    app.application()
    render(wish)
    benchmark.extra_info.update(name=name, unit="s", goal=goal)
    benchmark.pedantic(render, args=(wish,), rounds=rounds)
    assert wish.target.stat().st_size > 10_000


@pytest.mark.parametrize("format", ["gif", "webp"])
def test_sixty_frames_at_720p(benchmark: BenchmarkFixture, format: str, tmp_path: Path) -> None:
    session = Session.open(SAMPLES["01-live-migration"])
    wish = Picture(session, tmp_path / f"a.{format}", 30.0, 30.0 + FRAMES / FPS, FPS, size=(1280, 720))
    measured(benchmark, wish, f"{format}_{FRAMES}_frames_720p_s", 3.0)


@pytest.mark.parametrize("format", ["png", "svg", "pdf"])
def test_a_still_picture_of_ten_racks(benchmark: BenchmarkFixture, format: str, tmp_path: Path) -> None:
    wish = Picture(Session.open(SAMPLES["09-ten-racks"]), tmp_path / f"a.{format}", 5.0, scale=2.0)
    measured(benchmark, wish, f"{format}_ten_racks_s", None)


def test_a_replay_of_a_minute(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    wish = Picture(Session.open(SAMPLES["01-live-migration"]), tmp_path / "a.html", 0.0, 60.0)
    measured(benchmark, wish, "replay_60_s_s", None)
