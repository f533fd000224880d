"""The layers view: which machines it shows, that layers lie on one another, and that a click selects."""

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from sdx_studio.ui.theme import Manner


@pytest.fixture(name="hosts")
def _hosts(bench) -> list[str]:
    session = bench.window.session
    hosts = [session.place("host", name=f"h{index}", x=500 * index) for index in range(8)]
    for host in hosts[:3]:
        session.place("vm", on=host, name=f"vm-{host}")
    session.place("container", on=hosts[3], name="box")
    return hosts


def names(bench) -> list[str]:
    return [place.block.name for place in bench.window.board.page.surface.places() if place.block.role == "hardware"]


def test_it_shows_the_machines_of_the_selection(bench, hosts: list[str]) -> None:
    bench.trigger("view.show.layers")
    assert names(bench) == ["h0", "h1"], "the first that hold something"
    bench.window.canvas.select((bench.window.session.document.find("box"), hosts[1]))
    assert names(bench) == ["h3", "h1"]
    bench.window.canvas.select(tuple(hosts))
    assert len(names(bench)) == 6


def test_every_layer_lies_on_the_one_below(bench, hosts: list[str]) -> None:
    bench.trigger("view.show.layers")
    bench.window.canvas.select(tuple(hosts[:4]))
    places = {place.block.id or f"own {index}": place for index, place in
              enumerate(bench.window.board.page.surface.places())}  # fmt: skip
    for place in places.values():
        for inner in place.block.inside:
            box = next(one.box for one in places.values() if one.block is inner)
            below = place.box
            assert below.left() - 0.01 <= box.left() <= box.right() <= below.right() + 0.01
            assert box.bottom() <= (below.bottom() if place.block.role == "guest" else below.top())
    strips = [place.words for place in places.values()]
    for one, other in itertools.combinations(strips, 2):
        assert not one.intersects(other), "no words on one another"


def test_a_click_selects_the_layer(bench, hosts: list[str]) -> None:
    bench.trigger("view.show.layers")
    surface = bench.window.board.page.surface
    place = next(one for one in surface.places() if one.block.role == "divider")
    spot = place.words.center() * Manner.scale
    QTest.mouseClick(
        surface, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*map(int, spot.toTuple()))
    )
    assert bench.window.canvas.selection == (place.block.id,)
    assert hosts[0] in bench.window.session.document.above(place.block.id)


def test_it_is_told_to_a_screen_reader(bench, hosts: list[str]) -> None:
    bench.trigger("view.show.layers")
    told = bench.window.board.page.surface.accessibleDescription()
    assert "h0: hypervisor-01 KVM" in told
    assert "Kernels and hypervisors to patch 2" in told
    assert len(hosts) == 8
