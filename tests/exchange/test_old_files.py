"""Every version's frozen samples open for ever, and the way from version to version."""

from pathlib import Path

import pytest

from sdx_studio.exchange import read_project
from sdx_studio.exchange.native import dump
from sdx_studio.exchange.native.lines import VERSION
from sdx_studio.exchange.native.upgrades import STEPS, oldest, upgraded

FILES = sorted((Path(__file__).parents[1] / "files").glob("v*-*.sdx"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_old_files_open(path: Path) -> None:
    opened = read_project(path)
    assert opened.document.elements
    if path.name.startswith(f"v{VERSION}-"):
        assert dump(opened.document) == path.read_bytes()


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_every_version_has_a_sample(version: int) -> None:
    assert any(path.name.startswith(f"v{version}-") for path in FILES)


def test_steps_are_taken_in_order_and_change_nothing_given() -> None:
    steps = {1: lambda tree: {**tree, "trail": "1"}, 2: lambda tree: {**tree, "trail": tree["trail"] + "2"}}
    given = {"version": 1, "title": "a"}
    made = upgraded(given, 1, steps, newest=3)
    assert made == {"version": 3, "title": "a", "trail": "12"}
    assert given == {"version": 1, "title": "a"}
    assert upgraded({"version": 3}, 3, steps, newest=3) == {"version": 3}


def test_the_oldest_readable_version_is_where_the_chain_begins() -> None:
    assert oldest({2: dict, 3: dict}, newest=4) == 2
    assert oldest({1: dict, 3: dict}, newest=4) == 3
    assert oldest(STEPS) == 1
