"""What holds where nothing was said: no site, too few disks, processors of some family."""

import pytest

from sdx_studio.session import Session


def test_what_stands_in_no_site_counts_as_in_an_ordinary_one() -> None:
    totals = []
    for place in ((), ("site",), ("rack",), ("site", "rack")):
        s = Session()
        on = None
        for kind in place:
            on = s.place(kind, on=on)
        s.place("host", on=on)
        totals.append(s.run(until="1 h").world.totals())
    assert all(one == pytest.approx(totals[0]) for one in totals)
    assert totals[0]["energy_kwh"] == pytest.approx(0.059 * 1.56)
    assert totals[0]["cost_jpy"] == pytest.approx(0.059 * 1.56 * 27)
    assert totals[0]["co2_kg"] == pytest.approx(0.059 * 1.56 * 0.423)


def test_a_price_of_nothing_stays_nothing() -> None:
    s = Session()
    s.place("host", on=s.place("site", price=0, carbon=0, pue=1))
    assert s.run(until="1 h").world.totals()["cost_jpy"] == 0


def test_too_few_disks_work_as_raid_0() -> None:
    s = Session()
    array = s.place("storage_array", raid="RAID 6", name="san")
    for _ in range(2):
        s.place("disk", on=array, capacity=1e12)
    s.place("volume", on=array, size=1e12)
    assert s.run(until=1).value("storage_array:san", "storage.fill") == pytest.approx(0.5)


def test_the_family_of_processors_decides_where_a_vm_can_move() -> None:
    s = Session()
    a, b, c = (s.place("host", cpu_family=family) for family in ("x86-64", "ARM", " X86-64"))
    sw = s.place("switch")
    for host in (a, b, c):
        s.connect(host, sw)
    vm = s.place("vm", on=a)
    s.do("migrate", vm, to=b, at=1)
    s.do("migrate", vm, to=c, at=2)
    assert [event.kind for event in s.run(until=3).events()] == ["command.refused", "migration.started"]
