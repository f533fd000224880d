"""Site: a building with its electricity."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Area
from sdx_studio.engine.power import CARBON, PRICE, PUE
from sdx_studio.kinds.base import GROUND, Kind, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Area]:
    values = plan.values(element.id)
    yield Area(element.id, None, values["pue"], values["price"], values["carbon"])


KIND = Kind(
    key="site",
    label=mark("Site"),
    family="place",
    group="places",
    prefix="site",
    help=mark("A building: adds up power, cost and CO2 of what stands in it"),
    shape="ground",
    fields=(
        Field("pue", mark("PUE"), "number", PUE, "", 1, 5, group="Power",
              help=mark("Power of the whole building per power of its computers (Uptime Institute survey 2024: 1.56)")),
        Field("price", mark("Electricity price"), "number", PRICE, "JPY/kWh", 0, 1000, group="Power",
              help=mark("Price of a kilowatt-hour")),
        Field("carbon", mark("CO2 intensity"), "number", CARBON, "kg/kWh", 0, 3, group="Power",
              help=mark("CO2 for each kilowatt-hour (Japan, national average: 0.423)")),
    ),
    offers=("site.ground",),
    needs=(GROUND,),
    traits=("area",),
    subtitle=("pue",),
    stands_for=("plain:place",),
    parts=_parts,
    order=500,
)  # fmt: skip
