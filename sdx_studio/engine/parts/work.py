"""What people and programs do with the infrastructure: sessions, streamed packages, replication."""

from dataclasses import dataclass

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
    """Changed blocks of `volume` go to `store` every `interval` s, after a first copy of all.

    `change` bytes/s are written, at random over `working_set` bytes (0: never twice the same). Of the bandwidth the
    share `efficiency` is left for data.
    """

    id: str
    volume: str
    store: str
    interval: float = 900.0
    change: float = 0.0
    working_set: float = 0.0
    efficiency: float = 0.74
