"""Areas: what stands in a place, however deep, and the outermost place around something."""

from sdx_studio.engine.inventory import Inventory

DEEPEST = 32


def around(parts: Inventory, area: str | None) -> list[str]:
    """`area` and the areas around it, the innermost first."""
    found: list[str] = []
    while area in parts.areas and area not in found and len(found) < DEEPEST:
        found.append(area)
        area = parts.areas[area].parent
    return found


def area_of(parts: Inventory, id: str) -> str | None:
    """The area in which a machine, store or network node stands."""
    for table in (parts.machines, parts.stores, parts.nodes):
        if id in table and table[id].area is not None:
            return table[id].area
    return None


def site_of(parts: Inventory, id: str) -> str | None:
    """The outermost area around a machine, store or network node; None when it stands in none."""
    found = around(parts, area_of(parts, id))
    return found[-1] if found else None


def inside(parts: Inventory, area: str) -> list[str]:
    """Ids of all machines, stores and network nodes in `area` and the areas in it, sorted."""
    hardware = parts.machines.keys() | parts.stores.keys() | parts.nodes.keys()
    return sorted(id for id in hardware if area in around(parts, area_of(parts, id)))
