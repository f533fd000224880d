"""Six plots of 600 points: CPU time of a frame in which all of them take new samples. Software raster, offscreen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QImage
from test_canvas import best_ms, note

from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.session import Session, plotting
from sdx_studio.session.curves import Curves
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.session.plotting import Series
from sdx_studio.ui import app
from sdx_studio.ui.window import Window

POINTS = 600


def lived(ids: list[str]) -> Curves:
    """Six hundred samples of what the elements use of their CPUs, as loads go."""
    random = np.random.default_rng(1)
    layout = Layout(1, tuple(ids), tuple((row, "cpu.utilisation") for row in range(len(ids))), ())
    paths = np.clip(0.5 + np.cumsum(random.normal(0, 0.01, (POINTS, len(ids))), axis=0), 0, 1)
    made = Curves()
    for second, row in enumerate(paths):
        none = np.zeros(0)
        made.add(layout, Snapshot(second * 1_000_000, 1, row, np.zeros(len(ids), np.int8),
                                  np.full(len(ids), -1, np.int32), none, none, np.zeros((0, 12))))  # fmt: skip
    return made


@pytest.fixture
def shown() -> Iterator[Window]:
    app.application()
    session = Session()
    hosts = [session.place("host", x=400.0 * at) for at in range(6)]
    for host in hosts[1:]:
        plotting.add(session, [Series(host, "cpu.utilisation")])
    window = Window(session, lambda: InlinePlayer(lambda: 0.0))
    window.follower.stop()
    window.resize(1920, 1080)
    window.show()
    window.panels.show_details(True)
    window.canvas.select((hosts[0],))
    window.live.story.curves = lived(hosts)
    window.live.story.time = window.live.story.reached = float(POINTS)
    app.application().processEvents()
    yield window
    session.history.mark_saved()
    window.close()


def test_six_plots(benchmark, shown: Window) -> None:
    plots = shown.panels.plots
    assert len(plots.views) == 6
    size = plots.views[0].size()
    assert size.width() > 200
    image = QImage(size, QImage.Format.Format_RGB32)

    def frame() -> None:
        plots.follow()
        for view in plots.views:
            view.render(image)

    value = best_ms(benchmark, frame, 60)
    assert all(len(view.sight.strands[0].times) == POINTS for view in plots.views)
    note(benchmark, "plots_six_600_ms", value, "ms", 3)
