"""Figures as libvirt writes them: scaled integers with their default units."""

import re

from sdx_studio.exchange.markup import Node

_NAMES = ("libvirt:domain", "libvirt:network", "libvirt:pool", "libvirt:volume", "libvirt:node")
DOMAIN, NETWORK, POOL, VOLUME, NODE = WHOLE = [name.partition(":")[2] for name in _NAMES]
"""Tags of what a file may hold as a whole."""
KIB = 1024.0
_FIGURE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*$")
_POWERS = "kmgtpe"
_MOST = 2.0**80
"""Bytes beyond everything that can be drawn, which is said where it is drawn; sums of it stay numbers."""


def scale(unit: str, default: float) -> float | None:
    """Bytes of a unit: b and bytes 1, KB 1000, k and KiB 1024 and so on; without one `default`; None if unknown."""
    word = unit.strip().lower()
    if not word:
        return default
    if word in ("b", "byte", "bytes"):
        return 1.0
    power, rest = _POWERS.find(word[0]) + 1, word[1:]
    if power == 0 or rest not in ("", "b", "ib"):
        return None
    return float(1000**power if rest == "b" else 1024**power)


def size(node: Node | None, default: float) -> float | None:
    """Bytes in an element such as `<capacity unit="GiB">`, whose bare figures count `default` bytes; None without."""
    if node is None:
        return None
    found = _FIGURE.match(node.text or "")
    factor = scale(node.get("unit") or "", default)
    return None if found is None or factor is None else min(float(found.group(1)) * factor, _MOST)


def whole(text: str | None) -> int | None:
    """A whole number (it may be negative), or None."""
    text = (text or "").strip()
    return int(text) if re.match(r"-?\d{1,15}$", text) else None


def tags(node: Node) -> list[int]:
    """VLAN numbers in the `<vlan>` directly below an element."""
    numbers = (whole(one.get("id")) for one in node.findall("vlan/tag"))
    return [number for number in numbers if number is not None and 1 <= number <= 4094]
