"""Recorded loads as plain CSV: a column for the time, others "name metric [unit]" with metric cpu, mem, disk or net.

"time [s], web cpu [%], web mem [GiB], web disk [1/s], web net [Mbit/s]". Without a name the VM is called as the file.
A folder of such files is read as one fleet. Columns of other metrics are left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from sdx_studio import units
from sdx_studio.exchange import recordings
from sdx_studio.exchange.fleet import HOSTS, POLICY, Recording
from sdx_studio.exchange.formats import FileError, Format, Opened, Options
from sdx_studio.kinds.presets import GIB, MIB
from sdx_studio.words import _, mark

_HEAD = re.compile(
    r"^(?P<name>.*?)[\s._-]*\b(?P<metric>time|cpu|mem|memory|disk|net|network)\s*(?:[\[(](?P<unit>[^\])]*)[\])])?$",
    re.IGNORECASE,
)
UNITS = {"time": "s", "cpu": "1", "mem": "B", "disk": "1/s", "net": "bit/s"}
"""Base unit of each metric, and the one that a column without a unit is in (cpu: per cent)."""
WORDS = {"memory": "mem", "network": "net"}
USUAL = {"vcpus": 1, "memory": 1 * GIB}


@dataclass(slots=True)
class Column:
    """One column: whose it is, what it says, and by what its numbers are multiplied."""

    owner: str
    metric: str
    factor: float
    cores: bool = False
    values: list[float] = field(default_factory=list)


def _read(data: bytes, name: str, options: Options) -> Opened:
    return _gather({PurePath(name).name: data}, name, options)


def _gather(files: Mapping[str, bytes], name: str, options: Options) -> Opened:
    vms: list[Recording] = []
    step, count = 300.0, 1
    for file, data in files.items():
        place = name if PurePath(name).name == file else f"{name}/{file}"
        columns = _columns(data, place, PurePath(file).stem)
        times = next(one for one in columns if one.metric == "time").values
        step, count = recordings.step_of(times, place), max(count, len(times))
        owners = dict.fromkeys(one.owner for one in columns if one.metric != "time")
        vms += [_recording(owner, [one for one in columns if one.owner == owner], step) for owner in owners]
    if not vms:
        raise FileError(name, 1, 1, "", _("a column is missing: {names}", names="cpu, mem, disk, net"))
    return recordings.drawn(vms, {"count": count, "step": step}, name, options)


def _columns(data: bytes, name: str, stem: str) -> list[Column]:
    found = recordings.lines(data)
    separator = _separator(found[0]) if found else ","
    columns = [_column(head, name, stem) for head in recordings.cells(found[0], separator)] if found else []
    if not any(one is not None and one.metric == "time" for one in columns) or len(found) < 2:
        raise FileError(name, 1, 1, "", _("a column is missing: {names}", names="time"))
    for line, text in enumerate(found[1:], 2):
        row = recordings.cells(text, separator)
        if len(row) < len(columns):
            raise FileError(name, line, 1, "",
                            _("{count} columns instead of {wanted}", count=len(row), wanted=len(columns)))  # fmt: skip
        for column, cell in zip(columns, row, strict=False):
            if column is not None:
                column.values.append(recordings.number(cell, name, line) * column.factor)
    return [one for one in columns if one is not None]


def _separator(head: str) -> str:
    return max(",;\t", key=head.count)


def _column(head: str, name: str, stem: str) -> Column | None:
    """What a heading says, None when it is of no metric that we know; raises FileError for an unknown unit."""
    match = _HEAD.match(head)
    if match is None:
        return None
    metric = WORDS.get(match["metric"].lower(), match["metric"].lower())
    unit = (match["unit"] or "").strip()
    owner = match["name"].strip() or stem
    if metric == "cpu" and unit.lower() in ("core", "cores"):
        return Column(owner, metric, 1.0, cores=True)
    usual = {"cpu": "%", "disk": "IOPS"}.get(metric, UNITS[metric])
    base = "B/s" if metric == "disk" and units_fit(unit, "B/s") else UNITS[metric]
    try:
        factor = 1.0 if unit == base else units.convert(1.0, unit or usual, base)
    except units.UnitError as reason:
        raise FileError(name, 1, 1, head, str(reason)) from reason
    return Column(owner, metric, factor / recordings.REQUEST if base == "B/s" else factor)


def units_fit(unit: str, base: str) -> bool:
    """Whether `unit` measures what `base` does."""
    try:
        units.convert(1.0, unit, base)
    except units.UnitError:
        return False
    return bool(unit)


def _recording(owner: str, columns: list[Column], step: float) -> Recording:
    by_metric = {one.metric: one for one in columns}
    vcpus, full = USUAL["vcpus"], 1.0
    cpu, memory = by_metric.get("cpu"), by_metric.get("mem")
    if cpu is not None and cpu.cores:
        full = float(max(1, -int(-max(cpu.values) // 1)))
        vcpus = int(full)
    made = Recording(owner, int(vcpus), 1.0, max(64 * MIB, *memory.values) if memory else USUAL["memory"])
    if cpu is not None:
        made.fields.update(trace=recordings.series(cpu.values, full), load=0.0)
    made.fields["trace_step"] = step
    if "disk" in by_metric:
        requests = by_metric["disk"].values
        made.fields.update(recordings.disk([0.7 * one for one in requests], [0.3 * one for one in requests],
                                           recordings.REQUEST))  # fmt: skip
    if "net" in by_metric and (found := recordings.flow(by_metric["net"].values, step)):
        made.traffic["out"] = found
    return made


def _sniff(head: bytes) -> bool:
    """Whether the first line has a time and a metric among its headings."""
    first = head.decode("utf-8-sig", "replace").splitlines()[:1]
    if not first or not any(sign in first[0] for sign in ",;\t"):
        return False
    found = [_HEAD.match(cell) for cell in recordings.cells(first[0], _separator(first[0]))]
    metrics = [match["metric"].lower() for match in found if match is not None]
    return "time" in metrics and len(metrics) > 1


FORMAT = Format(
    key="traces",
    label=mark("Recorded loads (CSV)"),
    suffixes=(".csv", ".tsv"),
    sniff=_sniff,
    read=_read,
    gather=_gather,
    sniff_all=lambda files: _sniff(next(iter(files.values()))),
    options=(POLICY, HOSTS),
)
