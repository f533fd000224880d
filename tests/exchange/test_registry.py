"""Formats by name and by content, and what is said when there is none."""

from pathlib import Path

import pytest
import samples

from sdx_studio.exchange import FileError, formats, load, store
from sdx_studio.exchange.native import dump

GRAPH = b'<graphml><graph><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>'
GML = b'graph [ node [ id 1 label "a" ] node [ id 2 label "b" ] edge [ source 1 target 2 ] ]'
POOL = b"<pool type='dir'><name>p</name></pool>"


@pytest.mark.parametrize(
    ("name", "data", "elements"),
    [
        ("a.sdx", samples.data(), 5), ("a.txt", samples.data(), 5), ("a.graphml", GRAPH, 2), ("a.xml", GRAPH, 2),
        ("a.dat", GRAPH, 2), ("a.gml", GML, 2), ("a", GML, 2), ("a.xml", POOL, 2), ("a.bin", b"<!-- x -->" + POOL, 2),
    ],
)  # fmt: skip
def test_formats_are_recognised(tmp_path: Path, name: str, data: bytes, elements: int) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert len(load(path).document.elements) == elements
    assert path.read_bytes() == data


@pytest.mark.parametrize("key", formats())
def test_every_format_is_described(key: str) -> None:
    one = formats()[key]
    assert one.key == key
    assert one.label
    assert one.suffixes
    assert one.reads or one.writes
    assert not one.sniff(b"")
    if one.read is not None:
        for rubbish in (b"", b"\0\1\2", b"hello", b"{}", b"<a>", b"\xff\xfe"):
            with pytest.raises(FileError):
                one.read(rubbish, "x", {})


@pytest.mark.parametrize("key", [key for key, one in formats().items() if one.writes])
def test_every_written_format_is_recognised_again(key: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{formats()[key].suffixes[0]}"
    document = load(_written(tmp_path, "a.sdx", samples.data())).document
    store(document, path)
    assert formats()[key].sniff(path.read_bytes()[:4096])
    if formats()[key].reads:
        assert load(path).document.elements


def _written(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def test_unknown_contents_are_told_with_what_is_readable(tmp_path: Path) -> None:
    path = _written(tmp_path, "a.doc", b"hello")
    with pytest.raises(FileError, match=r"of no known format; readable are .*graphml.*sdx"):
        load(path)
    with pytest.raises(FileError, match="no format “graphmll”; did you mean “graphml”"):
        load(path, "graphmll")
    with pytest.raises(FileError, match=r"\.doc cannot be written; possible are "):
        store(load(_written(tmp_path, "b.sdx", samples.data())).document, tmp_path / "a.doc")


def test_format_wins_over_name(tmp_path: Path) -> None:
    path = _written(tmp_path, "a.sdx", GML)
    assert len(load(path, "gml").document.elements) == 2
    document = load(path, "gml").document
    store(document, tmp_path / "b.txt", "sdx")
    assert (tmp_path / "b.txt").read_bytes() == dump(document)


def test_unknown_options_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no option “demand”; allowed: demands"):
        load(_written(tmp_path, "a.gml", GML), options={"demand": "gravity"})
    with pytest.raises(FileError, match="no option"):
        store(load(tmp_path / "a.gml").document, tmp_path / "a.sdx", options={"x": "1"})
