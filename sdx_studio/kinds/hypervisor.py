"""Hypervisor: lies on the bare machine in place of an OS and divides it among VMs."""

from collections.abc import Iterable
from dataclasses import replace

from sdx_studio.engine.parts import Layer
from sdx_studio.kinds.base import Kind, Placed, Plan
from sdx_studio.kinds.fields import Field, Values
from sdx_studio.kinds.presets import GIB, STYLES, layer
from sdx_studio.kinds.vlan import number_of
from sdx_studio.words import _, mark

PRODUCTS = {"KVM": "QEMU", "Xen": "Xen", "ESXi": "vMotion", "Hyper-V": "standard"}
"""How each product moves a running VM unless it is told otherwise; of Hyper-V no figures are published."""
OWN = "as the product does"


def _parts(element: Placed, plan: Plan) -> Iterable[Layer]:
    values = plan.values(element.id)
    for one in layer(element, plan, values["memory"], values["overhead"]):
        style = PRODUCTS[values["product"]] if values["migration"] == OWN else values["migration"]
        yield replace(one, overcommit=float(values["overcommit"]), migration=STYLES[style],
                      emulation=float(values["emulation"]), sharing=float(values["sharing"]),
                      network=number_of(values["network"], plan))  # fmt: skip


def _refuse(child: Placed, values: Values, parent: str, plan: Plan) -> str | None:
    under = plan.ancestor(parent, "machine")
    if under is None or "memory" not in values:
        return None
    layer, here = plan.values(parent), str(plan.values(under).get("cpu_family", "")).strip().lower()
    wanted_family = str(values.get("cpu_family", "")).strip().lower()
    if here and wanted_family and wanted_family != here and not layer["emulation"]:
        return _("was built for {wanted} processors; these are {here}, and nothing emulates",
                 wanted=wanted_family, here=here)  # fmt: skip
    free = plan.values(under)["memory"] * layer["overcommit"] - layer["memory"]
    for other in plan.children(parent):
        if other != child.id:
            free -= plan.values(other).get("memory") or 0.0
    wanted = values["memory"]
    if wanted > free:
        return _("needs {wanted} GiB, {free} GiB free", wanted=f"{wanted / GIB:.4g}", free=f"{max(free, 0) / GIB:.4g}")
    return None


KIND = Kind(
    key="hypervisor",
    label=mark("Hypervisor"),
    family="layer",
    group="layers",
    prefix="hypervisor",
    help=mark("Divides a machine among VMs, each with its own OS (type 1, on the bare machine)"),
    shape="layer",
    fields=(
        Field("product", mark("Product"), "choice", "KVM", choices=tuple(PRODUCTS),
              group="Behaviour", help=mark("Whose it is; decides how VMs move where Migration says so")),
        Field("memory", mark("Own memory"), "number", 1 * GIB, "B", 0, 64 * GIB, help=mark("Memory it keeps")),
        Field("overhead", mark("Overhead"), "number", 0.02, "1", 0, 0.5, group="Behaviour",
              help=mark("Share of the processors that virtualization costs: about 2 % on type 1")),
        Field("overcommit", mark("Memory overcommit"), "number", 1.0, "", 1, 8, group="Behaviour",
              help=mark("Memory of all VMs over that of the host; beyond 1 idle pages are taken back, then swapped")),
        Field("sharing", mark("Page sharing"), "number", 0.0, "1", 0, 0.5, group="Behaviour",
              help=mark("Share of a VM's memory that is the same in VMs with an OS of the same family and is kept once "
                        "when memory runs short; 0 is off, as hypervisors ship since 2014. VMs without a drawn OS "
                        "count as alike")),
        Field("emulation", mark("Emulation"), "number", 0.0, "", 0, 1000, group="Behaviour",
              help=mark("How many times slower a VM for another CPU family runs, about 10; 0 refuses such VMs")),
        Field("migration", mark("Migration"), "choice", "standard", choices=(*STYLES, OWN), group="Behaviour",
              help=mark("When pre-copy stops, whether the guest is slowed, or post-copy instead")),
        Field("network", mark("Migration network"), "reference", None, optional=True, to=("segment",),
              group="Network", help=mark("VLAN on which its VMs move; empty takes that of the cluster")),
    ),
    offers=("guest.slot",),
    needs=("system.slot",),
    traits=("layer",),
    lead="cpu.utilisation",
    auto_layer=True,
    stands_for=("libvirt:hypervisor",),
    parts=_parts,
    refuse=_refuse,
    order=110,
)  # fmt: skip
