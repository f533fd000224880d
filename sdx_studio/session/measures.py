"""What measures are called, and in which units they are given."""

from sdx_studio.words import _, mark

UNITS = {
    "utilisation": "1", "ready": "1", "fill": "1", "rate": "bit/s", "forward": "bit/s", "backward": "bit/s",
    "used": "B", "capacity": "B", "delivered": "B", "lost": "B",
    "power": "W", "energy": "kWh", "iops": "1/s", "response": "s", "cost": "JPY",
    "co2": "kg", "outage": "s", "lag": "s", "latency": "s", "demand": "core", "grant": "core", "rent": "JPY",
    "progress": "1", "balloon": "B", "swap": "B", "bytes": "B", "echo": "s", "first_packet": "s", "pdm": "1",
    "slatah": "1", "slav": "1", "esv": "kWh", "reserve": "1", "rpo_worst": "s",
    "queued": "B", "due": "1", "shared": "B", "slowdown": "1",
}  # fmt: skip


def unit_of(measure: str) -> str:
    """Base unit of a measure by its last word."""
    if measure == "io.rate":
        return "1/s"
    return UNITS.get(measure.rsplit(".", 1)[-1], "")


WORDS = {
    "balance.moves": mark("Balancing moves"), "balance.sigma": mark("Imbalance σ"),
    "ha.failures_tolerated": mark("Failures survived"), "ha.reserve": mark("Unreserved share"),
    "ha.slots": mark("Failover slots"),
    "co2": mark("CO₂"), "cost": mark("Cost of electricity"), "cpu.demand": mark("CPU asked for"),
    "cpu.grant": mark("CPU granted"), "cpu.ready": mark("Ready time"), "cpu.utilisation": mark("CPU use"),
    "kernel.patched": mark("Kernel patches"),
    "energy": mark("Energy"), "guests": mark("Guests"), "hosts.up": mark("Hosts up"),
    "io.rate": mark("Disk requests"), "io.response": mark("Disk response"), "memory.balloon": mark("Ballooned memory"),
    "memory.shared": mark("Shared memory"), "memory.slowdown": mark("Slowed by swapping"),
    "memory.state": mark("Memory state"), "memory.swap": mark("Swapped memory"), "memory.used": mark("Memory used"),
    "memory.utilisation": mark("Memory use"), "moves": mark("Moves"), "net.backward": mark("Rate back"),
    "net.blocked_ports": mark("Blocked ports"), "net.delivered": mark("Delivered"),
    "net.first_packet": mark("First packet"), "net.forward": mark("Rate forth"), "net.hops": mark("Hops"),
    "net.latency": mark("Latency"), "net.lost": mark("Sent to nobody"),
    "net.rate": mark("Network rate"), "net.utilisation": mark("Network use"),
    "net.waiting": mark("Flows that wait"),
    "outage": mark("Outage"), "ports": mark("Ports"), "power": mark("Power"), "rent": mark("Rent"),
    "replica.bytes": mark("Replicated"), "replica.lag": mark("Lag of the replica"),
    "replica.fill": mark("Copied"),
    "replica.queued": mark("Not copied yet"), "replica.rpo_worst": mark("Worst RPO"), "sla.esv": mark("ESV"),
    "sla.pdm": mark("PDM"), "sla.slatah": mark("SLATAH"), "sla.slav": mark("SLAV"), "storage.fill": mark("Filled"),
    "storage.capacity": mark("Room in all"),
    "storage.iops": mark("Storage requests"), "storage.response": mark("Storage response"),
    "storage.used": mark("Storage used"), "storage.utilisation": mark("Storage use"),
    "stream.progress": mark("Streamed"), "users.echo": mark("Echo"), "users.frozen": mark("Frozen screens"),
    "users.present": mark("Users there"), "users.response": mark("Response to users"), "vcpus": mark("vCPUs"),
    "work.progress": mark("Job done"),
    "sprawl.population": mark("VMs there"), "sprawl.idle": mark("Idle VMs"), "sprawl.stopped": mark("VMs stopped"),
    "sprawl.deleted": mark("VMs deleted"), "sprawl.refused": mark("VMs refused"),
    "sprawl.fill": mark("Memory of the hosts taken"), "sprawl.cost": mark("Electricity for idle VMs a year"),
    "lease.watched": mark("VMs watched"), "lease.warned": mark("VMs warned of"),
    "lease.stopped": mark("VMs stopped by it"), "lease.deleted": mark("VMs deleted by it"),
    "lease.renewed": mark("Leases renewed"), "lease.due": mark("Share of VMs under notice"),
}  # fmt: skip


def words_of(measure: str) -> str:
    """A measure as people call it, in the language in use; its technical name when it has no other."""
    return _(WORDS[measure]) if measure in WORDS else measure
