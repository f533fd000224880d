"""Virtual networks (libvirt.org/formatnetwork.html) and the cables from the host to them."""

from sdx_studio.exchange.libvirt.lab import Lab
from sdx_studio.exchange.libvirt.values import tags
from sdx_studio.exchange.markup import Node, text
from sdx_studio.kinds import Value
from sdx_studio.words import mark

_LOCAL = "local"


def network(node: Node, lab: Lab) -> None:
    """Draw a network: a switch, found by its name and by its bridge's."""
    name = text(node, "name") or "network"
    if name in lab.networks:
        lab.note(mark("{count} networks with a name that was taken were left out: {examples}"), name)
        return
    made = lab.network(name)
    bridge = node.find("bridge")
    if bridge is not None and bridge.get("name"):
        lab.bridges.setdefault(bridge.get("name"), name)
    groups = [number for group in node.findall("portgroup") for number in tags(group)]
    made.tags.update(tags(node), groups)
    made.fixed = bool(tags(node))
    if node.find("bandwidth") is not None or node.find("portgroup/bandwidth") is not None:
        lab.note(mark("{count} networks shape their traffic, which has no place in the model: {examples}"), name)
    if node.find("ip") is not None:
        lab.note(mark("{count} networks have addresses, which have no place in the model: {examples}"), name)


def interface(node: Node, lab: Lab, guest: str) -> None:
    """Note which network a guest's interface leads to."""
    source = node.find("source")
    origin = source.attrib if source is not None else {}
    kind = node.get("type") or ""
    name = {"network": origin.get("network"), "bridge": origin.get("bridge"), "direct": origin.get("dev")}.get(kind)
    if not name:
        lab.note(mark("{count} interfaces lead to no network of the model: {examples}"), f"{guest} ({kind})")
        return
    if kind == "bridge":
        name = lab.bridges.get(name, name)
    if name not in lab.networks:
        lab.note(mark("{count} networks that only interfaces name were drawn: {examples}"), name)
    made = lab.network(name)
    numbers = tags(node)
    made.tags.update(numbers)
    made.untagged = made.untagged or not numbers


def cables(lab: Lab) -> None:
    """Join the host with the switch of every network and the array of every pool."""
    if lab.host is not None:
        for made in lab.networks.values():
            fields: dict[str, Value] = {}
            if made.tags and (made.fixed or not made.untagged):
                fields["vlans"] = tuple(str(number) for number in sorted(made.tags))
            lab.sketch.join(lab.host, made.id, fields)
        for pool in lab.pools.values():
            lab.sketch.join(lab.host, pool.id, {"medium": "ethernet" if pool.remote else "storage"})
    for number in sorted({number for made in lab.networks.values() for number in made.tags}):
        lab.segment(number)
