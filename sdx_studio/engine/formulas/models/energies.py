"""Power, energy, cost, CO2, and server sprawl."""

from collections.abc import Mapping, Sequence

from sdx_studio.engine.formulas import power, sprawl
from sdx_studio.engine.formulas.model import Model
from sdx_studio.words import mark


def _saved(
    table: Sequence[float], before: Mapping[str, float], after: Mapping[str, float], **tariff: float
) -> power.Saved:
    fleets = power.Fleet(**before), power.Fleet(**after)
    return power.consolidation_saving(table, *fleets, power.Tariff(**tariff))


def _idle(
    cpu_p95: float, net: float, logins: float, observed: float, cpu_p95_limit: float, net_limit: float,
    min_observed: float,
) -> bool:  # fmt: skip
    return sprawl.is_idle(cpu_p95, net, logins, observed, sprawl.Limits(cpu_p95_limit, net_limit, min_observed))


MODELS: tuple[Model, ...] = (
    Model(
        "power.spec_table", mark("Power by a measured table"), "linear between the values at 0, 10 … 100 %",
        "table[] W; utilisation 1 <=1", "power W", power.table_power,
    ),
    Model(
        "power.linear", mark("Power by a straight line"), "idle + (full − idle) · u",
        "idle W; full W; utilisation 1 <=1", "power W", power.linear_power,
    ),
    Model(
        "power.linear_vs_table", mark("Error of the straight line"), "linear / table − 1",
        "table[] W; utilisation 1 <=1", "linear W; table_power W; error % ?", power.linear_vs_table,
    ),
    Model(
        "power.energy", mark("Energy, cost and CO2"), "power · hours · PUE · price (· CO2 factor)",
        "power W; hours h; pue 1; price JPY/kWh; co2_factor kg/kWh",
        "it_energy kWh; facility_energy kWh; cost JPY; co2 kg", power.bill,
    ),
    Model(
        "power.co2", mark("CO2 by several factors"), "energy · factor",
        "energy kWh; co2_factors[] kg/kWh", "co2[] kg", power.co2,
    ),
    Model(
        "power.consolidation", mark("What consolidation saves"), "Σ hosts · table(u), before − after",
        "table[] W; before.hosts count; before.utilisation 1 <=1; after.hosts count; after.utilisation 1 <=1; hours h; "
        "pue 1; price JPY/kWh; co2_factor kg/kWh",
        "power_before W; power_after W; power_saved W any; saved_share % ?; energy_saved kWh; cost_saved JPY; "
        "co2_saved kg", _saved,
    ),
    Model(
        "power.sleep_breakeven", mark("When sleeping pays"), "(boot − sleep) · boot time / (idle − sleep)",
        "idle W; sleep W; boot_power W; boot_time s", "min_sleep s", power.sleep_breakeven,
    ),
    Model(
        "sprawl.steady_population", mark("VMs in the long run"), "creation · lease / (1 − renewed)",
        "create 1/week; lease week; renewed 1 <=1", "steady_vms count", sprawl.steady_population,
    ),
    Model(
        "sprawl.growth", mark("VMs without any rule"), "creation · duration",
        "create 1/week; duration week; idle_share 1 <=1", "vms count; idle_vms count", sprawl.growth,
    ),
    Model(
        "sprawl.idle", mark("Whether a VM is idle"),
        "CPU < limit and network < limit and no login and watched long enough",
        "cpu_p95 %; net kB/s; logins count; observed day; cpu_p95_limit %; net_limit kB/s; min_observed day",
        "idle flag", _idle,
    ),
    Model(
        "sprawl.cost", mark("What idle VMs cost"), "⌈VMs / host⌉ · power · hours · PUE · price",
        "idle_vms count; vms_per_host count; host_power W; pue 1; price JPY/kWh; hours h",
        "hosts count; cost_per_year JPY", sprawl.idle_cost,
    ),
)  # fmt: skip
