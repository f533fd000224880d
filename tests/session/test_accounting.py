"""Accounts of sites, racks and machines against the engine's own meters and against numbers by hand."""

import math

import pytest

from sdx_studio import Session, assets
from sdx_studio.engine.power import CARBON, PRICE, PUE
from sdx_studio.kinds.power_tables import POWER_TABLES
from sdx_studio.session import accounting


def house() -> tuple[Session, dict[str, str]]:
    """Two hosts in a rack, one beside it, an array; and a host out of doors."""
    s = Session()
    site = s.place("site", name="Tokyo", pue=1.4, price=30, carbon=0.5)
    rack = s.place("rack", on=site, name="R1", rent=100_000)
    ids = {"site": site, "rack": rack}
    for name, place in (("a", rack), ("b", rack), ("c", site), ("d", None)):
        ids[name] = s.place("host", on=place, name=name, x=900, power_model="IBM x3550 M3 X5675")
    ids["array"] = s.place("storage_array", on=site, name="array", watts=400)
    return s, ids


def after(s: Session, seconds: float) -> tuple[dict[str, accounting.Account], dict[str, float]]:
    run = s.run(until=seconds)
    found = accounting.accounts(s.document, run.world.layout(), run.world.snapshot())
    return found, run.world.totals()


def test_machines_add_up_to_racks_sites_and_the_project() -> None:
    s, ids = house()
    found, totals = after(s, 3600)
    idle = POWER_TABLES["IBM x3550 M3 X5675"].watts[0]
    assert found[ids["a"]].power == idle
    assert found[ids["rack"]].power == pytest.approx(2 * idle)
    assert found[ids["site"]].power == pytest.approx(1.4 * (3 * idle + 400))
    inside = [found[ids[name]] for name in ("a", "b", "c", "array")]
    assert found[ids["site"]].cost == pytest.approx(sum(one.cost for one in inside))
    assert found[ids["site"]].carbon == pytest.approx(sum(one.carbon for one in inside))
    assert found[ids["a"]].cost == pytest.approx(idle / 1000 * 1.4 * 30)
    assert found[ids["d"]].cost == pytest.approx(idle / 1000 * PUE * PRICE)
    assert found[ids["d"]].carbon == pytest.approx(idle / 1000 * PUE * CARBON)
    tops = [found[ids["site"]], found[ids["d"]]]
    assert totals["cost_jpy"] == pytest.approx(sum(one.cost for one in tops))
    assert totals["co2_kg"] == pytest.approx(sum(one.carbon for one in tops))
    assert found[ids["rack"]].rent == pytest.approx(100_000 * 12 / 8760)


def test_a_year_and_what_the_building_adds() -> None:
    s, ids = house()
    found, _totals = after(s, 10)
    idle = POWER_TABLES["IBM x3550 M3 X5675"].watts[0]
    assert found[ids["a"]].year == pytest.approx(idle / 1000 * 8760 * 1.4 * 30)
    assert found[ids["site"]].year == pytest.approx(1.4 * (3 * idle + 400) / 1000 * 8760 * 30 + 1_200_000)
    plain, added = accounting.split(s.document, found)
    assert plain == pytest.approx(4 * idle + 400)
    assert added == pytest.approx(0.4 * (3 * idle + 400) + (PUE - 1) * idle)


@pytest.mark.parametrize("path", assets.listing("samples", ".sdx"), ids=lambda path: path.stem)
def test_every_sample_adds_up(path) -> None:
    s = Session.open(path)
    found, totals = after(s, 30)
    machines = [id for id in found if "area" not in s.document.traits(id)]
    assert totals["cost_jpy"] == pytest.approx(sum(found[id].cost for id in machines), rel=1e-6)
    assert totals["co2_kg"] == pytest.approx(sum(found[id].carbon for id in machines), rel=1e-6)
    rows = list(accounting.metered(s.document, found))
    assert {id for _depth, id in rows} == set(found)


def test_power_tables_say_where_they_are_from() -> None:
    for table in POWER_TABLES.values():
        assert len(table.watts) == 11
        assert list(table.watts) == sorted(table.watts)
        assert table.source
        assert 2007 <= table.year <= 2026


@pytest.mark.parametrize(
    ("value", "unit", "said"), [(0.0005, "kWh", "0.5 Wh"), (0.25, "kg", "250 g"), (math.nan, "kg", "–")]
)
def test_small_amounts(value: float, unit: str, said: str) -> None:
    assert accounting.amount(value, unit).replace("\u00a0", " ") == said
