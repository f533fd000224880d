"""Host: a server that offers cores and memory."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Machine, Part
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.power_tables import WATTS
from sdx_studio.kinds.presets import CORES, MEMORY, NIC, POWERED, endpoint
from sdx_studio.kinds.slots import UNIT
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Part]:
    values = plan.values(element.id)
    area = plan.ancestor(element.id, "area")
    watts = WATTS[values["power_model"]]
    speed = float(values["core_speed"])
    yield Machine(element.id, values["cores"] * speed, values["memory"], watts, area, values["powered"],
                  str(values["cpu_family"]).strip().lower(), speed)  # fmt: skip
    yield endpoint(element.id)


KIND = Kind(
    key="host",
    label=mark("Host"),
    family="compute",
    group="machines",
    prefix="host",
    help=mark("A server: offers cores and memory to what runs on it"),
    shape="machine",
    fields=(
        CORES,
        MEMORY,
        Field("core_speed", mark("Core speed"), "number", 1.0, "", 0.01, 100,
              help=mark("Speed of each core, the usual one being 1: a vCPU never gets more than one core")),
        Field("units", mark("Height units"), "integer", 2, "", 1, 20, help=mark("Height units in a rack")),
        UNIT,
        NIC,
        Field("cpu_family", mark("CPU family"), "text", "x86-64", group="Behaviour",
              help=mark("A running VM moves only between hosts of the same family")),
        POWERED,
        Field("power_model", mark("Power model"), "choice", "2014", choices=tuple(WATTS), group="Power",
              help=mark("Watts by load: a measured server (SPECpower_ssj2008) or the median of a year")),
    ),
    offers=("system.slot",),
    needs=("rack.slot", "site.ground", GROUND),
    traits=("machine", "computer", "endpoint"),
    carries=("ethernet", "storage", "wan", "wireless"),
    capacity=1,
    subtitle=("cores", "memory"),
    meters=(
        Meter(mark("CPU"), "cpu.utilisation"),
        Meter(mark("MEM"), "memory.utilisation"),
        Meter(mark("NET"), "net.utilisation"),
        Meter(mark("READY"), "cpu.ready"),
    ),
    lead="cpu.utilisation",
    stands_for=("libvirt:connection",),
    parts=_parts,
    order=10,
)  # fmt: skip
