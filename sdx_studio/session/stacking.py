"""A machine as its layers: what lies on what, whose kernel is whose, and what that means for patches and faults."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.parts import Guest, Layer, Machine
from sdx_studio.session.build import parts_of
from sdx_studio.session.virtualizing import virtual
from sdx_studio.words import _


@dataclass(frozen=True, slots=True)
class Block:
    """One layer: an element, or (without id) an OS that a guest brings along and nobody has drawn."""

    id: str | None
    role: str
    """hardware, divider (a hypervisor), kernel, engine, guest (a machine of its own), space (a user space), program."""
    name: str
    detail: str
    inside: tuple["Block", ...] = ()
    kernel: str | None = None
    """Whose measures say how often the kernel that this is was patched; None for what is no kernel."""

    def all(self) -> Iterator["Block"]:
        """Itself and everything on it."""
        yield self
        for one in self.inside:
            yield from one.all()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the layers of a machine mean: kernels to patch, the most that one kernel fault takes, cost, density."""

    guests: int
    kernels: int
    widest_fault: int
    """Guests that the fault of one kernel (a hypervisor counts as one) takes with it."""
    cpu_overhead: float
    """Share of the processors that the layers cost."""
    memory_overhead: float
    """Bytes of layers, and what keeping guests costs beside their own memory."""
    fits: int | None
    """How many more guests like its median one have room in its memory; None without guests."""
    start: tuple[float, float] | None
    """Seconds from power-on to running: shortest and longest."""


def stack(document: Document, machine: str) -> Block:
    """The layers of a machine, from its hardware up."""
    return _block(document, machine)


def _block(document: Document, id: str) -> Block:
    element, kind = document.element(id), document.kind_of(id)
    role = _role(document, id)
    inside = tuple(_block(document, one) for one in document.children(id) if _role(document, one))
    if role == "guest" and not any(one.role == "kernel" for one in inside):
        own = Block(None, "kernel", _("its own OS"), _("whichever it likes"), kernel=id)
        inside = (own, *inside)
    values = document.values(id)
    product = values.get("product") or values.get("family")
    said = [str(product)] if product and role in ("divider", "kernel", "engine") else []
    for key in ("cores", "vcpus", "cpus", "memory"):
        field = kind.by_key.get(key)
        if field is not None and values.get(key):
            shown = field.show(values[key])
            said.append(shown if field.unit else f"{shown} {_(field.label)}")
    made = virtual(document, id)
    if made is not None and made.way == "emulate":
        said.append(made.words)
    return Block(id, role, element.name, " · ".join(said), inside, id if role in ("divider", "kernel") else None)


def _role(document: Document, id: str) -> str:
    """The part that an element has in a stack; empty for none."""
    kind = document.kind_of(id)
    if "machine" in kind.traits:
        return "hardware"
    if "kernel" in kind.traits:
        return "kernel"
    if "guest.slot" in kind.offers:
        return "divider"
    if "container.slot" in kind.offers:
        return "engine"
    if "guest.system" in kind.offers:
        return "guest"
    if "container.slot" in kind.needs:
        return "space"
    return "program" if "guest" in kind.traits else ""


def facts(document: Document, machine: str) -> Facts:
    """What follows from the layers of a machine, by the figures of the drawing."""
    block = stack(document, machine)
    held = {one.id for one in block.all() if one.id is not None}
    parts = [one for one in parts_of(document) if one.id in held]
    guests = [one for one in parts if isinstance(one, Guest)]
    layers = [one for one in parts if isinstance(one, Layer)]
    top = [one for one in guests if one.host == machine]
    mine = next(one for one in parts if isinstance(one, Machine))
    overhead = sum(one.memory for one in layers) + sum(one.memory_overhead for one in guests)
    over = max((one.overcommit for one in layers if one.host == machine), default=1.0)
    free = mine.memory * over - sum(one.memory for one in layers if one.host == machine)
    free -= sum(one.memory + one.memory_overhead for one in top)
    usual = median(one.memory + one.memory_overhead for one in top) if top else 0.0
    starts = [one.start_time for one in guests]
    return Facts(
        len(guests), len(_kernels(block)), max((len(one) for one in _kernels(block)), default=0),
        sum(one.cpu_overhead for one in layers if one.host == machine), overhead,
        max(0, int(free / usual)) if usual > 0 else None, (min(starts), max(starts)) if starts else None,
    )  # fmt: skip


def _kernels(block: Block) -> list[set[str]]:
    """For each kernel and hypervisor: the guests that go with it when it crashes."""
    found = []
    for one in block.all():
        below = [two for two in one.all() if two is not one]
        if one.role == "divider":
            found.append({two.id for two in below if two.role in ("guest", "space", "program") and two.id})
        elif any(two.role == "kernel" for two in one.inside):
            taken = {two.id for two in below if two.role in ("guest", "space", "program") and two.id}
            found.append(taken | ({one.id} if one.role == "guest" and one.id else set()))
    return found


def words(found: Facts) -> list[tuple[str, str]]:
    """The facts as people read them: what, and how much."""
    said = [
        (_("Guests"), str(found.guests)),
        (_("Kernels and hypervisors to patch"), str(found.kernels)),
        (_("One fault of a kernel or hypervisor takes"), _("up to {count} guests", count=found.widest_fault)),
        (_("Processors for the layers"), units.show(found.cpu_overhead, "1")),
        (_("Memory beside the guests' own"), units.show(found.memory_overhead, "B")),
    ]
    if found.fits is not None:
        said.append((_("Room for more like them"), str(found.fits)))
    if found.start is not None:
        low, high = (units.show(one, "s") for one in found.start)
        said.append((_("Start"), low if low == high else f"{low} … {high}"))
    return said
