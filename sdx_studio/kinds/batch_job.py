"""Job: work for a mainframe that is there from the beginning or comes later, with pauses for tape and disk."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Job
from sdx_studio.kinds.base import Kind, Meter, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Job]:
    values, processor = plan.values(element.id), plan.ancestor(element.id, "processor")
    if processor is not None:
        yield Job(element.id, processor, float(values["arrival"]), float(values["service"]), float(values["pause"]),
                  int(values["repeat"]))  # fmt: skip


KIND = Kind(
    key="batch_job",
    label=mark("Job"),
    family="guest",
    group="machines",
    prefix="job",
    help=mark("Work for a mainframe, with pauses in which it waits for tape or disk"),
    shape="chip",
    fields=(
        Field("arrival", mark("Arrival"), "number", 0.0, "s", 0, 31_536_000, help=mark("When it comes")),
        Field("service", mark("Processor time"), "number", 1.0, "s", 0.001, 1e6,
              help=mark("How long it works at a stretch")),
        Field("pause", mark("Pause"), "number", 3.0, "s", 0, 1e6,
              help=mark("How long it then waits for tape, disk or its user")),
        Field("repeat", mark("Times"), "integer", 60, "", 1, 1_000_000, help=mark("How often it does both")),
    ),
    needs=("job.slot",),
    traits=("task",),
    meters=(Meter(mark("Progress"), "job.progress", alarming=False),),
    lead="job.running",
    thresholds=Thresholds(idle=0.00001, busy=1.1, critical=1.2),
    parts=_parts,
    order=165,
)  # fmt: skip
