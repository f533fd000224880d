"""VM requests: people who ask for more and more VMs while the model runs."""

from collections.abc import Iterable

from sdx_studio.engine.formulas.memory import vmm_overhead
from sdx_studio.engine.parts import Guest, Load, Sprawl
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import GIB, MIB, TIB
from sdx_studio.words import mark

WEEK = 7 * 86_400.0
RANDOM, EVEN = "at random", "evenly"


def _hosts(named: Iterable[str], plan: Plan) -> tuple[str, ...]:
    """The hosts that are named, and those of the clusters that are."""
    found: list[str] = []
    for id in named:
        found += plan.values(id)["members"] if "group" in plan.traits(id) else (id,)
    return tuple(dict.fromkeys(found))


def _parts(element: Placed, plan: Plan) -> Iterable[Sprawl]:
    values = plan.values(element.id)
    vcpus, memory = values["vcpus"], values["memory"]
    image = Guest(
        element.id, None, float(vcpus), Load(0.0), memory, shares=1000.0 * vcpus, width=float(vcpus), migrates=True,
        memory_overhead=vmm_overhead(memory, vcpus), dirty_rate=10 * MIB, working_set=memory, files="disk",
    )  # fmt: skip
    yield Sprawl(
        element.id, _hosts(values["hosts"], plan), image, float(values["rate"]) / WEEK, values["arrivals"] == EVEN,
        float(values["busy"]), float(values["idle"]), float(values["idle_share"]), float(values["renewal"]),
        int(values["stream"]),
    )  # fmt: skip


KIND = Kind(
    key="sprawl",
    label=mark("VM requests"),
    family="control",
    group="control",
    prefix="requests",
    help=mark("People who ask for one VM after the other; they are created while the model runs, until all is full"),
    shape="leaf",
    fields=(
        Field("rate", mark("VMs a week"), "number", 20.0, "", 0, 100_000,
              help=mark("How many are asked for in a week")),
        Field("vcpus", mark("vCPU"), "integer", 2, "", 1, 512, help=mark("vCPUs of each")),
        Field("memory", mark("Memory"), "number", 4 * GIB, "B", 64 * MIB, 16 * TIB, help=mark("Memory of each")),
        Field("arrivals", mark("Requests come"), "choice", RANDOM, choices=(RANDOM, EVEN), group="Behaviour",
              help=mark("One after the other by chance, or at even distances")),
        Field("busy", mark("Load of those in use"), "number", 0.3, "1", 0, 1, group="Behaviour",
              help=mark("Share of its processors that one in use asks for")),
        Field("idle", mark("Load of idle ones"), "number", 0.01, "1", 0, 1, group="Behaviour",
              help=mark("Share of its processors that one asks for that nobody uses")),
        Field("idle_share", mark("Idle ones"), "number", 0.3, "1", 0, 1, group="Behaviour",
              help=mark("Share of the VMs that nobody uses")),
        Field("renewal", mark("Renewed"), "number", 0.3, "1", 0, 1, group="Behaviour",
              help=mark("How likely an owner renews a lease that ends; only a lease rule asks")),
        Field("stream", mark("Course of chance"), "integer", 0, "", 0, 1_000_000, group="Behaviour",
              help=mark("Another number, another course of the same chances")),
        Field("hosts", mark("Hosts"), "references", (), to=("machine", "group"), group="Attached to",
              help=mark("Hosts or clusters on which they are created; each takes the host with most free memory")),
    ),
    needs=("site.ground", GROUND),
    traits=("requests", "headcount"),
    subtitle=("rate",),
    meters=(Meter(mark("MEM"), "sprawl.fill"),),
    lead="sprawl.fill",
    thresholds=Thresholds(busy=0.9, critical=0.98),
    parts=_parts,
    order=440,
)  # fmt: skip
