"""The gallery: what the samples are called, what each shows in one line, and which of them serve as templates."""

from dataclasses import dataclass
from pathlib import Path

from sdx_studio import assets
from sdx_studio.document import Document
from sdx_studio.session.session import Session
from sdx_studio.words import mark


@dataclass(frozen=True, slots=True)
class Sample:
    """One little world: file name without ending, title and line (to be looked up with `_`)."""

    stem: str
    title: str
    line: str
    template: bool = False
    """Whether a new project may begin as a copy of it."""

    @property
    def path(self) -> Path:
        """Its file."""
        return assets.path("samples", f"{self.stem}.sdx")


SAMPLES = (
    Sample("01-live-migration", mark("Live migration"), mark("A VM moves to another host while it runs")),
    Sample("02-two-hosts", mark("Two hosts"), mark("The smallest lab for a migration"), template=True),
    Sample("03-high-availability", mark("High availability"), mark("A host fails; its VMs start again on the others")),
    Sample("04-hop-by-hop-or-central", mark("Hop by hop or central"),
           mark("The same network with routers, and with a controller")),
    Sample("05-desktops", mark("Desktops from the server room"),
           mark("Clerks and engineers on one server, screens over a thin line")),
    Sample("06-two-sites", mark("Two sites"), mark("A volume is copied every minute"), template=True),
    Sample("07-too-much-memory", mark("Too much memory"), mark("VMs promise more memory than their host has")),
    Sample("08-one-host", mark("One host"), mark("Three VMs share four cores"), template=True),
    Sample("09-ten-racks", mark("Ten racks"), mark("Forty hosts are emptied and sleep where they can")),
    Sample("10-campus", mark("Campus"), mark("Two VLANs on a ring of switches"), template=True),
    Sample("11-containers", mark("Containers in VMs"), mark("Containers travel with the VM whose kernel they share")),
    Sample("12-vdi-floor", mark("VDI floor"), mark("Desktops start while people work"), template=True),
    Sample("13-maintenance", mark("Planned maintenance"), mark("A host is emptied, rests, and gets its VMs back")),
    Sample("14-load-balancing", mark("Load balancing"), mark("Hosts at 90, 40 and 20 % are levelled")),
    Sample("15-admission", mark("Room for a failure"), mark("What a cluster keeps free, and a host that fails")),
    Sample("16-vm-is-a-file", mark("A VM is a file"), mark("The same job on a VM and on copies with more vCPUs")),
    Sample("17-sprawl", mark("Server sprawl"), mark("Twenty VMs a week for a year: without a rule, and with two")),
    Sample("18-policy", mark("Policy groups"), mark("Two hundred settings in five groups; seven have drifted")),
    Sample("19-recovery", mark("A site is lost"), mark("Its VMs start at the other site from copies")),
    Sample("20-mainframe", mark("Batch and time sharing"), mark("Four jobs on a mainframe: one by one, or in turns")),
    Sample("21-ten-racks-to-two", mark("Ten racks to two"), mark("A hundred idle servers are packed into two racks")),
    Sample("22-hypervisor-or-containers", mark("Hypervisor or containers"),
           mark("A kernel crashes: who stops, and who goes on?")),
    Sample("23-converging", mark("When it will not converge"), mark("Eight VMs move; some write too fast")),
    Sample("24-three-kinds", mark("Partition, aggregate, emulate"),
           mark("One as many, many as one, one thing as another")),
    Sample("25-migration-network", mark("A network for migrations"),
           mark("The same move on shared cables, and on cables of its own")),
)  # fmt: skip


def opened(sample: Sample) -> Session:
    """A session with the sample; saving it asks for a place of its own."""
    session = Session.open(sample.path)
    session.path = None
    return session


def begun(sample: Sample) -> Session:
    """A new project that begins as a copy of the sample: without its scenario, its title and its notes."""
    whole = Session.open(sample.path).document
    plain = whole.properties.but(title="", notes="")
    return Session(Document([plain, *whole.elements.values(), *whole.links.values()]))
