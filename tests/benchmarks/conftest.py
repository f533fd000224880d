"""Writes benchmarks.json: `{name: {value, unit, goal, peer}}`, when SDX_BENCHMARKS says where.

A benchmark tells more about itself through `benchmark.extra_info`: `name`, `unit` ("s", "ms", "µs", or any other
together with `value`), `goal` (the limit that was set) and `peer` (what another program or library needed); `more`
holds rows of other figures that the same run has given.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from sdx_studio.session import Session
    from sdx_studio.ui.window import Window

SCALES = {"s": 1.0, "ms": 1e3, "µs": 1e6}


def row(bench: Any) -> dict[str, Any]:
    """One benchmark as it is reported: the median of its rounds, unless it brings a value of its own."""
    told = bench.extra_info
    unit = told.get("unit", "ms")
    value = told["value"] if "value" in told else bench.stats.median * SCALES[unit]
    return {"value": float(f"{value:.4g}"), "unit": unit, "goal": told.get("goal"), "peer": told.get("peer") or None}


def table(benches: list[Any]) -> dict[str, Any]:
    """All benchmarks by name, sorted."""
    rows = {bench.extra_info.get("name", bench.name): row(bench) for bench in benches if bench.stats.rounds}
    for bench in benches:
        rows.update(bench.extra_info.get("more", {}))
    return dict(sorted(rows.items()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    target, timing = os.environ.get("SDX_BENCHMARKS"), getattr(session.config, "_benchmarksession", None)
    if target and timing is not None and timing.benchmarks:
        text = json.dumps(table(timing.benchmarks), ensure_ascii=False, indent=1)
        Path(target).write_text(text + "\n", encoding="utf-8")


@pytest.fixture
def window() -> "Iterator[Callable[[Session], Window]]":
    """Shows a session in a real window with an engine of its own; closed at the end."""
    from sdx_studio.ui import app
    from sdx_studio.ui.window import Window

    made: list[Window] = []

    def show(session: "Session") -> Window:
        app.application()
        made.append(Window(session, app.spawned_player, "light"))
        made[-1].resize(1440, 860)
        made[-1].show()
        app.application().processEvents()
        return made[-1]

    yield show
    for one in made:
        one.session.history.mark_saved()
        one.close()
