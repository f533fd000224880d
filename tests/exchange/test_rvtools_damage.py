"""RVTools workbooks that are cut, bent or meant to do harm: refused in words, or harmless."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import rvtools_files as made
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.exchange import FileError, load
from sdx_studio.exchange.native import dump, parse
from sdx_studio.exchange.rvtools import FORMAT

STRANGE = (b"", b"<a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff\xfe\0")


def test_an_archive_that_unpacks_to_far_too_much(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(9):
            archive.writestr(f"vInfo{number}.csv", bytes(64 * 2**20))
    with pytest.raises(FileError, match="more than can be opened at once"):
        load(tmp_path / "a.zip")


@pytest.fixture(name="whole", scope="module")
def _whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made.workbook(tmp_path_factory.mktemp("rv") / "rv.xlsx", made.sheets(3, 1)).read_bytes()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.3, 0.5, 0.9, 0.99, 0.999])
def test_truncated_workbooks_are_refused(share: float, whole: bytes) -> None:
    with pytest.raises(FileError):
        FORMAT.read(whole[: int(len(whole) * share)], "rv.xlsx", {})  # type: ignore[misc]


@given(at=st.integers(0, 12_000), value=st.integers(0, 255))
def test_any_damaged_byte_is_refused_or_harmless(whole: bytes, at: int, value: int) -> None:
    data = bytearray(whole)
    data[at % len(data)] = value
    with suppress(FileError):
        FORMAT.read(bytes(data), "rv.xlsx", {})  # type: ignore[misc]


@given(st.dictionaries(st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]),
                       st.sampled_from(STRANGE)))  # fmt: skip
def test_workbooks_with_strange_parts_are_refused_in_words(whole: bytes, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    members |= parts
    made_anew = io.BytesIO()
    with zipfile.ZipFile(made_anew, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with suppress(FileError):
        FORMAT.read(made_anew.getvalue(), "rv.xlsx", {})  # type: ignore[misc]


@pytest.mark.parametrize("sheet", sorted(made.sheets()))
def test_extreme_cells_open_or_are_refused_on_one_line(sheet: str) -> None:
    extremes = [1e300, -5, 0, "", None, 1e-9, "-1", "９９", "a" * 5000, "=SUM(A1)", True]
    for column in range(len(made.sheets()[sheet][0])):
        for value in extremes:
            sheets = made.sheets(2, 1)
            sheets[sheet][1][column] = value
            try:
                document = FORMAT.gather(made.tabs(sheets), "rv", {}).document  # type: ignore[misc]
            except FileError as refusal:
                message = str(refusal)
            else:
                message = ""
                assert parse(dump(document), "a").document.elements
            assert "\n" not in message
