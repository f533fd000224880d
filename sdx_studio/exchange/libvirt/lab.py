"""The drawing of one libvirt connection: its host, and where networks, pools and guests are put around it."""

from dataclasses import dataclass, field

from sdx_studio.exchange.sketch import Sketch
from sdx_studio.kinds import Value, standing_for

_SWITCHES = (640.0, 60.0)
_ARRAYS = (1120.0, 60.0)
_COLUMN, _CARD, _LINE, _ABREAST = 780.0, 140.0, 52.0, 3
"""Width of a column of arrays, height of one without volumes and of a line of volumes, volumes in a line."""
_ROW = 90.0


@dataclass(slots=True)
class Network:
    """A network's switch, the cable's VLANs, and whether something untagged uses it."""

    id: str
    tags: set[int] = field(default_factory=set)
    fixed: bool = False
    untagged: bool = False


@dataclass(slots=True)
class Pool:
    """A storage pool's array; `path` is the folder in which its volumes lie."""

    id: str
    name: str
    path: str
    remote: bool = False
    column: int = 0
    volumes: dict[str, str] = field(default_factory=dict)
    held: int = 0
    """How many volumes lie in it; names may repeat."""
    room: float = 0.0
    """Bytes of the volumes that were drawn into it because a guest names them."""


@dataclass(slots=True)
class Lab:
    """What has been drawn so far; names are those of the file."""

    sketch: Sketch = field(default_factory=Sketch)
    host: str | None = None
    hypervisor: str | None = None
    networks: dict[str, Network] = field(default_factory=dict)
    bridges: dict[str, str] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    """Volume ids by the path of their file or device."""
    guests: list[tuple[str, float, float]] = field(default_factory=list)
    """Id, vCPUs and memory (bytes)."""
    families: set[str] = field(default_factory=set)
    _heights: list[float] = field(default_factory=lambda: [0.0, 0.0])

    def note(self, message: str, example: str = "") -> None:
        """Count an oddity."""
        self.sketch.tally.note(message, example)

    def machine(self, name: str) -> str:
        """The host with its hypervisor, drawn when first asked for; returns the hypervisor's id."""
        if self.hypervisor is None:
            self.host = self.sketch.add(standing_for("libvirt:connection"), name, None, 60.0, 60.0)
            self.hypervisor = self.sketch.add(standing_for("libvirt:hypervisor"), f"{name}-hypervisor", self.host)
        return self.hypervisor

    def network(self, name: str) -> Network:
        """The network of this name, drawn when it is not there yet."""
        if name not in self.networks:
            row = len(self.networks)
            x, y = _SWITCHES[0] + row % 2 * 190.0, _SWITCHES[1] + row // 2 * _ROW
            self.networks[name] = Network(self.sketch.add(standing_for("libvirt:network"), name, None, x, y))
        return self.networks[name]

    def pool(self, name: str, path: str = "", remote: bool = False) -> Pool:
        """The pool of this name, drawn when it is not there yet."""
        if name not in self.pools:
            column = self._heights.index(min(self._heights))
            x, y = _ARRAYS[0] + column * _COLUMN, _ARRAYS[1] + self._heights[column]
            id = self.sketch.add(standing_for("libvirt:pool"), name, None, x, y, fields={"raid": "RAID 0"})
            self.pools[name] = Pool(id, name, path.rstrip("/"), remote, column)
            self._heights[column] += _CARD
        return self.pools[name]

    def volume(self, pool: Pool, name: str, path: str, fields: dict[str, Value]) -> str:
        """Put a volume into a pool; it is found by its name and by its path from now on."""
        id = self.sketch.add(standing_for("libvirt:volume"), name, pool.id, fields=fields)
        pool.volumes.setdefault(name, id)
        pool.held += 1
        if pool.held > _ABREAST and pool.held % _ABREAST == 1:
            self._heights[pool.column] += _LINE
        for known in (path, f"{pool.path}/{name}" if pool.path else ""):
            if known:
                self.paths.setdefault(known, id)
        return id

    def segment(self, number: int) -> None:
        """The VLAN with this number, with the host as its member."""
        name = f"VLAN {number}"
        if name not in self.bridges:
            row = len(self.networks) // 2 + 2 + sum(key.startswith("VLAN ") for key in self.bridges)
            y = _SWITCHES[1] + row * _ROW
            members = (self.host,) if self.host is not None else ()
            self.bridges[name] = self.sketch.add(standing_for("libvirt:vlan"), name, None, _SWITCHES[0], y,
                                                 fields={"number": number, "members": members})  # fmt: skip
