"""Workbooks and tabs as RVTools writes them, in the spellings of its versions, made by code."""

import csv
import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]
NEW, OLD = "MiB", "MB"


def sheets(vms: int = 12, hosts: int = 3, unit: str = NEW, prefix: str = "") -> Sheets:
    """`vms` VMs on `hosts` hosts in two clusters of one datacenter; the last VM is off, and a template follows."""
    host = [f"{prefix}esx{at + 1:02d}.lab.local" for at in range(hosts)]
    info = [["VM", "Powerstate", "Template", "DNS Name", "CPUs", f"Memory {unit}" if unit == OLD else "Memory", "NICs",
             "Disks", f"Provisioned {unit}", f"In Use {unit}", "Path", "Host", "Cluster", "Datacenter",
             "OS according to the configuration file", "VM UUID"]]  # fmt: skip
    cpu = [["VM", "Powerstate", "CPUs", "Overall", "Shares", "Reservation", "Limit", "Host"]]
    memory = [["VM", f"Size {unit}", f"Consumed {unit}", f"Active {unit}", "Ballooned", "Swapped", "Shares", "Host"]]
    network = [["VM", "Powerstate", "NIC label", "Network", "Switch", "Connected", "Mac Address", "Host"]]
    for at in range(vms):
        name, on, place = f"{prefix}vm{at + 1:04d}", at + 1 < vms, host[at % hosts]
        info.append([name, "poweredOn" if on else "poweredOff", False, "", 2, 4096, 1, 1, 40960, 10240,
                     f"[san0{at % 2 + 1}] {name}/{name}.vmx", place, f"cl{at % hosts % 2 + 1}", "Tokyo",
                     "CentOS 7 (64-bit)", f"uuid-{at}"])  # fmt: skip
        cpu.append([name, "poweredOn", 2, 1000 if on else 0, 2000, 0, -1, place])
        memory.append([name, 4096, 4096, 1024, 0, 0, 40960, place])
        network.append([name, "poweredOn", "Network adapter 1", f"VLAN {10 + at % 2 * 10}", "vSwitch0", on,
                        f"00:50:56:00:{at // 256:02x}:{at % 256:02x}", place])  # fmt: skip
    info.append([f"{prefix}golden", "poweredOff", True, "", 2, 4096, 1, 1, 40960, 10240, "[san01] g/g.vmx", host[0],
                 "cl1", "Tokyo", "CentOS 7 (64-bit)", "uuid-t"])  # fmt: skip
    machines = [["Host", "Datacenter", "Cluster", "CPU Model", "Speed", "# CPU", "Cores per CPU", "# Cores",
                 "CPU usage %", "# Memory", "Memory usage %"]]  # fmt: skip
    per_host = -(-vms // hosts)
    for at, name in enumerate(host):
        machines.append([name, "Tokyo", f"cl{at % 2 + 1}", "Intel(R) Xeon(R) Gold 6130", 2500, 2, 16, 32, 20,
                         max(131072, per_host * 4500), 40])  # fmt: skip
    stores = [["Name", "Type", f"Capacity {unit}", f"In Use {unit}", f"Free {unit}", "# Hosts", "Hosts"]]
    stores += [
        [f"san0{at}", "VMFS", max(4194304, vms * 22000), 1048576, 3145728, hosts, ", ".join(host)] for at in (1, 2)
    ]
    return {"vInfo": info, "vCPU": cpu, "vMemory": memory, "vNetwork": network, "vHost": machines, "vDatastore": stores}


def workbook(path: Path, what: Sheets) -> Path:
    """Write them as one workbook."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in what.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def tabs(what: Sheets, separator: str = ",") -> dict[str, bytes]:
    """Write them as one CSV file each."""
    found = {}
    for title, rows in what.items():
        text = io.StringIO()
        csv.writer(text, delimiter=separator).writerows(rows)
        found[f"RVTools_tab{title}.csv"] = text.getvalue().encode("utf-8-sig")
    return found
