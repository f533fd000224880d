"""Shares, ready time, memory and power: what a run measures is what the formula says."""

from agreement import GIB, MIB, lone, near, pair

from sdx_studio.engine.formulas.cpu import ready, weighted_maxmin
from sdx_studio.engine.formulas.memory import balloon_need, swap_bound_speed, vm_overhead
from sdx_studio.engine.formulas.power import Fleet, Tariff, bill, consolidation_saving, watts
from sdx_studio.kinds.power_tables import WATTS
from sdx_studio.session import Session


def test_shares_by_weight() -> None:
    s, _host, layer = lone(16)
    vms = [s.place("vm", on=layer, vcpus=8, load=1, shares=shares) for shares in (1000, 1000, 2000)]
    run = s.run(until=1)
    assert [run.value(vm, "cpu.grant") for vm in vms] == [near(4), near(4), near(8)]


def test_what_one_does_not_use_goes_to_the_others() -> None:
    s, _host, layer = lone(8)
    vms = [s.place("vm", on=layer, vcpus=8, load=load) for load in (0.125, 1, 1)]
    run = s.run(until=1)
    assert [run.value(vm, "cpu.grant") for vm in vms] == [near(1), near(3.5), near(3.5)]


def test_two_vcpus_become_four() -> None:
    s, _host, layer = lone(8)
    first, *others = [s.place("vm", on=layer, vcpus=vcpus, load=1) for vcpus in (2, 4, 4)]
    before = s.run(until=1)
    assert [before.value(vm, "cpu.grant") for vm in (first, *others)] == [near(1.6), near(3.2), near(3.2)]
    s.set(first, vcpus=4)
    after = s.run(until=1)
    assert [after.value(vm, "cpu.grant") for vm in (first, *others)] == [near(8 / 3)] * 3


def test_reservations_and_limits() -> None:
    s, _host, layer = lone(10)
    wanted = [(4, 3.0, None), (8, 0.0, 2.0), (8, 0.0, None), (4, 1.0, 1.5)]
    vms = [
        s.place("vm", on=layer, vcpus=vcpus, load=1, reservation=floor, limit=limit) for vcpus, floor, limit in wanted
    ]
    run = s.run(until=1)
    caps = [min(vcpus, limit or vcpus) for vcpus, _, limit in wanted]
    expected = weighted_maxmin(10, [1000.0 * vcpus for vcpus, _, _ in wanted], [one[1] for one in wanted], caps)
    assert [run.value(vm, "cpu.grant") for vm in vms] == [near(one) for one in expected]
    assert run.value(_host, "cpu.utilisation") == near(1)


def test_a_session_with_many_threads_beside_light_ones() -> None:
    s, _host, layer = lone(8)
    vm = s.place("vm", on=layer, vcpus=8, load=0)
    heavy = s.place("app", on=vm, threads=64, load=0.125)
    light = [s.place("app", on=vm, threads=1, load=0.5) for _ in range(15)]
    run = s.run(until=1)
    total = sum(run.value(one, "cpu.grant") for one in (heavy, *light))
    assert total == near(8)
    assert run.value(heavy, "cpu.grant") > run.value(light[0], "cpu.grant")


def test_ready_time() -> None:
    s, host, layer = lone(8)
    first, *_others = [s.place("vm", on=layer, vcpus=4, load=1) for _ in range(3)]
    run = s.run(until=20)
    told = ready(4, 8 / 3, 4, 20)
    assert run.value(first, "cpu.ready") == near(told.ready_share)
    assert run.value(host, "cpu.ready") == near(told.ready_share)
    assert told.ready_time == near(20 / 3)


def test_no_ready_time_below_saturation() -> None:
    s, host, layer = lone(8)
    for _ in range(4):
        s.place("vm", on=layer, vcpus=2, load=0.9)
    assert s.run(until=1).value(host, "cpu.ready") == 0


def test_a_hypervisor_costs_its_share() -> None:
    s, _host, layer = lone(10)
    s.set(layer, overhead=0.02)
    vm = s.place("vm", on=layer, vcpus=10, load=1)
    assert s.run(until=1).value(vm, "cpu.grant") == near(9.8)


def test_memory_that_the_hypervisor_adds() -> None:
    s, host, layer = lone(8)
    s.place("vm", on=layer, vcpus=2, memory="8 GiB")
    assert s.run(until=1).value(host, "memory.used") == near(8 * GIB + vm_overhead(8 * GIB, 2))


def overcommitted(active: float) -> tuple[Session, str, list[str]]:
    s, host, layer = lone(64, memory=64 * GIB)
    s.set(layer, memory="4 GiB", overcommit=2)
    vms = [s.place("vm", on=layer, vcpus=1, memory="16 GiB", working_set=active * GIB, dirty_rate="1 MiB/s", load=0.5)
           for _ in range(6)]  # fmt: skip
    return s, host, vms


def test_balloon_before_swap() -> None:
    s, host, vms = overcommitted(8)
    run = s.run(until=1)
    extra = vm_overhead(16 * GIB, 1)
    told = balloon_need(64 * GIB, 4 * GIB, [16 * GIB + extra] * 6, [8 * GIB + extra] * 6)
    assert run.value(host, "memory.balloon") == near(told.balloon_needed)
    assert run.value(host, "memory.swap") == told.swap_needed == 0
    assert run.value(host, "memory.used") == near(64 * GIB)
    assert run.value(vms[0], "cpu.grant") == near(0.5)


def test_swapped_pages_slow_the_guest() -> None:
    s, host, vms = overcommitted(12)
    run = s.run(until=1)
    extra = vm_overhead(16 * GIB, 1)
    told = balloon_need(64 * GIB, 4 * GIB, [16 * GIB + extra] * 6, [12 * GIB + extra] * 6)
    assert run.value(host, "memory.swap") == near(told.swap_needed)
    share = told.swap_needed / told.active_total
    assert run.value(vms[0], "cpu.grant") == near(0.5 * swap_bound_speed(share * MIB / 4096, 0.005))
    assert run.events("memory.swapping")


def test_power_follows_the_table() -> None:
    for load, model in ((0.25, "HP ML110 G4"), (0.55, "HP ML110 G5"), (0.0, "IBM x3550 M3 X5675"), (1.0, "2014")):
        s, host, layer = lone(4, power_model=model)
        s.place("vm", on=layer, vcpus=4, load=load)
        assert s.run(until=1).value(host, "power") == near(float(watts(WATTS[model], load)))


def test_a_year_of_200_watts() -> None:
    s = Session()
    site = s.place("site", pue=1.56, price=27, carbon=0.423)
    host = s.place("host", on=site, cores=4, power_model="HP ML110 G5")
    run = s.run(until="365 d")
    told = bill(run.value(host, "power"), 8760 * 3600, 1.56, 27, 0.423)
    totals = run.world.totals()
    assert totals["energy_kwh"] == near(told.facility_energy)
    assert totals["cost_jpy"] == near(told.cost)
    assert totals["co2_kg"] == near(told.co2)


def test_ten_hosts_become_two() -> None:
    def drawn(hosts: int, load: float) -> float:
        s = Session()
        site = s.place("site", pue=1)
        for _ in range(hosts):
            host = s.place("host", on=site, cores=8, power_model="IBM x3550 M3 X5675")
            s.place("vm", on=s.place("hypervisor", on=host, overhead=0), vcpus=8, load=load)
        return s.run(until=1).value(site, "power")

    before, after = drawn(10, 0.1), drawn(2, 0.5)
    told = consolidation_saving(WATTS["IBM x3550 M3 X5675"], Fleet(10, 0.1), Fleet(2, 0.5), Tariff(1, 1, 1, 1))
    assert (before, after) == (near(told.power_before), near(told.power_after))


def test_a_vm_keeps_nine_tenths_on_its_way() -> None:
    p = pair(style="standard")
    vm = p.session.place("vm", on=p.layers[0], vcpus=2, load=1, memory="4 GiB")
    p.session.do("migrate", vm, to=p.hosts[1], at=1)
    assert p.session.run(until=10).value(vm, "cpu.grant") == near(1.8)
