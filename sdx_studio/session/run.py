"""A finished run and what one may ask it."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.session.build import MICROSECONDS, parts_of, scenario_of
from sdx_studio.session.wording import record
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

Progress = Callable[[float], None]
SLICES = 200


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of simulating a project up to `time` seconds."""

    document: Document
    world: "World"
    time: float

    @property
    def state_hash(self) -> str:
        """The same for the same file, seed and time, wherever it ran."""
        return self.world.state_hash()

    def value(self, address: str, measure: str) -> float:
        """Last value of one measure (ratios 0…1, base units); raises KeyError when the element has no such measure."""
        id = self.document.find(address)
        found = self.world.measures().get(id, {})
        if measure not in found:
            raise KeyError(f"{address} has no measure {measure!r}; it has {', '.join(sorted(found)) or 'none'}")
        return found[measure].last

    def events(self, kind: str | None = None) -> list[SimpleNamespace]:
        """Events in order of time, all or of one kind, with their figures as attributes."""
        rows = [record(event, self.document) for event in self.world.events]
        return [SimpleNamespace(**row) for row in rows if kind is None or row["kind"] == kind]

    def as_json(self) -> dict[str, Any]:
        """The shape that `sdx-studio run --json` prints."""
        return {
            "time": self.time,
            "measures": self._measures(),
            "events": [record(event, self.document) for event in self.world.events],
            "totals": self.world.totals(),
            "state_hash": self.state_hash,
        }

    def _measures(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for id, measures in self.world.measures().items():
            rows = {
                key: {"last": _known(one.last), "mean": _known(one.mean), "max": _known(one.max + 0 * one.mean)}
                for key, one in sorted(measures.items())
            }
            found[self.document.address(id)] = rows
        return dict(sorted(found.items()))

    def summary(self) -> list[str]:
        """The run in a few lines for people."""
        document = self.document
        totals = self.world.totals()
        lines = [
            _("{title}: {time} simulated, {count} events", title=document.properties.title or _("Project"),
              time=units.show(self.time, "s"), count=len(self.world.events)),
            _("Energy {energy} kWh, cost {cost} JPY, CO2 {carbon} kg, migrations {moves}, downtime {down}",
              energy=f"{totals['energy_kwh']:.4g}", cost=f"{totals['cost_jpy']:.4g}", carbon=f"{totals['co2_kg']:.4g}",
              moves=int(totals["migrations"]), down=units.show(totals["downtime_s"], "s")),
            "",
            f"{_('Element'):<28} {_('Measure'):<20} {_('last'):>12} {_('mean'):>12} {_('max'):>12}",
        ]  # fmt: skip
        measures = self.world.measures()
        for id in sorted(document.elements, key=document.address):
            what = document.kind_of(id)
            if what.lead is not None and what.lead in measures.get(id, {}):
                one = measures[id][what.lead]
                shown = " ".join(f"{units.show(value, '1'):>12}" for value in (one.last, one.mean, one.max))
                lines.append(f"{' '.join(document.address(id).split()):<28} {what.lead:<20} {shown}")
        return lines


def _known(value: float) -> float | None:
    """The value, None where it is no number (the response time of what is saturated or down)."""
    return value if value == value else None


def run(document: Document, until: float, seed: int | None = None, progress: Progress | None = None) -> Run:
    """Simulate a document in this process up to `until` simulated seconds."""
    from sdx_studio.engine.world import World  # a window does without: its models run in another process

    world = World(
        parts_of(document),
        seed=document.properties.seed if seed is None else seed,
        scenario=scenario_of(document),
    )
    end = round(until * MICROSECONDS)
    if progress is not None:
        for share in range(1, SLICES):
            world.advance(end * share // SLICES)
            progress(share / SLICES)
    world.advance(end)
    return Run(document, world, until)
