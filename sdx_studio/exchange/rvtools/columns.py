"""What RVTools calls its tabs and columns, in the spellings of its versions; sizes are MiB, even where it says MB."""

from dataclasses import dataclass

from sdx_studio.exchange.tables import Column

MAIN = "vinfo"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab: its title and the columns that are read."""

    title: str
    columns: dict[str, Column]


def _of(spellings: str, needed: bool = False) -> Column:
    """A column by all its spellings, as one text."""
    return Column(tuple(spellings.split("|")), needed)


_VM = _of("vm|vm name|name", needed=True)
_HOST = _of("host|esx host|host name")
_UUID = _of("vm uuid|vm instance uuid|uuid")

SHEETS = {
    MAIN: Sheet("vInfo", {
        "guest_name": _VM, "uuid": _UUID,
        "state": _of("powerstate|power state", needed=True),
        "template": _of("template|is template"),
        "vcpus": _of("cpus|num cpus|# cpus|vcpus|num cpu", needed=True),
        "memory": _of("memory|memory size|mem", needed=True),
        "nics": _of("nics|# nics|num nics"), "disks": _of("disks|# disks|num disks"),
        "provisioned": _of("provisioned|provisioned storage"), "in_use": _of("in use|used|in use storage"),
        "host_name": _HOST, "cluster_name": _of("cluster|cluster name"), "datacenter": _of("datacenter|data center"),
        "path": _of("path|vm path|vmx path"),
        "system": _of("os according to the configuration file|os according to the vmware tools|os|guest os"),
    }),
    "vhost": Sheet("vHost", {
        "host_name": _of("host|esx host|host name|name", needed=True),
        "datacenter": _of("datacenter|data center"), "cluster_name": _of("cluster|cluster name"),
        "model": _of("cpu model|cpu type"), "sockets": _of("# cpu|# cpus|cpus"),
        "per_socket": _of("cores per cpu|# cores per cpu"), "cores": _of("# cores|cores|num cores"),
        "speed": _of("speed|cpu speed|speed cpu"),
        "memory": _of("# memory|memory|memory size", needed=True),
        "cpu_usage": _of("cpu usage %|cpu usage"), "memory_usage": _of("memory usage %|memory usage"),
    }),
    "vdatastore": Sheet("vDatastore", {
        "name": _of("name|datastore|datastore name", needed=True),
        "capacity": _of("capacity|size", needed=True), "in_use": _of("in use|used"), "free": _of("free"),
        "type": _of("type|datastore type"), "hosts": _of("hosts"),
    }),
    "vcpu": Sheet("vCPU", {
        "guest_name": _VM, "uuid": _UUID, "host_name": _HOST, "vcpus": _of("cpus|# cpus"),
        "shares": _of("shares"), "reservation": _of("reservation"), "limit": _of("limit"),
        "overall": _of("overall|overall cpu usage|usage", needed=True),
    }),
    "vmemory": Sheet("vMemory", {
        "guest_name": _VM, "uuid": _UUID, "host_name": _HOST, "size": _of("size|memory"),
        "active": _of("active|active memory", needed=True),
        "consumed": _of("consumed"), "ballooned": _of("ballooned|balloon"), "swapped": _of("swapped|swap"),
        "shares": _of("shares"), "reservation": _of("reservation"),
    }),
    "vnetwork": Sheet("vNetwork", {
        "guest_name": _VM, "uuid": _UUID, "host_name": _HOST,
        "network": _of("network|portgroup|port group", needed=True),
        "connected": _of("connected"), "mac": _of("mac address|mac"),
    }),
}  # fmt: skip
"""Tabs by their titles in small letters; all but the main one may be missing."""
