"""Recorded loads: folders of PlanetLab and Bitbrains files, plain tables, and what is said about bad ones."""

import io
import random
import tarfile
from pathlib import Path

import pytest

from sdx_studio import Session
from sdx_studio.document import Document
from sdx_studio.document.checks import problems
from sdx_studio.engine.steering import CLOUDSIM
from sdx_studio.exchange import FileError, load, store
from sdx_studio.kinds import Value

HEAD = (
    "Timestamp [ms];\tCPU cores;\tCPU capacity provisioned [MHZ];\tCPU usage [MHZ];\tCPU usage [%];\t"
    "Memory capacity provisioned [KB];\tMemory usage [KB];\tDisk read throughput [KB/s];\t"
    "Disk write throughput [KB/s];\tNetwork received throughput [KB/s];\tNetwork transmitted throughput [KB/s]"
)
TABLE = """time [s],web cpu [%],web mem [GiB],web disk [1/s],web net [Mbit/s],db cpu [cores]
0,50,1,100,10,1.5
60,20,2,50,20,0.5
120,0,2,0,0,3
"""


def fields(document: Document, name: str) -> dict[str, Value]:
    return next(dict(one.fields) for one in document.elements.values() if one.name == name)


@pytest.fixture
def days(tmp_path: Path) -> Path:
    """Forty recordings of six hours in a folder."""
    chance = random.Random(4)
    folder = tmp_path / "day"
    folder.mkdir()
    for number in range(40):
        level = chance.randint(5, 60)
        values = [min(100, max(0, level + chance.randint(-15, 15))) for _ in range(72)]
        (folder / f"node{number:02d}").write_text("\n".join(map(str, values)) + "\n")
    return folder


def test_planetlab_scenario(days: Path) -> None:
    document = load(days, "planetlab", {"hosts": "30"}).document
    assert not [one for one in problems(document) if one.severity == "error"]
    assert len(document.having("machine")) == 30
    vms = [document.elements[id] for id in document.having("mobile")]
    assert sorted(one.name for one in vms) == [f"node{number:02d}" for number in range(40)]
    assert {one.fields["vcpu_speed"] for one in vms} == {0.5, 1.0, 2.0, 2.5}
    assert document.properties.duration == 6 * 3600
    given = (days / "node07").read_text().split()
    assert fields(document, "node07")["trace"] == " ".join(given)


def test_a_folder_is_recognised_and_an_archive_is_the_same(days: Path, tmp_path: Path) -> None:
    packed = tmp_path / "day.tar.gz"
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(days, "day")
    options = {"hosts": "30"}
    one, other = load(days, options=options).document, load(packed, options=options).document
    assert [element.fields for element in one.elements.values()] == [
        element.fields for element in other.elements.values()
    ]


def test_honest_figures_depend_on_no_name(days: Path, tmp_path: Path) -> None:
    shuffled = tmp_path / "shuffled"
    shuffled.mkdir()
    names = sorted(path.name for path in days.iterdir())
    for name, other in zip(names, random.Random(1).sample(names, len(names)), strict=True):
        (shuffled / f"x{other}").write_bytes((days / name).read_bytes())
    figures = []
    for folder in (days, shuffled):
        session = Session(load(folder, "planetlab", {"hosts": "30"}).document)
        run = session.run(until="6 h")
        figures.append(run.as_json()["totals"])
    assert figures[0] == figures[1]
    assert figures[0]["energy_kwh"] > 0


def test_compat_takes_files_by_name_and_all_peculiarities(days: Path) -> None:
    document = load(days, "planetlab", {"compat": "cloudsim", "policy": "lr-mc:1.3", "hosts": "30"}).document
    steering = next(document.elements[id] for id in document.having("steering"))
    assert steering.fields["policy"] == "lr"
    assert steering.fields["selection"] == "mc"
    assert steering.fields["parameter"] == 1.3
    assert steering.fields["quirks"] == CLOUDSIM
    assert fields(document, "node00")["vcpu_speed"] == 2.5
    assert fields(document, "node39")["vcpu_speed"] == 0.5


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"policy": "best"}, "no policy"),
        ({"policy": "thr-xx"}, "no policy"),
        ({"policy": "thr-mmt:high"}, "no number"),
        ({"compat": "gridsim"}, "cloudsim or none"),
        ({"hosts": "0"}, "from 1 to 20000"),
        ({"hosts": "3"}, "do not fit"),
        ({"color": "red"}, "no option"),
    ],
)
def test_bad_options_are_told(days: Path, options: dict[str, str], words: str) -> None:
    with pytest.raises(FileError, match=words):
        load(days, "planetlab", options)


@pytest.mark.parametrize(("text", "line"), [("10\n20\nabc\n", 3), ("10\n101\n", 2), ("", 1), ("1.5\n", 1)])
def test_bad_planetlab_files_are_told_with_their_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "vm").write_text(text)
    with pytest.raises(FileError) as told:
        load(tmp_path, "planetlab")
    assert (told.value.line, Path(told.value.path).name) == (line, "vm")


def test_folders_need_a_format_for_folders(tmp_path: Path) -> None:
    (tmp_path / "readme").write_text("hello")
    with pytest.raises(FileError, match="folders are bitbrains, planetlab, rvtools, traces"):
        load(tmp_path)
    with pytest.raises(FileError, match="folders are"):
        load(tmp_path, "graphml")
    (tmp_path / "readme").unlink()
    with pytest.raises(FileError, match="no files"):
        load(tmp_path)


def test_an_archive_is_never_unpacked_and_a_broken_one_is_told(tmp_path: Path) -> None:
    packed = tmp_path / "x.tar.gz"
    with tarfile.open(packed, "w:gz") as archive:
        member = tarfile.TarInfo("../../outside")
        member.size = 3
        archive.addfile(member, io.BytesIO(b"5\n6"))
    load(packed, "planetlab", {"hosts": "2"})
    assert not (tmp_path.parent / "outside").exists()
    packed.write_bytes(b"no archive at all")
    with pytest.raises(FileError, match="cannot be read"):
        load(packed, "planetlab")


def bitbrains(folder: Path, name: str, rows: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.csv").write_text("\n".join([HEAD, *rows]) + "\n")


def test_bitbrains_columns(tmp_path: Path) -> None:
    rows = [
        "1376314846;\t4;\t11704;\t5852;\t50;\t8388608;\t1000;\t300;\t100;\t0;\t125",
        "1376315146;\t4;\t11704;\t2926;\t25;\t8388608;\t1000;\t0;\t200;\t0;\t250",
    ]
    bitbrains(tmp_path / "fast", "1", rows)
    document = load(tmp_path / "fast").document
    vm = fields(document, "1")
    assert (vm["vcpus"], vm["vcpu_speed"], vm["memory"]) == (4, 2.926, 8 * 2.0**30)
    assert (vm["trace"], vm["trace_step"]) == ("50 25", 300.0)
    assert (vm["io_rate"], vm["io_trace"], vm["read_share"]) == (100.0, "100 50", 0.5)
    assert fields(document, "1-out")["rate"] == 250 * 1024 * 8
    assert not [one for one in problems(document) if one.severity == "error"]
    run = Session(document).run(until="599 s")
    assert run.value("vm:1", "cpu.utilisation") == pytest.approx(0.25)
    assert run.value("vm:1", "io.rate") == pytest.approx(50.0)
    assert run.value("flow:1-out", "net.rate") == pytest.approx(250 * 1024 * 8)


def test_bitbrains_times_in_milliseconds_and_missing_columns(tmp_path: Path) -> None:
    rows = [f"{1376314846000 + 300000 * at};1;2000;0;5;1048576;0;0;0;0;0" for at in range(3)]
    bitbrains(tmp_path / "a", "vm", rows)
    document = load(tmp_path / "a", "bitbrains").document
    assert fields(document, "vm")["trace_step"] == 300.0
    assert not document.having("traffic")
    (tmp_path / "a" / "vm.csv").write_text("Timestamp [ms];CPU cores\n1;2\n")
    with pytest.raises(FileError, match="column is missing"):
        load(tmp_path / "a", "bitbrains")


def test_plain_table(tmp_path: Path) -> None:
    path = tmp_path / "loads.csv"
    path.write_text(TABLE)
    document = load(path).document
    web, db = fields(document, "web"), fields(document, "db")
    assert (web["trace"], web["trace_step"], web["memory"]) == ("50 20 0", 60.0, 2 * 2.0**30)
    assert (web["io_rate"], web["io_trace"]) == (100.0, "100 50 0")
    assert (db["vcpus"], db["trace"]) == (3, "50 16.67 100")
    assert fields(document, "web-out")["rate"] == 20e6
    run = Session(document).run(until="100 s")
    assert run.value("vm:web", "cpu.grant") == pytest.approx(0.2)
    assert run.value("vm:db", "cpu.grant") == pytest.approx(0.5, rel=1e-3)
    assert run.value("flow:web-out", "net.rate") == pytest.approx(20e6)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("time,cpu\n0,5\n0,6\n", "times do not go on"),
        ("cpu,mem\n5,6\n", "column is missing: time"),
        ("time,colour\n0,red\n", "column is missing: cpu"),
        ("time,cpu [GiB]\n0,5\n", "GiB"),
        ("time,cpu\n0,five\n", "is no number"),
        ("time,cpu\n0\n", "1 columns instead of 2"),
    ],
)
def test_bad_tables_are_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(FileError, match=words):
        load(path, "traces")


def test_traces_survive_saving(tmp_path: Path) -> None:
    path, saved = tmp_path / "loads.csv", tmp_path / "loads.sdx"
    path.write_text(TABLE)
    document = load(path).document
    store(document, saved)
    again = load(saved).document
    assert fields(again, "db")["trace"] == "50 16.67 100"
    bad = saved.read_text().replace("50 16.67 100", "50 often 100")
    saved.write_text(bad)
    with pytest.raises(FileError, match="trace"):
        load(saved)


def test_once_and_smooth(tmp_path: Path) -> None:
    path = tmp_path / "vm.csv"
    path.write_text("time [min],cpu\n0,0\n1,100\n2,50\n")
    session = Session(load(path).document)
    vm = next(iter(session.document.having("mobile")))
    session.set(vm, trace_smooth=True)
    assert session.run(until="30 s").value(vm, "cpu.utilisation") == pytest.approx(0.5, abs=0.06)
    session.set(vm, trace_smooth=False, trace_loop=False)
    run = session.run(until="200 s")
    assert run.value(vm, "cpu.utilisation") == 0.0
