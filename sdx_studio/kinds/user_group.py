"""Users: a group of people whose sessions run on a server; their screens are sent to them."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Load, Users
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import PATTERN, PERIOD, SWING
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Users]:
    values = plan.values(element.id)
    steady = values["pattern"] == "steady"
    level = 1.0 if steady else 1.0 / (1.0 + values["swing"])
    load = Load(level, values["pattern"], float(values["swing"]), float(values["period"]))
    yield Users(
        element.id, values["server"] or "", values["client"], int(values["count"]), float(values["think"]),
        float(values["service"]), float(values["display"]), load,
    )  # fmt: skip


KIND = Kind(
    key="user_group",
    label=mark("User group"),
    family="client",
    group="machines",
    prefix="users",
    help=mark("People whose programs run on a server: they think, click, and wait for the picture"),
    shape="leaf",
    fields=(
        Field("server", mark("Server"), "reference", None, optional=True, to=("guest",), group="Attached to",
              help=mark("The VM, container or app on which their sessions run")),
        Field("client", mark("Client"), "reference", None, optional=True, to=("endpoint",), group="Attached to",
              help=mark("The machine that shows their screens")),
        Field("count", mark("Count"), "integer", 10, "", 1, 100_000, help=mark("How many they are")),
        Field("think", mark("Think time"), "number", 10.0, "s", 0, 3600, group="Behaviour",
              help=mark("Between two requests of one user")),
        Field("service", mark("Work of a request"), "number", 0.2, "s", 1e-6, 3600, group="Behaviour",
              help=mark("Time that one request takes on a core of its own")),
        PATTERN, SWING, PERIOD,
        Field("display", mark("Screen stream"), "number", 150e3, "bit/s", 0, 1e9, group="Network",
              help=mark("What one screen takes: office work about 150 kbit/s, video ten times as much")),
    ),
    needs=("site.ground", GROUND),
    traits=("crowd",),
    subtitle=("count",),
    meters=(Meter(mark("NET"), "net.utilisation", alarming=False),),
    lead="net.utilisation",
    thresholds=Thresholds(busy=2.0, critical=2.0),
    parts=_parts,
    order=60,
)  # fmt: skip
