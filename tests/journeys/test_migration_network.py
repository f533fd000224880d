"""The sample of a network for migrations, run by the command line and drawn: both moves, what the copies lose."""

import contextlib
import io
import json
from typing import Any

import pytest

from sdx_studio import assets
from sdx_studio.__main__ import main

SAMPLE = assets.path("samples", "25-migration-network.sdx")


def ran(*words: str) -> dict[str, Any]:
    """What `run --json` prints."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = main(["run", str(SAMPLE), "--json", *words])
    assert code == 0, said.getvalue()
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def test_on_its_own_cables_it_takes_as_long_as_alone_and_the_copy_keeps_its_rate() -> None:
    told = ran()
    done = {event["vm"]: event for event in told["events"] if event["kind"] == "migration.finished"}
    assert done["vm:apart-vm"]["total"] == pytest.approx(44.5, rel=0.01)
    assert done["vm:apart-vm"]["rounds"] == 3
    assert done["vm:apart-vm"]["downtime"] == pytest.approx(0.208, rel=0.01)
    assert done["vm:shared-vm"]["total"] > 2.5 * done["vm:apart-vm"]["total"]
    apart, shared = (told["measures"][f"flow:copy, {name}"]["net.rate"] for name in ("apart", "shared"))
    assert (apart["mean"], shared["last"]) == pytest.approx((1e9, 1e9))
    assert shared["mean"] == pytest.approx(0.62e9, rel=0.02)
    half = ran("--until", "20 s")["measures"]
    assert half["flow:copy, shared"]["net.rate"]["last"] == pytest.approx(5e8)
    links = {name: row["net.rate"]["last"] for name, row in half.items() if name.startswith("link:apart")}
    assert sorted(links.values()) == pytest.approx([1e9] * 4), "two full of files, two of pages"


def test_nothing_is_wrong_with_it() -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert main(["check", str(SAMPLE)]) == 0, said.getvalue()
