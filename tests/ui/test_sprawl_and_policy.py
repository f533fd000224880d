"""VMs that come while the model runs and settings that drift: what canvas, inspector and commands show of them."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from sdx_studio import Session, assets
from sdx_studio.document.drifting import drift
from sdx_studio.session import policies
from sdx_studio.session.filming import Film
from sdx_studio.session.wording import name_of
from sdx_studio.ui.canvas import drifted, readouts
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.canvas.picture import standing
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.panels.drifting import told
from sdx_studio.ui.theme import theme

WEEK = 7 * 86_400.0


def farm() -> tuple[Session, str, str, str]:
    s = Session()
    host = s.place("host", memory="64 GiB")
    requests = s.place("sprawl", name="people", x=400, hosts=(host,), rate=7, arrivals="evenly", idle_share=1)
    rule = s.place("lease_rule", x=600, scope=(requests,), lease="7 d", stop_after="2 d", delete_after="1 d")
    return s, host, requests, rule


def scene_at(s: Session, seconds: float) -> Scene:
    film = Film(s.document)
    scene = Scene(s.document, theme("light"))
    scene.show(*film.at(round(seconds * 1e6)))
    return scene


def test_a_card_tells_how_many_are_there_idle_and_gone() -> None:
    s, host, requests, rule = farm()
    scene = scene_at(s, 5.5 * 86_400)
    assert readouts.heads(scene, requests) == ((State.OK, 5), (State.IDLE, 5), (None, 0))
    assert readouts.strangers(scene, host) == 5
    assert readouts.heads(scene, rule)[2] == (None, 0)
    scene = scene_at(s, 40.5 * 86_400)
    assert readouts.heads(scene, requests)[2][1] > 10
    assert readouts.heads(scene, host) == ()


def test_those_who_came_have_a_name_and_no_measures_of_their_own() -> None:
    s, _host, requests, _rule = farm()
    assert name_of(f"{requests}/0003", s.document) == "people-0003"
    scene = scene_at(s, 5.5 * 86_400)
    assert scene.layout is not None
    assert {scene.layout.elements[row] for row, _name in scene.layout.slots} <= s.document.elements.keys()
    assert len(scene.layout.slots) == len(scene.values)
    assert f"{requests}/0003" in scene.layout.elements


def test_the_window_goes_on_while_they_come(bench: Any) -> None:
    """Another layout whenever a block of them is added; what was selected, plotted and told goes on."""
    window = bench.window
    s, host, requests, rule = farm()
    window.take(s)
    window.canvas.select((requests,))
    versions = set()
    for week in range(1, 9):
        window.live.run_until(week * WEEK, paced=False)
        bench.let_pass(0.3)
        assert window.canvas.scene.layout is not None
        versions.add(window.canvas.scene.layout.version)
    assert len(versions) > 1
    assert window.live.time == pytest.approx(8 * WEEK)
    assert window.canvas.scene.value(requests, "sprawl.deleted") > 10
    s.set(host, memory="128 GiB")
    s.remove(rule)
    bench.let_pass(0.3)
    assert window.canvas.scene.value(requests, "sprawl.population") > 0


@pytest.fixture
def groups() -> Session:
    return Session.open(assets.path("samples", "18-policy.sdx"))


def test_rings_are_around_what_has_drifted_and_go_when_it_is_mended(groups: Session) -> None:
    scene = Scene(groups.document, theme("light"))
    assert drifted.elements(scene) == {one.element for one in drift(groups.document)}
    before = pixels(groups)
    amber = theme("light").colour("state.busy").rgb()
    assert (before == amber).sum() > 50
    policies.mend(groups)
    assert drifted.elements(Scene(groups.document, theme("light"))) == frozenset()
    assert not (pixels(groups) == amber).any()


def pixels(s: Session) -> NDArray[np.uint32]:
    """The canvas at rest at zoom 1, as colours."""
    drawn = QImage(1000, 1000, QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.white)
    painter = QPainter(drawn)
    standing(painter, Scene(s.document, theme("light")), Camera(), QSizeF(1000, 1000))
    painter.end()
    return np.frombuffer(drawn.constBits(), np.uint32)


def test_the_inspector_says_what_has_drifted(groups: Session) -> None:
    document = groups.document
    words, wrong = told(document, (document.find("vm:web-03"),))
    assert words.replace("\u00a0", " ") == "Memory is 8 GiB, web says 4 GiB"
    assert wrong
    words, wrong = told(document, (document.find("policy_group:web"),))
    assert words.splitlines() == [
        "10 members, 50 settings: one edit in place of 10", "2 settings on 2 elements have drifted",
    ]  # fmt: skip
    assert told(document, (document.find("vm:web-01"),)) == ("", False)
    assert told(Session().document, ()) == ("", False)
