"""The parts of a world by type and id, in canonical order, with the tables that follow from them."""

from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from sdx_studio.engine.parts import (
    Area,
    Cable,
    Controller,
    Device,
    Group,
    Guest,
    Job,
    Layer,
    Lease,
    Machine,
    Node,
    Package,
    Part,
    Processor,
    Replica,
    Segment,
    Sprawl,
    Steering,
    Store,
    Traffic,
    Users,
    Volume,
)

P = TypeVar("P")

TYPES: tuple[type, ...] = get_args(Part)


class Inventory:
    """All parts; a part replaces the one of the same type and id."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._tables: dict[type, dict[str, Any]] = {one: {} for one in TYPES}
        for part in parts:
            self._tables[type(part)][part.id] = part
        self._arrange()

    def change(self, changed: Iterable[Part], removed: Iterable[tuple[type, str]]) -> None:
        """Replace and add `changed`, take out `removed`; unknown removals are ignored."""
        for sort, id in removed:
            self._tables[sort].pop(id, None)
        for part in changed:
            self._tables[type(part)][part.id] = part
        self._arrange()

    def of(self, sort: type[P]) -> dict[str, P]:
        """All parts of one type by id, sorted by id."""
        return self._tables[sort]

    def parts(self) -> list[Part]:
        """Every part, by type and id."""
        return [part for table in self._tables.values() for part in table.values()]

    def seat(self, id: str | None) -> str | None:
        """The machine or guest behind `id`, which may be a layer on it."""
        seen = 0
        while id is not None and id in self.layers and id not in self.machines and id not in self.guests:
            id = self.layers[id].host
            seen += 1
            if seen > len(self.layers):
                return None
        return id

    def capacity(self, store: str) -> float:
        """Bytes that data may use on `store`."""
        usable = self.stores[store].usable if store in self.stores else 1.0
        return usable * sum(device.capacity for device in self.devices_of.get(store, ()))

    def _arrange(self) -> None:
        self._tables = {sort: dict(sorted(table.items())) for sort, table in self._tables.items()}
        self.machines, self.layers, self.guests = self.of(Machine), self.of(Layer), self.of(Guest)
        self.nodes, self.cables, self.traffics = self.of(Node), self.of(Cable), self.of(Traffic)
        self.controllers, self.users = self.of(Controller), self.of(Users)
        self.processors, self.jobs = self.of(Processor), self.of(Job)
        self.packages, self.replicas = self.of(Package), self.of(Replica)
        self.stores, self.devices, self.volumes = self.of(Store), self.of(Device), self.of(Volume)
        self.areas, self.segments, self.groups = self.of(Area), self.of(Segment), self.of(Group)
        self.steerings = self.of(Steering)
        self.sprawls, self.leases = self.of(Sprawl), self.of(Lease)
        self.layers_on: dict[str, list[Layer]] = {}
        for layer in self.layers.values():
            self.layers_on.setdefault(self.seat(layer.host) or "", []).append(layer)
        self.devices_of: dict[str, list[Device]] = {}
        for device in self.devices.values():
            self.devices_of.setdefault(device.store or device.id, []).append(device)
        self.volumes_of: dict[str, list[Volume]] = {}
        for volume in self.volumes.values():
            if volume.store is not None:
                self.volumes_of.setdefault(volume.store, []).append(volume)
        self.cables_of: dict[str, list[Cable]] = {}
        for cable in self.cables.values():
            self.cables_of.setdefault(cable.a, []).append(cable)
            self.cables_of.setdefault(cable.b, []).append(cable)
        self._hear()
        self.ids = sorted({part.id for part in self.parts()})

    def _hear(self) -> None:
        self.talks: dict[str, list[tuple[str, int | None]]] = {}
        """Element → with whom it exchanges traffic that somebody drew, and in which VLAN (None: that of its port)."""
        for traffic in self.traffics.values():
            self._talk(traffic.source, traffic.target, traffic.vlan)
        for users in self.users.values():
            if users.client is not None:
                self._talk(users.server, users.client, None)

    def _talk(self, one: str, other: str, vlan: int | None) -> None:
        self.talks.setdefault(one, []).append((other, vlan))
        self.talks.setdefault(other, []).append((one, vlan))
