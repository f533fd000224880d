"""PlanetLab traces: a folder with one file for each VM, CPU use in per cent every five minutes, one number a line.

Builds the scenario of Beloglazov and Buyya (2012): hosts by turns HP ML110 G4 and G5, a VM of one of four types for
each trace. `compat=cloudsim` imitates CloudSim 3.0.3 with all its peculiarities; it depends on the names of the files.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePath

from sdx_studio.exchange.fleet import (
    HOSTS,
    POLICY,
    Fleet,
    HostType,
    Plan,
    Recording,
    first_fit,
    read_count,
    read_plan,
    spread,
)
from sdx_studio.exchange.formats import FileError, Format, Opened, Option, Options
from sdx_studio.words import _, mark

STEP, MB = 300.0, 1e6
MODELS = (HostType("G4", 2, 1.86, 4096 * MB, "HP ML110 G4"), HostType("G5", 2, 2.66, 4096 * MB, "HP ML110 G5"))
TYPES = ((2.5, 870 * MB), (2.0, 1740 * MB), (1.0, 1740 * MB), (0.5, 613 * MB))
"""vCPU speed and memory of the four types of VM."""
COUNT = 800
Trace = tuple[str, str]
"""Name and numbers, as a series."""


def _gather(files: Mapping[str, bytes], name: str, options: Options) -> Opened:
    plan = read_plan(options, name, "thr-mmt:0.8")
    hosts = [MODELS[number % len(MODELS)] for number in range(read_count(options, name, COUNT))]
    traces = [(PurePath(file).name, _series(data, f"{name}/{file}")) for file, data in files.items()]
    vms = _typed(_ordered(traces, plan), plan)
    place = first_fit if plan.detector == "dvfs" and plan.compat else spread
    seats = place(vms, hosts, not plan.compat)
    if seats is None:
        message = _("{vms} VMs do not fit on {hosts} hosts", vms=len(vms), hosts=len(hosts))
        raise FileError(name, 0, 0, "", message)
    fleet = Fleet()
    fleet.stand(hosts)
    fleet.seat(vms, seats)
    fleet.steer(plan)
    longest = max(series.count(" ") + 1 for _name, series in traces)
    return fleet.finish(PurePath(name).name.split(".")[0], longest * STEP)


def _series(data: bytes, name: str) -> str:
    """The numbers of one file; raises FileError with the line that is none."""
    numbers: list[str] = []
    for line, text in enumerate(data.decode("latin-1").splitlines(), 1):
        word = text.strip()
        if not word:
            continue
        if not word.isdecimal() or int(word) > 100:
            raise FileError(name, line, 1, "", _("“{text}” is no share from 0 to 100", text=word[:40]))
        numbers.append(str(int(word)))
    if not numbers:
        raise FileError(name, 1, 1, "", _("there are no numbers in it"))
    return " ".join(numbers)


def _ordered(traces: list[Trace], plan: Plan) -> list[Trace]:
    """As the simulator takes them, by name; otherwise by what is in them, so that names do not matter."""
    if plan.compat:
        return sorted(traces)
    return sorted(traces, key=lambda trace: (sha256(trace[1].encode()).digest(), trace[0]))


def _typed(traces: list[Trace], plan: Plan) -> list[Recording]:
    """One VM for each trace: the types one after the other in blocks as the simulator does, otherwise by turns."""
    block = -(-len(traces) // len(TYPES))
    made: list[Recording] = []
    for number, (name, series) in enumerate(traces):
        speed, memory = TYPES[number // block if plan.compat else number % len(TYPES)]
        made.append(Recording(name, 1, speed, memory, {"trace": series, "trace_step": STEP, "load": 0.0}))
    return made


def _sniff(files: Mapping[str, bytes]) -> bool:
    """Whether the first files are plain shares, one a line."""
    some = list(files.values())[:3]
    return all(len(data.split()) > 1 and all(word.isdigit() for word in data.split()[:20]) for data in some)


FORMAT = Format(
    key="planetlab",
    label=mark("PlanetLab traces (folder)"),
    suffixes=(".tar.gz", ".tgz"),
    sniff=lambda _head: False,
    gather=_gather,
    sniff_all=_sniff,
    options=(
        POLICY, HOSTS,
        Option("compat", mark("cloudsim: as CloudSim 3.0.3 does it, with its peculiarities; none")),
    ),
)  # fmt: skip
