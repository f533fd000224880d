"""What people and programs do with the infrastructure: sessions, streamed packages, replication."""

from dataclasses import dataclass
from typing import Literal

from sdx_studio.engine.parts.loads import Load, Trace

ALL = Load(1.0)
"""Everybody, all the time."""


@dataclass(frozen=True, slots=True)
class Users:
    """`count` users of guest `server`: each thinks for `think` s, then asks for `service` s of one core.

    Their screens take `display` bit/s each from there to `client`. `load` says which share of them is at work.
    """

    id: str
    server: str
    client: str | None = None
    count: int = 1
    think: float = 10.0
    service: float = 0.2
    display: float = 150e3
    load: Load | Trace = ALL
    render: float = 0.016
    """Seconds to draw a picture at the client."""


@dataclass(frozen=True, slots=True)
class Package:
    """A program of `size` bytes that is streamed to `client`: it can be started when the share `first` is there."""

    id: str
    server: str
    client: str
    size: float
    first: float = 0.1
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Replica:
    """Changed blocks of `volume` go to `store` every `interval` s, or at once (sync), after a first copy of all.

    `change` bytes/s are written, at random over `working_set` bytes (0: never twice the same). Of the bandwidth the
    share `efficiency` is left for data. After a failure VMs are started from the copy: somebody decides (`decide` s),
    each is registered (`register` s), `at_once` of them start at a time, and names lead to them after `dns` s.
    """

    id: str
    volume: str
    store: str
    interval: float = 900.0
    change: float = 0.0
    working_set: float = 0.0
    efficiency: float = 0.74
    mode: Literal["async", "sync"] = "async"
    outstanding: float = 16.0
    """Requests of a guest that wait at once, at most; with `sync` each write waits for the other store too."""
    hosts: tuple[str, ...] = ()
    """Machines on which the VMs start after a failure; none are those at the copy's place that reach it."""
    decide: float = 600.0
    register: float = 5.0
    at_once: int = 10
    dns: float = 60.0


@dataclass(frozen=True, slots=True)
class Processor:
    """One processor that many share in time.

    batch: one job after the other, its pauses included; turns: slices of `quantum` s in turn, `swap` s lost whenever
    another job's turn comes; machines: turns of whole virtual machines, each slower by `overhead` (a share).
    """

    id: str
    policy: Literal["batch", "turns", "machines"] = "turns"
    quantum: float = 0.2
    swap: float = 0.0
    overhead: float = 0.0


@dataclass(frozen=True, slots=True)
class Job:
    """Work for a processor: from `arrival` (s) on, `repeat` times `service` s of it and then `pause` s without it."""

    id: str
    processor: str
    arrival: float = 0.0
    service: float = 1.0
    pause: float = 0.0
    repeat: int = 1
