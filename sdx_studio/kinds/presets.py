"""Fields and figures that several kinds share."""

from dataclasses import replace

from sdx_studio.engine.formulas.migration import Brake, Rules
from sdx_studio.engine.parts import Layer, Load, MigrationStyle, Node, Trace
from sdx_studio.kinds.base import Placed, Plan
from sdx_studio.kinds.fields import Field, Values, numbers
from sdx_studio.words import mark

KIB, MIB, GIB, TIB = 1024.0, 1024.0**2, 1024.0**3, 1024.0**4
MBIT, GBIT = 1e6, 1e9
PATTERNS = ("steady", "wave", "bursty", "day")

# QEMU: target 300 ms, no limit of rounds; Proxmox 100 ms; Xen: 50 pages, 29 rounds and 3 × memory (Clark et al. 2005),
# 5 rounds today; SimGrid's plugin: 30 ms, no set-up; vMotion: 500 ms, 250 Mbit/s each, 4 at once.
BOARD = MigrationStyle(rules=Rules(0.3, 29, 3.0), linear=True, setup=0.0, resume=0.0, cpu_left=1.0)
"""As one reckons with chalk: straight lines, no set-up, no loss of speed."""
STYLES: dict[str, MigrationStyle] = {
    "standard": MigrationStyle(),
    "QEMU": MigrationStyle(rules=Rules(0.3)),
    "QEMU auto-converge": MigrationStyle(rules=Rules(0.3), brake=Brake()),
    "QEMU post-copy": MigrationStyle(method="postcopy"),
    "Proxmox": MigrationStyle(rules=Rules(0.1)),
    "Xen 2005": MigrationStyle(rules=Rules(None, 29, 3.0, 50 * 4 * KIB)),
    "Xen": MigrationStyle(rules=Rules(None, 5, None, 50 * 4 * KIB)),
    "vMotion": MigrationStyle(rules=Rules(0.5), brake=Brake(), limit=4, reserve=250 * MBIT),
    "SimGrid": MigrationStyle(rules=Rules(0.03), linear=True, setup=0.0, resume=0.0, cpu_left=1.0),
    "blackboard": BOARD,
    "blackboard, auto-converge": replace(BOARD, rules=Rules(0.3), brake=Brake()),
    "blackboard, eight at once": replace(BOARD, limit=8),
}

CORES = Field("cores", mark("Cores"), "integer", 16, "core", 1, 4096, help=mark("Cores that programs can use"))
MEMORY = Field("memory", mark("Memory"), "number", 64 * GIB, "B", 64 * MIB, 64 * TIB, help=mark("Main memory"))
NIC = Field(
    "nic_speed", mark("Port speed"), "number", 1 * GBIT, "bit/s", 1e3, 10e12, group="Network",
    help=mark("Speed of its network ports; a cable without a speed of its own takes the slower end's"),
)  # fmt: skip
POWERED = Field("powered", mark("Switched on"), "flag", True, group="Behaviour", help=mark("Whether it runs at start"))
LOAD = Field(
    "load", mark("Load"), "number", 0.3, "1", 0, 1, group="Behaviour",
    help=mark("Share of its processors that its programs ask for"),
)  # fmt: skip
PATTERN = Field(
    "pattern", mark("Course"), "choice", "steady", choices=PATTERNS, group="Behaviour",
    help=mark("How the load moves: steady, as a wave, in bursts, or like a working day"),
)  # fmt: skip
SWING = Field(
    "swing", mark("Swing"), "number", 0.5, "1", 0, 1, group="Behaviour", help=mark("How far the load moves up and down")
)
PERIOD = Field(
    "period", mark("Period"), "number", 20.0, "s", 1, 31536000, group="Behaviour", help=mark("Time of one up and down")
)
TRACE = Field(
    "trace", mark("Trace"), "series", "", "", 0, 100, group="Behaviour",
    help=mark("Recorded load in per cent, one number for each step, such as 10 12 9; it takes the place of the load"),
)  # fmt: skip
TRACE_STEP = Field(
    "trace_step", mark("Trace step"), "number", 300.0, "s", 0.001, 31536000, group="Behaviour",
    help=mark("Time from one number of the trace to the next"),
)  # fmt: skip
TRACE_LOOP = Field(
    "trace_loop", mark("Trace repeats"), "flag", True, group="Behaviour",
    help=mark("Begin again after the last number, or ask for nothing from then on"),
)  # fmt: skip
TRACE_SMOOTH = Field(
    "trace_smooth", mark("Trace smoothed"), "flag", False, group="Behaviour",
    help=mark("Join the numbers by straight lines instead of steps"),
)  # fmt: skip
TEMPLATE = Field(
    "template", mark("Template"), "reference", None, optional=True, to=("guest",), group="Attached to", inherits=True,
    help=mark("Where the values come from that are not set here; a change of the template changes all that have it"),
)  # fmt: skip
MAC = Field(
    "mac", mark("MAC address"), "text", "", group="Network", identity=True,
    pattern="[0-9a-f][02468ace]([:-][0-9a-f]{2}){5}", example="52:54:00:12:34:56",
    help=mark("Hardware address of its network port, such as 52:54:00:12:34:56; no two are alike"),
)  # fmt: skip
TRACES = (TRACE, TRACE_STEP, TRACE_LOOP, TRACE_SMOOTH)
LOADS = (LOAD, PATTERN, SWING, PERIOD, *TRACES)
WORK = Field(
    "work", mark("Job"), "number", 0.0, "s", 0, 1e9, group="Behaviour",
    help=mark("A job by its CPU time on one core; while it lasts it takes the place of the load; 0 is none"),
)  # fmt: skip
PARALLEL = Field(
    "parallel", mark("Parallel share"), "number", 1.0, "1", 0, 1, group="Behaviour",
    help=mark("Share of the job that several vCPUs can do together; the rest keeps one busy, the others wait"),
)  # fmt: skip
JOB = (WORK, PARALLEL)
PRIORITY = Field(
    "priority", mark("Bridge priority"), "integer", 32768, "", 0, 65535, group="Network",
    help=mark("The lowest one becomes the root of the spanning tree"),
)  # fmt: skip


def trace(values: Values, text: str) -> Trace:
    """A series of per cents with the step and course that the trace fields say."""
    shares = [value / 100.0 for value in numbers(text)]
    return Trace.of(shares, float(values["trace_step"]), values["trace_loop"], values["trace_smooth"])


def load(values: Values) -> Load | Trace:
    """The load fields as the engine's Load, or the trace in its place."""
    if values["trace"]:
        return trace(values, values["trace"])
    return Load(float(values["load"]), values["pattern"], float(values["swing"]), float(values["period"]))


def computer(id: str, plan: Plan) -> str | None:
    """The machine or guest that `id` runs in."""
    return plan.ancestor(id, "computer")


def layer(element: Placed, plan: Plan, memory: float, overhead: float) -> tuple[Layer, ...]:
    """The engine's Layer for a software layer, if it sits on something."""
    under = computer(element.id, plan)
    return (Layer(element.id, under, overhead, memory),) if under else ()


def endpoint(id: str) -> Node:
    """A thing at the edge of the network."""
    return Node(id, "end")
