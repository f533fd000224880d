"""RVTools inventories of vSphere: a workbook (.xlsx), a folder or zip of its tabs as CSV, or the tab vInfo alone.

May not enter: nothing is computed from formulas, no link in a workbook is followed.
"""

from collections.abc import Mapping

from sdx_studio.exchange.formats import Format, Opened, Options
from sdx_studio.words import mark


def _sniff(head: bytes) -> bool:
    first = head.replace(b"\0", b"").partition(b"\n")[0].lower()
    return head.startswith(b"PK\x03\x04") or (b"powerstate" in first and b"vm" in first)


def _read(data: bytes, name: str, _options: Options) -> Opened:
    from sdx_studio.exchange.rvtools.drawing import drawn
    from sdx_studio.exchange.rvtools.sheets import of_file

    return drawn(of_file(data, name), name)


def _gather(files: Mapping[str, bytes], name: str, _options: Options) -> Opened:
    from sdx_studio.exchange.rvtools.drawing import drawn
    from sdx_studio.exchange.rvtools.sheets import of_tabs

    return drawn(of_tabs(files, name), name)


def _sniff_all(files: Mapping[str, bytes]) -> bool:
    return any(name.lower().endswith("vinfo.csv") for name in files)


FORMAT = Format(
    "rvtools",
    mark("RVTools inventory (vSphere)"),
    (".xlsx", ".zip"),
    _sniff,
    _read,
    gather=_gather,
    sniff_all=_sniff_all,
)
