"""The real canvas with nested guests: CPU time of frames, pans, zooms, opening, memory. Software raster, offscreen."""

import gc
import os
import time
import tracemalloc

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene, QGraphicsTextItem, QGraphicsView

from sdx_studio.document import Document, Element, Link
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.ui import app, theme
from sdx_studio.ui.canvas import picture
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.standing import Standing

SIZE = QSizeF(1280, 800)
FRAMES_A_SNAPSHOT = 6
LAYERS = 3
"""Images that a canvas keeps: what stands, the marks of traffic, the measures."""


def model(count: int) -> Document:
    """About `count` elements: hosts of a hypervisor and eight VMs each, three links for two elements."""
    machines = count // 10
    columns = max(1, int(machines**0.5))
    elements, links = [], []
    for index in range(machines):
        x, y = index % columns * 460.0, index // columns * 260.0
        host, layer = f"e{index:05d}h", f"e{index:05d}l"
        elements.append(Element(host, "host", f"host-{index}", None, x, y, index))
        elements.append(Element(layer, "hypervisor", f"hv-{index}", host))
        elements.extend(
            Element(f"e{index:05d}v{guest}", "vm", f"vm-{index}-{guest}", layer, order=guest) for guest in range(8)
        )
        for step in range(1, 16):
            other = (index + (1, 2, columns, columns + 1)[step % 4] + step // 4) % machines
            if other != index:
                links.append(Link(f"l{index:05d}{step:02d}", host, f"e{other:05d}h", "straight"))
    return Document([*elements, *links])


def snapshot(document: Document, seed: int = 1) -> tuple[Layout, Snapshot]:
    """A made-up moment in which every element has a measure and every link carries something."""
    ids, cables = tuple(sorted(document.elements)), tuple(sorted(document.links))
    slots = tuple((row, name) for row in range(len(ids)) for name in ("cpu.utilisation", "memory.utilisation"))
    random = np.random.default_rng(seed)
    rates = random.uniform(0, 1e9, (len(cables), 2))
    return Layout(1, ids, slots, cables), Snapshot(
        10_000_000, 1, random.uniform(0, 1, len(slots)), np.zeros(len(ids), np.int8), np.full(len(ids), -1, np.int32),
        rates, np.zeros(len(cables), np.int8), np.zeros((0, 12)),
    )  # fmt: skip


class Easel:
    """A scene with everything in view and an image to paint on."""

    def __init__(self, count: int) -> None:
        app.application()
        self.document = model(count)
        self.scene = Scene(self.document, theme.theme("light"))
        made = [snapshot(self.document, seed) for seed in range(4)]
        self.layout, self.snapshots = made[0][0], [one for _layout, one in made]
        self.scene.show(self.layout, self.snapshots[0])
        self.camera = Camera()
        self.camera.fit(self.scene.columns.bounds(), SIZE)
        self.image = QImage(1280, 800, QImage.Format.Format_RGB32)
        self.standing = Standing(self.scene)
        self.phase = 0.0
        self.frames = self.shown = 0

    def frame(self, resting: bool = True, fresh: bool = False) -> None:
        """One frame with moved marks; every sixth, or a `fresh` one, has new measures: 10 Hz at 60 frames a second."""
        self.frames += 1
        if fresh or self.frames % FRAMES_A_SNAPSHOT == 0:
            self.shown = (self.shown + 1) % len(self.snapshots)
            self.scene.show(self.layout, self.snapshots[self.shown])
        self.phase += 0.016
        painter = QPainter(self.image)
        self.standing.paint(painter, self.camera, self.image.rect(), 1.0, resting)
        picture.moving(painter, self.scene, self.camera, SIZE, self.phase)
        painter.end()

    def tenth(self) -> None:
        """The frames of a tenth of a second, one of them with new measures."""
        for _ in range(FRAMES_A_SNAPSHOT):
            self.frame()

    def pan(self) -> None:
        """Pan by 12 px and paint."""
        self.camera.pan(12, 5)
        self.frame()

    def zoom(self, resting: bool) -> None:
        """One step of the wheel and paint."""
        self.camera.zoom_at(QPointF(640, 400), 1.1 if self.phase % 0.032 < 0.016 else 1 / 1.1)
        self.frame(resting)


def best_ms(benchmark, work, rounds: int = 12) -> float:
    """Least CPU time of several runs, in ms."""
    work()
    benchmark.pedantic(work, rounds=rounds, iterations=1)
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def note(benchmark, name: str, value: float, unit: str, goal: float, peer: str = "") -> None:
    """Keep a figure for benchmarks.json."""
    benchmark.extra_info.update(name=name, value=round(value, 3), unit=unit, goal=goal, peer=peer)


@pytest.mark.parametrize(("count", "goal"), [(500, 3), (2000, 6), (10_000, 12)])
def test_frame(benchmark, count: int, goal: float) -> None:
    easel = Easel(count)
    note(benchmark, f"frame_ms_{count}", best_ms(benchmark, easel.tenth) / FRAMES_A_SNAPSHOT, "ms", goal)


def test_fresh_frame_10000(benchmark) -> None:
    """The dearest frame: the one that shows a new snapshot."""
    easel = Easel(10_000)
    note(benchmark, "fresh_frame_ms_10000", best_ms(benchmark, lambda: easel.frame(fresh=True)), "ms", 12)


def test_fps_50000(benchmark) -> None:
    easel = Easel(50_000)
    note(benchmark, "fps_50000", 1000 * FRAMES_A_SNAPSHOT / best_ms(benchmark, easel.tenth, 5), "1/s", 30)


def test_pan_10000(benchmark) -> None:
    easel = Easel(10_000)
    note(benchmark, "pan_ms_10000", best_ms(benchmark, easel.pan), "ms", 12)


@pytest.mark.parametrize(("name", "resting", "goal"), [("first", False, 5), ("sharp", True, 40)])
def test_zoom_10000(benchmark, name: str, resting: bool, goal: float) -> None:
    easel = Easel(10_000)
    easel.frame()
    note(benchmark, f"zoom_{name}_ms_10000", best_ms(benchmark, lambda: easel.zoom(resting)), "ms", goal)


def test_canvas_memory_10000(benchmark) -> None:
    document = model(10_000)
    app.application()
    gc.collect()
    tracemalloc.start()
    scene = Scene(document, theme.theme("light"))
    used = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    benchmark.pedantic(scene.rebuild, rounds=3, iterations=1)
    note(benchmark, "canvas_mb_10000", used + LAYERS * 1280 * 800 * 4 / 1e6, "MB", 40)


def test_repaint_against_a_naive_scene(benchmark) -> None:
    easel = Easel(2000)
    ours = best_ms(benchmark, easel.tenth) / FRAMES_A_SNAPSHOT
    naive = Naive(easel)
    theirs = min(naive.tenth_ms() for _ in range(2)) / FRAMES_A_SNAPSHOT
    note(benchmark, "repaint_vs_naive_2000", theirs / ours, "×", 50, "items in a QGraphicsScene, same run")


class Naive:
    """The same model as one writes it first: an item for each card, with its words and bars as children, and one for
    each line and mark; smooth edges as ours.
    """

    def __init__(self, easel: Easel) -> None:
        self.scene, self.easel, self.phase = QGraphicsScene(), easel, 0.0
        columns = easel.scene.columns
        self.bars = []
        for row in range(len(columns.ids)):
            box = columns.box(row)
            card = self.scene.addRect(QRectF(QPointF(0, 0), box.size()), brush=QBrush(Qt.GlobalColor.white))
            card.setPos(box.topLeft())
            QGraphicsTextItem(columns.ids[row], card)
            for lift in (12, 24):
                track = card.rect().adjusted(4, box.height() - lift, -4, 6 - lift)
                QGraphicsRectItem(track, card)
                bar = QGraphicsRectItem(track, card)
                bar.setBrush(QBrush(Qt.GlobalColor.blue))
                self.bars.append((bar, track))
        self.ways = easel.scene.routes.points[:, [0, -1]]
        self.dots = []
        for start, end in self.ways:
            self.scene.addLine(*start, *end)
            self.dots.append(self.scene.addEllipse(-4, -4, 8, 8, brush=QBrush(Qt.GlobalColor.blue)))
        self.view = QGraphicsView(self.scene)
        self.view.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.view.resize(1280, 800)
        self.view.fitInView(self.scene.sceneRect())

    def tenth_ms(self) -> float:
        """CPU time of the frames of a tenth of a second: a mark moves on every line, the bars change once."""
        began = time.process_time()
        shares = np.random.default_rng(1).uniform(0, 1, len(self.bars))
        for (bar, track), share in zip(self.bars, shares, strict=True):
            bar.setRect(track.x(), track.y(), track.width() * share, track.height())
        for _ in range(FRAMES_A_SNAPSHOT):
            self.phase = (self.phase + 0.016) % 1.0
            for dot, (start, end) in zip(self.dots, self.ways, strict=True):
                dot.setPos(*(start + (end - start) * self.phase))
            self.view.viewport().grab()
        return (time.process_time() - began) * 1000
