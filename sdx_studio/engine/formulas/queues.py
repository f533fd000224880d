"""Queues: response times of servers that requests share (seconds, requests/s). Saturated queues have no response."""

from collections.abc import Sequence
from dataclasses import dataclass

from sdx_studio.engine.formulas.bounds import above_zero, countable, not_negative, require, saturated
from sdx_studio.words import mark

MOST = 10_000_000
"""Servers or users that are gone through one by one."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Whether it grows without end; utilisation; seconds in the system, or how fast it grows (1/s) when saturated."""

    saturated: bool
    utilisation: float
    response: float | None = None
    queue_growth: float | None = None


def mm1(service: float, arrival: float) -> Queue:
    """M/M/1: S/(1 − rho); from rho = 1 on it grows by arrival − 1/service."""
    not_negative(service=service, arrival=arrival)
    rho = arrival * service
    if saturated(rho):
        return Queue(True, rho, None, max(0.0, arrival - 1.0 / service))
    return Queue(False, rho, service / (1.0 - rho))


def mg1_ps(service: float, arrival: float) -> Queue:
    """M/G/1 with processor sharing: as M/M/1, whatever the distribution of the service times."""
    return mm1(service, arrival)


def controller(flow_rate: float, service: float) -> Queue:
    """An SDN controller that takes `service` seconds for each new flow, as M/M/1."""
    return mm1(service, flow_rate)


def mg1_fcfs(service: float, arrival: float, cv2: float) -> Queue:
    """M/G/1, first come first served (Pollaczek, Khinchine): S + rho·S·(1 + cv²) / (2(1 − rho))."""
    not_negative(service=service, arrival=arrival, cv2=cv2)
    rho = arrival * service
    if saturated(rho):
        return Queue(True, rho)
    return Queue(False, rho, service + rho * service * (1.0 + cv2) / (2.0 * (1.0 - rho)))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whether it grows without end; probability of having to wait."""

    saturated: bool
    p_wait: float | None


def erlang_c(servers: float, offered_load: float) -> Waiting:
    """Probability that a request waits in M/M/c (Erlang C), by the recursion of Erlang B; offered load in erlang."""
    countable(MOST, servers=servers)
    not_negative(offered_load=offered_load)
    if servers == 0 or saturated(offered_load / servers):
        return Waiting(True, None)
    if offered_load == 0:
        return Waiting(False, 0.0)
    inverse = 1.0
    for busy in range(1, int(servers) + 1):
        inverse = 1.0 + inverse * busy / offered_load
        if inverse > 1e300:
            return Waiting(False, 0.0)
    rho = offered_load / servers
    blocked = 1.0 / inverse
    return Waiting(False, blocked / (1.0 - rho * (1.0 - blocked)))


def mmc(arrival: float, service: float, servers: float) -> Queue:
    """M/M/c: 1/mu + ErlangC/(c·mu − lambda); the mean is the same when the servers are shared evenly."""
    not_negative(arrival=arrival, service=service)
    offered = arrival * service
    waiting = erlang_c(servers, offered)
    utilisation = offered / servers if servers > 0 else 1.0
    if waiting.p_wait is None:
        return Queue(True, utilisation)
    return Queue(False, utilisation, service + waiting.p_wait * service / (servers - offered))


def shared_servers(service: float, arrival: float, cores: float) -> Queue:
    """Sessions that share the cores of a server: `mmc` with at least one core."""
    above_zero(cores=cores)
    return mmc(arrival, service, cores)


@dataclass(frozen=True, slots=True)
class Closed:
    """Requests/s, and seconds of one; no response when there is nobody."""

    throughput: float
    response: float | None


def closed_mva(users: float, think: float, demand: float) -> Closed:
    """Exact MVA of one station: R = S(1 + Q), X = n/(Z + R), Q = X·R for n = 1 … users (think time Z)."""
    countable(MOST, users=users)
    not_negative(think=think, demand=demand)
    require(think + demand > 0, mark("think time and demand cannot both be 0"))
    queue = throughput = 0.0
    response: float | None = None
    for count in range(1, int(users) + 1):
        response = demand * (1.0 + queue)
        throughput = count / (think + response)
        queue = throughput * response
    return Closed(throughput, response)


@dataclass(frozen=True, slots=True)
class Interactive:
    """Users from which on responses grow, and the least response time (s) for each number of users."""

    knee_users: float
    response_lower_bound: list[float]


def interactive_bound(users: Sequence[float], think: float, service: float, cores: float) -> Interactive:
    """Asymptotic bounds of a closed system: knee c(Z + S)/S; response ≥ max(S, N·S/c − Z)."""
    not_negative(think=think)
    above_zero(service=service, cores=cores)
    return Interactive(
        cores * (think + service) / service, [max(service, count * service / cores - think) for count in users]
    )
