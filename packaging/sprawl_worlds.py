"""The gallery's worlds of many VMs: sprawl with and without a rule, policy groups with drift; drawn by `samples.py`."""

from worlds import titled

from sdx_studio import Session

YEAR = 52 * 7 * 86_400.0


def farm(s: Session, title: str, x: float, **lease: object) -> None:
    """Four hosts, people who ask for twenty VMs a week, and perhaps a rule."""
    site = s.place("site", name=title, x=x, y=0)
    rack = s.place("rack", on=site, name="Rack " + title[:1], x=14, y=150)
    hosts = [
        s.place("host", on=rack, name=f"{title[:1].lower()}-0{number + 1}", cores=128, memory="768 GiB")
        for number in range(4)
    ]
    switch = s.place("switch", on=site, name="sw-" + title[:1].lower(), x=404, y=56, nic_speed="10 Gbit/s")
    for host in hosts:
        s.place("hypervisor", on=host, overhead="0 %")
        s.connect(host, switch, bandwidth="10 Gbit/s")
    requests = s.place("sprawl", on=site, name="requests " + title[:1], x=14, y=56, hosts=hosts, arrivals="evenly")
    if lease:
        s.place("lease_rule", on=site, name="rule " + title[:1], x=170, y=56, scope=(requests,), **lease)


def sprawl() -> Session:
    """A year of twenty VMs a week: no rule, a lease, a lease and idle ones looked for."""
    s = Session()
    farm(s, "A: no rule", 0)
    farm(s, "B: lease", 586, lease="13 week", delete_after="1 d")
    farm(s, "C: lease and idle", 1172, lease="13 week", idle_for="30 d", delete_after="14 d")
    return titled(s, "Server sprawl", YEAR)


GROUPS = (
    ("web", 10, 2, "4 GiB", 1000, "medium"), ("app", 10, 4, "8 GiB", 1000, "medium"),
    ("db", 8, 8, "32 GiB", 4000, "high"), ("mail", 6, 2, "8 GiB", 2000, "high"), ("lab", 6, 1, "2 GiB", 500, "low"),
)  # fmt: skip
"""Name, how many, and five settings: vCPUs, memory, shares, restart priority, and whether it restarts."""
DRIFTED = (
    ("web-03", "memory", "8 GiB"), ("web-07", "shares", 3000), ("app-02", "vcpus", 8), ("app-09", "memory", "16 GiB"),
    ("db-04", "priority", "low"), ("mail-05", "restart", False), ("lab-01", "shares", 4000),
)  # fmt: skip


def policy() -> Session:
    """Forty VMs with five settings each: 200 settings in five groups, seven of them drifted."""
    s = Session()
    hosts = [
        s.place("host", name=f"host-0{number + 1}", x=790 * (number % 2), y=66 + 332 * (number // 2), cores=64,
                memory="384 GiB")
        for number in range(4)
    ]  # fmt: skip
    switch = s.place("switch", name="sw-01", x=531, y=210, nic_speed="10 Gbit/s")
    for host in hosts:
        s.connect(host, switch, bandwidth="10 Gbit/s")
    made: dict[str, str] = {}
    for place, (name, count, vcpus, memory, shares, priority) in enumerate(GROUPS):
        for number in range(count):
            one = f"{name}-{number + 1:02d}"
            made[one] = s.place("vm", on=hosts[len(made) % 4], name=one, vcpus=vcpus, memory=memory, shares=shares,
                                priority=priority, restart=name != "lab", load=0.2)  # fmt: skip
        members = [id for one, id in made.items() if one.startswith(name)]
        restart = "no" if name == "lab" else "yes"
        s.place("policy_group", name=name, x=265 * place, y=0, members=members, standard=(
            f"vcpus = {vcpus}", f"memory = {memory}", f"shares = {shares}", f"priority = {priority}",
            f"restart = {restart}",
        ))  # fmt: skip
    for one, field, value in DRIFTED:
        s.set(made[one], **{field: value})
    s.do("migrate", made["web-03"], to=hosts[3], at="5 s")
    return titled(s, "Policy groups", 60)


SPRAWL = (("17-sprawl", sprawl), ("18-policy", policy))
