"""Cables: their fields, which ends fit together, and what the engine gets for one."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Cable
from sdx_studio.kinds.base import Cabled, Kind, Plan
from sdx_studio.kinds.fields import Field, Values
from sdx_studio.words import _, mark

MEDIA = ("ethernet", "storage", "control", "wan", "wireless")
SPEED = {"ethernet": 1e9, "storage": 16e9, "control": 1e9, "wan": 100e6, "wireless": 300e6}

LINK_FIELDS = (
    Field("medium", mark("Medium"), "choice", "ethernet", choices=MEDIA, group="Network", help=mark("What it carries")),
    Field(
        "bandwidth", mark("Speed"), "number", None, "bit/s", 1e3, 10e12, group="Network", optional=True,
        help=mark("Speed in each direction; empty takes the slower port's"),
    ),
    Field("latency", mark("Delay"), "number", 0.0, "s", 0, 10, group="Network", help=mark("One-way delay")),
    Field(
        "vlans", mark("VLANs"), "tags", (), group="Network",
        help=mark("Numbers of the VLANs that it carries; empty carries all, or those of the VLANs its end belongs to"),
    ),
    Field("label", mark("Label"), "text", "", group="Network", help=mark("Words beside the line")),
    Field(
        "port_a", mark("First port"), "text", "", group="Network",
        help=mark("Name or number of the port it begins at"),
    ),
    Field(
        "port_b", mark("Second port"), "text", "", group="Network",
        help=mark("Name or number of the port it ends at"),
    ),
)  # fmt: skip
BY_KEY = {field.key: field for field in LINK_FIELDS}


def link_values(link: Cabled) -> Values:
    """Field values of a link over the defaults."""
    return Values(BY_KEY, link.fields)


def medium_between(a: Kind, b: Kind) -> str | None:
    """The medium that a new cable between two kinds gets, or None when nothing fits into both.

    Storage goes over its own cable where it is plugged in directly; through a switch it shares the network.
    """
    common = [medium for medium in MEDIA if medium in a.carries and medium in b.carries]
    direct = not any("forwarder" in end.traits for end in (a, b))
    if direct and "storage" in common and "storage" in (a.carries[0], b.carries[0]):
        return "storage"
    return common[0] if common else None


def why_not(a: Kind, b: Kind) -> str | None:
    """Why no cable goes between two kinds, in words, or None when one does."""
    for end in (a, b):
        if not end.carries:
            return _("{kind} has no port for a cable", kind=_(end.label))
    if medium_between(a, b) is None:
        return _("{a} and {b} have no port of the same type", a=_(a.label), b=_(b.label))
    return None


def bandwidth(link: Cabled, plan: Plan) -> float:
    """bit/s of a link: its own speed as drawn, otherwise the slower of both ends' ports.

    A speed that is set wins over the ports, so that a what-if needs one edit and not three.
    """
    values = link_values(link)
    if values["bandwidth"] is not None:
        return float(values["bandwidth"])
    if values["medium"] != "ethernet":
        return SPEED[values["medium"]]
    speeds = [plan.values(end).get("nic_speed") for end in (link.a, link.b)]
    return min([float(speed) for speed in speeds if speed] or [SPEED["ethernet"]])


def vlans(link: Cabled, plan: Plan) -> tuple[int, ...] | None:
    """VLANs a link carries: its own list, else those whose members it connects, else None (all)."""
    own = link_values(link)["vlans"]
    if own:
        return tuple(sorted({int(number) for number in own if str(number).isdecimal()})) or None
    numbers = set()
    for segment in plan.having("segment"):
        values = plan.values(segment)
        if {link.a, link.b} & set(values["members"]):
            numbers.add(int(values["number"]))
    return tuple(sorted(numbers)) or None


def link_parts(link: Cabled, plan: Plan) -> Iterable[Cable]:
    """The engine's Cable for one link."""
    values = link_values(link)
    yield Cable(
        link.id, link.a, link.b, bandwidth(link, plan), float(values["latency"]), vlans(link, plan), values["medium"]
    )
