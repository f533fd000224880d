"""Parts: what the kinds hand to the engine. The engine knows parts, never kinds.

Every part carries the id of the element (or link) that it speaks for; several parts may share one id. Units: bytes,
bytes/s, bit/s where said, cores, seconds, watts, JPY. A part is a frozen value; what changes in a run is the world's.
"""

from sdx_studio.engine.parts.compute import FLAT_WATTS, Guest, Layer, Machine, MigrationStyle
from sdx_studio.engine.parts.control import Area, Command, Group
from sdx_studio.engine.parts.loads import Load, Trace
from sdx_studio.engine.parts.network import Cable, Controller, Node, Segment, Traffic
from sdx_studio.engine.parts.sprawl import Lease, Sprawl
from sdx_studio.engine.parts.steering import Steering
from sdx_studio.engine.parts.storage import Device, Store, Volume
from sdx_studio.engine.parts.work import Job, Package, Processor, Replica, Users

Part = (
    Machine | Layer | Guest | Node | Cable | Traffic | Store | Device | Volume | Area | Segment | Group
    | Controller | Steering | Users | Package | Replica | Processor | Job | Sprawl | Lease
)  # fmt: skip

__all__ = [
    "FLAT_WATTS", "Area", "Cable", "Command", "Controller", "Device", "Group", "Guest", "Job", "Layer", "Lease", "Load",
    "Machine", "MigrationStyle", "Node", "Package", "Part", "Processor", "Replica", "Segment", "Sprawl", "Steering",
    "Store", "Trace", "Traffic", "Users", "Volume",
]  # fmt: skip
