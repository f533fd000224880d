"""Worlds to measure with: fat trees of flows, a campus of any size, a great hall of equal hosts; and two queues."""

import random
from collections.abc import Callable
from heapq import heappop, heappush
from math import inf
from time import process_time
from typing import Any

from sdx_studio.engine.clock import NETWORK, SECOND, Agenda
from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.network.shares import Shares
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
    Node,
    Part,
    Store,
    Traffic,
    Volume,
)
from sdx_studio.engine.sharing.maxmin import Demands, fill

GIB = 2.0**30
WATTS = tuple(59 + 19.3 * step for step in range(11))


def fat_tree(pods: int, flows: int) -> tuple[list[list[int]], int]:
    """Directed links of random flows between hosts of a fat tree, over random upper paths; and how many there are."""
    chance, half, known = random.Random(1), pods // 2, dict[tuple[object, ...], int]()

    def leg(*name: object) -> int:
        return known.setdefault(name, len(known))

    paths = []
    for _ in range(flows):
        a, b = chance.sample(range(pods * half * half), 2)
        path = [leg("out", a)]
        if a // half != b // half:
            up, down, through = a // half, b // half, chance.randrange(half)
            path += [leg("up", up, through)]
            if up // half != down // half:
                core = chance.randrange(half)
                path += [leg("rise", up // half, through, core), leg("fall", down // half, through, core)]
            path += [leg("down", down, through)]
        paths.append([*path, leg("in", b)])
    return paths, len(known)


def sizes(count: int) -> list[float]:
    """Bits of each flow."""
    chance = random.Random(2)
    return [chance.uniform(0.5, 1.5) * 8e8 for _ in range(count)]


def completed(paths: list[list[int]], links: int) -> dict[int, float]:
    """When each flow is over (s) if all begin at once on links of 1 Gbit/s, shared as the engine shares them."""
    shares, left = Shares(), dict(enumerate(sizes(len(paths))))
    shares.arrange([1e9] * links)
    flows = [Flow(("t", f"{place:05d}"), "a", "b") for place in range(len(paths))]
    for flow, path in zip(flows, paths, strict=True):
        flow.blocked, flow.legs = False, tuple(path)
        shares.join(flow)
    since, rate, version = ([0.0] * len(paths) for _ in range(3))
    waiting: list[tuple[float, float, int]] = []
    ended: dict[int, float] = {}
    now = 0.0
    while len(ended) < len(paths):
        for flow in shares.settle()[0]:
            place = int(flow.key[1])
            left[place] -= rate[place] * (now - since[place])
            since[place], rate[place], version[place] = now, flow.rate, version[place] + 1
            heappush(waiting, (now + left[place] / flow.rate, version[place], place))
        time, stamp, place = heappop(waiting)
        while place in ended or version[place] != stamp:
            time, stamp, place = heappop(waiting)
        now = ended[place] = time
        shares.leave(flows[place])
    return ended


def completed_at_once(paths: list[list[int]], links: int, count: int) -> dict[int, float]:
    """The first `count` ends, with everything shared anew at every end."""
    left, here, now = dict(enumerate(sizes(len(paths)))), list(range(len(paths))), 0.0
    ended: dict[int, float] = {}
    while len(ended) < count:
        rates = fill(Demands([paths[one] for one in here], [1.0] * len(here), [inf] * len(here)), [1e9] * links)
        wait, first = min((left[one] / rate, one) for one, rate in zip(here, rates, strict=True))
        for one, rate in zip(here, rates, strict=True):
            left[one] -= rate * wait
        now += wait
        ended[first] = now
        here.remove(first)
    return ended


def campus(hosts: int, commands: int = 0, day: float = 86400.0) -> tuple[list[Part], list[Command]]:
    """Hosts in racks, five VMs and ten flows for each, four arrays, one cluster; migrations and a failure."""
    chance = random.Random(1)
    racks, guests = hosts // 10, 5 * hosts
    parts: list[Part] = [Node("core", "bridging"), Group("cluster", tuple(f"h{at:05d}" for at in range(hosts)))]
    for rack in range(racks):
        parts += [Node(f"tor{rack}", "bridging"), Cable(f"up{rack}", f"tor{rack}", "core", 10e9)]
        parts.append(Area(f"rack{rack}", None, 1.5, 27, 0.4))
    for store in range(4):
        parts += [Store(f"s{store}", 2, 0.5, 300), Node(f"s{store}"), Cable(f"sc{store}", f"s{store}", "core", 40e9)]
        parts += [Device(f"d{store}-{at}", f"s{store}", 9e5, 3e5, 5e9, 4e13, 1e-4) for at in range(8)]
    for at in range(hosts):
        id, rack = f"h{at:05d}", f"rack{at // 10}"
        parts += [Machine(id, 32, 256 * GIB, WATTS, rack), Node(id), Cable(f"c{at:05d}", id, f"tor{at // 10}", 10e9)]
        parts.append(Layer(f"l{at:05d}", id, 0.02, GIB))
    for at in range(guests):
        pattern: Any = ("steady", "day", "wave", "bursty")[at % 4]
        load = Load(0.4, pattern, 0.5, day if pattern == "day" else 3600)
        parts.append(Volume(f"v{at:05d}", f"s{at % 4}", 50 * GIB, at % 2 == 0, 10 * GIB, 1e4))
        parts.append(Guest(f"g{at:05d}", f"l{at % hosts:05d}", 4, load, 8 * GIB, dirty_rate=1e7, disk=f"v{at:05d}",
                           io_rate=50, migrates=True))  # fmt: skip
    for at in range(2 * guests):
        a, b = chance.sample(range(guests), 2)
        load = Load(0.7, "day", 0.5, day) if at % 4 == 3 else None
        parts.append(Traffic(f"f{at:05d}", f"g{a:05d}", f"g{b:05d}", chance.choice([1e6, 1e7, 5e7]), load=load,
                             start=chance.random() * 1000))  # fmt: skip
    acts = [Command(40_000 * SECOND, "fail", "h00007"), Command(60_000 * SECOND, "repair", "h00007")]
    for _ in range(commands):
        to = (("to", f"h{chance.randrange(hosts):05d}"),)
        acts.append(Command(int(chance.random() * day) * SECOND, "migrate", f"g{chance.randrange(guests):05d}", to))
    return parts, acts if commands else []


def hall(hosts: int) -> list[Part]:
    """Equal hosts with two VMs each and nothing else."""
    parts: list[Part] = [Machine(f"h{at:05d}", 16, 64 * GIB, WATTS) for at in range(hosts)]
    return parts + [Guest(f"g{at:05d}", f"h{at % hosts:05d}", 2, Load(0.5), GIB) for at in range(2 * hosts)]


def queue_of_ours(customers: int, load: float = 0.8) -> tuple[float, float]:
    """M/M/1 on the engine's agenda: arrivals and departures per CPU second, and mean seconds in the system."""
    draw, agenda, queue = random.Random(1).expovariate, Agenda(), list[int]()
    came, spent, now = 0, 0, 0

    def arrive() -> None:
        nonlocal came
        came += 1
        if came < customers:
            agenda.put(now + int(draw(load) * SECOND) + 1, NETWORK, "arrive", "door")
        queue.append(now)
        if len(queue) == 1:
            agenda.put(now + int(draw(1) * SECOND) + 1, NETWORK, "depart", "desk")

    def depart() -> None:
        nonlocal spent
        spent += now - queue.pop(0)
        if queue:
            agenda.put(now + int(draw(1) * SECOND) + 1, NETWORK, "depart", "desk")

    doers: dict[str, Callable[[], None]] = {"arrive": arrive, "depart": depart}
    agenda.put(0, NETWORK, "arrive", "door")
    began = process_time()
    while (time := agenda.next_time()) is not None:
        now = time
        while (entry := agenda.due(now)) is not None:
            doers[entry[3][0]]()
    return 2 * customers / (process_time() - began), spent / customers / SECOND


def queue_of_simpy(customers: int, load: float = 0.8) -> tuple[float, float]:
    """The same with SimPy."""
    import simpy

    draw, world = random.Random(1).expovariate, simpy.Environment()
    desk, spent = simpy.Resource(world, 1), [0.0]

    def customer() -> Any:
        born = world.now
        with desk.request() as turn:
            yield turn
            yield world.timeout(draw(1))
        spent[0] += world.now - born

    def door() -> Any:
        for _ in range(customers):
            world.process(customer())
            yield world.timeout(draw(load))

    world.process(door())
    began = process_time()
    world.run()
    return 2 * customers / (process_time() - began), spent[0] / customers
