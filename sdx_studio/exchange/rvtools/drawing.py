"""An inventory as a drawing: a site for each datacenter, in it clusters, hosts with their VMs, networks and storage."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

from sdx_studio.exchange.formats import FileError, Opened
from sdx_studio.exchange.rows import laid_out
from sdx_studio.exchange.rvtools.reading import MIB, SITE, Host, Inventory, Store, Vm, read
from sdx_studio.exchange.sketch import Sketch
from sdx_studio.exchange.tables import Table
from sdx_studio.kinds import Value, standing_for
from sdx_studio.words import _, mark

GIB = 2.0**30
CABLE, SWITCH_PORT = 10e9, 100e9
"""bit/s of a host's cable, which no tab tells, and of a switch's ports."""
_NUMBER = re.compile(r"vlan[\s_\-]*(\d{1,4})(?!\d)", re.IGNORECASE)
_FIRST_FREE = 2001


def drawn(tables: Mapping[str, Table], name: str) -> Opened:
    """The project of an inventory; raises FileError for what cannot be read."""
    inventory = read(tables)
    if not inventory.vms and not inventory.hosts:
        raise FileError(name, 0, 0, "", _("there are neither VMs nor hosts in it"))
    return _Drawing(inventory).finish(PurePath(name).stem)


class _Drawing:
    """What has been drawn so far, by the names of the inventory."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._sketch = Sketch(inventory.tally)
        self._sites: dict[str, str] = {}
        self._inside: dict[str, list[list[str]]] = {}
        """Site → groups of what stands in it: control and networks, hosts, arrays."""
        self._hosts: dict[str, str] = {}
        self._switches: dict[str, str] = {}
        self._arrays: dict[str, str] = {}
        self._residents: dict[str, list[Vm]] = defaultdict(list)
        for vm in inventory.vms:
            self._residents[vm.host].append(vm)

    def finish(self, title: str) -> Opened:
        """Draw everything and lay it out."""
        self._complete()
        for host in self._inventory.hosts.values():
            self._draw_host(host)
        self._draw_clusters()
        self._draw_arrays()
        for host in self._inventory.hosts.values():
            self._draw_vms(host)
        self._draw_networks()
        opened = self._sketch.finish(title)
        return replace(opened, document=laid_out(opened.document, [self._inside[name] for name in self._sites],
                                           [[id] for id in self._sites.values()]))  # fmt: skip

    def _note(self, message: str, example: str = "") -> None:
        self._sketch.tally.note(message, example)

    def _complete(self) -> None:
        """Hosts and datastores that only VMs name."""
        inventory = self._inventory
        for name, vms in self._residents.items():
            if name not in inventory.hosts:
                self._note(mark("{count} hosts that only VMs name got room for these: {examples}"), name)
                cores = max(math.ceil(sum(vm.vcpus for vm in vms) / 4), *(vm.vcpus for vm in vms))
                memory = sum(vm.memory for vm in vms) * 1.05 + 4 * GIB
                inventory.hosts[name] = Host(name, vms[0].site or SITE, vms[0].cluster, cores, 0.0, memory)
        stored: defaultdict[str, float] = defaultdict(float)
        for vm in inventory.vms:
            if not vm.store:
                vm.store = next((one.name for one in inventory.stores.values() if vm.host in one.hosts), "")
            if vm.store and vm.store not in inventory.stores:
                stored[vm.store] += vm.provisioned or vm.in_use or 0.0
            elif not vm.store:
                self._note(mark("{count} VMs tell no datastore and got no volume: {examples}"), vm.name)
        for name, size in stored.items():
            self._note(mark("{count} datastores that only VMs name got room for these: {examples}"), name)
            inventory.stores[name] = Store(name, max(size, GIB))

    def _site(self, name: str) -> str:
        if name not in self._sites:
            self._sites[name] = self._sketch.add(standing_for("plain:place"), name)
            self._inside[name] = [[], [], []]
        return self._sites[name]

    def _add(self, site: str, group: int, foreign: str, name: str, fields: Mapping[str, Value]) -> str:
        """Draw something that stands in a site."""
        id = self._sketch.add(standing_for(foreign), name, self._site(site), fields=fields)
        self._inside[site][group].append(id)
        return id

    def _draw_host(self, host: Host) -> None:
        fields: dict[str, Value] = {"cores": host.cores, "memory": host.memory}
        self._hosts[host.name] = id = self._add(host.site, 1, "libvirt:connection", host.name, fields)
        if host.site not in self._switches:
            own: dict[str, Value] = {"nic_speed": SWITCH_PORT}
            self._switches[host.site] = self._add(host.site, 0, "libvirt:network", f"{host.site} network", own)
            self._note(mark("No tab tells how fast cables are; hosts got 10 Gbit/s"))
        self._sketch.join(id, self._switches[host.site], {"bandwidth": CABLE})

    def _draw_clusters(self) -> None:
        members: dict[tuple[str, str], list[str]] = {}
        for host in self._inventory.hosts.values():
            if host.cluster:
                members.setdefault((host.site, host.cluster), []).append(self._hosts[host.name])
        for (site, name), ids in members.items():
            self._add(site, 0, "plain:cluster", name, {"members": tuple(ids)})

    def _draw_arrays(self) -> None:
        users: dict[str, set[str]] = {}
        for vm in self._inventory.vms:
            users.setdefault(vm.store, set()).add(vm.host)
        for store in self._inventory.stores.values():
            seen = [name for name in (*store.hosts, *sorted(users.get(store.name, ()))) if name in self._hosts]
            site = self._inventory.hosts[seen[0]].site if seen else next(iter(self._sites), SITE)
            id = self._add(site, 2, "libvirt:pool", store.name, {"raid": "RAID 0", "nic_speed": SWITCH_PORT})
            self._arrays[store.name] = id
            self._sketch.add(standing_for("libvirt:pool-device"), f"{store.name}-device", id,
                             fields={"capacity": store.capacity, "medium": "SSD"})  # fmt: skip
            if len(set(seen)) == 1:
                self._sketch.join(self._hosts[seen[0]], id, {"medium": "storage"})
            elif site in self._switches:
                self._sketch.join(id, self._switches[site], {"bandwidth": SWITCH_PORT})

    def _draw_vms(self, host: Host) -> None:
        vms = self._residents.get(host.name, [])
        layer = standing_for("libvirt:hypervisor")
        wanted = sum(vm.memory for vm in vms)
        kept = layer.by_key["memory"].default
        room = max(host.memory - (kept if isinstance(kept, (int, float)) else 0.0), MIB)
        fields: dict[str, Value] = {"product": "ESXi"}
        if wanted > room:
            fields["overcommit"] = min(8.0, math.ceil(wanted / room * 100) / 100)
            self._note(mark("{count} hosts have VMs with more memory than they have themselves: {examples}"), host.name)
        parent = self._sketch.add(layer, f"{host.name}-hypervisor", self._hosts[host.name], fields=fields)
        usual = _usual_load(host, vms)
        for vm in vms:
            self._draw_vm(vm, host, parent, usual)

    def _draw_vm(self, vm: Vm, host: Host, parent: str, usual: float | None) -> None:
        fields: dict[str, Value] = {"vcpus": vm.vcpus, "memory": vm.memory, "load": usual, "powered": vm.on}
        if vm.overall is not None and host.speed > 0:
            fields["load"] = round(min(1.0, max(0.0, vm.overall / (vm.vcpus * host.speed))), 4)
        elif vm.on:
            self._note(mark("{count} VMs got a load that no tab tells of them: {examples}"), vm.name)
        if vm.active is not None and vm.active > 0:
            fields["working_set"] = min(vm.active, vm.memory)
        if vm.shares is not None and vm.shares > 0:
            fields["shares"] = max(1, round(vm.shares / vm.vcpus))
        if host.speed > 0:
            fields["reservation"] = round(vm.reservation / host.speed, 4) if vm.reservation else None
            fields["limit"] = round(vm.limit / host.speed, 4) if vm.limit is not None and vm.limit > 0 else None
        fields["mac"] = next((card.mac for card in vm.cards if card.mac), None)
        id = self._sketch.add(standing_for("libvirt:domain"), vm.name, parent, fields=fields)
        if vm.store:
            self._sketch.set(id, disk=self._volume(vm))

    def _volume(self, vm: Vm) -> str:
        size = vm.provisioned or vm.in_use
        fields: dict[str, Value] = {"size": size}
        if size is not None:
            used = min(size, vm.in_use if vm.in_use is not None else size)
            fields |= {"used": used, "thin": used < size}
        return self._sketch.add(
            standing_for("libvirt:volume"), f"{vm.name}-disk", self._arrays[vm.store], fields=fields
        )

    def _draw_networks(self) -> None:
        members: dict[tuple[str, str], dict[str, None]] = {}
        for vm in self._inventory.vms:
            for card in vm.cards:
                site = self._inventory.hosts[vm.host].site
                members.setdefault((site, card.network), {})[self._hosts[vm.host]] = None
        taken = {int(found[1]) for _site, name in members if (found := _NUMBER.search(name))}
        free = (number for number in range(_FIRST_FREE, 4095) if number not in taken)
        for (site, name), ids in members.items():
            found = _NUMBER.search(name)
            number = int(found[1]) if found and 1 <= int(found[1]) <= 4094 else next(free, 4094)
            if not found:
                self._note(
                    mark("{count} networks do not say their VLAN in their name and got a number: {examples}"), name
                )
            self._add(site, 0, "libvirt:vlan", name, {"number": number, "members": tuple(ids)})


def _usual_load(host: Host, vms: Iterable[Vm]) -> float | None:
    """What each vCPU is busy with on the whole, where only the host's own usage is told."""
    running = sum(vm.vcpus for vm in vms if vm.on)
    return None if host.usage is None or not running else round(min(1.0, host.usage * host.cores / running), 4)
