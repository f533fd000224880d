"""One what-if from beginning to end, in a real window with engines in processes of their own."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from sdx_studio import Session, assets
from sdx_studio.ui import app
from sdx_studio.ui.exports import Exports
from sdx_studio.ui.sides import Side
from sdx_studio.ui.theme import Manner
from sdx_studio.ui.window import Window

SAMPLE = assets.path("samples", "03-high-availability.sdx")
END, MEASURE = 300.0, "cpu.utilisation"
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture(name="story")
def _story(qtbot) -> Any:
    app.application()
    window = Window(Session(), app.spawned_player)
    window.files.ask_unsaved = lambda: "discard"
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window, qtbot
    for side in window.sides:
        side.session.history.mark_saved()
    window.close()


def waiter(window: Window, qtbot: Any) -> Callable[[float], None]:
    """Waits until all runs are held at a moment."""

    def there(moment: float) -> None:
        qtbot.waitUntil(
            lambda: all(not one.live.playing and abs(one.live.time - moment) < 1e-6 for one in window.sides),
            timeout=40_000,
        )

    return there


def run_json(path: Path, until: float, out: Path) -> dict[str, Any]:
    """What the command line says of a project."""
    words = [sys.executable, "-m", "sdx_studio", "run", str(path), "--until", f"{until} s", "--json"]
    out.write_bytes(subprocess.run(words, capture_output=True, check=True).stdout)
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def replay_values(page: Path, name: str) -> list[float]:
    """What the last moment of a replay shows of an element."""
    text = page.read_text(encoding="utf-8")
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    data = json.loads(found.group(1).replace("<\\/", "</"))
    last = data["frames"][-1]
    place = [item["name"] for item in data["layers"][last["l"]]["items"]].index(name)
    return [last["t"], last["v"][place]]


def until_29(window: Window, qtbot: Any, there: Callable[[float], None]) -> None:
    """To 30 s, a host is killed, to 120 s, and back to 29 s with the mouse on the time line."""
    assert window.files.open_path(SAMPLE)
    window.live.run_until(30.0, paced=False)
    there(30.0)
    window.live.act("fail", window.session.document.find("node-01"))
    window.live.run_until(120.0, paced=False)
    there(120.0)
    line = window.panels.timeline
    where = [QPoint(round(line.axis.x(moment) * Manner.scale), 12) for moment in (120.0, 29.0)]
    QTest.mousePress(line, LEFT, NONE, where[0])
    QTest.mouseMove(line, where[1])
    QTest.mouseRelease(line, LEFT, NONE, where[1])
    qtbot.waitUntil(lambda: abs(window.live.time - 29.0) < 1.0, timeout=20_000)
    window.live.seek(29.0)
    there(29.0)


def a_host_more(session: Session) -> str:
    """Another host in the rack and in the cluster."""
    find = session.document.find
    spare = session.place("host", on=find("Rack 1"), name="node-04", cores=8, memory="32 GiB")
    session.connect(spare, find("sw-01"))
    session.connect(spare, find("array-01"))
    session.set("cluster-01", members=[*session.document.values(find("cluster-01"))["members"], spare])
    return spare


def differing(side: Side, told: dict[str, Any]) -> list[tuple[str, str]]:
    """Measures that the window shows otherwise than the command line."""
    layout, snapshot = side.live.player.latest()
    find = side.session.document.find
    return [
        (address, measure)
        for address, figures in told["measures"].items()
        for measure, figure in figures.items()
        if figure["last"] is not None
        and snapshot.values[layout.index[find(address), measure]] != pytest.approx(figure["last"], rel=1e-12, abs=1e-12)
    ]


def exported(window: Window, page: Path, name: str) -> list[float]:
    """The last moment of an element in the replay of the side that is meant."""
    choice = replace(Exports(window).first(), format=".html", start=0.0, end=END)
    assert window.files.export_to(choice, page)
    return replay_values(page, name)


def test_a_host_more_would_have_lost_less(story: Any, tmp_path: Path) -> None:
    window, qtbot = story
    there = waiter(window, qtbot)
    until_29(window, qtbot, there)
    window.actions_by_id["simulation.compare"].trigger()
    first, second = window.sides
    there(29.0)
    assert window.side is second
    spare = a_host_more(window.session)
    window.live.run_until(END, paced=False)
    there(END)
    for side in (first, second):
        side.live.totals = {}
        side.live.ask_totals()
    qtbot.waitUntil(lambda: bool(window.comparison.rows()), timeout=20_000)
    qtbot.waitUntil(lambda: window.panels.differences.table.rowCount() > 0, timeout=20_000)
    assert {row.key: row for row in window.comparison.rows()}["outage_s"].better == "b"
    assert second.live.totals["outage_s"] < first.live.totals["outage_s"]

    the_first_side(window, first, tmp_path)
    the_second_side(window, second, spare, tmp_path)


def the_first_side(window: Window, first: Side, folder: Path) -> None:
    """Table, curve, replay and command line say the same of A."""
    window.comparison.turn_to(first)
    window.actions_by_id["simulation.keep_acts"].trigger()
    first.session.save(folder / "a.sdx")
    told = run_json(folder / "a.sdx", END, folder / "a.json")
    assert told["totals"] == pytest.approx(dict(first.live.totals), rel=1e-12)
    assert differing(first, told) == []
    last = told["measures"]["host:node-03"][MEASURE]["last"]
    _times, curve = first.live.curves.of(first.session.document.find("node-03"), MEASURE)
    assert curve[-1] == pytest.approx(last, rel=1e-6)
    assert exported(window, folder / "a.html", "node-03") == pytest.approx([END, last], abs=0.0006)


def the_second_side(window: Window, second: Side, spare: str, folder: Path) -> None:
    """So it is with B, as far as a host that was there from the beginning makes no difference."""
    window.comparison.turn_to(second)
    layout, snapshot = second.live.player.latest()
    shown = snapshot.values[layout.index[spare, MEASURE]]
    assert shown > 0
    assert exported(window, folder / "b.html", "node-04") == pytest.approx([END, shown], abs=0.0006)
    second.session.save(folder / "b.sdx")
    told = run_json(folder / "b.sdx", END, folder / "b.json")
    assert told["totals"]["outage_s"] == pytest.approx(second.live.totals["outage_s"], rel=1e-9)
