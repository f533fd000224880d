"""The topology: which nodes and cables are up just now, where elements are plugged in, and the ways between them."""

from collections.abc import Callable

from sdx_studio.engine.network.apart import frames, given_over, networks, on_network, open_to_all
from sdx_studio.engine.network.convergence import Convergence
from sdx_studio.engine.network.paths import Paths, Route
from sdx_studio.engine.plant import Plant


class Topology:
    """Ordinary and storage cables as two networks over the same nodes; each migration network is one more."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self.convergence = Convergence(plant)
        self.ordinary = Paths({}, (), {})
        self.storage = Paths({}, (), {})
        self.apart: dict[int, Paths] = {}
        """Migration networks by number of their VLAN; each has a spanning tree of its own."""

    def survey(self) -> None:
        """Read which nodes and cables are up, and grow the spanning trees anew."""
        plant = self._plant
        order = {id: place for place, id in enumerate(plant.parts.cables)}
        nodes = {id: node for id, node in plant.parts.nodes.items() if plant.up(id)}
        live = [cable for id, cable in plant.parts.cables.items() if id not in plant.cut]
        numbers, plain = networks(plant.parts), list(frames(live))
        shared = open_to_all(plain, numbers)
        self.ordinary = Paths(nodes, shared, order, self.convergence.waiting())
        if self.convergence.follow(nodes, shared, self.ordinary.tree):
            self.ordinary = Paths(nodes, shared, order, self.convergence.waiting())
        self.storage = Paths(nodes, [one for one in live if one.medium == "storage"], order)
        every = list(frames(plant.parts.cables.values())) if numbers else []
        self.apart = {
            number: Paths(nodes, on_network(plant.parts.nodes, plain, every, number), order)
            for number in sorted(numbers)
        }

    def blocked(self) -> dict[str, str]:
        """Cable id → node whose port on it is blocked by a spanning tree."""
        return self.ordinary.blocked | self.storage.blocked | self._only(lambda paths: paths.blocked)

    def trees(self) -> dict[str, str]:
        """The same without ports that only have to wait."""
        return self.ordinary.tree | self.storage.tree | self._only(lambda paths: paths.tree)

    def _only(self, ports: Callable[[Paths], dict[str, str]]) -> dict[str, str]:
        """Blocked ports on cables that carry nothing but migrations."""
        cables, numbers = self._plant.parts.cables, frozenset(self.apart)
        found = {id: port for paths in self.apart.values() for id, port in ports(paths).items()}
        return {id: port for id, port in found.items() if given_over(cables[id], numbers)}

    def carrying(self, vlan: int | None) -> Paths:
        """The network that has VLAN `vlan`: one for migrations, or the ordinary one."""
        return self.ordinary if vlan is None else self.apart.get(vlan, self.ordinary)

    def path(self, source: str, target: str, vlan: int | None, storage: bool) -> Route | None:
        """The way between two nodes: storage cables first for storage, never for anything else."""
        found = self.storage.route(source, target) if storage else None
        return found or self.carrying(vlan).route(source, target, vlan)

    def alternatives(self, source: str, target: str, vlan: int | None, k: int) -> list[Route]:
        """The k shortest ways over ordinary cables, or those of a migration network."""
        return self.carrying(vlan).alternatives(source, target, vlan, k)

    def holds(self, route: Route, vlan: int | None) -> bool:
        """Whether all of a way in VLAN `vlan` still forwards."""
        plant, blocked = self._plant, self.carrying(vlan).blocked
        cables = all(id in plant.parts.cables and id not in plant.cut and id not in blocked for id in route.cables)
        return cables and all(id in plant.parts.nodes and plant.up(id) for id in route.nodes)

    def reaches(self, machine: str, volume: str) -> bool:
        """Whether `machine` could serve itself from `volume` (a store without ports counts as attached)."""
        return self.reaches_store(machine, self.endpoint(volume))

    def reaches_store(self, machine: str, store: str | None) -> bool:
        """Whether `machine` could serve itself from `store`."""
        node = self.endpoint(store)
        if node is None or node == machine:
            return True
        if self._plant.shaken:
            self.survey()
        return self.path(machine, node, None, True) is not None

    def endpoint(self, id: str | None) -> str | None:
        """The node through which element `id` sends and receives just now; None when it has none."""
        parts = self._plant.parts
        for _ in range(64):
            if id is None or id in parts.nodes:
                return id
            if id in parts.guests:
                id = self._plant.guests[id].place if self._plant.running(id) else None
            elif id in parts.volumes:
                id = parts.volumes[id].store
            elif id in parts.devices:
                id = parts.devices[id].store
            else:
                id = parts.layers[id].host if id in parts.layers else None
        return None
