"""A consolidation is proposed, valued, carried out in a run, put into the scenario, or drawn."""

import pytest

from sdx_studio import Session
from sdx_studio.document import EditError
from sdx_studio.engine.formulas.power import table_power
from sdx_studio.exchange.native import dump
from sdx_studio.kinds.presets import GIB
from sdx_studio.session import proposing
from sdx_studio.session.floor import Reading

X5675 = (58.4, 98, 109, 118, 128, 140, 153, 170, 189, 205, 222)


def hall(racks: int = 10, machines: int = 10, load: float = 0.1) -> Session:
    """Racks of servers with one VM each, all on one switch and one array."""
    session = Session()
    site = session.place("site", name="hall", pue=1.56, price=27, carbon=0.423)
    switch = session.place("switch", on=site, name="sw")
    array = session.place("storage_array", on=site, name="array")
    volume = session.place("volume", on=array, name="vol", size="10 GiB")
    for row in range(racks):
        rack = session.place("rack", on=site, name=f"rack-{row + 1:02}", rent=200_000)
        for place in range(machines):
            host = session.place("host", on=rack, name=f"h{row + 1:02}-{place + 1:02}", cores=10, memory="64 GiB",
                                 power_model="IBM x3550 M3 X5675", nic_speed="10 Gbit/s")  # fmt: skip
            session.connect(host, switch, bandwidth="10 Gbit/s")
            session.connect(host, array)
            vm = session.place("vm", on=host, name=f"vm{row + 1:02}-{place + 1:02}", vcpus=10, memory="4 GiB",
                               load=load, disk=volume, dirty_rate="1 MiB/s")  # fmt: skip
            assert vm
    for layer in session.document.having("layer"):
        session.set(layer, overhead=0)
    return session


def test_ten_racks_at_a_tenth_become_two_at_a_half() -> None:
    session = hall()
    found = proposing.suggest(session.document, limit=0.5)
    before, after = found.figures(), found.figures(found.proposal.steps)
    assert (before.machines, after.machines, found.proposal.least) == (100, 20, 20)
    assert (before.racks, after.racks) == (10, 2)
    assert before.rent_month - after.rent_month == 1_600_000
    assert before.use == pytest.approx(0.1)
    assert after.use == pytest.approx(0.5)
    assert before.power == pytest.approx(100 * table_power(X5675, 0.1) * 1.56)
    assert after.power == pytest.approx(20 * table_power(X5675, 0.5) * 1.56)
    assert after.energy_year == pytest.approx(after.power * 8.76)
    assert after.cost_year == pytest.approx(after.energy_year * 27)
    assert after.co2_year == pytest.approx(after.energy_year * 0.423)


@pytest.mark.parametrize("rule", proposing.RULES)
def test_drawn_as_proposed_it_is_one_step_and_costs_what_was_said(rule: str) -> None:
    session = hall(2, 4)
    start = dump(session.document)
    found = proposing.suggest(session.document, rule, 0.5)
    said = found.figures(found.proposal.steps)
    steps = len(session.history.labels)
    proposing.redraw(session, found.proposal.steps)
    assert len(session.history.labels) == steps + 1
    again = proposing.suggest(session.document, rule, 0.5)
    assert again.figures() == said
    assert again.proposal.steps == ()
    session.undo()
    assert dump(session.document) == start


def test_a_step_can_be_refused_and_the_rest_is_planned_around_it() -> None:
    session = hall(1, 4)
    first = proposing.suggest(session.document).proposal.steps[0].machine
    found = proposing.suggest(session.document, kept=[first])
    assert first not in [step.machine for step in found.proposal.steps]
    assert found.proposal.stays[first] == "it was asked to stay"


def test_memory_and_requests_count_as_well_as_cores() -> None:
    session = hall(1, 3)
    for vm in session.document.having("mobile"):
        session.set(vm, memory=24 * GIB, load=0.01)
    assert len(proposing.suggest(session.document).proposal.steps) == 1, "two fit into 0.8 × 63 GiB, three do not"
    for vm in session.document.having("mobile"):
        session.set(vm, memory=4 * GIB, load=0.5, io_rate=10_000, io_size="64 KiB", vcpus=1)
    for cable in [link.id for link in session.document.links.values()]:
        session.set(cable, bandwidth="1 Gbit/s")
    assert proposing.suggest(session.document).proposal.steps == (), "each needs more than its two cables have spare"


def test_what_a_running_model_has_changed_counts() -> None:
    session = hall(1, 3)
    hosts, vms = session.document.having("machine"), session.document.having("mobile")
    now = Reading({vms[0]: hosts[1], vms[1]: hosts[1], vms[2]: hosts[2]}, frozenset({hosts[0]}))
    found = proposing.suggest(session.document, limit=0.5, now=now)
    assert found.figures().machines == 2
    assert [(step.machine, step.moves) for step in found.proposal.steps] == [(hosts[2], ((vms[2], hosts[1]),))]


def test_what_makes_no_sense_is_refused() -> None:
    session = hall(1, 2)
    with pytest.raises(EditError, match="no rule “worst”; there are first fit"):
        proposing.suggest(session.document, "worst")
    for limit in (0.0, 1.2):
        with pytest.raises(EditError, match="the limit is a share"):
            proposing.suggest(session.document, limit=limit)


def test_planned_in_the_scenario_it_is_carried_out_by_live_migrations() -> None:
    session = hall(2, 3)
    found = proposing.suggest(session.document, limit=0.5)
    assert len(found.proposal.steps) == 4
    labels = len(session.history.labels)
    proposing.plan(session, found.proposal.steps, 10.0)
    assert len(session.history.labels) == labels + 1
    run = session.run(until="300 s")
    assert len(run.events("migration.finished")) == 4
    off = [event for event in run.events() if event.kind == "element.off"]
    assert {session.document.find(event.element) for event in off} == {step.machine for step in found.proposal.steps}
    assert all(event.time > 10 for event in off)
    assert not run.events("guest.stopped"), "nothing stops"
    for step in found.proposal.steps:
        assert run.value(step.machine, "power") == 0
    racks = {id for id in session.document.having("area") if session.document.kind_of(id).shape == "cabinet"}
    drawn = sorted(run.value(rack, "power") for rack in racks)
    assert drawn[0] == 0, "a rack is dark"
    assert drawn[1] > 0
