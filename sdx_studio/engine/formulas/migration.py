"""Live migration by pre-copy: rounds while the guest runs, then a pause (bytes, bytes/s, seconds).

After Clark et al., "Live Migration of Virtual Machines", NSDI 2005.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, expm1, log

from sdx_studio.engine.formulas.bounds import (
    NOISE,
    above,
    above_zero,
    at_most,
    not_negative,
    require,
    share_of_one,
)
from sdx_studio.words import mark

LONGEST = 100_000
"""Rounds after which a migration without a rule that ends it is given up."""


def dirtied(rate: float, working_set: float, seconds: float) -> float:
    """Bytes dirty after `seconds` of random writes at `rate` bytes/s over `working_set` bytes.

    W·(1 − exp(−D·t/W)): pages drawn at random; also the unique bytes that change within a replication interval.
    """
    return -working_set * expm1(-rate * seconds / working_set) if working_set > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Rules:
    """When pre-copy stops: seconds of pause, rounds, bytes sent over memory, bytes left; None switches a rule off."""

    downtime_target: float | None = None
    max_rounds: float | None = None
    max_factor: float | None = None
    min_remaining: float | None = None


@dataclass(frozen=True, slots=True)
class PreCopy:
    """Rounds, seconds in all and of the pause, bytes sent in all, the rule that stopped it, whether it converged."""

    rounds: int
    total: float
    downtime: float
    sent: float
    stop: str
    converged: bool


def precopy(ram: float, rate: float, dirty: Callable[[float], float], rules: Rules) -> PreCopy:
    """Pre-copy of `ram` bytes at `rate` bytes/s, where `dirty(t)` bytes are dirty after a round of t seconds.

    Refused when no rule ever ends it.
    """
    above_zero(rate=rate)
    not_negative(ram=ram)
    rest, sent, time, rounds = ram, 0.0, 0.0, 0
    while rounds < LONGEST:
        rounds += 1
        sent += rest
        time += rest / rate
        rest = dirty(rest / rate)
        stop = stopped(rules, rest, rate, rounds, sent, ram)
        if stop:
            pause = rest / rate
            settled = stop in ("min_remaining", "downtime_target")
            return PreCopy(rounds, time + pause, pause, sent + rest, stop, settled)
    require(False, mark("none of its rules ever ends this migration"))
    raise AssertionError


def stopped(rules: Rules, rest: float, rate: float, rounds: int, sent: float, ram: float) -> str:
    """The first rule that stops it now, or an empty text."""
    held = {
        "min_remaining": rules.min_remaining is not None and at_most(rest, rules.min_remaining),
        "downtime_target": rules.downtime_target is not None and at_most(rest / rate, rules.downtime_target),
        "max_rounds": rules.max_rounds is not None and rounds >= rules.max_rounds,
        "max_factor": rules.max_factor is not None and above(sent, rules.max_factor * ram),
    }
    return next((name for name, holds in held.items() if holds), "")


def precopy_linear(ram: float, rate: float, dirty_rate: float, wws: float, rules: Rules) -> PreCopy:
    """Pre-copy that dirties `dirty_rate` bytes/s, at most `wws` bytes: the simple model for the blackboard."""
    not_negative(dirty_rate=dirty_rate, wws=wws)
    return precopy(ram, rate, lambda seconds: min(dirty_rate * seconds, wws), rules)


def precopy_random_writes(ram: float, rate: float, write_rate: float, wws: float, rules: Rules) -> PreCopy:
    """Pre-copy with random writes (`dirtied`), the model of the engine; any unit of memory for all four."""
    not_negative(write_rate=write_rate, wws=wws)
    return precopy(ram, rate, lambda seconds: dirtied(write_rate, wws, seconds), rules)


@dataclass(frozen=True, slots=True)
class Closed:
    """Rounds, seconds in all and of the pause by the closed form."""

    rounds: int
    total: float
    downtime: float


def linear_closed_form(ram: float, rate: float, dirty_rate: float, downtime_target: float) -> Closed:
    """`precopy_linear` without other rules in one line: a geometric series with ratio D/R, which must be below 1."""
    above_zero(ram=ram, rate=rate, downtime_target=downtime_target)
    not_negative(dirty_rate=dirty_rate)
    ratio = dirty_rate / rate
    require(ratio < 1, mark("it never converges: the memory is dirtied as fast as it is sent"))
    wanted = downtime_target * rate / ram
    rounds = max(1, ceil(log(wanted) / log(ratio) - NOISE)) if ratio > 0 and wanted < 1 else 1
    return Closed(rounds, ram / rate * (1 - ratio ** (rounds + 1)) / (1 - ratio), ram / rate * ratio**rounds)


def random_residue(rate: float, write_rate: float, wws: float) -> float:
    """Bytes on which pre-copy with random writes comes to rest: root of V = W(1 − exp(−wV/(RW))), 0 when w ≤ R.

    Newton from above; the function is concave, so it comes down to the positive root.
    """
    above_zero(rate=rate)
    not_negative(write_rate=write_rate, wws=wws)
    if not above(write_rate, rate) or wws == 0:
        return 0.0
    ratio = write_rate / rate
    at = 1.0
    for _ in range(200):
        value = -expm1(-ratio * at) - at
        slope = ratio * (1.0 + expm1(-ratio * at)) - 1.0
        lower = at - value / slope
        if not 0 < lower < at:
            break
        at = lower
    return at * wws


@dataclass(frozen=True, slots=True)
class Throttled:
    """Rounds, how far the guest was slowed (0…1) at last, seconds in all and of the pause."""

    rounds: int
    throttle: float
    total: float
    downtime: float


@dataclass(frozen=True, slots=True)
class Brake:
    """How auto-converge slows a guest (QEMU): first and further steps, most, the share that counts as too much."""

    initial: float = 0.20
    increment: float = 0.10
    most: float = 0.99
    trigger: float = 0.50


def slowed(brake: Brake, throttle: float, strikes: int, rest: float, sent: float) -> tuple[float, int]:
    """Throttle and count of bad rounds after a round that has sent `sent` bytes and left `rest` dirty."""
    strikes += above(rest, brake.trigger * sent)
    if strikes < 2:
        return throttle, strikes
    return min(brake.most, brake.initial if throttle == 0 < brake.initial else throttle + brake.increment), 0


def auto_converge(
    ram: float, rate: float, dirty_rate: float, wws: float, downtime_target: float, brake: Brake
) -> Throttled:
    """Linear pre-copy whose guest is slowed when a round leaves more than trigger · sent for the second time.

    Refused when even the slowest guest dirties too fast.
    """
    above_zero(rate=rate)
    not_negative(ram=ram, dirty_rate=dirty_rate, wws=wws, downtime_target=downtime_target)
    share_of_one(throttle_initial=brake.initial, throttle_increment=brake.increment, throttle_max=brake.most)
    rest, time, throttle, strikes = ram, 0.0, 0.0, 0
    for rounds in range(1, LONGEST):
        took, sent = rest / rate, rest
        time += took
        rest = min(dirty_rate * (1.0 - throttle) * took, wws)
        if at_most(rest / rate, downtime_target):
            return Throttled(rounds, throttle, time + rest / rate, rest / rate)
        throttle, strikes = slowed(brake, throttle, strikes, rest, sent)
    require(False, mark("it never converges: even the slowed guest dirties too fast"))
    raise AssertionError
