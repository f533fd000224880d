"""Pages fly along the cables that a migration really takes, from the source on, also after another way was taken."""

import numpy as np
from running_scene import Running, sample

from sdx_studio import Session
from sdx_studio.ui.canvas import errands
from sdx_studio.ui.canvas.scene import Scene


def cables(scene: Scene) -> list[str]:
    """The cables beside which pages fly, in order."""
    found = []
    for way in errands.ways(scene):
        middle = way.mean(axis=0)
        apart = [float(np.abs(path.mean(axis=0) - middle).max()) for path in scene.routes.paths]
        found.append(scene.routes.ids[int(np.argmin(apart))])
    return found


def ends(run: Running, ids: list[str]) -> list[set[str]]:
    """Names at both ends of links."""
    document = run.session.document
    links = (document.links[id] for id in ids)
    return [{document.elements[end].name for end in (link.a, link.b)} for link in links]


def test_on_a_network_of_its_own_they_take_only_that() -> None:
    run = sample("25")
    assert errands.ways(run.at(0.5)) == []
    assert ends(run, cables(run.at(20))) == [
        {"shared-a", "sw-shared"}, {"shared-b", "sw-shared"}, {"apart-a", "sw-moving"}, {"apart-b", "sw-moving"},
    ]  # fmt: skip
    assert ends(run, cables(run.at(60))) == [{"shared-a", "sw-shared"}, {"shared-b", "sw-shared"}]
    assert errands.ways(run.at(120)) == []


def test_they_fly_from_the_source_to_the_target() -> None:
    run = sample("25")
    scene = run.at(20)
    ways = errands.ways(scene)
    for way, (start, end) in zip(ways[2:], (("apart-a", "sw-moving"), ("sw-moving", "apart-b")), strict=True):
        source, target = (scene.columns.box(run.row(name)).center() for name in (start, end))
        begins, arrives = (np.hypot(way[[0, -1], 0] - at.x(), way[[0, -1], 1] - at.y()) for at in (source, target))
        assert begins[0] < begins[1]
        assert arrives[1] < arrives[0]


def lab() -> Session:
    """Two hosts with two switches between them, and a VM that moves at once."""
    s = Session()
    hosts = [s.place("host", name=name, x=900 * at) for at, name in enumerate(("one", "two"))]
    for at, name in enumerate(("high", "low")):
        switch = s.place("switch", name=name, x=500, y=400 * at)
        for host in hosts:
            s.connect(host, switch)
    vm = s.place("vm", on=hosts[0], name="vm", memory="4 GiB")
    s.do("migrate", vm, to=hosts[1])
    return s


def test_after_a_cut_they_take_the_way_that_is_left() -> None:
    session = lab()
    low = session.document.find("low")
    first = min(id for id, link in session.document.links.items() if low not in (link.a, link.b))
    session.do("cut", first, at=5)
    run = Running(session)
    assert ends(run, cables(run.at(4))) == [{"one", "high"}, {"two", "high"}]
    assert ends(run, cables(run.at(6))) == [{"one", "low"}, {"two", "low"}]
    told = session.run(until=6).events("migration.rerouted")
    assert [event.text for event in told] == ["The pages of vm take another way now."]
