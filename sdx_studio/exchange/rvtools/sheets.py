"""The tabs of an inventory as tables by their names in small letters, out of a workbook, a zip or a folder."""

import importlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from difflib import get_close_matches
from itertools import islice
from pathlib import PurePath
from typing import Any
from xml.etree.ElementTree import ParseError

from sdx_studio.exchange.formats import LARGEST, FileError
from sdx_studio.exchange.rvtools.columns import MAIN, SHEETS
from sdx_studio.exchange.tables import MOST_COLUMNS, MOST_ROWS, Table, comma_separated, made
from sdx_studio.words import _

MOST = 8 * LARGEST
"""Bytes of an unpacked archive."""
_TAB = re.compile(r"(?:^|.*[^a-z]|.*tab)(v[a-z]+)\.csv$", re.IGNORECASE)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, ParseError, EOFError, OSError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, NotImplementedError, RuntimeError, AssertionError,
)  # fmt: skip
"""What libraries raise over a damaged workbook."""

Tables = dict[str, Table]


def of_file(data: bytes, name: str) -> Tables:
    """The tabs of one file. Raises FileError when it is none."""
    if not data.startswith(b"PK"):
        return _whole({MAIN: comma_separated(data, name, SHEETS[MAIN].title)}, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(one.file_size for one in members) > MOST:
                raise FileError(name, 0, 0, "", _("this is more than can be opened at once"))
            if not any(one.filename == "[Content_Types].xml" for one in members):
                files = {one.filename: archive.read(one) for one in members if one.filename.lower().endswith(".csv")}
                return of_tabs(files, name)
        return _workbook(data, name)
    except _BROKEN as reason:
        message = _("no readable workbook: {reason}", reason=" ".join(str(reason).split()) or type(reason).__name__)
        raise FileError(name, 0, 0, "", message) from None


def of_tabs(files: Mapping[str, bytes], name: str) -> Tables:
    """The tabs among files called as RVTools calls them: RVTools_tabvInfo.csv, or vInfo.csv."""
    found: Tables = {}
    for file, data in sorted(files.items()):
        match = _TAB.match(PurePath(file).name)
        key = match[1].lower() if match is not None else ""
        if key in SHEETS and key not in found:
            found[key] = comma_separated(data, f"{name}/{file}", SHEETS[key].title)
    return _whole(found, name, [PurePath(file).name for file in files])


def _workbook(data: bytes, name: str) -> Tables:
    openpyxl: Any = importlib.import_module("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        found: Tables = {}
        for sheet in book.worksheets:
            key = sheet.title.strip().lower()
            if key not in SHEETS or key in found:
                continue
            sheet.reset_dimensions()
            rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
            kept = [(line, cells) for line, cells in enumerate(islice(rows, MOST_ROWS + 2), 1) if _said(cells)]
            found[key] = made(list(kept), name, sheet.title)
        return _whole(found, name, list(book.sheetnames))
    finally:
        book.close()


def _said(cells: tuple[object, ...]) -> bool:
    return any(cell is not None and cell != "" for cell in cells)


def _whole(found: Tables, name: str, others: list[str] | None = None) -> Tables:
    """The tables, if the tab that everything hangs on is among them."""
    if MAIN in found:
        return found
    title, names = SHEETS[MAIN].title, others or []
    close = get_close_matches(title, names, 1, 0.55)
    hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
    shown = ", ".join(names[:12]) or _("none")
    raise FileError(name, 0, 0, "", _("the tab “{name}” is missing{hint} Found: {found}", name=title, hint=hint or ".",
                                      found=shown))  # fmt: skip
