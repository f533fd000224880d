"""Live migration."""

from collections.abc import Mapping

from sdx_studio.engine.formulas import migration, moves
from sdx_studio.engine.formulas.migration import Rules
from sdx_studio.engine.formulas.model import Model
from sdx_studio.words import mark

_RULES = "downtime_target s null; max_rounds count null; max_factor 1 null"
_SERIES = "V₁ = RAM, t = V / R, V ← min(D · t, W) until V / R ≤ target"
Asked = float | None


def _linear(
    ram: float, rate: float, dirty_rate: float, wws: float, downtime_target: Asked = None, max_rounds: Asked = None,
    max_factor: Asked = None, min_remaining: Asked = None,
) -> migration.PreCopy:  # fmt: skip
    rules = Rules(downtime_target, max_rounds, max_factor, min_remaining)
    return migration.precopy_linear(ram, rate, dirty_rate, wws, rules)


def _random(
    ram: float, rate: float, write_rate: float, wws: float, downtime_target: Asked = None, max_rounds: Asked = None
) -> migration.PreCopy:
    return migration.precopy_random_writes(ram, rate, write_rate, wws, Rules(downtime_target, max_rounds))


def _residue(rate: float, write_rate: float, wws: float) -> dict[str, float]:
    residue = migration.random_residue(rate, write_rate, wws)
    return {"residue": residue, "downtime_if_forced": residue / rate}


def _braked(
    throttle_initial: float, throttle_increment: float, throttle_max: float, trigger: float, **sizes: float
) -> migration.Throttled:
    brake = migration.Brake(throttle_initial, throttle_increment, throttle_max, trigger)
    return migration.auto_converge(brake=brake, **sizes)


def _ruled(given: Mapping[str, float]) -> tuple[dict[str, float], Rules]:
    names = ("downtime_target", "max_rounds", "max_factor")
    return {key: value for key, value in given.items() if key not in names}, Rules(*map(given.get, names))


def _with_storage(**given: float) -> moves.WithDisk:
    sizes, rules = _ruled(given)
    return moves.with_storage(rules=rules, **sizes)


def _many(**given: float) -> moves.Many:
    sizes, rules = _ruled(given)
    return moves.many(rules=rules, **sizes)


def _evacuate(**given: float) -> moves.Evacuation:
    sizes, rules = _ruled(given)
    return moves.evacuate(rules=rules, **sizes)


MODELS: tuple[Model, ...] = (
    Model(
        "mig.precopy_linear", mark("Live migration by pre-copy"), _SERIES,
        f"ram GiB; rate MiB/s; dirty_rate MiB/s; wws GiB; {_RULES}; min_remaining B null",
        "rounds count; total s; downtime s; sent GiB; stop text; converged flag", _linear,
    ),
    Model(
        "mig.precopy_random_writes", mark("Live migration with random writes"),
        "V₁ = RAM, t = V / R, V ← W · (1 − exp(−w · t / W)) until V / R ≤ target",
        "ram page; rate page/s; write_rate 1/s; wws page; downtime_target s null; max_rounds count null",
        "rounds count; total s; downtime s; converged flag", _random,
    ),
    Model(
        "mig.random_fixed_point", mark("Pages that pre-copy never gets rid of"),
        "V = W · (1 − exp(−w · V / (R · W)))",
        "rate page/s; write_rate 1/s; wws page", "residue page; downtime_if_forced s", _residue,
    ),
    Model(
        "mig.auto_converge", mark("Live migration that slows the guest"),
        "too much left twice: throttle + step; dirty rate · (1 − throttle)",
        "ram GiB; rate MiB/s; dirty_rate MiB/s; wws GiB; downtime_target s; throttle_initial % <=1; "
        "throttle_increment % <=1; throttle_max % <=1; trigger %",
        "rounds count; throttle %; total s; downtime s", _braked,
    ),
    Model(
        "mig.bounds", mark("Bounds of a live migration"), "RAM / R ≤ total ≤ (5 · RAM − page) / R, downtime ≤ RAM / R",
        "ram GiB; rate MiB/s; page B", "total_min s; total_max s; downtime_max s", moves.bounds,
    ),
    Model(
        "mig.postcopy", mark("Live migration by post-copy"),
        "downtime = state / R, total = downtime + RAM / R, stall = faults · (RTT + page / R)",
        "ram GiB; rate MiB/s; cpu_state MiB; rtt s; fault_fraction 1 <=1; page B", "downtime s; total s; stall s",
        moves.postcopy,
    ),
    Model(
        "mig.with_storage", mark("Live migration with its disk"), "disk / R, then pre-copy of the memory",
        f"ram GiB; disk GiB; rate MiB/s; dirty_rate MiB/s; {_RULES}", "disk_copy s; ram_total s; total s",
        _with_storage,
    ),
    Model(
        "mig.many", mark("Several migrations in a row or at once"), "n · T(R) against T(R / n)",
        f"vms count; ram GiB; link MiB/s; dirty_rate MiB/s; {_RULES}",
        "sequential_all s; parallel_all s; parallel_rounds count; parallel_converged flag; parallel_stop text", _many,
    ),
    Model(
        "mig.simple_one_pass", mark("A cold copy of the memory"), "RAM / (link · share)",
        "ram MiB; link bit/s; share 1 <=1", "time s", moves.one_pass,
    ),
    Model(
        "mig.admission", mark("Migrations at once on a link"), "⌊link / reserved⌋",
        "link Mbit/s; reserved_per_migration Mbit/s", "max_concurrent count", moves.admitted,
    ),
    Model(
        "mig.concurrency", mark("Waves of migrations"), "⌈VMs / limit⌉",
        "vms count; limits[] count", "waves[] count", moves.waves,
    ),
    Model(
        "maintenance.evacuate", mark("Empty a host in waves"), "each of a wave gets link / (VMs of the wave)",
        f"vms count; ram GiB; dirty_rate MiB/s; link MiB/s; concurrent count; {_RULES}",
        "wave_rates[] MiB/s; wave_times[] s; total s", _evacuate,
    ),
)  # fmt: skip
