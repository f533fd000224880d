"""What a run shows besides marks and bars: choices of controllers, and screens that freeze."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSizeF
from running_scene import SAMPLES, Running, sample

from sdx_studio import Session
from sdx_studio.ui import pictures, theme
from sdx_studio.ui.canvas import choices, extras, readouts
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.theme import Manner

# controllers ---------------------------------------------------------------------------------------------------------


def test_a_first_packet_asks_and_the_switches_on_the_way_are_told() -> None:
    run = sample("04")
    scene = run.at(8.4)
    asking = choices.shown(scene)
    assert [one.flow for one in asking] == [run.ids["central 2"]]
    assert not asking[0].decided
    (letter,) = choices.letters(scene, asking[0])
    link = scene.document.links[letter.cable]
    assert {link.a, link.b} == {run.ids["s2"], run.ids["controller"]}
    assert not letter.orders
    here, later = letter.share, choices.letters(run.at(8.6), choices.shown(scene)[0])[0].share
    assert 0 < here < later < 1
    assert choices.sentences(scene, asking[0])[0] == "central 2"

    scene = run.at(9.6)
    (told,) = choices.shown(scene)
    sent = choices.letters(scene, told)
    ends = {end for one in sent for end in (scene.document.links[one.cable].a, scene.document.links[one.cable].b)}
    assert ends == {run.ids[name] for name in ("controller", "s2", "u2", "t2")}
    assert all(one.orders for one in sent)
    assert "1\u00a0Gbit/s" in choices.sentences(scene, told)[1]
    assert "500\u00a0Mbit/s" in choices.sentences(scene, told)[1]
    assert not choices.shown(run.at(11.5)), "it is shown for a moment"


def test_the_chosen_way_is_a_band_and_the_shortest_one_dots() -> None:
    run = sample("04")
    scene = run.at(12.0)
    assert choices.shown(scene) == []
    for picked in ("central 2", "u2"):
        scene.picked = (run.ids[picked],)
        (one,) = choices.shown(scene)
        assert one.step is None
        assert choices.letters(scene, one) == []
        chosen, plain = choices.bands(scene, [one])
        names = [{scene.columns.ids[end] for end in scene.routes.ends[row]} for row in plain]
        assert names == [{run.ids["s2"], run.ids["t2"]}]
        through = {scene.columns.ids[end] for row in chosen for end in scene.routes.ends[row]}
        assert through == {run.ids[name] for name in ("from-2", "s2", "u2", "t2", "to-2")}
        words = [said for said, _ways in choices.told(scene, one)]
        assert words == ["chosen: 1\u00a0Gbit/s", "hop by hop: 500\u00a0Mbit/s"]
    scene.picked = (run.ids["controller"],)
    assert len(choices.shown(scene)) == 2
    scene.picked = (run.ids["s1"],)
    assert choices.shown(scene) == []


def test_at_high_speed_a_choice_is_shown_as_long() -> None:
    run = sample("04")
    assert choices.shown(run.at(13.0)) == []
    run.scene.pace = 10.0
    assert [one.flow for one in choices.shown(run.scene)] == [run.ids["central 2"]]
    assert choices.shown(run.scene)[0].step == pytest.approx((13.0 - 8.009) / (choices.SHOWN * 10), abs=1e-3)


def test_a_run_that_goes_back_has_chosen_nothing_yet() -> None:
    run = sample("04")
    assert run.at(20.0).doings.chosen
    run.scene.clear_run()
    assert not run.scene.doings.chosen
    assert choices.shown(run.scene) == []


@given(st.lists(st.tuples(st.booleans(), st.integers(30, 300)), min_size=1, max_size=6), st.floats(2, 12))
def test_a_line_beside_a_way_keeps_its_distance(turns: list[tuple[bool, int]], away: float) -> None:
    spots, x, y = [(0.0, 0.0)], 0.0, 0.0
    for index, (down, far) in enumerate(turns):
        x, y = (x + far, y) if index % 2 == 0 else (x, y + (far if down else -far))
        spots.append((x, y))
    way = np.array(spots)
    aside = choices.beside(way, away)
    pieces = zip(itertools.pairwise(way), itertools.pairwise(aside), strict=True)
    for (start, end), (here, there) in pieces:
        unit = (end - start) / np.hypot(*(end - start))
        for spot in (here, there):
            assert abs(np.dot(spot - start, (-unit[1], unit[0]))) == pytest.approx(away)


# screens -------------------------------------------------------------------------------------------------------------


def test_screens_freeze_when_their_cable_is_cut() -> None:
    link = "link:sw-room-sw-floor"
    session = Session.open(next(SAMPLES.glob("12*.sdx")))
    cable = next(id for id in session.document.links if session.document.address(id) == link)
    session.do("cut", cable, at=20)
    run = Running(session)
    scene, row = run.at(19.0), run.row("seat-1")
    assert readouts.frozen(scene, row) is None
    assert readouts.words(scene, row) == ()
    before = extras.hand(scene.time, None)
    assert extras.hand(run.at(19.5).time, None) != before, "the hand goes"
    scene = run.at(32.0)
    assert readouts.frozen(scene, row) == pytest.approx(12.0)
    assert readouts.words(scene, row) == ("frozen 12\u00a0s",)
    assert readouts.cause(scene, row) == "cut: sw-room-sw-floor"
    stopped = extras.hand(scene.time, readouts.frozen(scene, row))
    later = run.at(33.3)
    assert extras.hand(later.time, readouts.frozen(later, row)) == pytest.approx(stopped), "and stands still"


def test_users_say_how_long_they_wait_and_their_client_shows_the_same() -> None:
    session = Session.open(next(SAMPLES.glob("05*.sdx")))
    line = next(id for id in session.document.links if session.document.address(id) == "link:line-sw-01")
    session.do("cut", line, at=20)
    run = Running(session)
    scene = run.at(12.0)
    clerks, engineers = (scene.value(run.ids[name], "users.echo") for name in ("Clerks", "Engineers"))
    assert 1 < clerks < 10
    assert readouts.words(scene, run.row("Clerks")) == (f"echo {clerks:.1f}\u00a0s",)
    assert readouts.words(scene, run.row("Engineers")) != readouts.words(scene, run.row("Clerks"))
    assert readouts.words(scene, run.row("desks")) == (f"echo {max(clerks, engineers):.1f}\u00a0s",)
    scene = run.at(28.0)
    for name in ("Clerks", "Engineers", "desks"):
        assert readouts.words(scene, run.row(name)) == ("frozen 8\u00a0s",), name


def test_with_reduced_motion_screens_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Manner, "still", True)
    assert {extras.hand(time / 7, None) for time in range(30)} == {0.0}


# all of it -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("file", "times"), [("04", (8.4, 9.6, 20.0)), ("05", (28.0,)), ("07", (5.0,)), ("12", (6.0,))])
def test_every_theme_and_zoom_draws_it(name: str, file: str, times: tuple[float, ...]) -> None:
    run = sample(file)
    run.scene.look = theme.theme(name)
    run.scene.picked = tuple(run.session.document.elements)
    for time in times:
        run.at(time)
        bounds = run.scene.columns.bounds()
        for zoom in (0.15, 0.5, 1.0):
            view = Camera(bounds.left(), bounds.top(), zoom), QSizeF(1366, 700)
            assert not pictures.image(run.scene, *view, 1.0, time).isNull()


def test_states_of_frozen_cards_are_critical() -> None:
    session = Session.open(next(SAMPLES.glob("12*.sdx")))
    cable = next(id for id, link in session.document.links.items() if link.fields.get("label"))
    session.do("cut", cable, at=2)
    run = Running(session)
    assert run.at(4.0).columns.state[run.row("seat-3")] == State.CRITICAL
