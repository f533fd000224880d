"""What the tabs say, joined by VM: hosts, datastores and VMs in plain figures (bytes, MHz, shares 0…1)."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sdx_studio.exchange.rvtools.columns import MAIN, SHEETS
from sdx_studio.exchange.sketch import Tally
from sdx_studio.exchange.tables import Row, Table
from sdx_studio.words import _, mark

MIB = 2.0**20
SITE = "datacenter"
_STORE = re.compile(r"\s*\[([^\]]+)\]")
_ON, _OFF = ("poweredon", "powered on", "on"), ("poweredoff", "powered off", "off", "suspended")


@dataclass(slots=True)
class Host:
    """A server; `speed` in MHz (0 when it is not told), `usage` of its CPU (0…1) or None."""

    name: str
    site: str
    cluster: str = ""
    cores: int = 0
    speed: float = 0.0
    memory: float = 0.0
    usage: float | None = None


@dataclass(slots=True)
class Card:
    """A network card of a VM."""

    network: str
    mac: str


@dataclass(slots=True)
class Vm:
    """A VM; bytes, MHz; None is not told."""

    name: str
    host: str
    site: str
    cluster: str
    vcpus: int
    memory: float
    on: bool
    store: str = ""
    provisioned: float | None = None
    in_use: float | None = None
    overall: float | None = None
    shares: float | None = None
    reservation: float | None = None
    limit: float | None = None
    active: float | None = None
    cards: list[Card] = field(default_factory=list)


@dataclass(slots=True)
class Store:
    """A datastore of `capacity` bytes, and the hosts that see it."""

    name: str
    capacity: float
    hosts: tuple[str, ...] = ()


@dataclass(slots=True)
class Inventory:
    """Everything, and what there is to tell about it."""

    vms: list[Vm] = field(default_factory=list)
    hosts: dict[str, Host] = field(default_factory=dict)
    stores: dict[str, Store] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)


Index = dict[tuple[str, ...], list[Row]]


def read(tables: Mapping[str, Table]) -> Inventory:
    """The inventory in the tabs; raises FileError with sheet, line and column for what cannot be read."""
    made = Inventory()
    rows = {key: table.find(SHEETS[key].columns) for key, table in tables.items()}
    for key, sheet in SHEETS.items():
        if key not in rows:
            made.tally.note(mark("{count} tabs are not there, so nothing is known of what they tell: {examples}"),
                            sheet.title)  # fmt: skip
    for row in rows.get("vhost", ()):
        _host(row, made)
    for row in rows.get("vdatastore", ()):
        _store(row, made)
    indices = {key: _index(rows.get(key, ())) for key in ("vcpu", "vmemory", "vnetwork")}
    for row in rows[MAIN]:
        _vm(row, made, indices)
    return made


def _host(row: Row, made: Inventory) -> None:
    name = row.text("host_name")
    if not name:
        return
    if name in made.hosts:
        made.tally.note(mark("{count} rows say again what an earlier one said and were left out: {examples}"), name)
        return
    cores = row.number("cores")
    if cores is None:
        cores = (row.number("sockets") or 1.0) * (row.number("per_socket") or 1.0)
    usage = row.number("cpu_usage")
    made.hosts[name] = Host(
        name, row.text("datacenter") or SITE, row.text("cluster_name"), max(1, round(cores)),
        row.number("speed") or 0.0, row.wanted("memory") * MIB,
        None if usage is None else min(1.0, max(0.0, usage / 100.0)),
    )  # fmt: skip


def _store(row: Row, made: Inventory) -> None:
    name = row.text("name")
    if name and name not in made.stores:
        hosts = tuple(part.strip() for part in re.split(r"[,;]", row.text("hosts")) if part.strip())
        made.stores[name] = Store(name, row.wanted("capacity") * MIB, hosts)


def _index(rows: Iterable[Row]) -> Index:
    found: Index = {}
    for row in rows:
        for key in _keys(row):
            found.setdefault(key, []).append(row)
    return found


def _keys(row: Row) -> list[tuple[str, ...]]:
    """What a VM's rows are known by, the surest first."""
    name, uuid, host = row.text("guest_name"), row.text("uuid"), row.text("host_name")
    keys: list[tuple[str, ...]] = [("uuid", uuid)] if uuid else []
    return [*keys, *([("place", name, host)] if host else []), ("name", name)]


def _of(row: Row, index: Index) -> list[Row]:
    return next((index[key] for key in _keys(row) if key in index), [])


def _vm(row: Row, made: Inventory, indices: Mapping[str, Index]) -> None:
    name = row.text("guest_name")
    if not name:
        made.tally.note(mark("{count} rows without a name were left out"))
        return
    if row.flag("template"):
        made.tally.note(mark("{count} templates were left out: {examples}"), name)
        return
    host = row.text("host_name")
    if not host:
        made.tally.note(mark("{count} VMs are on no host and were left out: {examples}"), name)
        return
    vcpus = row.wanted("vcpus")
    if vcpus < 1:
        raise row.wrong("vcpus", _("a VM has at least one"))
    path = _STORE.match(row.text("path"))
    one = Vm(
        name, host, row.text("datacenter"), row.text("cluster_name"), math.ceil(vcpus), row.wanted("memory") * MIB,
        _state(row), path[1] if path else "", _bytes(row, "provisioned"), _bytes(row, "in_use"),
    )  # fmt: skip
    _measured(one, row, indices)
    made.vms.append(one)


def _state(row: Row) -> bool:
    word = row.text("state").lower()
    if word not in (*_ON, *_OFF):
        raise row.wrong("state", _("“{text}” is not one of poweredOn, poweredOff, suspended", text=word[:40]))
    return word in _ON


def _bytes(row: Row, key: str) -> float | None:
    found = row.number(key)
    return None if found is None or found < 0 else found * MIB


def _measured(one: Vm, row: Row, indices: Mapping[str, Index]) -> None:
    for cpu in _of(row, indices["vcpu"])[:1]:
        one.overall, one.shares = cpu.number("overall"), cpu.number("shares")
        one.reservation, one.limit = cpu.number("reservation"), cpu.number("limit")
    for memory in _of(row, indices["vmemory"])[:1]:
        one.active = _bytes(memory, "active")
    for card in _of(row, indices["vnetwork"]):
        if card.text("network") and (not card.text("connected") or card.flag("connected")):
            one.cards.append(Card(card.text("network"), card.text("mac")))
