"""A hall of 100 hosts and 500 VMs in two places, and a day in it: twelve faults, repairs, moves and work on hosts."""

from random import Random

from sdx_studio.engine.parts import (
    Area,
    Cable,
    Command,
    Device,
    Group,
    Guest,
    Layer,
    Load,
    Machine,
    MigrationStyle,
    Node,
    Part,
    Replica,
    Store,
    Trace,
    Volume,
)

S = 1_000_000
GIB, MIB = 2.0**30, 2.0**20
DAY = 86_400
RACKS, PER_RACK, PER_HOST, ARRAYS = 10, 10, 5, 5
FAULTS = 12
RAMP = tuple(90.0 + 15 * at for at in range(11))
STYLE = MigrationStyle(limit=4)


def hall(seed: int) -> list[Part]:
    """Ten racks in two sites, a cluster for each; some balance themselves, some keep room, two volumes are copied."""
    chance = Random(seed)
    parts: list[Part] = [Area(name, None, 1.5, 27, 0.42) for name in ("east", "west")]
    parts += [Node(f"core{at}", "bridging", 4096 * (at + 1), 1.0, 1.0, area=_site(5 * at)) for at in range(2)]
    parts.append(Cable("trunk", "core0", "core1", 1e11))
    for rack in range(RACKS):
        parts += _rack(rack)
    for at in range(ARRAYS):
        parts += _array(at)
    for at in range(RACKS * PER_RACK * PER_HOST):
        parts.append(_guest(at, chance))
    for at, mode in enumerate(("async", "sync")):
        parts.append(Replica(f"copy{at}", f"v{at}", f"st{ARRAYS - 1 - at}", 3600.0, 2e5, 5e9, mode=mode, decide=60.0))
    return parts


def _site(rack: int) -> str:
    return "east" if rack < RACKS // 2 else "west"


def _rack(rack: int) -> list[Part]:
    id, top = f"rack{rack}", f"tor{rack}"
    parts: list[Part] = [Area(id, _site(rack), rent=200_000), Node(top, "bridging", 32768, 1.0, 1.0, area=id)]
    parts += [Cable(f"up{rack}-{at}", top, f"core{at}", 4e10) for at in range(2)]
    names = [f"h{rack}{at}" for at in range(PER_RACK)]
    for name in names:
        parts += [Machine(name, 16, 64 * GIB, RAMP, id), Node(name), Cable(f"c-{name}", name, top, 1e10)]
        parts.append(Layer(f"hv-{name}", name, 0.02, GIB, migration=STYLE))
    balancing = ("automatic", "off", "manual", "partial", "automatic")[rack % 5]
    parts.append(Group(f"cl{rack}", tuple(names), admission=("none", "slots", "percentage")[rack % 3], reserve=0.1,
                       balancing=balancing, every=3600.0))  # fmt: skip
    return parts


def _array(at: int) -> list[Part]:
    id = f"st{at}"
    place = "east" if at < 3 else "west"
    parts: list[Part] = [Store(id, 2.0, 0.5, 400, place), Node(id), Cable(f"c-{id}", id, f"core{int(at >= 3)}", 4e10)]
    parts += [Device(f"{id}-d{one}", id, 5e4, 5e4, 5e8, 4e12, 1e-4) for one in range(8)]
    return parts + [Volume(f"v{one}", id, 5e11, one % 2 == 0, 1e10, 1e4) for one in range(at, 50, ARRAYS)]


def _guest(at: int, chance: Random) -> Guest:
    level = chance.choice([0.1, 0.2, 0.35, 0.6])
    load: Load | Trace = Load(level)
    if at % 10 == 0:
        load = Trace.of([chance.uniform(0.1, 0.9) for _ in range(24)], 3600.0)
    host = at % (RACKS * PER_RACK)
    return Guest(
        f"g{at:03d}", f"h{host // PER_RACK}{host % PER_RACK}", chance.choice([2, 4]), load,
        chance.choice([4.0, 8.0]) * GIB, chance.choice([2000.0, 4000.0]), chance.choice([0.0, 0.0, 1.0]),
        dirty_rate=10 * MIB, working_set=GIB, disk=f"v{at % 50}", io_rate=chance.choice([0.0, 20.0, 60.0]),
        io_size=8192, boot_requests=500, migrates=True, start_time=30, priority=at % 3,
    )  # fmt: skip


def day(seed: int) -> list[Command]:
    """Twelve faults, each repaired later, between them moves, work on two hosts, a fail-over when a site part goes."""
    chance = Random(1000 + seed)
    found: list[Command] = []
    for _ in range(FAULTS):
        at = chance.uniform(60, DAY - 600)
        verb, target, mending = _fault(chance)
        found.append(_at(at, verb, target))
        if verb == "fail" and target.startswith(("st", "rack", "east")):
            found.append(_at(at + 30, "fail_over", chance.choice(["copy0", "copy1", "east"])))
        if mending:
            found.append(_at(at + chance.uniform(60, 7200), mending, target))
    for _ in range(8):
        guest, host = f"g{chance.randrange(500):03d}", f"h{chance.randrange(100):02d}"
        found.append(_at(chance.uniform(0, DAY), "migrate", guest, to=host))
    for _ in range(2):
        at, host = chance.uniform(0, DAY - 9000), f"h{chance.randrange(100):02d}"
        found += [_at(at, "enter_maintenance", host), _at(at + 3600, "exit_maintenance", host)]
    found.append(_at(DAY - 8000, "fail_back", "east"))
    return found


def _fault(chance: Random) -> tuple[str, str, str]:
    """Verb, target, and the verb that mends it (empty when it mends itself)."""
    sort = chance.choices(["host", "switch", "cable", "array", "part", "kernel", "copying"], [4, 2, 2, 1, 1, 2, 1])[0]
    host = f"h{chance.randrange(100):02d}"
    if sort == "cable":
        names = ["trunk", f"c-{host}", f"up{chance.randrange(10)}-{chance.randrange(2)}", f"c-st{chance.randrange(5)}"]
        return "cut", chance.choice(names), "mend"
    if sort == "kernel":
        return "crash", chance.choice([f"hv-{host}", f"g{chance.randrange(500):03d}"]), ""
    if sort == "copying":
        return "fail", "east", "repair"
    one = {"host": host, "switch": chance.choice([f"tor{chance.randrange(10)}", "core0", "core1"]),
           "array": f"st{chance.randrange(5)}", "part": f"rack{chance.randrange(10)}"}  # fmt: skip
    return "fail", one[sort], "repair"


def _at(seconds: float, verb: str, target: str, **figures: str) -> Command:
    return Command(round(seconds * S), verb, target, tuple(figures.items()))
