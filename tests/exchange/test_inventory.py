"""Plain inventories as CSV: what comes of the rows, and where what is wrong with them stands."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.document import Document
from sdx_studio.document.checks import problems
from sdx_studio.exchange import FileError, Opened, load
from sdx_studio.exchange.inventory import FORMAT
from sdx_studio.session import Session

GIB = 2.0**30
WHOLE = """\
kind,name,host,site,cluster,cores,vcpus,memory [GiB],load,disk,mac
host,esx1,,東京,prod,32,,128,,,
host,esx2,,東京,prod,16,,64 GiB,,,
vm,web01,esx1,,,,2,4,20 %,40 GiB,52:54:00:00:00:01

VM,db-日本,esx2,,,,4,512 MiB,0.5,,
"""


def read(tmp_path: Path, text: str) -> Opened:
    path = tmp_path / "lab.csv"
    path.write_text(text, encoding="utf-8")
    return load(path)


def values(document: Document, address: str) -> dict[str, object]:
    return dict(document.values(document.find(address)))


def test_hosts_and_vms(tmp_path: Path) -> None:
    document = read(tmp_path, WHOLE).document
    assert problems(document) == ()
    web = values(document, "vm:web01")
    assert {key: web[key] for key in ("vcpus", "memory", "load", "mac")} == {
        "vcpus": 2, "memory": 4 * GIB, "load": 0.2, "mac": "52:54:00:00:00:01",
    }  # fmt: skip
    assert values(document, "vm:db-日本")["memory"] == GIB / 2
    assert values(document, "host:esx2")["memory"] == 64 * GIB
    assert document.ancestor(document.find("vm:db-日本"), "machine") == document.find("host:esx2")
    assert document.ancestor(document.find("host:esx1"), "area") == document.find("site:東京")
    assert values(document, "cluster:prod")["members"] == (document.find("host:esx1"), document.find("host:esx2"))
    assert document.values(str(web["disk"]))["size"] == 40 * GIB
    run = Session(document).run(until=1)
    assert run.value(document.find("vm:db-日本"), "cpu.demand") == pytest.approx(2.0)


def test_vms_alone_get_a_host_that_holds_them(tmp_path: Path) -> None:
    found = read(tmp_path, "name;kind;vcpus;memory\na;vm;8;60 GiB\nb;vm;4;60 GiB\n")
    host = values(found.document, "host:host")
    assert host["cores"] == 12
    assert float(str(host["memory"])) >= 120 * GIB
    assert problems(found.document) == ()
    assert any("names no host" in notice for notice in found.notices)


def test_one_host_needs_no_naming(tmp_path: Path) -> None:
    document = read(tmp_path, "kind\tname\nvm\ta\nhost\th\n").document
    assert document.ancestor(document.find("vm:a"), "machine") == document.find("host:h")


def test_kinds_are_known_by_their_names_in_japanese(tmp_path: Path) -> None:
    assert read(tmp_path, "kind,name\nホスト,h\n").document.find("host:h")


WRONG = {
    "kind,name,memroy\nvm,a,1": r"lab\.csv:1:3: memroy: there is no such column; did you mean “memory”",
    "kind,name\nvmm,a": r"lab\.csv:2:1: kind: “vmm” is not one of host, vm; did you mean “vm”",
    "kind,name,memory\nvm,a,16": r"lab\.csv:2:3: memory: .*is outside 64.MiB",
    "kind,name,memory [GiB]\nvm,a,lots": r"lab\.csv:2:3: memory \[GiB\]: “lots” is no quantity",
    "kind,name,memory [apples]\nvm,a,3": r"lab\.csv:2:3: memory \[apples\]: “3 apples” is no quantity",
    "kind,name,vcpus\nhost,a,3": r"lab\.csv:2:3: vcpus: a Host has no such property",
    "kind,name,cores\nhost,h,\nvm,a,3": r"lab\.csv:3:3: cores: a VM has no such property",
    "kind,name,host\nhost,esx1,\nhost,esx2,\nvm,a,esx": r"lab\.csv:4:3: host: there is no row for the host “esx”; did",
    "kind,name,host\nvm,a,esx": r"lab\.csv:2:3: host: there is no row for the host “esx”",
    "kind,name\nhost,h\nhost,i\nvm,a": r"lab\.csv:4:1: the name of its host is needed",
    "kind,name\nhost,h\nvm,a\n\nvm,a": r"lab\.csv:5:2: name: “a” stands on line 3 already",
    "kind,name\nhost,h\nhost,h": r"lab\.csv:3:2: name: there is a host “h” already",
    "kind,name\nvm,": r"lab\.csv:2:2: name: a name is needed",
    "kind,name,disk\nhost,h,4 GiB": r"lab\.csv:2:3: disk: a Host has no such property",
    "kind,name,site\nhost,h,\nvm,a,x": r"lab\.csv:3:3: site: this is said of its host",
    "kind,name,template\nvm,a,b": r"lab\.csv:2:3: template: this cannot be said in a table",
    'kind,name\nvm,"a\nb': r"lab\.csv",
    "kind,name": "neither VMs nor hosts",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told_by_line_and_column(text: str, tmp_path: Path) -> None:
    if text.endswith('"a\nb'):
        assert read(tmp_path, text).document.find("vm:a b")
        return
    with pytest.raises(FileError, match=WRONG[text]):
        read(tmp_path, text)


@given(st.text(st.sampled_from('kindame,vhost\n";日0\u00a0\r\x00é.-='), max_size=200))
def test_any_text_opens_or_is_refused_in_words(text: str) -> None:
    for head in ("", "kind,name,host,memory\n"):
        with suppress(FileError):
            FORMAT.read((head + text).encode(), "a.csv", {})  # type: ignore[misc]
