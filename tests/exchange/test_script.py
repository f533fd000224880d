"""A drawing written as a Python script draws and runs the same thing again."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from sdx_studio import Session, assets
from sdx_studio.document import Act
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


def test_names_that_python_reads_otherwise(tmp_path: Path) -> None:
    """Names of the script's own, signs that are no letters, forms that mean the same, and texts over several lines."""
    s = Session()
    with s.history.edit("title") as edit:
        edit.update(s.document.properties.but(title="two\nlines \0 and {this file}"))
    names = ["print", "ｓ", "½²", "s", "cable_1", "ﬁ", "fi", "fi", "fi_2", "a\nb", "\u202e", "👩‍🔧"]
    hosts = [s.place("host", name=name, x=1234567.25, y=float(100 * at)) for at, name in enumerate(names)]
    switch = s.place("switch")
    for host in hosts[3:6]:
        s.connect(host, switch)
    s.do("fail", hosts[4], at=1.0)
    path = tmp_path / "drawing.py"
    path.write_text(source(s.document), encoding="utf-8")
    made = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True)
    assert " events" in made.stdout
    again = drawn_again(path.read_text(encoding="utf-8"), tmp_path)
    assert [one.name for one in again.document.elements.values()][: len(names)] == names
    assert {one.x for one in again.document.elements.values()} == {1234567.25, 0.0}
    [act] = again.document.scenario.values()
    assert again.document.elements[act.target].name == "cable_1"


def test_a_verb_of_a_file_is_never_code(tmp_path: Path) -> None:
    s = Session()
    s.place("host")
    with s.history.edit("plan") as edit:
        edit.add(Act("s0001", 1.0, "fail\nraise SystemExit(3)", "gone", fields={"not a name": 1, "if": 2}))
    assert drawn_again(source(s.document), tmp_path).document.elements


def test_it_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "lab.py"
    path.write_text("s = Session()")
    with pytest.raises(FileError):
        load(path)
