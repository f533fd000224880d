"""Terminal: a user who asks a mainframe again and again, thinks, and waits for each answer."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Job
from sdx_studio.kinds.base import GROUND, Kind, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark

FOREVER = 1_000_000
"""More requests than a day has."""


def _parts(element: Placed, plan: Plan) -> Iterable[Job]:
    values = plan.values(element.id)
    yield Job(element.id, values["mainframe"] or "", float(values["arrival"]), float(values["service"]),
              float(values["think"]), FOREVER)  # fmt: skip


KIND = Kind(
    key="terminal",
    label=mark("Terminal"),
    family="client",
    group="machines",
    prefix="terminal",
    help=mark("A user at a typewriter: asks the mainframe, waits for the answer, thinks"),
    shape="leaf",
    fields=(
        Field("mainframe", mark("Mainframe"), "reference", None, optional=True, to=("processor",),
              group="Attached to", help=mark("The machine that answers")),
        Field("arrival", mark("Arrival"), "number", 0.0, "s", 0, 31_536_000, help=mark("When the user sits down")),
        Field("service", mark("Processor time"), "number", 0.2, "s", 0.001, 1e6,
              help=mark("What one answer takes of the processor")),
        Field("think", mark("Thinking"), "number", 10.0, "s", 0.1, 1e6,
              help=mark("From an answer to the next question")),
    ),
    needs=("site.ground", GROUND),
    traits=("screen", "task"),
    lead="job.running",
    thresholds=Thresholds(idle=0.00001, busy=1.1, critical=1.2),
    parts=_parts,
    order=45,
)  # fmt: skip
