"""RVTools inventories: every version's spellings, what comes of them, and what is said of damaged ones."""

import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rvtools_files as made
from openpyxl import Workbook

from sdx_studio.document import Document
from sdx_studio.document.checks import problems
from sdx_studio.exchange import FileError, Opened, load
from sdx_studio.exchange.native import dump, parse
from sdx_studio.session import Session

MIB, GIB = 2.0**20, 2.0**30
KINDS = {"vm": 12, "volume": 12, "host": 3, "hypervisor": 3, "cluster": 2, "storage_array": 2, "disk": 2, "vlan": 2,
         "site": 1, "switch": 1}  # fmt: skip


def kinds(document: Document) -> Counter[str]:
    return Counter(one.kind for one in document.elements.values())


def change(sheets: made.Sheets, sheet: str, column: str, value: Any, row: int = 1) -> made.Sheets:
    sheets[sheet][row][sheets[sheet][0].index(column)] = value
    return sheets


def rename(sheets: made.Sheets, sheet: str, old: str, new: str) -> made.Sheets:
    sheets[sheet][0] = [new if head == old else head for head in sheets[sheet][0]]
    return sheets


def opened(tmp_path: Path, sheets: made.Sheets) -> Opened:
    return load(made.workbook(tmp_path / "rv.xlsx", sheets))


def test_a_workbook_becomes_a_project(tmp_path: Path) -> None:
    found = opened(tmp_path, made.sheets())
    document = found.document
    assert kinds(document) == KINDS
    assert problems(document) == ()
    assert dump(parse(dump(document), "a").document) == dump(document)
    assert any("1 templates were left out: golden" in notice for notice in found.notices)
    vm = document.element(document.find("vm:vm0001"))
    assert document.values(vm.id)["load"] == 1000 / (2 * 2500)
    assert {key: vm.fields[key] for key in ("vcpus", "memory", "working_set", "shares", "mac", "powered")} == {
        "vcpus": 2, "memory": 4 * GIB, "working_set": GIB, "shares": 1000, "mac": "00:50:56:00:00:00", "powered": True,
    }  # fmt: skip
    assert document.values(document.find("vm:vm0012"))["powered"] is False
    volume = document.element(str(vm.fields["disk"]))
    assert (volume.fields["size"], volume.fields["used"], volume.fields["thin"]) == (40 * GIB, 10 * GIB, True)
    assert document.element(str(volume.parent)).name == "san01"
    host = document.element(document.find("host:esx01.lab.local"))
    assert (host.fields["cores"], host.fields["memory"]) == (32, 128 * GIB)
    assert document.ancestor(host.id, "area") == document.find("site:Tokyo")
    cluster = document.values(document.find("cluster:cl1"))
    assert cluster["members"] == (host.id, document.find("host:esx03.lab.local"))
    assert document.values(document.find("vlan:VLAN 20"))["number"] == 20


def test_it_runs_with_the_load_that_was_measured(tmp_path: Path) -> None:
    session = Session(opened(tmp_path, made.sheets()).document)
    vm = session.document.find("vm:vm0001")
    session.set(vm, io_rate=100)
    run = session.run(until=2)
    assert run.value(vm, "cpu.demand") == pytest.approx(0.4)
    assert run.value(vm, "io.rate") == pytest.approx(100)
    assert not run.events("element.hindered")


def test_nothing_overlaps(tmp_path: Path) -> None:
    from sdx_studio.document.layout import Packing

    document = opened(tmp_path, made.sheets(60, 12)).document
    packing, boxes = Packing(document), []
    for one in document.elements.values():
        if one.parent == document.find("site:Tokyo"):
            wide, high = packing.size(one.id)
            boxes.append((one.x, one.y, one.x + wide, one.y + high))
    for at, a in enumerate(boxes):
        for b in boxes[at + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


OLDER: dict[str, Callable[[], made.Sheets]] = {
    "MB": lambda: made.sheets(unit="MB"),
    "cores by socket": lambda: rename(made.sheets(), "vHost", "# Cores", "Something else"),
    "headings in capitals and blanks": lambda: {
        title.upper(): [[f" {str(head).upper()} " for head in rows[0]], *rows[1:]]
        for title, rows in made.sheets().items()
    },
    "num cpus": lambda: rename(
        rename(made.sheets(), "vInfo", "CPUs", "Num CPUs"), "vInfo", "Powerstate", "Power State"
    ),
    "words for flags": lambda: {
        title: [["False" if cell is False else "True" if cell is True else cell for cell in row] for row in rows]
        for title, rows in made.sheets().items()
    },
    "numbers as words": lambda: {
        title: [rows[0], *[[f"{cell:,}" if type(cell) is int else cell for cell in row] for row in rows[1:]]]
        for title, rows in made.sheets().items()
    },
    "lines above": lambda: {title: [[None], [], *rows] for title, rows in made.sheets().items()},
}


@pytest.mark.parametrize("version", OLDER)
def test_other_spellings_say_the_same(version: str, tmp_path: Path) -> None:
    document = opened(tmp_path, OLDER[version]()).document
    wanted = opened(tmp_path, made.sheets()).document
    assert dump(document) == dump(wanted)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tabs_in_a_folder_and_in_a_zip(separator: str, tmp_path: Path) -> None:
    files = made.tabs(made.sheets(), separator)
    folder = tmp_path / "rv"
    folder.mkdir()
    with zipfile.ZipFile(tmp_path / "rv.zip", "w") as archive:
        for name, data in files.items():
            (folder / name).write_bytes(data)
            archive.writestr(f"export/{name}", data)
    wanted = dump(opened(tmp_path, made.sheets()).document)
    assert dump(load(folder).document) == wanted
    assert dump(load(tmp_path / "rv.zip").document) == wanted


def test_the_main_tab_alone(tmp_path: Path) -> None:
    path = tmp_path / "RVTools_tabvInfo.csv"
    path.write_bytes(made.tabs(made.sheets())["RVTools_tabvInfo.csv"])
    found = load(path)
    assert kinds(found.document)["vm"] == 12
    assert kinds(found.document)["host"] == 3
    assert any("5 tabs are not there" in notice for notice in found.notices)
    assert any("hosts that only VMs name" in notice for notice in found.notices)


def test_decimal_commas_behind_semicolons(tmp_path: Path) -> None:
    sheets = change(made.sheets(), "vHost", "CPU usage %", "12,5")
    sheets = change(sheets, "vInfo", "Provisioned MiB", "40.960,5")
    folder = tmp_path / "rv"
    folder.mkdir()
    for name, data in made.tabs(sheets, ";").items():
        (folder / name).write_bytes(data)
    document = load(folder).document
    volume = document.element(document.find("volume:vm0001-disk"))
    assert volume.fields["size"] == 40960.5 * MIB


def test_a_host_shares_its_use_where_vms_tell_none(tmp_path: Path) -> None:
    sheets = made.sheets()
    del sheets["vCPU"]
    document = opened(tmp_path, sheets).document
    assert document.values(document.find("vm:vm0001"))["load"] == 0.2 * 32 / 8


def test_more_memory_than_there_is_overcommits(tmp_path: Path) -> None:
    found = opened(tmp_path, change(made.sheets(), "vHost", "# Memory", 9216))
    layers = [one for one in found.document.elements.values() if one.kind == "hypervisor"]
    assert layers[0].fields["overcommit"] == 2.0
    assert any("more memory than they have" in notice for notice in found.notices)


def test_equal_names_are_told_apart_by_uuid_or_host(tmp_path: Path) -> None:
    sheets = change(made.sheets(), "vInfo", "VM", "vm0001", 2)
    for title in ("vCPU", "vMemory", "vNetwork"):
        change(sheets, title, "VM", "vm0001", 2)
    found = opened(tmp_path, change(sheets, "vCPU", "Overall", 2500, 2)).document
    loads = {found.values(found.find(f"vm:{name}"))["load"] for name in ("vm0001", "vm0001 (2)")}
    assert loads == {0.2, 0.5}


def test_awkward_names_come_in(tmp_path: Path) -> None:
    sheets = change(made.sheets(), "vInfo", "VM", "業務サーバー (開発)")
    sheets = change(change(sheets, "vInfo", "VM", 4711, 2), "vInfo", "VM", "a\tb", 3)
    document = opened(tmp_path, sheets).document
    assert {"業務サーバー (開発)", "4711", "a b"} <= {one.name for one in document.elements.values()}


WRONG = [
    ("vInfo", "Powerstate", "Powerstat", r"rv\.xlsx:1:1: vInfo: the column “powerstate” is missing; did you mean"),
    ("vInfo", "CPUs", "Anzahl", r"vInfo: the column “cpus” is missing.*Found: VM, Powerstate"),
    ("vHost", "# Memory", "RAM size", r"vHost: the column “# memory” is missing|vHost: the column “memory” is missing"),
    ("vDatastore", "Capacity MiB", "Total", r"vDatastore: the column “capacity” is missing"),
    ("vCPU", "Overall", "Over", r"vCPU: the column “overall” is missing; did you mean “Over”"),
    ("vNetwork", "Network", "Netz", "vNetwork: the column “network” is missing"),
    ("vMemory", "Active MiB", "Hot", "vMemory: the column “active” is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "old", "new", "message"), WRONG)
def test_missing_columns_are_named(sheet: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=message):
        opened(tmp_path, rename(made.sheets(), sheet, old, new))


CELLS = [
    ("vInfo", "CPUs", "four", r"rv\.xlsx:2:5: vInfo: CPUs: “four” is no number"),
    ("vInfo", "CPUs", None, "vInfo: CPUs: a number is needed"),
    ("vInfo", "CPUs", 0, "vInfo: CPUs: a VM has at least one"),
    ("vInfo", "CPUs", True, "vInfo: CPUs: “True” is no number"),
    ("vInfo", "Memory", "=1+1", "vInfo: Memory: a number is needed"),
    ("vInfo", "Powerstate", "asleep", "vInfo: Powerstate: “asleep” is not one of poweredOn"),
    ("vInfo", "Template", "perhaps", "vInfo: Template: “perhaps” is neither true nor false"),
    ("vInfo", "In Use MiB", "nan", "“nan” is no number"),
    ("vHost", "# Memory", "much", "vHost: # Memory: “much” is no number"),
    ("vDatastore", "Capacity MiB", "1e999", "“1e999” is no number"),
    ("vNetwork", "Connected", "half", "vNetwork: Connected: “half”"),
]


@pytest.mark.parametrize(("sheet", "column", "value", "message"), CELLS)
def test_wrong_cells_are_named_by_sheet_line_and_column(
    sheet: str, column: str, value: Any, message: str, tmp_path: Path
) -> None:
    with pytest.raises(FileError, match=message):
        opened(tmp_path, change(made.sheets(), sheet, column, value))


def test_merged_cells_are_empty_below_the_first(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    page.title = "vInfo"
    for row in made.sheets()["vInfo"]:
        page.append(row)
    page.merge_cells("A2:A3")
    book.save(tmp_path / "rv.xlsx")
    found = load(tmp_path / "rv.xlsx")
    assert kinds(found.document)["vm"] == 11
    assert any("1 rows without a name" in notice for notice in found.notices)


def test_a_workbook_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"the tab “vInfo” is missing; did you mean “Info”. Found: Info, Sheet2"):
        opened(tmp_path, {"Info": [["a"]], "Sheet2": [["b"]]})
    with pytest.raises(FileError, match="vInfo: there is nothing in it"):
        opened(tmp_path, {"vInfo": []})
    with pytest.raises(FileError, match="neither VMs nor hosts"):
        opened(tmp_path, {"vInfo": [["VM", "Powerstate", "CPUs", "Memory"]]})


def test_no_text(tmp_path: Path) -> None:
    path = tmp_path / "RVTools_tabvInfo.csv"
    path.write_bytes("VM,Powerstate,CPUs,Memory\nJürgen,poweredOn,1,1\n".encode("latin-1"))
    with pytest.raises(FileError, match=r"csv:2:1: this is no UTF-8 text"):
        load(path)
    path.write_bytes("VM\tPowerstate\tCPUs\tMemory\tHost\nJürgen\tpoweredOn\t1\t1024\th\n".encode("utf-16"))
    assert load(path).document.find("vm:Jürgen")


def test_three_thousand_vms_in_a_few_seconds(tmp_path: Path) -> None:
    path = made.workbook(tmp_path / "rv.xlsx", made.sheets(3000, 100))
    before = time.perf_counter()
    found = load(path)
    assert time.perf_counter() - before < 15
    assert kinds(found.document)["vm"] == 3000
