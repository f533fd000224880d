"""The HTML replay in a real browser, from disk and without a network: slider, numbers, keys, languages."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, chromium

from sdx_studio import Session, assets
from sdx_studio.cli import Picture
from sdx_studio.ui import replay
from sdx_studio.ui.exports import Exports
from sdx_studio.ui.pictures import render
from sdx_studio.words import LANGUAGES, dictionary

SAMPLES = assets.listing("samples", ".sdx")
FIRST = SAMPLES[0]


def held(page: Path) -> dict[str, Any]:
    """What a replay holds."""
    text = page.read_text(encoding="utf-8")
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return json.loads(found.group(1).replace("<\\/", "</"))


def made(folder: Path, **figures: Any) -> Path:
    target = folder / "a.html"
    render(Picture(Session.open(FIRST), target, **{"until": 60.0, **figures}))
    return target


def row_of(data: dict[str, Any], name: str) -> int:
    return [item["name"] for item in data["layers"][0]["items"]].index(name)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_is_one_file_without_outside_references(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    render(Picture(Session.open(sample), target, until=5.0))
    text = target.read_text(encoding="utf-8")
    assert not re.search(r"@[A-Z]+@", text.split('<script id="data"')[0]), "a place was not filled"
    assert not re.search(r"(?:href|src|url|import|fetch)\s*[=(]\s*[\\\"']*\s*(?:https?:|file:|//|data:)", text)
    assert set(re.findall(r"https?://[^\s\"'\\<>]+", text)) <= {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip


def test_all_words_are_there_in_every_language(tmp_path: Path) -> None:
    data = held(made(tmp_path))
    told = [data["words"][name] for name in ("play", "pause", "time", "events", "none", "link", "cut", "keys")]
    told += [kind["name"] for kind in data["kinds"]] + [words for kind in data["kinds"] for words in kind["meters"]]
    told += [event[1] for event in data["events"]]
    told += [move["say"] for frame in data["frames"] for move in frame["w"]]
    assert len(told) > 30
    assert all(set(words) == set(LANGUAGES) and all(words.values()) for words in told)
    assert {len(words) for words in data["words"]["states"].values()} == {len(data["colours"])}
    host = next(kind for kind in data["kinds"] if kind["name"]["en"] == "Host")
    with dictionary.speaking("ja"):
        from sdx_studio.words import _

        assert host["name"]["ja"] == _("Host") != "Host"
        assert host["meters"][1]["ja"] == _("MEM") != "MEM"
    assert set(data["layers"][0]["svg"]) == set(LANGUAGES), "words in the drawing differ"


def test_a_replay_is_the_same_in_whatever_language_it_is_made(tmp_path: Path) -> None:
    english = held(made(tmp_path))
    with dictionary.speaking("ja"):
        assert held(made(tmp_path)) == english


def test_a_migration_is_drawn_with_round_and_time(tmp_path: Path) -> None:
    data = held(made(tmp_path))
    frame = next(frame for frame in data["frames"] if frame["t"] == 30.0)
    [move] = frame["w"]
    assert move["name"] == "web03"
    assert 0 < move["done"] < 1
    assert move["say"]["en"].startswith("Round 1 · ")
    last = data["frames"][-1]
    assert last["w"] == []


def test_a_large_project_gets_fewer_moments() -> None:
    assert len(replay.moments(0.0, 3600.0, 40)) == replay.MOST_FRAMES
    few = replay.moments(0.0, 3600.0, 25_000)
    assert len(few) * 25_000 <= replay.MOST_FIGURES
    assert (few[0], few[-1]) == (0.0, 3600.0)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[tuple[Browser, dict[str, Any]]]:
    program = chromium()
    if program is None:
        pytest.skip("Chromium is not installed")
    target = made(tmp_path)
    with Browser(program, tmp_path / "profile") as browser:
        browser.open(target)
        yield browser, held(target)
        assert browser.problems == []
        assert {url.split(":")[0] for url in browser.asked} <= {"file", "about"}, "the page asks for something else"


def test_dragging_the_slider_shows_the_numbers_of_that_moment(page) -> None:
    browser, data = page
    row = row_of(data, "esx-01")
    seen = set()
    for share in (0.25, 0.75, 0.5):
        box = browser.box("document.getElementById('time')")
        here = browser.value("+document.getElementById('time').value") / (len(data["frames"]) - 1)
        start = (box[0] + 8 + (box[2] - 16) * here, box[1] + box[3] / 2)
        browser.drag(start, (box[0] + 8 + (box[2] - 16) * share, start[1]))
        frame = data["frames"][browser.value("+document.getElementById('time').value")]
        assert frame["t"] == pytest.approx(60.0 * share, abs=1.5)
        assert browser.value("document.getElementById('clock').textContent") == f"{frame['t']:.1f} s"
        left, top, _wide, _high = browser.box("document.querySelector('main>div.on [data-name=\"esx-01\"]')")
        browser.mouse("mouseMoved", left + 40, top + 6)
        tip = browser.value("document.getElementById('tip').innerText")
        assert f"{frame['m'][row][0] * 100:.0f} %" in tip
        assert tip.startswith("esx-01")
        seen.add(tip)
    assert len(seen) == 3, "every moment has numbers of its own"


def test_playing_goes_on_by_itself_and_stops_at_the_end(page) -> None:
    browser, data = page
    browser.key("End")
    assert browser.value("frame") == len(data["frames"]) - 1
    browser.key("Home")
    browser.key("ArrowRight")
    browser.key("ArrowRight")
    browser.key("ArrowLeft")
    assert browser.value("frame") == 1
    browser.click("document.getElementById('play')")
    assert browser.value("document.getElementById('play').textContent") == "Pause"
    browser.value("D.fps=1000")
    while browser.value("playing"):
        pass
    assert browser.value("frame") == len(data["frames"]) - 1
    assert browser.value("document.getElementById('play').textContent") == "Play"


def test_the_space_bar_plays_and_pauses(page) -> None:
    browser, _data = page
    browser.key(" ")
    assert browser.value("playing") is True
    browser.key(" ")
    assert browser.value("playing") is False


def test_the_language_is_switched_in_the_page(page) -> None:
    browser, data = page
    browser.click("document.getElementById('lang')")
    assert browser.value("document.documentElement.lang") == "ja"
    assert browser.value("document.getElementById('heading').textContent") == data["words"]["events"]["ja"]
    first = browser.value("document.querySelector('#events span').textContent")
    assert first == data["events"][0][1]["ja"] != data["events"][0][1]["en"]
    browser.value("document.querySelector('main>div.on [data-name=\"esx-01\"]').focus()")
    kind = data["kinds"][data["layers"][0]["items"][row_of(data, "esx-01")]["kind"]]
    tip = browser.value("document.getElementById('tip').innerText")
    assert kind["name"]["ja"] in tip
    assert kind["meters"][1]["ja"] in tip
    browser.click("document.getElementById('lang')")
    assert browser.value("document.querySelector('#events span').textContent") == data["events"][0][1]["en"]


def test_the_wheel_zooms_at_the_pointer_and_0_shows_all(page) -> None:
    browser, _data = page
    part = "document.querySelector('main>div.on [data-name=\"web01\"]')"
    before = browser.box(part)
    at = (before[0], before[1])
    browser.call("Input.dispatchMouseEvent", type="mouseWheel", x=at[0], y=at[1], deltaX=0, deltaY=-600)
    nearer = browser.box(part)
    assert nearer[2] > before[2] * 2
    assert nearer[:2] == pytest.approx(at, abs=2), "what is under the pointer stays there"
    browser.drag((300, 400), (340, 420))
    assert browser.box(part)[:2] == pytest.approx((nearer[0] + 40, nearer[1] + 20), abs=2)
    browser.key("0")
    assert browser.box(part) == pytest.approx(before, abs=0.1)


def test_an_event_leads_to_its_moment(page) -> None:
    browser, data = page
    browser.click("document.querySelectorAll('#events button')[1]")
    time = data["events"][1][0]
    assert data["frames"][browser.value("frame")]["t"] == pytest.approx(time, abs=0.5)
    assert data["frames"][browser.value("frame")]["t"] >= time


def lived(bench) -> dict[float, dict[str, float]]:
    """A run in which something is done to the model; what the window showed at two moments of it."""
    window = bench.window
    window.take(Session.open(FIRST))
    bench.trigger("simulation.play")
    live, shown = window.live, {}
    live.player.run_until(5_000_000)
    bench.let_pass(0.1)
    live.act("fail", window.session.document.find("esx-04"))
    for until in (8_000_000, 20_000_000):
        live.player.run_until(until)
        bench.let_pass(0.1)
        columns = window.canvas.scene.columns
        told = zip(columns.ids, columns.lead, strict=True)
        shown[round(live.time, 3)] = {id: float(value) for id, value in told if value == value}
    return shown


def test_the_replay_of_a_window_has_the_run_as_it_was_lived(bench, tmp_path: Path) -> None:
    shown, window = lived(bench), bench.window
    assert len(shown) == 2
    target, fresh = tmp_path / "a.html", tmp_path / "b.html"
    choice = replace(Exports(window).first(), format=".html", start=0.0, end=20.0)
    assert window.files.export_to(choice, target)
    data, ids = held(target), window.canvas.scene.columns.ids
    for time, values in shown.items():
        frame = next(one for one in data["frames"] if one["t"] == time)
        names = [item["name"] for item in data["layers"][frame["l"]]["items"]]
        assert names == [window.session.document.elements[id].name for id in ids]
        told = {id: value for id, value in zip(ids, frame["v"], strict=True) if value is not None}
        assert told == pytest.approx(values, abs=0.0006)
    render(Picture(window.session, fresh, at=0.0, until=20.0))
    assert held(fresh)["frames"][-1]["v"] != data["frames"][-1]["v"], "what was done in the window matters"
