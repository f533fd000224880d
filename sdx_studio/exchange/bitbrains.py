"""Bitbrains traces (Grid Workloads Archive, GWA-T-12): a folder with one table for each VM of a Dutch data centre.

CPU, memory, disk and network every five minutes (Shen, van Beek, Iosup, CCGrid 2015). The head says milliseconds, but
the times are in seconds; both are read.
"""

from collections.abc import Mapping
from pathlib import PurePath

from sdx_studio.exchange import recordings
from sdx_studio.exchange.fleet import HOSTS, POLICY, Recording
from sdx_studio.exchange.formats import FileError, Format, Opened, Options
from sdx_studio.kinds.presets import MIB
from sdx_studio.words import _, mark

KB = 1024.0
GIGAHERTZ = 1000.0
"""MHz of a core of speed 1."""
COLUMNS = {
    "time": "timestamp", "cores": "cpu cores", "speed": "cpu capacity provisioned", "cpu": "cpu usage [%]",
    "memory": "memory capacity provisioned", "read": "disk read", "write": "disk write",
    "received": "network received", "sent": "network transmitted",
}  # fmt: skip
"""Our word for a column and how its heading begins."""
NEEDED = ("time", "cores", "cpu", "memory")
LATE = 1e11
"""Times beyond this are milliseconds."""


def _gather(files: Mapping[str, bytes], name: str, options: Options) -> Opened:
    vms: list[Recording] = []
    step, count = 300.0, 1
    for file, data in files.items():
        table = _table(data, f"{name}/{file}")
        times = [time / 1000.0 if time > LATE else time for time in table["time"]]
        step, count = recordings.step_of(times, f"{name}/{file}"), max(count, len(times))
        vms.append(_recording(PurePath(file).stem, table, step))
    return recordings.drawn(vms, {"count": count, "step": step}, name, options)


def _table(data: bytes, name: str) -> dict[str, list[float]]:
    """Columns by our words; raises FileError."""
    found = recordings.lines(data)
    heads = [head.lower() for head in recordings.cells(found[0], ";")] if found else []
    places = {
        word: place for word, start in COLUMNS.items() for place, head in enumerate(heads) if head.startswith(start)
    }
    missing = [COLUMNS[word] for word in NEEDED if word not in places]
    if missing or len(found) < 2:
        raise FileError(name, 1, 1, "", _("a column is missing: {names}", names=", ".join(missing) or _("numbers")))
    table: dict[str, list[float]] = {word: [] for word in COLUMNS}
    for line, text in enumerate(found[1:], 2):
        row = recordings.cells(text, ";")
        if len(row) < len(heads):
            raise FileError(
                name, line, 1, "", _("{count} columns instead of {wanted}", count=len(row), wanted=len(heads))
            )
        for word in COLUMNS:
            table[word].append(recordings.number(row[places[word]], name, line) if word in places else 0.0)
    return table


def _recording(name: str, table: Mapping[str, list[float]], step: float) -> Recording:
    vcpus = max(1, int(max(table["cores"])))
    megahertz = max(table["speed"]) / vcpus
    reads, writes = ([value * KB / recordings.REQUEST for value in table[word]] for word in ("read", "write"))
    fields = {
        "trace": recordings.series(table["cpu"], 100.0), "trace_step": step, "load": 0.0,
        **recordings.disk(reads, writes, recordings.REQUEST),
    }  # fmt: skip
    rates = {
        word: [value * KB * 8 for value in table[column]] for word, column in (("in", "received"), ("out", "sent"))
    }
    flows = {word: recordings.flow(found, step) for word, found in rates.items()}
    memory = max(64 * MIB, max(table["memory"]) * KB)
    return Recording(name, vcpus, megahertz / GIGAHERTZ if megahertz > 0 else 1.0, memory, fields,
                     {word: found for word, found in flows.items() if found})  # fmt: skip


def _sniff(files: Mapping[str, bytes]) -> bool:
    """Whether the first file has the columns of GWA-T-12."""
    head = next(iter(files.values()))[:400].lower()
    return b"timestamp" in head and b";" in head and b"cpu capacity provisioned" in head


FORMAT = Format(
    key="bitbrains",
    label=mark("Bitbrains traces GWA-T-12 (folder)"),
    suffixes=(".tar.gz", ".tgz"),
    sniff=lambda _head: False,
    gather=_gather,
    sniff_all=_sniff,
    options=(POLICY, HOSTS),
)
