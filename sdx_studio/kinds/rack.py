"""Rack: a cabinet of height units for which rent is paid."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Area
from sdx_studio.engine.power import CARBON, PRICE, PUE
from sdx_studio.kinds import slots
from sdx_studio.kinds.base import GROUND, Kind, Placed, Plan
from sdx_studio.kinds.fields import Field, Values
from sdx_studio.words import _, mark


def _parts(element: Placed, plan: Plan) -> Iterable[Area]:
    around, rent = plan.ancestor(element.id, "area"), plan.values(element.id)["rent"]
    if around is None:
        yield Area(element.id, None, PUE, PRICE, CARBON, rent)
    else:
        yield Area(element.id, around, rent=rent)


def _refuse(child: Placed, values: Values, parent: str, plan: Plan) -> str | None:
    total = int(plan.values(parent)["units"])
    others = [want(one, plan.values(one)) for one in plan.children(parent) if one != child.id]
    used, wanted = sum(one.units for one in others), want(child.id, values).units
    if used + wanted > total:
        return _("needs {wanted} U, {free} U free", wanted=wanted, free=total - used)
    widest = slots.widest(total, others)
    if wanted > widest:
        return _("needs {wanted} U in a row, the largest gap has {free} U", wanted=wanted, free=widest)
    return None


def want(id: str, values: Values) -> slots.Want:
    """How many height units a machine takes (1 where its kind says nothing), and where it is to stand."""
    return slots.Want(id, int(values.get("units") or 1), values.get("unit"))


KIND = Kind(
    key="rack",
    label=mark("Rack"),
    family="place",
    group="places",
    prefix="rack",
    help=mark("A cabinet: holds machines by height units, costs rent"),
    shape="cabinet",
    fields=(
        Field("units", mark("Height units"), "integer", 42, "", 1, 60, help=mark("Height units that it has")),
        Field("rent", mark("Rent"), "number", 200_000.0, "JPY/month", 0, 1e9, group="Power", help=mark("Rent a month")),
    ),
    offers=("rack.slot",),
    needs=("site.ground", GROUND),
    traits=("area",),
    subtitle=("units",),
    stands_for=("fleet:rack",),
    parts=_parts,
    refuse=_refuse,
    order=510,
)
