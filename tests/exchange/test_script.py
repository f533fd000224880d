"""A drawing written as a Python script draws and runs the same thing again."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from sdx_studio import Session, assets
from sdx_studio.exchange import FileError, load, store
from sdx_studio.exchange.script import source

SAMPLES = assets.listing("samples", ".sdx")


def drawn_again(text: str, folder: Path) -> Session:
    """The session that the script makes; its run is left out."""
    path = folder / "drawing.py"
    path.write_text(text.partition("\nrun = ")[0], encoding="utf-8")
    session: Session = runpy.run_path(str(path))["s"]
    return session


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_drawn_again(path: Path, tmp_path: Path) -> None:
    first = Session.open(path)
    again = drawn_again(source(first.document), tmp_path)
    one, other = first.document, again.document
    assert {one.address(id) for id in one.elements} == {other.address(id) for id in other.elements}
    assert len(one.links) == len(other.links)
    assert [(act.at, act.verb) for act in one.scenario.values()] == [
        (act.at, act.verb) for act in other.scenario.values()
    ]
    for id in one.elements:
        there = other.find(one.address(id))
        mine, theirs = one.values(id), other.values(there)
        plain = [key for key, field in one.kind_of(id).by_key.items() if "reference" not in field.type]
        assert {key: mine[key] for key in plain} == {key: theirs[key] for key in plain}
        assert (one.elements[id].x, one.elements[id].y) == (other.elements[there].x, other.elements[there].y)
    assert (other.properties.seed, other.properties.title) == (one.properties.seed, one.properties.title)


def test_it_runs_by_itself_and_comes_to_the_same(tmp_path: Path) -> None:
    first = Session.open(assets.path("samples", "04-hop-by-hop-or-central.sdx"))
    store(first.document, tmp_path / "lab.py")
    text = (tmp_path / "lab.py").read_text(encoding="utf-8")
    again = drawn_again(text, tmp_path)
    wanted, found = first.run(until="60 s"), again.run(until="60 s")
    flows = first.document.having("traffic")
    assert flows
    for id in flows:
        name = first.document.address(id)
        assert found.value(name, "net.rate") == pytest.approx(wanted.value(name, "net.rate"), rel=1e-9)
    made = subprocess.run([sys.executable, str(tmp_path / "lab.py")], capture_output=True, text=True, check=True)
    assert made.stdout.startswith(f"{first.document.properties.duration:g} s: {len(first.run().events())} events")


def test_a_part_with_awkward_names(tmp_path: Path) -> None:
    s = Session()
    host = s.place("host", name="class", memory="48 GiB")
    vm = s.place("vm", on=host, name='we"b \\ 01', vcpus=3)
    s.place("vm", on=host, name="仮想 1")
    s.place("host", name="elsewhere")
    again = drawn_again(source(s.document, [vm, host, vm]), tmp_path)
    assert sorted(one.name for one in again.document.elements.values()) == sorted(
        one.name for id, one in s.document.elements.items() if one.name != "elsewhere"
    )
    assert again.document.values(again.document.find("host:class"))["memory"] == 48 * 2**30


def test_it_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "lab.py"
    path.write_text("s = Session()")
    with pytest.raises(FileError):
        load(path)
