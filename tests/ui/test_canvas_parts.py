"""Camera, columns, routes and flow marks, each on its own."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from sdx_studio import Session
from sdx_studio.session.filming import Film
from sdx_studio.ui import theme
from sdx_studio.ui.canvas import flows
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.columns import Columns
from sdx_studio.ui.canvas.scene import Scene

finite = st.floats(-5000, 5000)


@given(finite, finite, st.floats(0.05, 4.0), finite, finite)
def test_camera_there_and_back(x: float, y: float, zoom: float, px: float, py: float) -> None:
    camera = Camera(x, y, zoom)
    back = camera.to_canvas(camera.to_screen(QPointF(px, py)))
    assert (back - QPointF(px, py)).manhattanLength() < 1e-6


@given(finite, finite, st.floats(1, 5000), st.floats(1, 5000))
def test_fit_shows_the_whole_rectangle(x: float, y: float, wide: float, high: float) -> None:
    camera, size = Camera(), QSizeF(800, 600)
    camera.fit(QRectF(x, y, wide, high), size)
    assert camera.visible(size).adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(QRectF(x, y, wide, high))


def lab() -> Session:
    """Two hosts on a switch and an array, with a wall of switches between them."""
    s = Session()
    a, b = s.place("host", x=0, y=0), s.place("host", x=900, y=0)
    for row in range(3):
        s.place("switch", x=560, y=-40 + 70 * row)
    array = s.place("storage_array", x=300, y=400)
    s.connect(a, b)
    s.connect(a, b)
    s.connect(a, array)
    s.connect(b, array)
    return s


def test_orthogonal_ways_go_around_cards_and_parallels_stay_apart() -> None:
    scene = Scene(lab().document, theme.theme("light"))
    for path in scene.routes.paths:
        steps = np.abs(np.diff(path, axis=0))
        assert ((steps[:, 0] < 0.5) | (steps[:, 1] < 0.5)).all(), "every piece is level or upright"
        for row in range(len(scene.columns.ids)):
            x, y, wide, high = scene.columns.rect[row]
            if scene.columns.kind[row].shape != "leaf":
                continue
            for start, end in itertools.pairwise(path):
                low, top = np.minimum(start, end), np.maximum(start, end)
                hit = low[0] < x + wide - 6 and top[0] > x + 6 and low[1] < y + high - 6 and top[1] > y + 6
                assert not hit, scene.columns.ids[row]
    first, second = scene.routes.paths[0], scene.routes.paths[1]
    assert np.hypot(*(first[0] - second[0])) >= 11.9


def test_ports_are_on_the_borders() -> None:
    scene = Scene(lab().document, theme.theme("light"))
    for (a, b), path in zip(scene.routes.ends, scene.routes.paths, strict=True):
        for row, point in ((a, path[0]), (b, path[-1])):
            x, y, wide, high = scene.columns.rect[row]
            on_side = min(abs(point[0] - x), abs(point[0] - x - wide), abs(point[1] - y), abs(point[1] - y - high))
            assert on_side < 0.01
            assert x - 0.01 <= point[0] <= x + wide + 0.01
            assert y - 0.01 <= point[1] <= y + high + 0.01


def test_hit_finds_the_innermost_and_band_only_whole_ones() -> None:
    s = Session()
    host = s.place("host", x=0, y=0)
    vm = s.place("vm", on=host)
    columns = Columns(s.document)
    box = columns.box(columns.row[vm])
    assert columns.ids[columns.at(box.center().x(), box.center().y())] == vm
    assert columns.at(-50, -50) is None
    part = QRectF(-10, -10, 200, 60)
    assert not len(columns.inside(part, touching=False))
    assert host in [columns.ids[row] for row in columns.inside(part)]


def test_marks_follow_rate_and_direction() -> None:
    s = Session()
    a, b = s.place("host", x=0, y=0), s.place("host", x=900, y=0)
    s.connect(a, b, bandwidth="1 Gbit/s")
    flow = s.place("flow", x=0, y=300, source=a, target=b, rate="100 Mbit/s")
    counts = {}
    for rate in ("100 Mbit/s", "500 Mbit/s", "900 Mbit/s", "2 Gbit/s"):
        s.set(flow, rate=rate)
        scene = Scene(s.document, theme.theme("light"))
        scene.show(*Film(s.document).at(1_000_000))
        area = QRectF(-1000, -1000, 4000, 4000)
        points, direction, _step = flows.marks(scene, area, 0.0, 1.0)
        later, _direction, _step = flows.marks(scene, area, 0.05, 1.0)
        counts[rate] = len(points)
        assert (direction[:, 0] > 0.99).all()
        moved = np.sort(later[:, 0]) - np.sort(points[:, 0])
        assert np.median(moved) > 0
    assert counts["100 Mbit/s"] < counts["500 Mbit/s"] < counts["900 Mbit/s"] < counts["2 Gbit/s"]


def test_no_traffic_no_marks() -> None:
    s = lab()
    scene = Scene(s.document, theme.theme("light"))
    scene.show(*Film(s.document).at(0))
    points, _direction, _step = flows.marks(scene, QRectF(-1e4, -1e4, 2e4, 2e4), 1.0, 1.0)
    assert not len(points)


@pytest.mark.parametrize("name", theme.THEMES)
def test_every_colour_that_code_asks_for_is_in_every_theme(name: str) -> None:
    from sdx_studio.kinds import catalogue
    from sdx_studio.ui.canvas.columns import COLOUR_OF

    look = theme.theme(name)
    for kind in catalogue().values():
        assert look.colour(f"family.{kind.family}.tint").isValid()
        assert look.colour(f"family.{kind.family}.ink").isValid()
    for key in COLOUR_OF.values():
        assert look.colour(key).isValid()
    assert set(look.colours) == set(theme.theme("light").colours)
    assert "@" not in theme.style_sheet(look)


def test_vlans_tie_access_ports_and_trunks_to_their_series() -> None:
    s = Session()
    switch = s.place("switch", x=0, y=0)
    other = s.place("switch", x=400, y=0)
    pcs = [s.place("client_pc", x=0, y=200 + 120 * index) for index in range(2)]
    links = [s.connect(pc, switch) for pc in pcs]
    trunk = s.connect(switch, other, vlans="10, 20")
    scene = Scene(s.document, theme.theme("light"))
    assert scene.routes.vlans[scene.routes.row[links[0]]] == ()
    s.place("vlan", number=20, members=[pcs[0]])
    scene.rebuild()
    assert scene.routes.vlans[scene.routes.row[links[0]]] == ((2, 20),)
    assert scene.routes.vlans[scene.routes.row[links[1]]] == ()
    assert scene.routes.vlans[scene.routes.row[trunk]] == ((1, 10), (2, 20))


def test_a_wave_starts_and_ends_at_its_ports() -> None:
    from sdx_studio.ui.canvas.cables import wave

    path = wave(np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 60.0]]))
    assert (path.elementAt(0).x, path.elementAt(0).y) == (0.0, 0.0)
    last = path.elementAt(path.elementCount() - 1)
    assert (round(last.x, 6), round(last.y, 6)) == (100.0, 60.0)
    assert path.boundingRect().height() > 60.0


def test_guests_at_rest_show_what_they_are_and_running_ones_their_state() -> None:
    from PySide6.QtGui import QImage, QPainter

    from sdx_studio.ui.canvas import picture

    s = Session()
    vm = s.place("vm", on=s.place("host", x=0, y=0))
    scene = Scene(s.document, theme.theme("light"))
    camera, size = Camera(-40, -40, 0.5), QSizeF(300, 200)

    def drawn() -> QImage:
        image = QImage(300, 200, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        picture.background(painter, scene, camera, size)
        picture.standing(painter, scene, camera, size)
        painter.end()
        return image

    centre = camera.rect_to_screen(scene.columns.box(scene.columns.row[vm])).toRect().adjusted(6, 6, -6, -6)
    paper = theme.theme("light").colour("card.paper")
    resting = drawn().copy(centre)
    scene.show(*Film(s.document).at(1_000_000))
    running = drawn().copy(centre)
    spots = [(x, y) for x in range(centre.width()) for y in range(centre.height())]
    assert any(resting.pixelColor(*spot) != paper for spot in spots)
    assert all(running.pixelColor(*spot) == paper for spot in spots)


@pytest.mark.parametrize("seed", range(6))
def test_small_edits_leave_the_scene_as_if_it_were_built_anew(seed: int) -> None:
    chance = random.Random(seed)
    s = Session()
    for x in range(6):
        host = s.place("host", x=x % 3 * 450.0, y=x // 3 * 260.0)
        s.place("vm", on=host)
    site = s.place("site", x=0, y=700)
    s.place("switch", on=site, x=40, y=60)
    hosts, switches = list(s.document.having("machine")), list(s.document.having("forwarder"))
    for host in hosts:
        link = s.connect(host, switches[0])
        if chance.random() < 0.3:
            with s.history.edit("way") as edit:
                edit.update(s.document.links[link].but(route="curved"))
    scene = Scene(s.document, theme.theme("light"))
    s.document.on_change(scene.follow)
    for _ in range(30):
        one = chance.choice([*hosts, *switches, site])
        act = chance.randrange(6)
        if act < 3:
            s.move(one, to=s.document.elements[one].parent, x=chance.uniform(0, 1500), y=chance.uniform(0, 900))
        elif act == 3:
            s.rename(one, f"n{chance.random():.6f}")
        elif act == 4 and len(hosts) > 2:
            s.place("vm", on=chance.choice(hosts))
        else:
            s.undo()
        fresh = Scene(s.document, theme.theme("light"))
        assert scene.columns.ids == fresh.columns.ids
        assert np.array_equal(scene.columns.rect, fresh.columns.rect)
        assert scene.routes.ids == fresh.routes.ids
        assert all(map(np.array_equal, scene.routes.paths, fresh.routes.paths))
