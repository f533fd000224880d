"""What the samples ask and what to look at: by file name without ending, to be looked up with `_`."""

from sdx_studio.words import mark

NOTES = {
    "01-live-migration": mark(
        "At 2 s web03 moves to another rack while it runs. Where does its volume stay? How many rounds are needed, and "
        "how long does it stand still? Drag another VM onto a host and compare."
    ),
    "02-two-hosts": mark("Press play and drag a VM to the other host. Then fail a host: what is the difference?"),
    "03-high-availability": mark(
        "A host fails. How long until the cluster notices, and until all VMs work again? What is lost that a live "
        "migration keeps? Fork the run with A | B and add a host."
    ),
    "04-hop-by-hop-or-central": mark(
        "Above, routers send everything the shortest way; below, a controller chooses for each flow. Which network "
        "carries more, with the same cables?"
    ),
    "05-desktops": mark(
        "Clerks and engineers share one server. Who waits when somebody computes with all cores? Cut the thin line: "
        "what freezes, and what goes on?"
    ),
    "06-two-sites": mark(
        "A volume is copied to the other site every minute. How old is the copy at worst? Make the line slower: when "
        "does a copy take longer than the interval?"
    ),
    "07-too-much-memory": mark(
        "VMs have more memory than their host. First idle pages are taken back, then active ones are swapped: who gets "
        "slower, and when does a move help? From 125 s on a third host goes through all states of its memory."
    ),
    "08-one-host": mark("Four cores, three VMs. At second 15 batch starts and wants all: watch READY."),
    "09-ten-racks": mark("40 hosts at about 13 %. Every 20 s VMs are packed together; empty hosts sleep."),
    "10-campus": mark("The ring is kept open by the spanning tree. At 20 s a cable of it is cut."),
    "11-containers": mark("At 10 s docker-02 moves to node-02 and its containers with it."),
    "12-vdi-floor": mark("Eight desktops work while eight more start: all wait for the same disks."),
    "13-maintenance": mark(
        "node-01 is emptied by live migration, eight VMs at a time, rests from second 88, and gets its VMs back."
    ),
    "14-load-balancing": mark(
        "Hosts at 90, 40 and 20 %. After 20 s the cluster moves what evens them best: watch the imbalance σ."
    ),
    "15-admission": mark(
        "Each VM takes 8 % of a host. Admission control refuses the tenth VM of each host, so all nine of node-02 come "
        "back when it fails. Without it (cluster-01, Admission control: none) ten run, six come back, four stay down."
    ),
    "16-vm-is-a-file": mark(
        "The VMs do the same job: 240 s of CPU time, 90 % of it parallel. job-b is a copy of job-a with four vCPUs "
        "instead of two, job-c has eight. Select two and press Ctrl+I: how do their files differ? Is twice the vCPUs "
        "half the time?"
    ),
    "17-sprawl": mark(
        "Twenty VMs a week, three of ten idle. Without a rule the hosts are full in week 37 or so and requests are "
        "refused. With a lease of 13 weeks, three of ten renewed, about 20 · 13 / (1 − 0.3) = 371 stay. Where idle "
        "ones are looked for as well, fewer. No VM that is in use is deleted. Run until 52 week, as fast as possible."
    ),
    "18-policy": mark(
        "Forty VMs with five settings each are 200 settings to keep by hand; as five groups they are five. Seven have "
        "drifted: rings show them, Edit > Mend drift brings them back. Change a group's standard: all members follow."
    ),
    "19-recovery": mark(
        "1 TB is copied over 100 Mbit/s: the first copy takes 32 hours, then the changes of 15 minutes (50 GB a day) "
        "take 56 s. The ledger waits for Osaka with every write: 20 ms, 16 at once, about 800 a second. The fail-over "
        "at 120,000 s is refused, for Tokyo still runs. At 130,000 s it fails: how old are the copies, and how long "
        "does it take until all VMs run in Osaka?"
    ),
    "20-mainframe": mark(
        "Four jobs work a second and then wait three for tape, sixty times. Select a mainframe: its jobs appear under "
        "the time line. How much sooner are they done when one works while another waits? What does a whole virtual "
        "machine for everybody cost?"
    ),
    "21-ten-racks-to-two": mark(
        "Ten racks hold a hundred servers that are a tenth used. Open the view Consolidation and fill machines up to "
        "50 %: how many stay on, and what does it save? The scenario carries it out by live migrations."
    ),
    "22-hypervisor-or-containers": mark(
        "First some try to read the files of others: who sees whose? At 20 s the kernel of one VM crashes, at 40 s the "
        "kernel that all containers share. Who stops? At 80 s one patch serves all containers, at 110 s each VM needs "
        "its own. Open the view Machine layers: which kernels are patched, and how many more guests would fit?"
    ),
    "23-converging": mark(
        "All eight VMs move at 1 s; their names say what they are like. At the left, four that write nothing, 60, 110 "
        "and 150 MiB a second: which rounds shrink? At the right, a network ten times as fast, one that gets less CPU "
        "until its rounds shrink, and one whose disk of 40 GiB has to go too. Put them in order first."
    ),
    "24-three-kinds": mark(
        "View, Kinds of virtualization (Ctrl+Shift+K) outlines the three ways: one host appears as four, three disks "
        "as one, a disk as a tape, an x86-64 processor as an Arm. Which is which? Both VMs on the right have the same "
        "job: how much later is the emulated one done?"
    ),
    "25-migration-network": mark(
        "Both VMs move at 1 s while files are copied as fast as the network allows. Above they share the cables: the "
        "move takes longer and the copy slows down. Below the cluster names a migration network: two cables carry VLAN "
        "30 and nothing else. When is each VM there, and what does the copy lose? Cut one of those cables: which way "
        "does the next move take?"
    ),
}  # fmt: skip
"""A person's own project has notes of its own, which no dictionary knows: they are shown as they were written."""
